"""Values of a subject that no single row holds: infusions, their volume, days between moments, cleared swabs."""

import pytest

from cordside.analysis.run import analyse
from cordside.record.read import read_study
from cordside.report.drawtables import draw_tables
from cordside.results import find
from tests.support.analysed import analysed, only
from tests.support.folders import a_protocol, a_study

PLAN = """
analyses:
  - kind: characteristics
    id: c
    title: C
    percent_of: group
    rows:
      - {label: Infusions, derived: {infusions: number}, show: n_percent}
      - {label: Infusions per subject, derived: {infusions: number}, show: mean_sd}
      - {label: Two infusions, derived: {infusions: number}, show: n_percent, value: 2}
      - {label: Volume, derived: {infusions: volume}, show: median_range}
      - label: Onset to infusion
        derived: {days: {start: {item: MH.SYMPTOM ONSET}, end: {at: first infusion}}}
        show: mean_sd
      - label: Admission to last infusion
        derived: {days: {start: {at: admission}, end: {at: last infusion}}}
        show: range
      - {label: Cleared, derived: {cleared: {item: MB.SAR2RNA}}, show: n_percent, value: Y}
      - label: Days to negative
        derived: {days: {start: {at: first infusion}, end: {cleared: {item: MB.SAR2RNA, rule: first-negative}}}}
        show: range
        missing: Never negative
"""
TABLES = {
    "DM": """
        USUBJID | SUBJID
        T-1     | 1
        T-2     | 2
        T-3     | 3
        T-4     | 4
    """,
    "EX": """
        USUBJID | EXTRT | EXSTDTC    | EXVAMT | EXVAMTU | EXVGIVEN
        T-1     | MSC   | 2020-02-17 | 100    | mL      | 98.5
        T-1     | MSC   | 2020-02-20 | 100    | mL      |
        T-2     | MSC   | 2020-02-10 | 100    | mL      |
        T-3     | MSC   | 2020-02-12 |        |         |
    """,
    "HO": """
        USUBJID | HOTERM   | HODECOD       | HOSTDTC
        T-1     | Hospital | HOSPITAL STAY | 2020-01-01
        T-1     | Hospital | HOSPITAL STAY | 2020-02-10
        T-2     | Hospital | HOSPITAL STAY | 2020-02-08
        T-3     | Hospital | HOSPITAL STAY | 2020-02
    """,
    "MH": """
        USUBJID | MHTERM        | MHPRESP | MHOCCUR | MHSTDTC
        T-1     | Symptom onset |         |         | 2020-01-31
        T-2     | Symptom onset |         |         | 2020-02
        T-2     | Symptom onset |         |         | 2020-02-09
        T-3     | Symptom onset | Y       | N       | 2020-02-01
    """,
    "MB": """
        USUBJID | MBTESTCD | MBTSTDTL  | MBORRES  | MBDTC
        T-1     | SAR2RNA  | DETECTION | POSITIVE | 2020-02-16
        T-1     | SAR2RNA  | DETECTION | NEGATIVE | 2020-02-27
        T-1     | SAR2RNA  | DETECTION | NEGATIVE | 2020-02-28
        T-2     | SAR2RNA  | DETECTION | NEGATIVE | 2020-02-20
        T-3     | SAR2RNA  | DETECTION | POSITIVE | 2020-02-20
    """,
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("derived"), PLAN, **TABLES)


def of(rows, label, statistic, **where):
    return only(rows, analysis="c", label=label, statistic=statistic, **where)


def test_infusions_are_counted_and_who_had_none_has_0(rows):
    found = {row.level: row.text for row in find(rows, label="Infusions", statistic="count")}
    assert found == {"0": "1", "1": "2", "2": "1"}
    assert of(rows, "Infusions per subject", "mean").value == 1.0
    assert (of(rows, "Two infusions", "count").text, of(rows, "Two infusions", "percent").text) == ("1", "25.0")


def test_the_volume_is_what_was_given_else_prepared_and_unknown_where_one_is(rows):
    row = of(rows, "Volume", "max")
    assert (row.text, row.unit, of(rows, "Volume", "min").text) == ("198.5", "mL", "0.0")
    assert row.warning == "no value for 1: the volume of an infusion is not recorded"
    assert (row.n, row.n_missing) == (3, 1)


def test_days_are_differences_of_dates_and_a_date_known_in_part_that_may_come_first_is_no_day(rows):
    row = of(rows, "Onset to infusion", "mean")
    assert (row.value, row.unit, row.n, row.n_missing) == (17.0, "days", 1, 3)
    assert "no value for 1: no full date of MH.SYMPTOM ONSET is recorded" in row.warning
    assert "no value for 2: no date of MH.SYMPTOM ONSET is recorded" in row.warning


def test_admission_is_that_of_the_stay_in_which_the_subject_was_treated(rows):
    assert (of(rows, "Admission to last infusion", "min").text, of(rows, "Admission to last infusion", "max").text) == ("2", "10")


def test_a_cleared_subject_is_one_under_the_named_rule_else_under_the_protocols(rows):
    assert of(rows, "Cleared", "count").text == "1"
    size = of(rows, "Cleared", "n")
    assert (size.method, size.n, size.n_missing) == ("two-negatives", 3, 1)
    assert of(rows, "Days to negative", "n").method == "first-negative"
    assert (of(rows, "Days to negative", "min").text, of(rows, "Days to negative", "max").text) == ("10", "10")


def test_every_value_leads_back_to_all_rows_it_was_found_in(rows):
    assert of(rows, "Infusions per subject", "mean").source == tuple(f"records/ex.csv:{line}" for line in (2, 3, 4, 5))
    assert of(rows, "Onset to infusion", "mean").source == ("records/mh.csv:2", "records/ex.csv:2")
    assert of(rows, "Admission to last infusion", "max").origin == "entered"


def test_the_line_of_the_missing_is_called_as_planned_and_the_rule_stands_below(tmp_path):
    record = read_study(a_study(tmp_path, a_protocol(PLAN), **TABLES))
    (table,) = draw_tables(analyse(record), record.protocol)
    texts = {(row, column): cell.text for row, column, cell in table.cells()}
    assert texts["Days to negative: Never negative", "Total"] == "2"
    assert texts["Onset to infusion: Missing", "Total"] == "3"
    assert any("Two negatives: the first of two in a row" in note and "First negative" in note for note in table.footnotes)
