"""Change from before at each visit, adjusted for the number of tests; reference numbers are R 4.2.2's."""

import pytest

from cordside.results import find
from tests.analysis.changes.test_paired import drawn
from tests.support.analysed import analysed, only

PLAN = """
visits:
  BEFORE: {{day: -1}}
  D4: {{day: 4}}
  D8: {{day: 8}}
arms: {{A: {{label: Alpha}}, B: {{label: Beta}}}}
analyses:
  - kind: change_by_visit
    id: course
    title: Course
    before: {{visit: BEFORE}}
    test: paired_t
    beside: never
    visits: [D4, D8]
    {more}
    markers:
      - {{item: LB.CRP, label: CRP, show: mean_sd, decimals: 2}}
      - {{item: LB.LDH, label: LDH, show: median_iqr}}
"""
TABLES = drawn(
    ("BEFORE", "2020-02-09", ("10", "12", "9", "14", "11", "13")),
    ("D4", "2020-02-13", ("9", "12.5", "7", "13", "11.5", "10")),
    ("D8", "2020-02-17", ("6", "8", "7", "9", "10", None)),
)


def made(folder, more="", tables=TABLES):
    return [row for row in analysed(folder, PLAN.format(more=more), **tables) if row.analysis == "course"]


def shown(rows, **wanted):
    return {row.statistic: row.text for row in find(rows, **wanted)}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return made(tmp_path_factory.mktemp("course"))


def test_baseline_and_visits_are_summed_up_with_what_is_missing(rows):
    assert shown(rows, label="CRP", level="baseline") == {"n": "6", "mean": "11.50", "sd": "1.87"}
    assert shown(rows, label="CRP", level="value", visit="D8") == {"n": "5", "mean": "8.00", "sd": "1.58"}
    assert only(rows, label="CRP", level="value", visit="D8", statistic="n").n_missing == 1


def test_the_change_is_that_of_pairs_with_interval_and_test(rows):
    d8 = {row.statistic: row for row in find(rows, label="CRP", level="change", visit="D8")}
    numbers = [d8[name].value for name in ("n", "estimate", "conf_low", "conf_high", "p")]
    assert numbers == pytest.approx([5, -3.2, -5.240262142, -1.159737858, 0.01211284])
    assert d8["n"].n_missing == 1


def test_p_is_adjusted_by_holm_over_the_visits_of_a_marker(rows):
    adjusted = find(rows, label="CRP", statistic="p_adjusted")
    assert [row.value for row in adjusted] == pytest.approx([0.1357101726, 0.0242256708])
    assert {row.convention for row in adjusted} == {"Holm over 2 visits of CRP"}


def test_the_adjusted_p_stands_behind_its_p(rows):
    found = [row.statistic for row in find(rows, label="CRP", level="change", visit="D4")]
    assert found == ["n", "estimate", "conf_low", "conf_high", "statistic", "df", "p", "p_adjusted"]


def test_a_marker_without_values_says_so_beside_the_others(rows):
    row = only(rows, label="LDH")
    assert (row.statistic, row.value, row.error) == ("n", 0, "no values of LDH are recorded")


def test_the_family_can_be_the_markers_of_a_visit(tmp_path):
    both = {**TABLES, "LB": TABLES["LB"] + "\n" + "\n".join(TABLES["LB"].replace("CRP", "LDH").replace("mg/L", "U/L").splitlines()[1:])}
    rows = made(tmp_path, "family: parameters", both)
    d8 = find(rows, visit="D8", statistic="p_adjusted")
    assert {row.convention for row in d8} == {"Holm over 2 markers at D8"}
    assert d8[0].value == pytest.approx(2 * 0.0121128354)


def test_without_a_family_nothing_is_adjusted(tmp_path):
    assert find(made(tmp_path, "family: none"), statistic="p_adjusted") == []


def test_a_test_that_failed_is_no_member_of_the_family(tmp_path):
    one = drawn(("BEFORE", "2020-02-09", ("1", "2", "4")), ("D4", "2020-02-13", ("2", "5", "5")), ("D8", "2020-02-17", ("3",)))
    first, second = find(made(tmp_path, "", one), statistic="p_adjusted")
    assert first.convention == "Holm over one of the visits of CRP"
    assert first.value == only(made(tmp_path, "", one), visit="D4", statistic="p").value
    assert (second.value, second.text) == (None, "-")
    assert second.warning


def test_arms_have_families_of_their_own(tmp_path):
    rows = made(tmp_path, "by: arm")
    assert [row.group_level for row in find(rows, label="CRP", level="baseline", statistic="n")] == ["Alpha", "Beta", "Total"]
    alpha = find(rows, group_level="Alpha", statistic="p_adjusted")
    assert len(alpha) == 2
    smallest = min(row.value for row in find(rows, group_level="Alpha", statistic="p"))
    assert min(row.value for row in alpha) == pytest.approx(2 * smallest)


def test_a_visit_nobody_has_is_a_row_with_its_error(tmp_path):
    rows = made(tmp_path, "", drawn(("BEFORE", "2020-02-09", ("1", "2")), ("D4", "2020-02-13", ("2", "4"))))
    assert only(rows, label="CRP", level="value", visit="D8", statistic="mean").error == "no value"
    assert only(rows, label="CRP", level="change", visit="D8", statistic="p").error == "no subject has CRP both before and at D8"


def test_nothing_recorded_gives_one_row(tmp_path):
    row = only(made(tmp_path, "", {"DM": "USUBJID\nT-1"}), analysis="course")
    assert (row.statistic, row.value, row.error) == ("n", 0, "no values of CRP, LDH are recorded")


def test_the_adjustment_is_the_one_that_the_plan_names(tmp_path):
    rows = made(tmp_path, "adjust: bonferroni")
    p = {row.visit: row.value for row in find(rows, label="CRP", level="change", statistic="p")}
    adjusted = {row.visit: row for row in find(rows, label="CRP", statistic="p_adjusted")}
    assert adjusted["D8"].value == pytest.approx(min(1, 2 * p["D8"]))
    assert adjusted["D8"].convention == "Bonferroni over 2 visits of CRP"


# R: friedman.test of subjects 1 to 5, who have every value.
def test_friedmans_test_takes_whoever_has_every_value(tmp_path):
    rows = made(tmp_path, "friedman: true")
    found = {row.statistic: row for row in find(rows, label="CRP", level="friedman")}
    assert (found["p"].n, found["p"].n_missing) == (5, 1)
    assert found["statistic"].value == pytest.approx(6.63157894736842)
    assert found["p"].value == pytest.approx(0.0363053751221058)


def test_friedmans_test_of_nobody_complete_has_its_reason(tmp_path):
    tables = drawn(("BEFORE", "2020-02-09", ("10", "12")), ("D4", "2020-02-13", ("9", None)), ("D8", "2020-02-17", (None, "8")))
    row = only(made(tmp_path, "friedman: true", tables), label="CRP", level="friedman", statistic="p")
    assert (row.value, row.text, row.error) == (None, "-", "no complete row")
