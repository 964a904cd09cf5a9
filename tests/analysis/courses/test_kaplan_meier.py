"""The points of the curves: the same estimates as the table's, at every day on which something happens."""

import pytest

from cordside.results import find
from tests.analysis.waiting import ARMS, DEATH, DISCHARGE, drawn
from tests.support.analysed import analysed, only


def curves(folder, event, *more, courses=None, arms=ARMS, times=()):
    keys = ", ".join(["kind: kaplan_meier, id: f, title: F, of: t", *more])
    plan = ", ".join(["kind: time_to_event, id: t, title: T", f"event: {event}", *times])
    tables = drawn(courses) if courses else drawn()
    return find(analysed(folder, f"{arms}\nanalyses:\n  - {{{keys}}}\n  - {{{plan}}}\n", **tables), analysis="f")


@pytest.fixture(scope="module")
def discharged(tmp_path_factory):
    return curves(tmp_path_factory.mktemp("f"), DISCHARGE, "ticks: [0, 7, 14]")


def points(rows, group, label):
    return {row.level: row.value for row in find(rows, group_level=group, label=label, statistic="estimate")}


# Placebo: death on day 2 of 6, discharges on 4, 7 and 15, death on 9; by hand in sixths and quarters.
def test_the_curve_steps_where_something_happens(discharged):
    found = points(discharged, "Placebo", "Discharge")
    assert found == pytest.approx({"0": 0, "2": 0, "4": 100 / 6, "7": 100 / 3, "9": 100 / 3, "15": 700 / 12})
    assert points(discharged, "Placebo", "Death")["9"] == pytest.approx(100 * 5 / 12)


def test_each_arm_has_a_curve_and_all_together_none(discharged):
    assert {row.group_level for row in discharged if row.group} == {"Cells", "Placebo"}


def test_those_at_risk_stand_at_the_ticks(discharged):
    found = [(row.level, row.text) for row in find(discharged, group_level="Placebo", statistic="at_risk")]
    assert found == [("0", "6"), ("7", "4"), ("14", "1")]


def test_ticks_reach_over_the_last_time_where_none_are_planned(tmp_path):
    rows = curves(tmp_path, DEATH, arms="")
    ticks = sorted({int(row.level) for row in find(rows, statistic="at_risk")})
    assert ticks[0] == 0
    assert ticks[-1] >= 15
    assert len(ticks) <= 10


def test_the_censored_are_marked_on_their_day(discharged):
    assert [(row.level, row.value) for row in find(discharged, group_level="Cells", statistic="censored")] == [("5", 1), ("14", 1)]


def test_survival_falls_and_has_one_curve(tmp_path):
    rows = curves(tmp_path, DEATH, times=("by: none",))
    found = points(rows, "Total", "Death")
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert {row.label for row in find(rows, statistic="estimate")} == {"Death"}


def test_competing_events_may_be_left_away(tmp_path):
    rows = curves(tmp_path, DISCHARGE, "competing: false")
    assert {row.label for row in find(rows, statistic="estimate")} == {"Discharge"}


def test_nobody_with_a_time_is_one_row_with_the_reason(tmp_path):
    tables = drawn("1 A 5 e")
    del tables["EX"]
    plan = f"analyses:\n  - {{kind: kaplan_meier, id: f, title: F, of: t}}\n  - {{kind: time_to_event, id: t, title: T, event: {DEATH}}}\n"
    row = only(analysed(tmp_path, plan, **tables), analysis="f")
    assert (row.statistic, row.value) == ("n", 0)
    assert row.error


def test_an_arm_with_nobody_has_a_row_and_no_curve(tmp_path):
    rows = curves(tmp_path, DEATH, courses="1 A 5 d | 2 A 9 c")
    assert [row.value for row in rows if row.group_level == "Placebo"] == [0]
