"""Infusions, the events after them and deviations."""

import pytest

from cordside.results import find
from tests.support.analysed import analysed, only, texts

PLAN = """
regimen:
  treatment: MSC
  dose: not_published
  vehicle: not_published
  volume_ml: not_published
  route: not_published
  days: [1, 4]
  window: [0, 1]
  maximum: 2
  caps: not_published
  missed_dose: not_published
events_of_special_interest:
  - {category: THROMBOEMBOLISM, terms: [deep vein thrombosis]}
  - {category: ARRHYTHMIA, terms: [palpitations]}
analyses:
  - {kind: infusions, id: infusions, title: Infusions, subject: "Case {SUBJID}"}
  - {kind: adverse_events, id: ae, title: Adverse events}
  - {kind: deviations, id: deviations, title: Deviations, subject: "Case {SUBJID}"}
"""
TABLES = {
    "DM": "USUBJID | SUBJID\nT-1 | 1\nT-2 | 2\nT-3 | 3",
    "EX": """
        USUBJID | EXTRT | EXDOSE | EXDOSU | EXSTDTC          | EXREFID | EXHIST | DERIVED
        T-1     | MSC   | 30     | 10^6   | 2020-02-13T09:00 | I2      |        | EXSTDTC
        T-1     | MSC   | 30     | 10^6   | 2020-02-10T09:00 | I1      | Y      |
        T-2     | MSC   | 25     | 10^6   | 2020-02-10       | I3      |        |
        T-2     | MSC   | 25     | 10^6   | 2020-02-20       | I4      |        |
    """,
    "VS": """
        USUBJID | VSTESTCD | VSORRES | VSORRESU  | VSTPT  | VSTPTNUM | VSTPTREF | VSDTC
        T-1     | PULSE    | 90      | beats/min | AFTER  | 60       | I1       | 2020-02-10T10:00
        T-1     | PULSE    | 80      | beats/min | BEFORE | -10      | I1       | 2020-02-10T08:50
        T-1     | TEMP     | 98.6    | F         | AFTER  | 70       | I1       | 2020-02-10T10:10
    """,
    "AE": """
        USUBJID | AETERM               | AESTDTC          | AEREFID | AETOXGR | AETOXVER  | AESER | AEREL            | AEOUT
        T-1     | low-grade fever      | 2020-02-10T11:30 | I1      | 1       | CTCAE 5.0 | N     | POSSIBLY RELATED | RECOVERED/RESOLVED
        T-2     | low-grade fever      | 2020-02-11       |         | 2       | CTCAE 5.0 | N     |                  |
        T-2     | deep vein thrombosis | 2020-02-12       |         | 3       | CTCAE 5.0 | N     | NOT RELATED      |
    """,
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("infusions"), PLAN, **TABLES)


def test_infusions_are_numbered_by_date_and_stand_beside_their_plan(rows):
    found = find(rows, analysis="infusions", subject="T-1", level="2")
    assert [(row.variable, row.text) for row in found] == [("EX.DAY", "D4"), ("EX.PLANNED", "D4"), ("EX.DOSE", "30"), ("EX.HIST", "No")]
    assert found[0].warning == "the date is derived, it is not in the source"
    assert (found[2].value, found[2].unit) == (30, "10^6")


def test_vital_signs_stand_in_the_order_of_time_and_reactions_after_them(rows):
    found = [(row.variable, row.visit, row.text) for row in find(rows, analysis="infusions", subject="T-1", level="1")][3:]
    assert found == [
        ("EX.HIST", "", "historical, no lot known"),
        ("VS.PULSE", "BEFORE", "80"),
        ("VS.PULSE", "AFTER", "90"),
        ("VS.TEMP", "AFTER", "98.6 F"),
        ("AE", "2020-02-10T11:30", "Low-grade fever"),
    ]


def test_a_vital_sign_has_its_value_in_the_standard_unit(rows):
    row = only(rows, analysis="infusions", variable="VS.TEMP")
    assert (row.value, row.unit, row.text) == (pytest.approx(37.0), "C", "98.6 F")


def test_infusions_are_counted_by_subject_and_in_total(rows):
    assert texts(rows, analysis="infusions", statistic="n", variable="EX") == ["2", "2", "0", "2"]
    assert only(rows, analysis="infusions", statistic="count").value == 4


def test_events_of_special_interest_are_listed_also_when_there_are_none(rows):
    found = {row.label: (row.value, row.text) for row in find(rows, analysis="ae", level="special interest", statistic="n")}
    assert found == {"THROMBOEMBOLISM": (1, "1"), "ARRHYTHMIA": (0, "0")}


def test_terms_stand_most_subjects_first_with_events_subjects_and_percentages(rows):
    labels = [row.label for row in find(rows, analysis="ae", level="term", statistic="count")]
    assert labels == ["Low-grade fever", "Deep vein thrombosis"]
    fever = {row.statistic: row.text for row in find(rows, analysis="ae", label="Low-grade fever", level="term")}
    assert fever == {
        "count": "2",
        "n": "2",
        "percent": "100.0",
        "serious": "0",
        "grade": "1, 2",
        "relation": "Not assessed 1, Possibly related 1",
        "hours_min": "2.5",
        "hours_max": "2.5",
    }
    assert only(rows, analysis="ae", label="Low-grade fever", level="term", statistic="percent").n == 2


def test_every_event_is_a_row_with_what_is_known_of_it(rows):
    row = only(rows, analysis="ae", level="event", subject="T-1")
    assert row.text == "grade 1, not serious, possibly related, 2.5 h after the start of the infusion, recovered/resolved"
    assert (row.value, row.source) == (1, ("records/ae.csv:2",))


def test_no_event_recorded_is_not_shown_to_be_none(tmp_path):
    rows = analysed(tmp_path, PLAN, **{code: table for code, table in TABLES.items() if code != "AE"})
    assert "not shown to be none" in only(rows, analysis="ae", level="any").error
    zero = only(rows, analysis="ae", label="ARRHYTHMIA", statistic="count")
    assert (zero.value, zero.warning) == (0, "no adverse event is recorded; that is not shown to be none")


def test_an_event_of_somebody_without_an_infusion_is_named_not_counted(tmp_path):
    more = TABLES["AE"] + "        T-3 | headache | 2020-02-12 | | 1 | CTCAE 5.0 | N | | \n"
    rows = analysed(tmp_path, PLAN, **{**TABLES, "AE": more})
    row = only(rows, analysis="ae", label="Headache", level="term", statistic="n")
    assert (row.value, row.n, row.n_missing, row.warning) == (0, 2, 1, "events of 1 subjects without an infusion are not counted")


def test_a_deviation_that_was_found_is_a_row_with_the_infusion_as_its_source(rows):
    row = only(rows, analysis="deviations", subject="T-2")
    assert (row.variable, row.level, row.visit) == ("DV.out_of_window", "FOUND BY CORDSIDE", "2020-02-20")
    assert row.source == ("records/ex.csv:5",)
    assert only(rows, analysis="deviations", statistic="n").value == 1


def test_without_infusions_and_deviations_each_gives_one_row(tmp_path):
    rows = analysed(tmp_path, PLAN, DM=TABLES["DM"])
    assert only(rows, analysis="infusions").error == "no infusions are recorded"
    assert only(rows, analysis="deviations").value == 0
    assert only(rows, analysis="ae", level="exposed").error == "no infusion is recorded"


def test_an_undated_infusion_and_an_arm_without_infusions_count_among_the_exposed(tmp_path):
    arms = "arms:\n  MSC: {label: Cells}\n  SOC: {label: Care alone, treated: false}\n"
    dm = "USUBJID | SUBJID | ARMCD\nT-1 | 1 | MSC\nT-2 | 2 | MSC\nT-3 | 3 | SOC"
    ex = "USUBJID | EXTRT | EXDOSE | EXDOSU | EXSTDTC\nT-1 | MSC | 30 | 10^6 | 2020-02"
    rows = analysed(tmp_path, arms + PLAN, DM=dm, EX=ex)
    found = {row.group_level: row.value for row in find(rows, analysis="ae", level="exposed")}
    assert found == {"Cells": 1, "Care alone": 1, "Total": 2}
    day = only(rows, analysis="infusions", variable="EX.DAY")
    assert (day.text, day.warning) == ("-", "no full date is recorded")
