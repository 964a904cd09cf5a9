"""Mean with spread by visit, with and without a named outlier."""

import pytest

from cordside.results import find
from tests.support.analysed import analysed, only

PLAN = """
visits:
  ADMISSION: {day: not_published}
  CHECK1: {day: not_published}
analyses:
  - kind: by_visit
    id: course
    title: Course
    markers:
      - {item: LB.CRP, label: CRP}
      - {item: LB.LDH, label: LDH, decimals: 0}
    visits: [ADMISSION, CHECK1]
    outliers:
      - {subject: "3", item: LB.CRP, visit: CHECK1, reason: a slip of the machine}
"""
DM = "USUBJID | SUBJID\nT-1 | 1\nT-2 | 2\nT-3 | 3"
LB = """
    USUBJID | LBTESTCD | LBORRES | LBORRESU | VISIT     | LBDTC
    T-1     | CRP      | 10      | mg/L     | ADMISSION | 2020-02-01
    T-1     | CRP      | 12      | mg/L     | ADMISSION | 2020-02-02
    T-2     | CRP      | 2       | mg/dL    | ADMISSION | 2020-02-01
    T-1     | CRP      | 4       | mg/L     | CHECK1    | 2020-02-09
    T-2     | CRP      | 6       | mg/L     | CHECK1    | 2020-02-09
    T-3     | CRP      | 200     | mg/L     | CHECK1    | 2020-02-09
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return [row for row in analysed(tmp_path_factory.mktemp("course"), PLAN, DM=DM, LB=LB) if row.analysis == "course"]


def shown(rows, visit, level="", label="CRP"):
    return {row.statistic: row.text for row in find(rows, visit=visit, level=level, label=label, subject="")}


def test_every_visit_has_n_mean_sd_and_se_in_the_standard_unit(rows):
    assert shown(rows, "ADMISSION") == {"n": "2", "mean": "16.0", "sd": "5.7", "se": "4.0"}
    row = only(rows, visit="ADMISSION", statistic="sd", label="CRP", level="")
    assert (row.unit, row.n, row.n_missing, row.method) == ("mg/L", 2, 1, "SD, divisor n - 1")
    assert row.value == pytest.approx(32**0.5)


def test_of_two_values_of_a_visit_the_last_is_used_and_it_is_said(rows):
    row = only(rows, visit="ADMISSION", statistic="value", subject="T-1", label="CRP")
    assert (row.text, row.warning, row.source) == ("12", "2 values; the last is used", ("records/lb.csv:3",))


def test_a_converted_value_is_printed_in_the_standard_unit(rows):
    row = only(rows, visit="ADMISSION", statistic="value", subject="T-2", label="CRP")
    assert (row.value, row.text, row.unit) == (20, "20", "mg/L")


def test_an_outlier_is_kept_and_shown_with_and_without(rows):
    assert shown(rows, "CHECK1") == {"n": "3", "mean": "70.0", "sd": "112.6", "se": "65.0"}
    assert shown(rows, "CHECK1", "without outliers") == {"n": "2", "mean": "5.0", "sd": "1.4", "se": "1.0"}
    value = only(rows, subject="T-3", visit="CHECK1", label="CRP")
    assert (value.level, value.value, value.warning) == ("outlier", 200, "a slip of the machine")


def test_a_line_without_outliers_is_whole(rows):
    assert shown(rows, "ADMISSION", "without outliers") == shown(rows, "ADMISSION")


def test_a_visit_nobody_has_is_a_row_with_its_error(rows):
    assert shown(rows, "CHECK1", label="LDH") == {"n": "0", "mean": "-", "sd": "-", "se": "-"}
    assert only(rows, visit="CHECK1", label="LDH", statistic="mean").error == "no value at this visit"


def test_a_subject_without_a_value_is_a_row_that_says_so(rows):
    row = only(rows, subject="T-3", visit="ADMISSION", label="CRP")
    assert (row.value, row.text, row.warning) == (None, "-", "not recorded")


def test_one_value_has_no_spread(tmp_path):
    one = "USUBJID | LBTESTCD | LBORRES | LBORRESU | VISIT\nT-1 | CRP | 10 | mg/L | ADMISSION"
    rows = analysed(tmp_path, PLAN, DM=DM, LB=one)
    assert shown(find(rows, analysis="course"), "ADMISSION") == {"n": "1", "mean": "10.0", "sd": "-", "se": "-"}


def test_nothing_recorded_gives_one_row(tmp_path):
    row = only(analysed(tmp_path, PLAN, DM=DM), analysis="course")
    assert (row.statistic, row.value, row.error) == ("n", 0, "no values of CRP, LDH are recorded at ADMISSION, CHECK1")
