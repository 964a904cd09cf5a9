"""Means, t tests and medians against their formulas, against R, and against coin throws written out."""

import math
import statistics
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.differences import paired
from cordside.analysis.statistics.location import mean_interval, median_interval, one_sample_t, paired_ratio, paired_t
from cordside.errors import CannotDo
from tests.analysis.statistics.drawing import LEVELS, tied

SLEEP = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
MORE_SLEEP = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_students_sleep_data_give_what_he_and_r_print():
    answer = one_sample_t(MORE_SLEEP)
    assert (answer.estimate, answer.statistic, answer.df) == (pytest.approx(2.33), pytest.approx(3.679916, rel=1e-6), 9)
    assert (answer.low, answer.high, answer.p) == pytest.approx((0.8976775, 3.7623225, 0.005076133), rel=1e-6)


@settings(deadline=None)
@given(values=tied(2), level=LEVELS, mu=st.integers(-3, 3))
def test_the_interval_holds_the_mean_and_excludes_mu_exactly_when_p_is_small(values, level, mu):
    answer = one_sample_t(values, mu=mu, level=level)
    if len(set(values)) == 1:
        assert answer.p is None and answer.warning
        return
    assert answer.low < answer.estimate < answer.high
    assert answer.extra["se"] == pytest.approx(statistics.stdev(values) / math.sqrt(len(values)))
    if abs(answer.p - (1 - level)) > 1e-9:
        assert (answer.p < 1 - level) == (not answer.low <= mu <= answer.high)


@settings(deadline=None)
@given(values=tied(2), moved=st.integers(-3, 3))
def test_moving_values_and_mu_together_changes_no_test(values, moved):
    one, other = one_sample_t(values), one_sample_t([value + moved for value in values], mu=moved)
    assert (one.statistic, one.p) == (other.statistic, other.p)


def test_a_geometric_mean_is_tested_on_logarithms():
    answer = one_sample_t([1, 10, 100], mu=10, scale="log")
    assert (answer.estimate, answer.p) == (pytest.approx(10), pytest.approx(1))
    assert answer.low * answer.high == pytest.approx(100)


@settings(deadline=None)
@given(before=st.lists(st.floats(0.01, 100), min_size=2, max_size=6))
def test_the_ratio_after_over_before_is_the_inverse_of_before_over_after(before):
    after = [value + place + 1 for place, value in enumerate(before)]
    one, other = paired_ratio(paired(before, after)), paired_ratio(paired(after, before))
    assert one.estimate == pytest.approx(1 / other.estimate)
    if one.low is not None:
        assert (one.low, one.p) == (pytest.approx(1 / other.high), pytest.approx(other.p))


def test_equal_changes_that_differ_in_binary_have_no_spread():
    before, after = [5.1, 4.9, 7.2], [4.8, 4.6, 6.9]
    assert paired_t(paired(before, after).changes).warning == "all values are equal, so no interval and no test"
    assert paired_t([second - first for first, second in zip(before, after, strict=True)]).p is not None


def test_a_mean_of_a_million_close_values_keeps_every_digit():
    answer = mean_interval({10000000.2: 1, 10000000.1: 500, 10000000.3: 500})
    assert (answer.estimate, answer.extra["sd"]) == (10000000.2, pytest.approx(0.1, rel=1e-15))


@settings(deadline=None)
@given(values=tied(1, 12), level=LEVELS)
def test_the_median_lies_in_its_interval_whose_ranks_a_sign_test_does_not_reject(values, level):
    answer = median_interval(values, definition="R-7", level=level)
    n, ordered = len(values), sorted(values)
    assert answer.estimate == statistics.median(values)
    if n == 1:
        assert answer.low is None and answer.warning
        return
    tails = [Fraction(sum(math.comb(n, i) for i in range(k)), 2**n) for k in range(1, n // 2 + 1)]
    allowed = [k for k, tail in enumerate(tails, 1) if tail <= (1 - Fraction(str(level))) / 2] or [1]
    assert (answer.low, answer.high) == (ordered[allowed[-1] - 1], ordered[-allowed[-1]])
    assert answer.extra["attained"] == pytest.approx(float(1 - 2 * tails[allowed[-1] - 1]))
    assert bool(answer.warning) == (answer.extra["attained"] < level)


def test_the_interval_of_a_median_of_many_values_reaches_its_level():
    answer = median_interval(range(10_001), definition="SAS-5")
    assert answer.estimate == 5000 and 0.95 <= answer.extra["attained"] < 0.953
    assert answer.high - 5000 == 5000 - answer.low == pytest.approx(1.96 * math.sqrt(10_001) / 2, abs=2)


def test_the_definition_of_the_median_is_named():
    assert median_interval([1, 2], definition="SPSS-6").convention.startswith("type-6")
    with pytest.raises(CannotDo):
        median_interval([1, 2], definition="type-10")
