"""Results as collected → standard results, normal ranges, indicators, grades."""

import pytest

from tests.support.records import a_record, columns

RANGES = """
laboratories:
  CENTRAL:
    name: Central laboratory
    ranges:
      - {item: LB.CRP, low: 0, high: 10, unit: mg/L, valid_from: 2020-01-01, valid_to: 2020-02-29}
      - {item: LB.CRP, low: 0, high: 5, unit: mg/L, valid_from: 2020-03}
      - {item: LB.CREAT, sex: F, low: 41, high: 81, unit: umol/L}
      - {item: LB.CREAT, sex: M, age_to: 59, low: 57, high: 97, unit: umol/L}
      - {item: LB.CREAT, sex: M, age_from: 60, low: 57, high: 111, unit: umol/L}
      - {item: LB.TROPONI, method: ELISA, high: 40, unit: ng/L}
ranges:
  - {item: LB.PLAT, low: 125, high: 350, unit: 10^9/L}
  - {item: LB.CRP, high: 8, unit: mg/L}
"""


def lb(*rows, columns_="LBTESTCD | LBORRES | LBORRESU"):
    return "\n".join([f"USUBJID | {columns_}", *(f"T-1 | {row}" for row in rows)])


def standard(tmp_path, *rows, names=("LBSTRESN", "LBSTRESU"), parts="", dm="USUBJID\nT-1", **options):
    return columns(a_record(tmp_path, parts, DM=dm, LB=lb(*rows, **options)), "LB", *names)


@pytest.mark.parametrize(
    ("row", "number", "text", "unit"),
    [
        ("CRP | 6.70 | mg/L", 6.7, "6.70", "mg/L"),
        ("CRP | 0.67 | mg/dL", 6.7, "6.7", "mg/L"),
        ("CRP | <0.50 | mg/L", None, "<0.50", "mg/L"),
        ("CRP | <0.05 | mg/dL", None, "<0.5", "mg/L"),
        ("CRP | NA | mg/L", None, "NA", None),
        ("CRP | 6.7 | ", None, "6.7", None),
        ("CRP | | mg/L", None, None, None),
        ("WBC | 6.72 | 10^9/mL", 6720, "6720", "10^9/L"),
        ("NOSUCH | 1e99 | x", 1e99, "1e99", "x"),
    ],
)
def test_the_standard_result_stands_beside_the_collected_one(tmp_path, row, number, text, unit):
    assert standard(tmp_path, row, names=("LBSTRESN", "LBSTRESC", "LBSTRESU")) == [(number, text, unit)]


@pytest.mark.parametrize(
    ("low", "high", "value", "indicator"),
    [
        ("4", "10", "3.99", "LOW"),
        ("4", "10", "4", "NORMAL"),
        ("4", "10", "10", "NORMAL"),
        ("4", "10", "10.01", "HIGH"),
        ("", "10", "3", "NORMAL"),
        ("4", "", "3", "LOW"),
        ("", "", "3", None),
        ("4", "10", "<3", None),
        ("NaN", "10", "11", "HIGH"),
        ("4", "1_0", "11", "NORMAL"),
    ],
)
def test_a_value_is_judged_by_the_range_on_its_own_row(tmp_path, low, high, value, indicator):
    given = "LBTESTCD | LBORRES | LBORRESU | LBORNRLO | LBORNRHI"
    found = standard(tmp_path, f"CRP | {value} | mg/L | {low} | {high}", names=("LBNRIND", "LBNRSRC"), columns_=given, parts="")
    assert found == [(indicator, "row" if low or high else None)]


def test_the_limits_are_converted_with_the_result(tmp_path):
    given = "LBTESTCD | LBORRES | LBORRESU | LBORNRLO | LBORNRHI"
    names = ("LBSTRESN", "LBSTNRLO", "LBSTNRHI", "LBNRIND", "LBORNRHI")
    assert standard(tmp_path, "CRP | 1.2 | mg/dL | 0 | 1", names=names, columns_=given) == [(12, 0, 10, "HIGH", "1")]


@pytest.mark.parametrize(
    ("row", "high", "source", "indicator"),
    [
        ("CRP | 7 | mg/L | CENTRAL | 2020-02-11 | ", 10, "laboratory CENTRAL", "NORMAL"),
        ("CRP | 7 | mg/L | CENTRAL | 2020-03-11 | ", 5, "laboratory CENTRAL", "HIGH"),
        ("CRP | 0.7 | mg/dL | CENTRAL | 2020-03-11 | ", 5, "laboratory CENTRAL", "HIGH"),
        ("CRP | 7 | mg/L | CENTRAL | 2020 | ", 8, "protocol (fallback)", "NORMAL"),
        ("CRP | 7 | mg/L | ELSEWHERE | 2020-02-11 | ", 8, "protocol (fallback)", "NORMAL"),
        ("CREAT | 90 | umol/L | CENTRAL | 2020-02-11 | ", 111, "laboratory CENTRAL", "NORMAL"),
        ("TROPONI | 50 | ng/L | CENTRAL | 2020-02-11 | ELISA", 40, "laboratory CENTRAL", "HIGH"),
        ("TROPONI | 50 | ng/L | CENTRAL | 2020-02-11 | ", None, None, None),
        ("PLAT | 100 | 10^9/L | | | ", 350, "protocol (fallback)", "LOW"),
    ],
)
def test_without_a_range_of_its_own_a_row_takes_its_laboratorys_else_the_protocols(tmp_path, row, high, source, indicator):
    given = "LBTESTCD | LBORRES | LBORRESU | LBNAM | LBDTC | LBMETHOD"
    names = ("LBSTNRHI", "LBNRSRC", "LBNRIND", "LBORNRHI")
    dm = "USUBJID | SEX | AGE | AGEU\nT-1 | M | 60 | YEARS"
    assert standard(tmp_path, row, names=names, columns_=given, parts=RANGES, dm=dm) == [(high, source, indicator, None)]


@pytest.mark.parametrize(("person", "high"), [("F | 60", 81), ("M | 59", 97), ("M | 60", 111), ("M | ", None), (" | 60", None)])
def test_a_range_for_a_sex_and_an_age_is_taken_only_where_both_are_recorded(tmp_path, person, high):
    dm = f"USUBJID | SEX | AGE | AGEU\nT-1 | {person} | YEARS"
    given = "LBTESTCD | LBORRES | LBORRESU | LBNAM"
    assert standard(tmp_path, "CREAT | 90 | umol/L | CENTRAL", names=("LBSTNRHI",), columns_=given, parts=RANGES, dm=dm) == [(high,)]


@pytest.mark.parametrize(
    ("row", "term", "grade"),
    [
        ("LYM | 0.7 | 10^9/L | BLOOD | 1.1", "Lymphocyte count decreased", 2),
        ("LYM | 0.9 | 10^9/L | BLOOD | 1.1", "Lymphocyte count decreased", 1),
        ("LYM | 0.9 | 10^9/L | BLOOD | ", None, None),
        ("LYM | 1.2 | 10^9/L | BLOOD | 1.1", None, None),
        ("WBC | 2.9 | 10^9/L | BLOOD | 3.5", "White blood cell decreased", 2),
        ("WBC | 3.0 | 10^9/L | BLOOD | 3.5", "White blood cell decreased", 1),
        ("WBC | 2 | /HPF | URINE | ", None, None),
        ("CRP | 300 | mg/L | | 1", None, None),
    ],
)
def test_grades_are_those_of_ctcae_with_their_version(tmp_path, row, term, grade):
    given = "LBTESTCD | LBORRES | LBORRESU | LBSPEC | LBORNRLO"
    found = standard(tmp_path, row, names=("LBTOX", "LBTOXGR", "LBTOXVER"), columns_=given)
    assert found == [(term, grade, "CTCAE 5.0" if grade else None)]


def test_a_unit_that_cannot_be_is_queried_at_its_row(tmp_path):
    record = a_record(tmp_path, LB=lb("WBC | 6.72 | 10^9/L", "WBC | 6.72 | 10^9/mL", "WBC | 6.72 | kg"))
    problems = [problem for problem in record.problems if problem.variable == "LBORRES"]
    assert [(problem.row, problem.hard) for problem in problems] == [(3, False), (4, False)]
    assert problems[0].problem == "WBC 6.72 10^9/mL is 6720 10^9/L"
