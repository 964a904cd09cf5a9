"""Values before and after, P, intervals and counts: a sound page, a broken one, one that cannot be checked."""

import pytest

from tests.appraisal.papers import BROKEN, REMARK, a_paper, row, said

WBC = 'kind: mean_sd, before: ["6.72", "2.62"], after: ["6.43", "1.72"]'


@pytest.mark.parametrize(("change", "findings"), [("-3.6", []), ("-3.7", []), ("-3.5", []), ("-4.2", BROKEN), ("3.6", BROKEN)])
def test_a_change_of_means_is_their_difference(change, findings):
    page = row(f'kind: mean, before: ["13.4"], after: ["9.8"], change: ["{change}"], pairs: complete')
    assert said("mean-change", page).findings == findings


def test_a_change_of_fewer_pairs_is_not_checked():
    assert said("mean-change", row('kind: mean, before: ["13.4"], after: ["9.8"], change: ["-9"]')).not_checked == ["Row"]


@pytest.mark.parametrize(("p", "findings"), [("0.346", []), ("0.91", BROKEN), ("< 0.001", BROKEN), ("0.07", [])])
def test_the_p_of_a_paired_t_test_lies_in_its_range(p, findings):
    assert said("change-p-range", row(f'{WBC}, p: "{p}", test: paired t')).findings == findings


def test_the_arithmetic_of_an_impossible_p_stands_in_the_finding():
    why = said("change-p-range", row(f'{WBC}, p: "0.91", test: paired t')).why
    assert "0.070 to 0.723" in why
    assert "pairs would allow it" in why


@pytest.mark.parametrize("more", ['p: "0.91"', 'p: "0.91", test: Wilcoxon signed-rank', 'p: "NS", test: paired t', "test: paired t"])
def test_without_a_paired_t_test_no_range_of_p_is_known(more):
    assert said("change-p-range", row(f"{WBC}, {more}")).not_checked == ["Row"]


def test_the_sd_of_a_change_lies_between_difference_and_sum():
    change = 'kind: mean_sd, before: ["6.72", "2.62"], after: ["6.43", "1.72"], change: ["-0.29", "%s"]'
    assert said("change-p-range", row(change % "1.69")).findings == []
    assert said("change-p-range", row(change % "4.50")).findings == BROKEN
    assert said("change-p-range", row(change % "0.70")).findings == BROKEN


@pytest.mark.parametrize(("n", "p", "findings"), [(5, "0.03", BROKEN), (5, "0.06", []), (6, "0.016", BROKEN), (10, "0.002", [])])
def test_few_pairs_cannot_give_a_small_p_of_a_signed_rank_test(n, p, findings):
    page = f"test: Wilcoxon signed-rank test\n{row(f'kind: median, before: [3], after: [2], p: {p!r}')}"
    assert said("signed-rank-floor", page, n).findings == findings


@pytest.mark.parametrize("test", ["", ", test: not named"])
@pytest.mark.parametrize(
    ("rule", "keys"),
    [
        ("change-p-range", f'{WBC}, p: "0.91"'),
        ("signed-rank-floor", 'kind: median, before: [3], after: [2], p: "0.001"'),
        ("p-vs-ci", 'kind: estimate_ci, value: ["0.70", "0.45", "1.09"], scale: ratio, p: "0.01"'),
        ("p-from-counts", 'counts: [[10, 10], [4, 16]], p: "0.047"'),
    ],
)
def test_without_a_named_test_no_rule_on_p_is_applied(rule, keys, test):
    found = said(rule, row(keys + test), 5)
    assert (found.findings, found.not_checked) == ([], ["Row"])


def test_an_estimate_outside_its_interval_needs_no_p():
    assert said("p-vs-ci", row('kind: estimate_ci, value: ["5.0", "5.6", "9.9"], p: "0.001"')).findings == BROKEN


def test_what_the_normal_approximation_could_print_is_said():
    page = "test: Wilcoxon signed-rank test\n" + row('kind: median, before: [3], after: [2], p: "%s"')
    assert "normal approximation" in said("signed-rank-floor", page % "0.043", 5).why
    assert "normal approximation" not in said("signed-rank-floor", page % "0.01", 5).why


def test_another_test_has_no_such_floor():
    found = said("signed-rank-floor", row('kind: median, before: [3], after: [2], p: "0.001", test: paired t'), 5)
    assert (found.findings, found.passed, found.not_checked) == ([], [], [])


@pytest.mark.parametrize(
    ("numbers", "more", "findings"),
    [
        ('"0.88", "0.64", "1.21"', 'scale: ratio, p: "0.43"', []),
        ('"0.70", "0.45", "1.09"', 'scale: ratio, p: "0.01"', BROKEN),
        ('"5.0", "5.6", "9.9"', 'p: "0.001"', BROKEN),
        ('"7.4", "-44.7", "59.7"', 'p: "0.77"', []),
        ('"7.4", "-44.7", "59.7"', 'p: "0.30"', REMARK),
        ('"7.4", "-44.7", "59.7"', "unit: d", []),
    ],
)
def test_estimate_interval_and_p_agree(numbers, more, findings):
    assert said("p-vs-ci", row(f"kind: estimate_ci, value: [{numbers}], test: Cox, {more}")).findings == findings


def test_the_p_of_a_change_is_not_that_of_the_mean_before():
    page = row('kind: mean_ci, before: ["13.4", "12.1", "14.7"], after: ["13.0", "11.5", "14.5"], p: "0.60", test: paired t')
    assert said("p-vs-ci", page).findings == []


def test_the_test_that_prints_a_p_is_named():
    found = said("p-from-counts", row('counts: [[10, 10], [4, 16]], test: chi-square, p: "0.047"'))
    assert found.findings == REMARK
    assert "chi2 0.0467" in found.whole[0].expected
    assert "0.05" in found.why


def test_counts_that_every_test_prints_alike_pass():
    assert said("p-from-counts", row('counts: [[30, 0], [0, 30]], test: Fisher, p: "< 0.001"')).passed == ["Row"]


def test_a_p_of_counts_without_the_counts_is_not_checked():
    assert said("p-from-counts", row('n: 3, p: "0.04"')).not_checked == ["Row"]
    assert said("p-from-counts", row("counts: [[1, 2], [3, 4]]")).not_checked == ["Row"]


def test_paired_counts_are_tested_as_pairs():
    found = said("p-from-counts", row('counts: [[10, 9], [1, 20]], p: "0.021", test: McNemar'))
    assert "fisher" not in found.why
    assert a_paper(row("n: 1")).rows[0].count == 1
