"""Standardised differences of means and of proportions."""

import math

import pytest

from cordside.analysis.statistics.standardised import standardised_mean_difference, standardised_proportion_difference


def test_means_are_set_against_the_root_of_the_mean_variance():
    answer = standardised_mean_difference([1, 2, 3], [2, 3, 4])
    assert (answer.estimate, answer.n) == (-1.0, 6)
    assert standardised_mean_difference({0: 5, 10: 5}, {5: 9, 6: 1}).estimate == pytest.approx(-0.1 / math.sqrt((250 / 9 + 0.9 / 9) / 2))


def test_two_levels_are_the_difference_of_two_proportions():
    answer = standardised_proportion_difference([8, 2], [5, 5])
    assert answer.estimate == pytest.approx(0.3 / math.sqrt((0.8 * 0.2 + 0.5 * 0.5) / 2))


def test_the_order_of_levels_and_a_level_never_seen_change_nothing():
    first = standardised_proportion_difference([5, 3, 2], [2, 4, 4]).estimate
    assert standardised_proportion_difference([2, 5, 0, 3], [4, 2, 0, 4]).estimate == pytest.approx(first)


@pytest.mark.parametrize(
    ("x", "y", "error"),
    [
        ([1], [2, 3], "fewer than two values"),
        ([], [2, 3], "fewer than two values"),
        ([2, 2], [2, 2], "all values of each group are equal"),
        ([1, math.inf], [2, 3], "infinite"),
        ([1, math.nan], [2, 3], "fewer than two values"),
    ],
)
def test_means_that_cannot_be_compared_say_why(x, y, error):
    answer = standardised_mean_difference(x, y)
    assert answer.estimate is None and error in answer.error


@pytest.mark.parametrize(
    ("x", "y", "error"),
    [([0, 0], [1, 2], "a group is empty"), ([3, 0], [5, 0], "only one level"), ([3, 0], [0, 5], "the groups share no level")],
)
def test_counts_that_cannot_be_compared_say_why(x, y, error):
    answer = standardised_proportion_difference(x, y)
    assert answer.estimate is None and error in answer.error
