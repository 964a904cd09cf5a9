"""Cox regression: published numbers for both ways with ties, and what has no finite hazard ratio."""

import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.cox import TIES, hazard_ratios
from cordside.errors import CannotDo
from tests.analysis.statistics.anything import numbers, statuses, subjects
from tests.analysis.statistics.drawing import is_sound

# Remission of leukaemia (weeks), 6-MP against placebo: Freireich et al., Blood 1963;21:699.
TIME = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
TIME += [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
STATUS = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0] + [1] * 21
PLACEBO = [0] * 21 + [1] * 21


@pytest.mark.parametrize(
    ("ties", "coef", "se", "loglik"),
    [("efron", 1.57212515, 0.41239672, -85.00842457737163), ("breslow", 1.50919141, 0.40956441, -86.37962207114555)],
)
def test_the_remission_trial_gives_the_published_coefficients(ties, coef, se, loglik):
    found = hazard_ratios(TIME, STATUS, {"placebo": PLACEBO}, ties=ties)["placebo"]
    assert (found.extra["coef"], found.extra["se"], found.extra["loglik"]) == pytest.approx((coef, se, loglik), rel=1e-7)
    assert found.estimate == pytest.approx(math.exp(coef))
    assert (found.low, found.high) == pytest.approx((math.exp(coef - 1.959963985 * se), math.exp(coef + 1.959963985 * se)), rel=1e-6)
    assert found.statistic == pytest.approx(coef / se)


def test_one_tie_differs_between_efron_and_breslow_as_by_hand():
    # At time 1 two with x = 1 have the event, among three with x = 1 and one with x = 0; u is the hazard ratio.
    ways = {ties: hazard_ratios([1, 1, 2, 3], [1, 1, 1, 1], {"x": [1, 1, 0, 1]}, ties=ties)["x"] for ties in TIES}
    u = ways["breslow"].estimate
    assert 2 - 2 * 3 * u / (3 * u + 1) - u / (u + 1) == pytest.approx(0, abs=1e-9)
    u = ways["efron"].estimate
    assert 2 - 3 * u / (3 * u + 1) - 2 * u / (2 * u + 1) - u / (u + 1) == pytest.approx(0, abs=1e-9)
    assert ways["efron"].estimate > ways["breslow"].estimate


@pytest.mark.parametrize(
    ("time", "status", "x", "words"),
    [
        ([], [], [], "nobody"),
        ([1], [1], [3], "one value only"),
        ([1, 2, 3], [0, 0, 0], [1, 2, 3], "no event"),
        ([1, 2, 3], [1, 1, 1], [2, 2, 2], "one value only"),
        ([1, 2, 3, 4], [1, 1, 0, 0], [1, 1, 0, 0], "no finite hazard ratio"),
        ([1, 2, 3], [1, 1, 1], [1, 2, float("inf")], "not a finite number"),
        ([-1, 2, 3], [1, 1, 1], [1, 2, 4], "before the start"),
    ],
)
def test_what_cannot_be_estimated_says_why_and_gives_no_number(time, status, x, words):
    found = hazard_ratios(time, status, {"x": x}, ties="breslow")["x"]
    assert words in found.error
    assert found.estimate is found.low is found.p is None


def test_covariates_that_determine_one_another_are_refused():
    found = hazard_ratios(TIME, STATUS, {"a": PLACEBO, "b": [1 - one for one in PLACEBO]}, ties="efron")
    assert all("determine one another" in answer.error for answer in found.values())


def test_missing_covariates_are_counted():
    found = hazard_ratios([*TIME, 5], [*STATUS, 1], {"placebo": [*PLACEBO, None]}, ties="efron")["placebo"]
    assert (found.n, found.n_missing) == (42, 1)


def test_an_unknown_way_with_ties_is_the_mistake_of_the_protocol():
    with pytest.raises(CannotDo, match="efron"):
        hazard_ratios(TIME, STATUS, {"placebo": PLACEBO}, ties="exact")


def test_the_likelihood_ratio_and_wald_tests_agree_roughly():
    found = hazard_ratios(TIME, STATUS, {"placebo": PLACEBO}, ties="efron")["placebo"]
    assert found.extra["likelihood_ratio"] == pytest.approx(16.35, abs=5e-3)
    assert found.extra["likelihood_ratio_p"] < found.p


@given(st.sampled_from(TIES), st.floats(0.001, 1000), st.floats(-1000, 1000))
@settings(deadline=None)
def test_unit_and_origin_of_a_covariate_do_not_matter(ties, factor, shift):
    x = [place % 7 for place in range(42)]
    plain, moved = (hazard_ratios(TIME, STATUS, {"x": values}, ties=ties)["x"] for values in (x, [factor * one + shift for one in x]))
    assert moved.extra["coef"] * factor == pytest.approx(plain.extra["coef"], rel=1e-6, abs=1e-9)
    assert moved.p == pytest.approx(plain.p, rel=1e-6)


@given(st.sampled_from(TIES))
@settings(deadline=None)
def test_only_the_order_of_times_counts(ties):
    plain, bent = (hazard_ratios(times, STATUS, {"x": PLACEBO}, ties=ties) for times in (TIME, [time**2 for time in TIME]))
    assert plain == bent


@given(subjects(numbers, statuses, numbers, numbers), st.sampled_from(TIES), numbers)
@settings(deadline=None)
def test_nothing_raises_and_nothing_is_silent(columns, ties, level):
    time, status, a, b = columns
    assert all(is_sound(found) for found in hazard_ratios(time, status, {"a": a, "b": b}, ties=ties, level=level).values())


@given(subjects(st.integers(1, 9), st.integers(0, 1), st.integers(0, 2), st.integers(0, 1), most=15), st.sampled_from(TIES))
@settings(deadline=None)
def test_a_small_trial_gives_a_bounded_hazard_ratio_or_its_error(columns, ties):
    time, status, a, b = columns
    for found in hazard_ratios(time, status, {"a": a, "b": b}, ties=ties).values():
        assert is_sound(found)
        assert found.estimate is None or (found.low <= found.estimate <= found.high and found.extra["se"] < 1e3)


def test_a_level_may_be_a_decimal():
    found = [hazard_ratios(TIME, STATUS, {"x": PLACEBO}, ties="efron", level=level) for level in (0.9, Decimal("0.9"))]
    assert found[0] == found[1]
