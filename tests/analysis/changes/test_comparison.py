"""Groups compared on one measurement from the record: baseline, end, change, and differences adjusted for the baseline."""

import numpy as np
import pytest

from cordside.results import find
from tests.support.analysed import analysed, only

PLAN = """
arms:
  A: {label: Cells}
  B: {label: Care alone, treated: false}
visits:
  SCREEN: {day: 1}
  W4: {day: 28}
analyses:
  - {kind: comparison, id: crp, title: CRP, measure: {label: CRP, item: LB.CRP}, visit: W4, baseline: SCREEN,
     doses: {A: 1, B: 0}}
  - {kind: comparison, id: raw, title: CRP, measure: {label: CRP, item: LB.CRP}, visit: W4, baseline: SCREEN,
     adjusts_for_baseline: false, response: value}
  - {kind: values_by_visit, id: course, title: CRP, markers: [{label: CRP, item: LB.CRP}], visits: [SCREEN, W4],
     baseline: SCREEN, n: records, total: true}
"""
DM = "USUBJID | ARMCD\nT-1 | A\nT-2 | A\nT-3 | A\nT-4 | B\nT-5 | B\nT-6 | B"
BEFORE = {"T-1": "10.1", "T-2": "20.4", "T-3": "15.2", "T-4": "12.8", "T-5": "30.3", "T-6": "18.0"}
AFTER = {"T-1": "4.8", "T-2": "11.0", "T-3": "9.5", "T-4": "12.1", "T-5": "27.7"}
LB = "USUBJID | LBTESTCD | VISIT | LBORRES | LBORRESU | LBDTC | LBSTAT\n" + "\n".join(
    [f"{subject} | CRP | SCREEN | {value} | mg/L | 2020-02-01 |" for subject, value in BEFORE.items()]
    + [f"{subject} | CRP | W4 | {value} | mg/L | 2020-03-01 |" for subject, value in AFTER.items()]
    + ["T-6 | CRP | W4 | | | 2020-03-01 | NOT DONE"]
)


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("crp"), PLAN, DM=DM, LB=LB)


def shown(rows, analysis, level, group="Cells", **where):
    return {row.statistic: row.text for row in find(rows, analysis=analysis, level=level, group_level=group, **where)}


def test_changes_are_taken_at_recorded_precision(rows):
    assert shown(rows, "crp", "change") == {"n": "3", "mean": "-6.80", "sd": "2.26", "median": "-5.70", "min": "-9.4", "max": "-5.3"}


def test_a_subject_without_a_value_is_missing_not_left_out_in_silence(rows):
    row = only(rows, analysis="crp", level="change", group_level="Care alone", statistic="n")
    assert (row.value, row.n_missing) == (2, 1)


def test_the_difference_is_that_of_least_squares_adjusted_for_the_baseline(rows):
    subjects = ["T-1", "T-2", "T-3", "T-4", "T-5"]
    x = np.array([[1, subject in ("T-4", "T-5"), float(BEFORE[subject])] for subject in subjects], dtype=float)
    y = np.array([float(AFTER[subject]) - float(BEFORE[subject]) for subject in subjects])
    expected = np.linalg.lstsq(x, y, rcond=None)[0][1]
    row = only(rows, analysis="crp", level="minus Cells", group_level="Care alone", statistic="estimate")
    assert row.value == pytest.approx(expected)
    assert (row.n, row.n_missing, row.convention) == (5, 1, "change explained by arm, baseline")


def test_with_two_arms_the_dose_response_has_the_p_of_the_difference(rows):
    difference = only(rows, analysis="crp", level="minus Cells", statistic="p")
    assert only(rows, analysis="crp", level="dose response", statistic="p").value == pytest.approx(difference.value)


def test_values_alone_can_be_compared(rows):
    row = only(rows, analysis="raw", level="minus Cells", statistic="estimate")
    assert row.value == pytest.approx((12.1 + 27.7) / 2 - (4.8 + 11.0 + 9.5) / 3)


def test_records_and_values_are_both_told(rows):
    row = only(rows, analysis="course", visit="W4", level="value", group_level="Care alone", statistic="n")
    assert (row.value, row.n, row.n_missing, row.method) == (3, 2, 1, "n counts records")


def test_there_is_no_change_at_the_baseline(rows):
    assert find(rows, analysis="course", visit="SCREEN", level="change") == []
    assert shown(rows, "course", "change", "Total", visit="W4")["n"] == "6"


def test_one_arm_without_values_gives_errors_and_no_difference(tmp_path):
    only_a = "\n".join(line for line in LB.splitlines() if not line.startswith(("T-4", "T-5", "T-6")))
    rows = analysed(tmp_path, PLAN, DM=DM, LB=only_a)
    assert only(rows, analysis="crp", level="value", group_level="Care alone", statistic="mean").error == "no value is recorded"
    assert find(rows, analysis="crp", statistic="estimate") == []


def test_no_values_give_one_row_that_says_so(tmp_path):
    row = only(analysed(tmp_path, PLAN, DM=DM), analysis="crp")
    assert (row.value, row.error) == (0, "no values of CRP are recorded at W4")


def test_units_that_do_not_convert_are_not_summarised_together(tmp_path):
    lines = ["USUBJID | LBTESTCD | VISIT | LBORRES | LBORRESU | LBDTC"]
    lines += [f"T-{number} | DDIMER | W4 | {100 + number} | ug/L {'DDU' if number % 2 else 'FEU'} | 2020-03-01" for number in range(1, 7)]
    rows = analysed(tmp_path, PLAN.replace("LB.CRP", "LB.DDIMER"), DM=DM, LB="\n".join(lines))
    row = only(rows, analysis="crp", level="value", group_level="Cells", statistic="mean")
    assert (row.value, row.text, row.error) == (None, "-", "no value is recorded")
    assert "units differ" in row.warning
    assert only(rows, analysis="crp", level="minus Cells", statistic="p").error == "no row is complete"
