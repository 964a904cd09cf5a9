"""Adverse events side by side by arm: systems and terms, grades, relations, seriousness, windows of time; upper limits."""

import pytest

from cordside.analysis.run import analyse
from cordside.record.read import read_study
from cordside.report.drawtables import draw_tables
from cordside.results import find
from tests.support.analysed import analysed, only
from tests.support.folders import a_protocol, a_study

PLAN = """
arms:
  MSC: {label: Cells}
  SOC: {label: Care alone, treated: false}
events_of_special_interest:
  - {category: INFUSION REACTION OR ANAPHYLAXIS, terms: [Fever]}
  - {category: ECTOPIC GROWTH OR NEOPLASM, terms: [Teratoma]}
analyses:
  - {kind: adverse_events, id: terms, title: Events, show: system_and_term, test: fisher, reference: SOC,
     unseen: {assessor: the investigators, follow_up: 28 days}}
  - {kind: adverse_events, id: sorted, title: Events, show: term, sort: alphabetical}
  - {kind: adverse_events, id: grade, title: Events, show: grade}
  - {kind: adverse_events, id: relation, title: Events, show: relation}
  - {kind: adverse_events, id: serious, title: Events, show: serious}
  - {kind: adverse_events, id: time, title: Events, show: time,
     windows: [{label: first 4 hours, start: 0, end: 4}, {label: later, start: 4}]}
  - {kind: adverse_events, id: overview, title: Events, unseen: {assessor: the investigators, follow_up: 28 days}}
"""
TABLES = {
    "DM": "USUBJID | ARMCD\nT-1 | MSC\nT-2 | MSC\nT-3 | MSC\nT-4 | SOC\nT-5 | SOC\nT-6 | MSC",
    "EX": """
        USUBJID | EXREFID | EXTRT  | EXSTDTC
        T-1     | A       | UC-MSC | 2020-02-01T10:00
        T-2     | B       | UC-MSC | 2020-02-01T10:00
        T-3     | C       | UC-MSC | 2020-02-01T10:00
    """,
    "AE": """
        USUBJID | AETERM    | AEDECOD | AEBODSYS | AESTDTC          | AETOXGR | AESER | AEREL
        T-1     | Fever     | Fever   | General  | 2020-02-01T12:00 | 1       | N     | RELATED
        T-1     | Fever 2   | Fever   | General  | 2020-02-02T12:00 | 3       | Y     | NOT RELATED
        T-2     | Rash      | Rash    | Skin     | 2020-02-01       |         |       |
        T-4     | Chills    | Chills  | General  | 2020-02-03       | 2       | N     | NOT RELATED
        T-6     | Fall      | Fall    | Injury   | 2020-02-03       | 2       | N     | NOT RELATED
    """,
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("ae"), PLAN, **TABLES)


def cells(rows, analysis, label, level, group="Cells"):
    found = find(rows, analysis=analysis, label=label, level=level, group_level=group)
    return tuple(row.text for row in found if row.statistic in ("n", "percent", "count"))


def test_the_denominator_is_who_was_treated_or_is_of_an_untreated_arm(rows):
    sizes = [(row.group_level, row.value) for row in find(rows, analysis="terms", level="exposed")]
    assert sizes == [("Cells", 3), ("Care alone", 2), ("Total", 5)]
    assert "1 subjects who are not of this population" in find(rows, analysis="terms", level="exposed")[-1].warning


def test_subjects_are_counted_once_a_line_and_events_each(rows):
    assert cells(rows, "terms", "Any adverse event", "any") == ("2", "66.7", "3")
    assert cells(rows, "terms", "General", "system") == ("1", "33.3", "2")
    assert cells(rows, "terms", "Fever", "term") == ("1", "33.3", "2")
    assert cells(rows, "terms", "Chills", "term", "Care alone") == ("1", "50.0", "1")


def test_systems_with_more_subjects_come_first_and_their_terms_below_them(rows):
    order = [row.label for row in find(rows, analysis="terms", group_level="Total", statistic="n") if row.level in ("system", "term")]
    assert order == ["General", "Chills", "Fever", "Skin", "Rash"]
    assert [row.label for row in find(rows, analysis="sorted", group_level="Total", statistic="n", level="term")] == [
        "Chills",
        "Fever",
        "Rash",
    ]


def test_fishers_p_compares_each_arm_with_the_reference(rows):
    row = only(rows, analysis="terms", label="Any adverse event", statistic="p")
    assert (row.group_level, row.text, row.method) == ("Cells", ">0.999", "Fisher's exact test")
    assert row.value == pytest.approx(1)


def test_a_subject_stands_at_its_highest_grade_and_an_event_at_its_own(rows):
    assert cells(rows, "grade", "Fever", "term / Grade 3") == ("1", "33.3", "1")
    assert cells(rows, "grade", "Fever", "term / Grade 1") == ("0", "0.0", "1")
    assert cells(rows, "grade", "Any adverse event", "any / Grade not known") == ("1", "33.3", "1")


def test_relation_seriousness_and_time_divide_the_events(rows):
    assert cells(rows, "relation", "Fever", "term / Related") == ("1", "33.3", "1")
    assert cells(rows, "relation", "Rash", "term / Relation not assessed") == ("1", "33.3", "1")
    assert cells(rows, "serious", "Any adverse event", "any / Serious") == ("1", "33.3", "1")
    assert cells(rows, "time", "Fever", "term / first 4 hours") == ("1", "33.3", "1")
    assert cells(rows, "time", "Fever", "term / later") == ("1", "33.3", "1")
    assert cells(rows, "time", "Rash", "term / Time not known") == ("1", "33.3", "1")


@pytest.mark.parametrize("analysis", ["terms", "overview"])
def test_an_event_not_seen_has_an_upper_limit_that_names_who_looked_and_how_long(rows, analysis):
    row = only(rows, analysis=analysis, label="ECTOPIC GROWTH OR NEOPLASM", group_level="Cells", statistic="conf_high")
    assert row.value == pytest.approx(100 * (1 - 0.05 ** (1 / 3)))
    assert (row.text, row.convention) == ("63.2", "assessed by the investigators over 28 days")
    assert find(rows, analysis=analysis, label="INFUSION REACTION OR ANAPHYLAXIS", group_level="Cells", statistic="conf_high") == []


def test_without_an_assessor_there_is_no_upper_limit(rows):
    assert find(rows, analysis="sorted", statistic="conf_high") == []


def test_no_event_recorded_is_not_none(tmp_path):
    found = analysed(tmp_path, PLAN, DM=TABLES["DM"], EX=TABLES["EX"])
    assert only(found, analysis="sorted", level="any").error == "no adverse event is recorded; that is not shown to be none"
    assert cells(found, "sorted", "INFUSION REACTION OR ANAPHYLAXIS", "special interest") == ("0", "0.0", "0")


def test_an_arm_with_nobody_has_errors_not_numbers(tmp_path):
    tables = TABLES | {"DM": "USUBJID | ARMCD\nT-1 | MSC\nT-2 | MSC\nT-3 | MSC\nT-6 | MSC"}
    tables["AE"] = "\n".join(line for line in TABLES["AE"].splitlines() if "T-4" not in line)
    row = only(analysed(tmp_path, PLAN, **tables), analysis="terms", label="Any adverse event", statistic="p")
    assert (row.value, row.text, row.error) == (None, "-", "an arm has nobody")
    assert only(analysed(tmp_path, PLAN, **tables), analysis="terms", level="any", group_level="Care alone", statistic="percent").error


def test_the_table_prints_subjects_percentage_and_events(tmp_path):
    record = read_study(a_study(tmp_path, a_protocol(PLAN), **TABLES))
    table = next(table for table in draw_tables(analyse(record), record.protocol) if table.id == "terms")
    texts = {(row, column): cell.text for row, column, cell in table.cells()}
    assert texts["General: Fever", "Cells"] == "1 (33.3%) [2]"
    assert texts["General: Fever", "Care alone"] == "0"
    assert texts["ECTOPIC GROWTH OR NEOPLASM", "Cells"] == "0 (at most 63.2%)"
    assert any("treated, and all of an arm planned without treatment" in note for note in table.footnotes)


@pytest.mark.parametrize("analysis", ["grade", "relation", "serious", "time"])
def test_events_of_which_nothing_is_known_stand_in_the_part_that_says_so(tmp_path, analysis):
    events = "USUBJID | AETERM | AESTDTC\nT-1 | Fever | 2020-02-02"
    rows = find(analysed(tmp_path, PLAN, **TABLES | {"AE": events}), analysis=analysis, group_level="Cells", statistic="n")
    parts = [row.level.partition(" / ")[2] for row in rows if row.level.startswith("any / ")]
    assert len(parts) == 1 and ("not known" in parts[0] or "not assessed" in parts[0])


def test_one_arm_has_no_p_and_no_subject_at_risk_is_an_error(tmp_path):
    one_arm = PLAN.replace("  SOC: {label: Care alone, treated: false}\n", "").replace("reference: SOC,", "")
    rows = analysed(tmp_path, one_arm, DM="USUBJID | ARMCD\nT-1 | MSC", AE="USUBJID | AETERM | AESTDTC\nT-1 | Fever | 2020-02-02")
    assert find(rows, analysis="terms", statistic="p") == []
    assert only(rows, analysis="terms", level="exposed").error == "nobody is at risk"


def test_p_of_the_terms_is_adjusted_over_those_that_have_one(tmp_path):
    plan = PLAN.replace("reference: SOC,", "reference: SOC, family: terms, adjust: holm,", 1)
    rows = find(analysed(tmp_path, plan, **TABLES), analysis="terms")
    tests = find(rows, statistic="p", level="term")
    adjusted = find(rows, statistic="p_adjusted")
    assert [row.label for row in adjusted] == [row.label for row in tests]
    counted = sum(row.value is not None for row in tests)
    assert {row.convention for row in adjusted} == {f"Holm over {counted} terms, Cells"}
    assert min(row.value for row in adjusted) == pytest.approx(min(1, counted * min(row.value for row in tests)))
