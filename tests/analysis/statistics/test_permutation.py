"""Null distributions: against subsets written out, and the doubles against the integers."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics import permutation
from cordside.analysis.statistics.permutation import subset_sums, subset_sums_of_size

WEIGHTS = st.lists(st.integers(0, 12), max_size=8)


def written_out(weights, sizes):
    sums = [sum(chosen) for size in sizes for chosen in combinations(weights, size)]
    return [sums.count(total) for total in range(max(sums) + 1)]


@settings(deadline=None)
@given(weights=WEIGHTS)
def test_every_subset_is_counted_by_its_sum(weights):
    found = subset_sums(weights)
    assert found.ways == written_out(weights, range(len(weights) + 1))
    assert (sum(found.ways), found.share(0, sum(weights))) == (found.total, 1)


@settings(deadline=None)
@given(weights=WEIGHTS.filter(bool), data=st.data())
def test_every_subset_of_a_size_is_counted_by_its_sum(weights, data):
    size = data.draw(st.integers(0, len(weights)))
    found = subset_sums_of_size(weights, size)
    assert found.ways == written_out(weights, [size])
    assert sum(found.ways) == found.total


def test_doubles_agree_with_integers_to_twelve_digits(monkeypatch):
    weights = [2 * rank + rank % 3 for rank in range(1, 101)]
    all_of_them, forty = subset_sums(weights), subset_sums_of_size(weights, 40)
    monkeypatch.setattr(permutation, "_WORK_IN_INTEGERS", 0)
    for exact, doubles in ((all_of_them, subset_sums(weights)), (forty, subset_sums_of_size(weights, 40))):
        assert isinstance(exact.total, int) and isinstance(doubles.total, float)
        for last in (0, 900, 2000, 4000, 5100, 9000):
            assert doubles.share(0, last) == pytest.approx(float(exact.share(0, last)), rel=1e-12)


def test_what_would_take_too_long_is_left_to_the_normal_approximation(monkeypatch):
    monkeypatch.setattr(permutation, "_WORK_IN_INTEGERS", 0)
    monkeypatch.setattr(permutation, "_WORK_IN_DOUBLES", 0)
    assert subset_sums([1, 2, 3]) is None
    assert subset_sums_of_size([1, 2, 3], 2) is None


def test_sums_outside_the_range_have_no_share():
    assert subset_sums([1, 2]).share(-3, -1) == 0
    assert subset_sums([1, 2]).share(-3, 99) == 1
