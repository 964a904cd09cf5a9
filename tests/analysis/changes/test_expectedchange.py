"""What regression to the mean alone would give, beside the change: from the plan's assumptions, or why it cannot be said."""

import pytest

from cordside.protocol.read import parse_protocol
from cordside.report.drawtables import draw_tables
from cordside.results import find
from tests.analysis.changes.test_paired import AFTER, BEFORE, a_plan, made, pairs
from tests.support.analysed import only
from tests.support.folders import a_protocol

ASSUMED = "reliability: 0.6, population_mean: 12, source: Smith 2019"


def expected(folder, assumed=None, *, more="", options="test: paired_t\n    beside: never", tables=None, unit=""):
    marker = f"decimals: 2{unit}" + (f", regression_to_the_mean: {{{assumed}}}" if assumed else "")
    rows = made(folder, a_plan(marker=marker, options=options, more=more), tables or pairs(BEFORE, AFTER))
    return only(rows, statistic="expected_change")


def test_without_a_cut_off_the_mean_before_decides(tmp_path):
    # The mean before is 20.125: 0.4 x (12 - 20.125).
    row = expected(tmp_path, ASSUMED)
    assert (row.value, row.text, row.unit, row.n, row.level) == (pytest.approx(-3.25), "-3.25", "mg/L", 8, "regression to the mean")
    assert row.method == "expected change by regression to the mean alone"
    assert row.convention == "linear regression, reliability 0.6; assumed: population mean 12 (Smith 2019)"
    assert row.source


def test_a_cut_off_of_the_plan_gives_the_formula_of_a_truncated_normal(tmp_path):
    # z = (10 - 12) / 5 = -0.4, density 0.368270, tail 0.655422: -0.4 x 5 x 0.561882.
    row = expected(tmp_path, f"{ASSUMED}, population_sd: 5, cutoff: 10, side: above")
    assert row.value == pytest.approx(-2 * 0.36827014030332 / 0.65542174161032)
    assert "chosen above 10" in row.convention
    assert "assumed: population mean 12, SD 5 (Smith 2019)" in row.convention


@pytest.mark.parametrize(
    ("criterion", "said"),
    [
        ("{id: crp, item: LB.CRP, at_least: 10, unit: mg/L}", "chosen above 10"),
        ("{id: crp, item: LB.CRP, at_least: 1, unit: mg/dL}", "chosen above 10"),
        ("{id: low, item: LB.CRP, below: 9}", "chosen below 9"),
        ("{id: both, all: [{item: LB.CRP, above: 10}, {item: DM.AGE, at_least: 18}]}", "chosen above 10"),
    ],
)
def test_else_the_cut_off_is_that_of_the_inclusion_criterion(tmp_path, criterion, said):
    more = f"population: {{planned: 8, inclusion: [{criterion}], exclusion: not_published}}"
    row = expected(tmp_path, f"{ASSUMED}, population_sd: 5", more=more)
    assert said in row.convention


@pytest.mark.parametrize(
    ("assumed", "options", "error"),
    [
        (None, None, "the plan names neither the population from which subjects were chosen nor the reliability of the measurement"),
        ("reliability: not_published, population_mean: 12, source: x", None, "the reliability is not published"),
        (
            "reliability: not_published, population_mean: not_published, source: x",
            None,
            "the mean of the population and the reliability are not published",
        ),
        (f"{ASSUMED}, population_sd: 5", None, "the plan names no cut-off, and 0 inclusion criteria choose by CRP"),
        (f"{ASSUMED}, population_sd: 5, cutoff: 200, side: above", None, "the cut-off lies 37.6 standard deviations above the mean"),
        (ASSUMED, "test: paired_t\n    beside: never\n    change: ratio", "the change is a ratio"),
    ],
)
def test_what_is_not_known_is_an_error_and_never_a_number(tmp_path, assumed, options, error):
    row = expected(tmp_path, assumed, **({"options": options} if options else {}))
    assert (row.value, row.text) == (None, "-")
    assert row.error.startswith(f"cannot be computed because {error}")


def test_without_pairs_there_is_nothing_to_expect(tmp_path):
    row = expected(tmp_path, ASSUMED, tables=pairs((None, "1"), ("2", None)))
    assert row.error == "cannot be computed because no subject has CRP both before and after"


def test_two_criteria_on_the_item_leave_the_cut_off_open(tmp_path):
    two = "population: {planned: 8, inclusion: [{id: a, item: LB.CRP, above: 1}, {id: b, item: LB.CRP, below: 99}], exclusion: []}"
    row = expected(tmp_path, f"{ASSUMED}, population_sd: 5", more=two)
    assert "2 inclusion criteria choose by CRP" in row.error


def test_without_a_test_none_is_asked(tmp_path):
    rows = made(tmp_path, a_plan(options="test: none"), pairs(BEFORE, AFTER))
    assert find(rows, statistic="expected_change") == []


def table_of(folder, assumed, more=""):
    marker = "decimals: 2" + (f", regression_to_the_mean: {{{assumed}}}" if assumed else "")
    plan = a_plan(marker=marker, options="test: paired_t\n    beside: never", more=more)
    return draw_tables(made(folder, plan, pairs(BEFORE, AFTER)), parse_protocol(a_protocol(plan)))[0]


def test_the_number_stands_beneath_the_change_that_was_seen(tmp_path):
    table = table_of(tmp_path, ASSUMED)
    found = {(row, column): cell.text for row, column, cell in table.cells()}
    assert found["CRP: regression to the mean", "change"] == "-3.25"
    assert any(
        note.startswith("Regression to the mean alone: the mean change to expect without any effect; CRP, linear")
        for note in table.footnotes
    )


def test_the_reason_stands_in_a_footnote_where_there_is_no_number(tmp_path):
    table = table_of(tmp_path, None)
    assert [row.key for row in table.rows] == ["CRP"]
    wanted = "What regression to the mean alone would give for CRP cannot be computed because the plan names neither"
    assert any(note.startswith(wanted) for note in table.footnotes)


def test_the_table_leads_to_the_upper_limits_or_says_that_there_are_none(tmp_path):
    assert any(note.startswith("No upper limit is given") for note in table_of(tmp_path / "a", ASSUMED).footnotes)


def test_a_comparison_group_stands_apart_unless_the_plan_takes_all_together(tmp_path):
    arms = "control_group: true\narms: {A: {label: Alpha}, B: {label: Beta}}"
    table = table_of(tmp_path / "a", ASSUMED, more=arms)
    assert [row.key for row in table.rows if "regression" not in row.key] == ["CRP:", "CRP: Alpha", "CRP: Beta", "CRP: Total"]
    plan = a_plan(options="test: paired_t\n    beside: never\n    by: none", more=arms)
    together = draw_tables(made(tmp_path / "b", plan, pairs(BEFORE, AFTER)), parse_protocol(a_protocol(plan)))[0]
    assert [row.key for row in together.rows] == ["CRP"]
    assert "The comparison group is not shown apart: the plan takes all subjects together." in together.footnotes
