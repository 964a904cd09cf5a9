"""A forest takes over what another item estimated, and computes nothing."""

from cordside.results import Result, find
from tests.analysis.changes.test_paired import AFTER, BEFORE, a_plan, pairs
from tests.support.analysed import analysed, only


def made(folder, more="", tables=None):
    plan = a_plan() + f"  - {{kind: forest, id: forest, number: Figure 9, title: Forest, of: table2{more}}}\n"
    return analysed(folder, plan, **(tables or pairs(BEFORE, AFTER)))


def as_numbers(rows: list[Result]):
    return [(row.level, row.statistic, row.value, row.text, row.source) for row in rows]


def test_estimates_limits_and_p_are_those_of_the_other_item(tmp_path):
    rows = made(tmp_path)
    taken = find(rows, analysis="forest")
    there = [row for row in find(rows, analysis="table2") if row.statistic in ("estimate", "conf_low", "conf_high", "p")]
    assert as_numbers(taken) == as_numbers(there)
    assert {row.table for row in taken} == {"Figure 9"}
    assert {row.level for row in taken} == {"change", "by ranks"}


def test_levels_and_groups_choose(tmp_path):
    assert {row.level for row in find(made(tmp_path, ", levels: [change]"), analysis="forest")} == {"change"}
    row = only(made(tmp_path, ", groups: [Nobody]"), analysis="forest")
    assert (row.statistic, row.value, row.error) == ("n", 0, "table2 gave no estimate of these levels and groups")


def test_what_was_not_estimated_is_said(tmp_path):
    row = only(made(tmp_path, tables={"DM": "USUBJID\nT-1"}), analysis="forest")
    assert row.error == "table2 gave no estimate"


def test_a_forest_may_stand_before_the_item_it_draws(tmp_path):
    plan = a_plan()
    head, _, tail = plan.partition("analyses:\n")
    rows = analysed(tmp_path, f"{head}analyses:\n  - {{kind: forest, id: forest, title: F, of: table2}}\n{tail}", **pairs(BEFORE, AFTER))
    assert list(dict.fromkeys(row.analysis for row in rows))[:2] == ["forest", "table2"]
