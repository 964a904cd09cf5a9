"""Cumulative incidence with competing events: numbers of R, of statsmodels, and what must add up."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.competing import BEYOND, cumulative_incidence, incidence_at, incidence_quantile
from cordside.analysis.statistics.survival import kaplan_meier, survival_at
from cordside.errors import CannotDo
from tests.analysis.statistics.anything import numbers, statuses, subjects, times
from tests.analysis.statistics.drawing import is_sound

TEN = ([1, 2, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 1, 0, 1, 2, 1, 0, 2, 1])


def test_incidence_is_that_of_r_and_its_standard_error_that_of_gaynor():
    curves = cumulative_incidence(*TEN, 2)
    found = [incidence_at(curves, cause, 8, beyond_last="carry") for cause in (1, 2)]
    assert [one.estimate for one in found] == pytest.approx([0.433333333333, 0.391666666667])
    # statsmodels 0.15, CumIncidenceRight
    assert [one.extra["se"] for one in found] == pytest.approx([0.164766951019, 0.178230759701])
    assert [one.extra["events"] for one in found] == [5, 3]


def test_limits_are_those_of_the_log_log_scale():
    found = incidence_at(cumulative_incidence(*TEN, 2), 1, 8, beyond_last="carry")
    margin = 1.959963984540054 * found.extra["se"] / (found.estimate * math.log(found.estimate))
    assert (found.low, found.high) == pytest.approx((found.estimate ** math.exp(-margin), found.estimate ** math.exp(margin)))


def test_censoring_the_deaths_would_overstate_the_event():
    time, status = TEN
    wrong = survival_at(kaplan_meier(time, [int(one == 1) for one in status]), 8, interval="log-log", beyond_last="carry", upwards=True)
    right = incidence_at(cumulative_incidence(time, status, 2), 1, 8, beyond_last="carry")
    assert wrong.estimate > right.estimate


def test_the_median_time_counts_those_who_never_will():
    curves = cumulative_incidence([1, 2, 3, 4], [1, 2, 1, 2], 2)
    assert incidence_quantile(curves, 1, 0.5).estimate == 3
    assert "not reached" in incidence_quantile(curves, 1, 0.75).warning


def test_beyond_the_last_time_the_convention_decides():
    curves = cumulative_incidence([1, 2, 3], [1, 2, 0], 2)
    assert "beyond the last observed time, 3" in incidence_at(curves, 1, 4, beyond_last="not-estimable").error
    assert incidence_at(curves, 1, 4, beyond_last="carry").estimate == pytest.approx(1 / 3)
    ended = cumulative_incidence([1, 2], [1, 2], 2)
    assert incidence_at(ended, 1, 4, beyond_last="not-estimable").estimate == 0.5


@pytest.mark.parametrize(("time", "words"), [(0, "no event of this cause"), (2, "everybody")])
def test_nobody_and_everybody_have_no_interval(time, words):
    found = incidence_at(cumulative_incidence([1, 2], [1, 1], 1), 1, time, beyond_last="carry")
    assert words in found.warning
    assert found.low is found.high is None


@pytest.mark.parametrize(
    ("time", "status", "causes", "cause", "words"),
    [
        ([], [], 2, 1, "nobody"),
        ([1], [3], 2, 1, "none of 0 to 2"),
        ([-1], [1], 2, 1, "before the start"),
        ([1], [1], 0, 1, "no number of causes"),
        ([1], [1], 2, 3, "none of the causes"),
    ],
)
def test_bad_input_is_an_answer_with_its_error(time, status, causes, cause, words):
    curves = cumulative_incidence(time, status, causes)
    assert words in incidence_at(curves, cause, 1, beyond_last="carry").error
    assert words in incidence_quantile(curves, cause, 0.5).error


def test_an_unknown_convention_is_the_mistake_of_the_protocol():
    with pytest.raises(CannotDo):
        incidence_at(cumulative_incidence(*TEN, 2), 1, 8, beyond_last="guess")


@given(subjects(times, st.integers(0, 3), most=25))
@settings(deadline=None)
def test_all_causes_and_survival_add_up_to_one_exactly(columns):
    for step in cumulative_incidence(*columns, 3).steps:
        assert sum(step.incidence) + step.survival == 1


@given(subjects(times, st.integers(0, 3), most=25))
@settings(deadline=None)
def test_survival_is_the_kaplan_meier_curve_of_any_cause(columns):
    time, status = columns
    curve = kaplan_meier(time, [int(one > 0) for one in status])
    assert [step.survival for step in cumulative_incidence(time, status, 3).steps] == [step.survival for step in curve.steps]


@given(subjects(times, st.integers(0, 1), most=25), st.integers(0, 13))
@settings(deadline=None)
def test_with_one_cause_it_is_kaplan_meier_upwards_with_greenwood_s_variance(columns, at):
    curves, curve = cumulative_incidence(*columns, 1), kaplan_meier(*columns)
    one, other = (
        incidence_at(curves, 1, at, beyond_last="carry"),
        survival_at(curve, at, interval="plain", beyond_last="carry", upwards=True),
    )
    assert one.estimate == other.estimate
    if not one.error and one.extra["se"] is not None:
        assert one.extra["se"] == pytest.approx(other.extra["se"], rel=1e-9)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 2)), min_size=2, max_size=25), st.integers(0, 9))
@settings(deadline=None)
def test_without_censoring_incidence_is_a_proportion_with_its_binomial_variance(rows, at):
    time, status = ([row[column] for row in rows] for column in (0, 1))
    found = incidence_at(cumulative_incidence(time, status, 2), 1, at, beyond_last="carry")
    share = Fraction(sum(1 for one, cause in rows if one <= at and cause == 1), len(rows))
    assert found.estimate == float(share)
    if 0 < share < 1:
        assert found.extra["se"] == pytest.approx(math.sqrt(share * (1 - share) / len(rows)))
        assert 0 <= found.low <= found.estimate <= found.high <= 1


@given(subjects(numbers, statuses), numbers, numbers, numbers, st.sampled_from(BEYOND))
@settings(deadline=None)
def test_nothing_raises_and_nothing_is_silent(columns, at, cause, level, beyond):
    curves = cumulative_incidence(*columns, 2)
    assert is_sound(incidence_at(curves, cause, at, beyond_last=beyond, level=level))
    assert is_sound(incidence_quantile(curves, cause, at))
    assert cumulative_incidence(*columns, cause).error or cause in range(1, 21)


def test_a_long_curve_still_adds_up_and_ends_at_zero():
    curves = cumulative_incidence(range(3000), [place % 3 for place in range(2999)] + [1], 2)
    last = curves.steps[-1]
    assert sum(last.incidence) + last.survival == 1
    assert incidence_at(curves, 1, 5000, beyond_last="not-estimable").estimate == pytest.approx(1 - float(last.incidence[1]))


def test_a_level_may_be_a_decimal():
    curves = cumulative_incidence(*TEN, 2)
    assert incidence_at(curves, 1, 8, beyond_last="carry", level=Decimal("0.95")) == incidence_at(curves, 1, 8, beyond_last="carry")
