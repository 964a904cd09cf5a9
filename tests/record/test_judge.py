"""What is known of a condition: three-valued, with the value that decided."""

import itertools

import pytest

from cordside.protocol.eligibility import Condition
from cordside.record.judge import Judge
from tests.support.records import a_record

T, F, U = "met", "not met", "unknown"
FACTS = {"MH": "USUBJID | MHTERM | MHPRESP | MHOCCUR\nT-1 | YES | Y | Y\nT-1 | NO | Y | N\nT-1 | OPEN | Y | U"}
ITEMS = {T: "MH.YES", F: "MH.NO", U: "MH.NEVER ASKED"}


def judged(record, **condition):
    return Judge(record).condition(Condition(**condition), "T-1")[1]


def verdict(record, **condition):
    return judged(record, **condition).verdict


def recorded(known):
    return {"item": ITEMS[known], "recorded": True}


@pytest.mark.parametrize(("first", "second"), list(itertools.product((T, F, U), repeat=2)))
def test_groups_follow_kleene(tmp_path, first, second):
    record, parts = a_record(tmp_path, **FACTS), [recorded(first), recorded(second)]
    both = {first, second}
    every = F if F in both else U if U in both else T
    some = T if T in both else U if U in both else F
    none = {T: F, F: T, U: U}[some]
    assert (verdict(record, all=parts), verdict(record, any=parts), verdict(record, none=parts)) == (every, some, none)
    assert verdict(record, none=[{"all": parts}]) == {T: F, F: T, U: U}[every]


@pytest.mark.parametrize(
    ("item", "is_recorded", "expected"),
    [("YES", True, T), ("NO", True, F), ("OPEN", True, U), ("ELSE", True, U), ("YES", False, F), ("NO", False, T), ("OPEN", False, U)],
)
def test_what_is_not_recorded_is_unknown(tmp_path, item, is_recorded, expected):
    assert verdict(a_record(tmp_path, **FACTS), item=f"MH.{item}", recorded=is_recorded) == expected


def test_one_row_that_tells_it_happened_is_enough(tmp_path):
    table = "USUBJID | CETERM | CEPRESP | CEOCCUR | CEDTC\nT-1 | SHOCK | Y | Y | 2020-02-01\nT-1 | SHOCK | Y | N | 2020-02-02"
    record = a_record(tmp_path, CE=table)
    assert (verdict(record, item="CE.SHOCK", recorded=True), verdict(record, item="CE.SHOCK", recorded=False)) == (T, F)


VS = """
    USUBJID | VSTESTCD | VSORRES | VSORRESU    | VSDTC      | VISIT
    T-1     | RESP     | 30      | breaths/min | 2020-02-10 | SCREEN
    T-1     | RESP     | 24      | breaths/min | 2020-02-12 | D2
    T-1     | RESP     | 20      | breaths/min | 2020-02-20 | D10
"""
EX = "USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-11"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"at_least": 30}, T),
        ({"at_least": "30.1"}, F),
        ({"at_most": 30}, T),
        ({"at_most": "29.9"}, F),
        ({"above": 30}, F),
        ({"above": 29}, T),
        ({"below": 30}, F),
        ({"below": 31}, T),
        ({"between": [30, 40]}, T),
        ({"between": [20, 30]}, T),
        ({"between": [31, 40]}, F),
        ({"equals": "30"}, T),
        ({"equals": "31"}, F),
        ({"one_of": ["29", "30"]}, T),
        ({"one_of": ["29", "31"]}, F),
        ({"at_least": 30, "unit": "breaths/min"}, T),
    ],
)
def test_every_comparison_counts_its_limits_as_it_says(tmp_path, condition, expected):
    found = judged(a_record(tmp_path, VS=VS), item="VS.RESP", visit="SCREEN", **condition)
    assert (found.verdict, found.value, found.date, found.source) == (expected, "30 breaths/min", "2020-02-10", "records/vs.csv:2")


@pytest.mark.parametrize(
    ("condition", "expected", "value"),
    [
        ({}, F, "20 breaths/min"),
        ({"take": "last"}, F, "20 breaths/min"),
        ({"take": "first"}, T, "30 breaths/min"),
        ({"take": "any"}, T, "30 breaths/min"),
        ({"take": "every"}, F, "20 breaths/min"),
        ({"within": [-1, 2], "take": "every"}, T, "30 breaths/min"),
        ({"within": [1, 2]}, T, "24 breaths/min"),
        ({"within": [3, 5]}, U, None),
        ({"visit": "D10"}, F, "20 breaths/min"),
        ({"visit": "D28"}, U, None),
    ],
)
def test_visit_window_and_order_choose_the_value(tmp_path, condition, expected, value):
    found = judged(a_record(tmp_path, VS=VS, EX=EX), item="VS.RESP", at_least=24, **condition)
    assert (found.verdict, found.value) == (expected, value)


@pytest.mark.parametrize(
    ("undated", "expected"),
    [("31", T), ("20", U)],
)
def test_a_value_without_a_day_may_be_the_last_one(tmp_path, undated, expected):
    table = f"""
        USUBJID | VSTESTCD | VSORRES   | VSORRESU    | VSDTC
        T-1     | RESP     | 30        | breaths/min | 2020-02-10
        T-1     | RESP     | {undated} | breaths/min |
    """
    assert verdict(a_record(tmp_path, VS=table), item="VS.RESP", at_least=30) == expected


ROOM_AIR = {"at_most": 93}, {"at_least": 94}, {"below": 94}, {"above": 93}, {"between": [90, 93]}


@pytest.mark.parametrize(
    ("value", "support", "expected"),
    [
        (93, "ROOM AIR", [T, F, T, F, T]),
        (94, "ROOM AIR", [F, T, F, T, F]),
        (93, "LOW-FLOW OXYGEN", [T, F, T, F, U]),
        (94, "LOW-FLOW OXYGEN", [U, U, U, U, U]),
        (89, "LOW-FLOW OXYGEN", [T, F, T, F, F]),
        (93, "NOT STATED", [T, F, T, F, U]),
        (98, "NOT STATED", [U, U, U, U, U]),
    ],
)
def test_on_oxygen_a_saturation_on_room_air_would_be_no_higher(tmp_path, value, support, expected):
    table = f"USUBJID | VSTESTCD | VSORRES | VSORRESU | VSO2SUP\nT-1 | OXYSAT | {value} | % | {support}"
    record = a_record(tmp_path, VS=table)
    assert [verdict(record, item="VS.OXYSAT", on="room air", **limit) for limit in ROOM_AIR] == expected


@pytest.mark.parametrize(
    ("row", "condition", "expected"),
    [
        ("CRP | 1.2 | mg/dL", {"above": 10}, T),
        ("CRP | 12 | mg/L", {"above": "1.1", "unit": "mg/dL"}, T),
        ("CRP | 12 | mg/L", {"above": "1.3", "unit": "mg/dL"}, F),
        ("CRP | <0.5 | mg/L", {"at_most": 10}, U),
        ("DDIMER | 600 | ug/L DDU", {"above": 500, "unit": "ug/L FEU"}, U),
        ("DDIMER | 600 | ug/L FEU", {"above": 500, "unit": "ug/L FEU"}, T),
        ("NOSUCH | 5 | g/L", {"above": 3, "unit": "mg/L"}, U),
        ("NOSUCH | 5 | g/L", {"above": 3, "unit": "g/L"}, T),
        ("LYM | 0.7 | 10^9/L", {"grade_at_least": 2}, T),
        ("LYM | 0.7 | 10^9/L", {"grade_at_least": 3}, F),
        ("CRP | 300 | mg/L", {"grade_at_least": 1}, U),
    ],
)
def test_limits_are_compared_in_the_unit_of_the_result_or_not_at_all(tmp_path, row, condition, expected):
    record = a_record(tmp_path, LB=f"USUBJID | LBTESTCD | LBORRES | LBORRESU\nT-1 | {row}")
    assert verdict(record, item=f"LB.{row.split(' ')[0]}", **condition) == expected


@pytest.mark.parametrize(("age", "expected"), [("65 | YEARS", T), ("17 | YEARS", F), ("20 | MONTHS", F), ("20 | MOON", U), (" | ", U)])
def test_an_age_is_compared_in_years(tmp_path, age, expected):
    assert verdict(a_record(tmp_path, DM=f"USUBJID | AGE | AGEU\nT-1 | {age}"), item="DM.AGE", between=[18, 75]) == expected


@pytest.mark.parametrize(("result", "expected"), [("POSITIVE", T), ("positive", T), ("NEGATIVE", F), ("INDETERMINATE", U), ("INVALID", U)])
def test_a_test_that_tells_nothing_is_unknown(tmp_path, result, expected):
    record = a_record(tmp_path, MB=f"USUBJID | MBTESTCD | MBTSTDTL | MBORRES\nT-1 | SAR2RNA | DETECTION | {result}")
    assert verdict(record, item="MB.SAR2RNA", equals="POSITIVE") == expected


def test_a_test_not_done_is_as_if_never_asked(tmp_path):
    record = a_record(tmp_path, VS="USUBJID | VSTESTCD | VSSTAT\nT-1 | RESP | NOT DONE")
    assert verdict(record, item="VS.RESP", at_least=30) == U


def test_an_event_of_a_grade_is_not_outdated_by_a_milder_one(tmp_path):
    table = """
        USUBJID | AETERM | AETOXGR | AETOXVER  | AESTDTC    | AESER
        T-1     | Fever  | 3       | CTCAE 5.0 | 2020-02-12 | N
        T-1     | Rash   | 1       | CTCAE 5.0 | 2020-02-13 | N
        T-1     | Cough  |         |           | 2020-02-14 | N
    """
    record = a_record(tmp_path, AE=table)
    assert [verdict(record, item="AE.*", grade_at_least=grade) for grade in (3, 4)] == [T, U]
    assert verdict(record, item="AE.RASH", grade_at_least=2) == F
    assert verdict(record, item="AE.STROKE", grade_at_least=1) == U
