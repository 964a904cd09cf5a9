"""GRIMMER and DEBIT: nothing true is refused, and what is refused has no sample."""

from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.appraisal.arithmetic.debit import debit
from cordside.appraisal.arithmetic.grimmer import grimmer, least_squares
from cordside.appraisal.printed import read_printed
from tests.appraisal.arithmetic.samples import mean_of, policies, printed, scores, sd_of, some_decimals


def of(mean, sd, n, **recorded):
    return grimmer(read_printed(mean), read_printed(sd), n, **recorded)


def test_every_sum_of_the_mean_is_tried():
    assert of("8.9", "2.81", 25).consistent


def test_the_least_sum_of_squares_is_asked_for():
    found = of("1.44", "0.17", 9)
    assert found.fails_at == "sd" and found.least_sd == pytest.approx(sqrt(20 / 72))


def test_it_says_whether_the_mean_or_the_sd_fails():
    assert of("5.19", "1.5", 28).fails_at == "mean"
    assert of("3.44", "2.47", 18).fails_at == "sd"
    assert of("5.21", "1.6", 28).fails_at is None


def test_one_subject_has_no_sd_to_test():
    found = of("5", "2.1", 1)
    assert found.consistent and not found.testable


def test_the_example_prints_both():
    total, squares = of("8.9", "2.81", 25).example
    assert f"{total / 25:.1f} {sqrt((squares - total * total / 25) / 24):.2f}" == "8.9 2.81"


@given(scores, some_decimals, some_decimals, policies, st.integers(min_value=1, max_value=3), st.sampled_from(["1", "0.5", "0.1"]))
def test_no_true_mean_with_its_sd_is_refused(values, decimals, sd_decimals, policy, items, step):
    values = [value * Fraction(step) / items for value in values]
    mean, sd = printed(mean_of(values), decimals, policy), printed(sd_of(values), sd_decimals, policy)
    found = grimmer(mean, sd, len(values), items=items, step=Fraction(step))
    assert found.consistent, found
    # The least SD is a square root: the last digit of a float aside.
    assert found.least_sd <= float(sd.hi) * (1 + 1e-12)


def test_what_is_refused_has_no_sample():
    for n in (2, 3, 4):
        seen = {(f"{float(mean_of(values)):.2f}", f"{sd_of(values):.2f}") for values in combinations_with_replacement(range(7), n)}
        pairs = set(product({mean for mean, _ in seen}, {sd for _, sd in seen}))
        refused = {pair for pair in pairs if not of(*pair, n).consistent}
        assert refused and not refused & seen


@given(st.integers(min_value=-30, max_value=30), st.integers(min_value=1, max_value=8))
def test_the_least_sum_of_squares_is_that_of_equal_values(total, n):
    values = [total // n + (place < total % n) for place in range(n)]
    assert sum(values) == total and least_squares(total, n) == sum(value * value for value in values)


def test_the_sd_of_zeros_and_ones_follows_from_the_mean():
    found = debit(read_printed("0.19"), read_printed("0.35"), 1683)
    assert found.fails_at == "sd" and all(0.385 < sd < 0.4 for sd in found.sds)
    assert debit(read_printed("1.2"), read_printed("0.35"), 100).fails_at == "mean"
    assert not debit(read_printed("1"), read_printed("0.35"), 1).testable


@given(st.integers(min_value=2, max_value=400), st.data(), some_decimals, some_decimals, policies)
def test_no_true_share_with_its_sd_is_refused(n, data, decimals, sd_decimals, policy):
    count = data.draw(st.integers(min_value=0, max_value=n))
    values = [1] * count + [0] * (n - count)
    mean, sd = printed(mean_of(values), decimals, policy), printed(sd_of(values), sd_decimals, policy)
    assert debit(mean, sd, n).consistent and grimmer(mean, sd, n).consistent
