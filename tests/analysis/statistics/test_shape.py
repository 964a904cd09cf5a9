"""Skewness: the number that decides whether ranks stand beside a t test."""

import pytest
from hypothesis import given
from scipy.stats import skew

from cordside.analysis.statistics.shape import is_skewed, skewness
from tests.analysis.statistics.drawing import ANY_FLOATS, is_sound


def test_the_worked_number():
    assert skewness([1, 2, 3, 10]).estimate == pytest.approx(1.763632614803888)


@pytest.mark.parametrize("values", [[0.5, -3, 2, 2, 9.75], [-1, 0, 1], [5, 1, 1, 1, 1, 1], [1e-9, 2e-9, 9e-9], [1e12, 2e12, 9e12]])
def test_it_is_the_adjusted_one_of_scipy(values):
    assert skewness(values).estimate == pytest.approx(skew(values, bias=False), abs=1e-12)


def test_a_table_of_counts_gives_the_same():
    assert skewness({1: 2, 4: 1, 9: 3}) == skewness([9, 1, 4, 9, 1, 9])


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], "needs three values"),
        ([1, 2], "needs three values"),
        ([1, 2, float("inf")], "infinite"),
        ([0, 0, 0], "all values are equal"),
        ([2.5] * 4, "all values are equal"),
    ],
)
def test_what_has_none_says_so(values, said):
    found = skewness(values)
    assert found.estimate is None
    assert said in found.error + found.warning
    assert not is_skewed(found)


def test_missing_values_are_counted():
    assert (skewness([1, None, 2, 9]).n, skewness([1, None, 2, 9]).n_missing) == (3, 1)


@pytest.mark.parametrize(("values", "skewed"), [([1, 2, 3, 10], True), ([-1, -2, -3, -10], True), ([1, 2, 3, 4], False)])
def test_beyond_one_either_way_is_skewed(values, skewed):
    assert is_skewed(skewness(values)) is skewed


@given(ANY_FLOATS)
def test_whatever_the_values_it_answers(values):
    assert is_sound(skewness(values))
