"""The Hodges-Lehmann estimate against all averages and differences written out."""

from fractions import Fraction
from itertools import combinations_with_replacement, product
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.hodgeslehmann import hodges_lehmann, hodges_lehmann_two
from tests.analysis.statistics.drawing import LEVELS, tied


def limits_without_ties(statistics, averages, level):
    """k-th smallest and largest average, k from the null distribution written out, and the level attained."""
    shares = [Fraction(sum(value <= q for value in statistics), len(statistics)) for q in range(max(statistics) + 1)]
    tail = (1 - Fraction(str(level))) / 2
    k = max(1, next(q for q, upto in enumerate(shares) if upto >= tail))
    return sorted(averages)[k - 1], sorted(averages)[-k], float(1 - 2 * shares[k - 1])


@settings(deadline=None)
@given(changes=tied(), level=LEVELS)
def test_one_sample_is_the_median_of_all_averages_with_limits_from_signed_ranks(changes, level):
    averages = [(one + other) / 2 for one, other in combinations_with_replacement(changes, 2)]
    ranks = range(1, len(changes) + 1)
    statistics = [sum(rank for rank, up in zip(ranks, signs, strict=True) if up) for signs in product([0, 1], repeat=len(changes))]
    answer = hodges_lehmann(changes, zeros="keep", level=level)
    assert answer.estimate == median(averages)
    assert (answer.low, answer.high, answer.extra["attained"]) == pytest.approx(limits_without_ties(statistics, averages, level))


@settings(deadline=None)
@given(x=tied(1, 6), y=tied(1, 6), level=LEVELS)
def test_two_samples_are_the_median_of_all_differences_with_limits_from_rank_sums(x, y, level):
    shifts = [one - other for one, other in product(x, y)]
    # Every way in which x can stand among distinct values, as the number of y below each of x.
    statistics = [sum(below) for below in product(range(len(y) + 1), repeat=len(x)) if list(below) == sorted(below)]
    answer = hodges_lehmann_two(x, y, level=level)
    assert answer.estimate == median(shifts)
    assert (answer.low, answer.high, answer.extra["attained"]) == pytest.approx(limits_without_ties(statistics, shifts, level))


@settings(deadline=None)
@given(changes=tied(), moved=st.integers(-5, 5))
def test_the_estimate_moves_with_the_values_and_lies_in_its_interval(changes, moved):
    answer, other = (hodges_lehmann(values, zeros="keep") for values in (changes, [change + moved for change in changes]))
    assert (answer.estimate + moved, answer.low + moved, answer.high + moved) == (other.estimate, other.low, other.high)
    assert answer.low <= answer.estimate <= answer.high


@pytest.mark.parametrize(("zeros", "estimate", "low", "high"), [("keep", -2, -4, 0), ("drop", -2.5, -5, -0.5)])
def test_dropping_zeros_moves_the_estimate_away_from_zero(zeros, estimate, low, high):
    answer = hodges_lehmann([-3, -2, -2, 0, 1, -5, -4, 0, -6, -1, -7, 2], zeros=zeros)
    assert (answer.estimate, answer.low, answer.high) == (estimate, low, high)


def test_a_median_of_differences_is_no_difference_of_medians():
    assert hodges_lehmann_two([0, 1, 9], [0, 5, 6]).estimate == 0 != median([0, 1, 9]) - median([0, 5, 6])


def test_averages_are_counted_and_never_written_out():
    answer = hodges_lehmann(dict.fromkeys(range(-500, 1500), 1000), zeros="keep")
    assert (answer.estimate, answer.n) == (499.5, 2_000_000)
    assert answer.low <= 499.5 <= answer.high and answer.extra["attained"] == pytest.approx(0.95, abs=1e-4)


def test_above_two_hundred_pairs_the_rank_of_the_limits_is_that_of_the_normal_curve():
    exact, normal = (hodges_lehmann(range(n), zeros="keep") for n in (200, 201))
    assert normal.low - exact.low == pytest.approx(0.5, abs=0.5)
