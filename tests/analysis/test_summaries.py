"""Means and spreads lose no digit; certified values of NIST, values of R."""

import math

import pytest

from cordside.analysis.summaries import moments


@pytest.mark.parametrize(
    ("table", "n", "mean", "sd"),
    [
        ([(10000001, 1), (10000003, 1), (10000002, 1)], 3, 10000002.0, 1.0),
        ([(1000000.2, 1), (1000000.1, 500), (1000000.3, 500)], 1001, 1000000.2, 0.1),
        ([(10000000.2, 1), (10000000.1, 500), (10000000.3, 500)], 1001, 10000000.2, 0.1),
    ],
)
def test_certified_values_of_nist_are_met_in_every_digit(table, n, mean, sd):
    found = moments(table)
    assert (found.n, float(found.mean)) == (n, mean)
    assert found.sd == pytest.approx(sd, rel=1e-14)


def test_a_table_of_counts_gives_the_values_of_r():
    found = moments(zip([0.5, 0.6, 0.7, 0.9, 1.1, 1.4, 2.2], [3, 3, 6, 6, 3, 2, 1], strict=True))
    assert found.n == 24
    assert float(found.mean) == pytest.approx(0.883333333333, rel=1e-9)
    assert found.sd == pytest.approx(0.378402438942, rel=1e-9)
    assert found.se == pytest.approx(found.sd / math.sqrt(24), rel=1e-12)


def test_one_value_has_no_spread():
    found = moments([(4.2, 1)])
    assert (found.n, float(found.mean), found.sd, found.se) == (1, 4.2, None, None)


def test_equal_values_have_a_spread_of_exactly_0():
    assert moments([(0.1, 3)]).sd == 0


def test_missing_values_are_counted_and_left_out():
    found = moments([(1.5, 1), (None, 1), (float("nan"), 1), (2.5, 1)])
    assert (found.n, found.n_missing, found.mean) == (2, 2, 2)
    assert found.sd == pytest.approx(0.707106781187, rel=1e-12)


def test_no_value_has_no_mean():
    found = moments([(None, 4)])
    assert (found.n, found.n_missing, found.mean, found.sd, found.low, found.high) == (0, 4, None, None, None, None)
