"""Limits of the time by which a share has had an event: where the limits of the curve cross the share."""

import pytest

from cordside.analysis.statistics.competing import cumulative_incidence, incidence_at
from cordside.analysis.statistics.incidencelimits import incidence_quantile_limits


def test_the_limits_are_where_the_limits_of_the_curve_cross_the_share():
    curves = cumulative_incidence(list(range(1, 21)), [1, 2] * 10, 2)
    found = incidence_quantile_limits(curves, 1, 0.25)
    assert (found.estimate, found.low, found.high) == (9, 3, 19)
    at = {time: incidence_at(curves, 1, time, beyond_last="carry") for time in (1, 3, 17, 19)}
    assert at[1].high < 0.25 <= at[3].high
    assert at[17].low < 0.25 <= at[19].low


def test_a_limit_that_the_curve_does_not_reach_is_none():
    found = incidence_quantile_limits(cumulative_incidence(list(range(1, 11)), [1] * 10, 1), 1, 0.5)
    assert (found.estimate, found.low, found.high) == (5, 3, None)


def test_a_share_that_is_not_reached_keeps_its_lower_limit_and_warns():
    found = incidence_quantile_limits(cumulative_incidence([1, 2, 3, 4, 5, 6], [1, 1, 2, 0, 0, 0], 2), 1, 0.5)
    assert (found.estimate, found.low, found.high) == (None, 1, None)
    assert found.warning.startswith("not reached")


@pytest.mark.parametrize(("time", "status", "p"), [([], [], 0.5), ([1, 2], [1, 0], 2), ([1, -2], [1, 0], 0.5)])
def test_bad_input_is_an_error_and_no_number(time, status, p):
    found = incidence_quantile_limits(cumulative_incidence(time, status, 1), 1, p)
    assert found.error
    assert (found.estimate, found.low, found.high) == (None, None, None)
