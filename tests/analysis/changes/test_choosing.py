"""Which value is before and which is after, by every rule of the plan."""

import pytest

from tests.analysis.changes.test_paired import a_plan, made, only

EX = "USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-10T10:00"
DAYS = """
    USUBJID | LBTESTCD | LBORRES | LBORRESU | VISIT  | LBDTC
    T-1     | CRP      | 1       | mg/L     | SCREEN | 2020-02-01
    T-1     | CRP      | 2       | mg/L     | BEFORE | 2020-02-09
    T-1     | CRP      | 3       | mg/L     |        | 2020-02-10T08:00
    T-1     | CRP      | 9       | mg/L     |        | 2020-02-10T12:00
    T-1     | CRP      | 4       | mg/L     | AFTER  | 2020-02-17
    T-1     | CRP      | 7       | mg/L     | AFTER  | 2020-02-18
    T-1     | CRP      | <0.50   | mg/L     |        | 2020-02-20
    T-1     | CRP      | 6       | mg/L     | LAST   | 2020-02-24
"""
VISITS = "visits: {SCREEN: {day: -9}, BEFORE: {day: -1}, AFTER: {day: 7}, LAST: {day: 15}}"


def chosen(folder, before, after, *, lb=DAYS, worse="", ex=EX):
    plan = a_plan(options="test: none", before=before, after=after, marker=f"decimals: 0{worse}")
    plan = plan.replace("visits:\n  BEFORE: {day: -1}\n  AFTER: {day: 7}", VISITS)
    tables = {"DM": "USUBJID\nT-1", "LB": lb, **({"EX": ex} if ex else {})}
    rows = made(folder, plan, tables)
    return [only(rows, subject="T-1", level=level, statistic="value") for level in ("before", "after", "change")]


@pytest.mark.parametrize(
    ("before", "text"),
    [("{visit: BEFORE}", "2"), ("{take: first}", "1"), ("{take: baseline_flag}", "3"), ("{take: last_before_infusion}", "3")],
)
def test_before(tmp_path, before, text):
    assert chosen(tmp_path, before, "{visit: LAST}")[0].text == text


@pytest.mark.parametrize(
    ("after", "worse", "text"),
    [
        ("{visit: LAST}", "", "6"),
        ("{take: last}", "", "6"),
        ("{take: worst}", ", worse: higher", "9"),
        ("{take: worst}", ", worse: lower", "4"),
    ],
)
def test_after(tmp_path, after, worse, text):
    assert chosen(tmp_path, "{take: last_before_infusion}", after, worse=worse)[1].text == text


def test_of_two_values_of_a_visit_the_last_is_used_and_it_is_said(tmp_path):
    after = chosen(tmp_path, "{take: first}", "{visit: AFTER}")[1]
    assert (after.text, after.warning) == ("7", "2 values; the last is used")


def test_a_value_before_the_infusion_is_never_after(tmp_path):
    early = "\n".join(DAYS.strip().splitlines()[:4])
    _, after, change = chosen(tmp_path, "{take: first}", "{take: last}", lb=early)
    assert (after.value, after.warning, change.warning) == (None, "no value after", "no value after")


def test_the_value_before_is_not_its_own_after(tmp_path):
    assert chosen(tmp_path, "{visit: LAST}", "{visit: LAST}")[1].warning == "the value after is the value before"


def test_without_an_infusion_there_is_no_last_value_before_it(tmp_path):
    assert chosen(tmp_path, "{take: last_before_infusion}", "{take: last}", ex="")[0].warning == "no value before the first infusion"
    assert chosen(tmp_path, "{take: first}", "{take: last}", ex="")[1].text == "6"


def test_values_without_dates_are_placed_by_their_visit(tmp_path):
    undated = "\n".join(line.rsplit("|", 1)[0] for line in DAYS.strip().splitlines())
    before, after, change = chosen(tmp_path, "{visit: BEFORE}", "{take: worst}", lb=undated, worse=", worse: higher")
    assert (before.text, after.text, change.text) == ("2", "7", "5")
    assert after.warning == "3 values without a date or planned visit are not used"


def test_baselines_of_several_methods_are_said(tmp_path):
    two = """
        USUBJID | LBTESTCD | LBORRES | LBORRESU | LBMETHOD      | LBDTC
        T-1     | CRP      | 1       | mg/L     | TURBIDIMETRY  | 2020-02-08
        T-1     | CRP      | 2       | mg/L     | NEPHELOMETRY  | 2020-02-09
        T-1     | CRP      | 5       | mg/L     | NEPHELOMETRY  | 2020-02-12
    """
    flag = chosen(tmp_path / "a", "{take: baseline_flag}", "{take: last}", lb=two)[0]
    last = chosen(tmp_path / "b", "{take: last_before_infusion}", "{take: last}", lb=two)[0]
    assert (flag.text, flag.warning) == ("1", "2 baselines of different methods; the first is used")
    assert (last.text, last.warning) == ("2", "2 baselines of different methods; the last is used")
