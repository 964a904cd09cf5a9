"""What an SD must be: the bounds hold for every sample, and the printed examples are judged as they should be."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.analysis.statistics.location import mean_interval as interval_of
from cordside.appraisal.arithmetic.spread import mean_interval, mean_median_sd, range_vs_sd, sd_bound, standard_error
from cordside.appraisal.printed import exactly, read_printed
from tests.appraisal.arithmetic.samples import mean_of, policies, printed, quantile_of, scores, sd_of, some_decimals


def read(*texts):
    return [read_printed(text) for text in texts]


def test_a_scale_bounds_the_sd_at_a_mean():
    found = sd_bound(*read("18", "16.2"), 12, Fraction(0), Fraction(30))
    assert (found.sd_max, found.consistent) == (pytest.approx(15.3505, abs=1e-4), False)
    assert found.sd_max_possible == pytest.approx((17.5 * 12.5 * 12 / 11) ** 0.5)


def test_a_mean_that_could_be_the_middle_of_the_scale_has_the_largest_bound():
    assert sd_bound(*read("15", "16"), 12, Fraction(0), Fraction(31)).sd_max_possible == pytest.approx(15.5 * (12 / 11) ** 0.5)


def test_a_mean_outside_its_scale_is_impossible():
    found = sd_bound(*read("31", "2"), 12, Fraction(0), Fraction(30))
    assert (found.sd_max, found.sd_max_possible, found.consistent) == (None, None, False)
    assert sd_bound(*read("30.4", "0.0"), 12, Fraction(0), Fraction("30.35")).consistent


def test_an_sd_bounds_the_range_and_the_median():
    assert range_vs_sd(read_printed("5.0"), 10, exactly(10), exactly(31)).consistent
    assert not range_vs_sd(read_printed("5.0"), 10, exactly(10), exactly(33)).consistent
    assert not mean_median_sd(*read("12.0", "4.0", "6.0"), 20).consistent
    assert mean_median_sd(*read("30.0", "13.4", "35.0"), 31).distance == Fraction("16.5")


def test_a_standard_error_is_the_sd_over_the_root_of_n():
    assert standard_error(*read("2.62", "0.47"), 31).consistent
    assert not standard_error(*read("2.62", "0.48"), 31).consistent
    assert not standard_error(*read("2.62", "0.46"), 31).consistent


def test_an_interval_says_which_factor_it_was_made_with():
    assert mean_interval(*read("6.72", "2.62"), 31, *read("5.76", "7.68")).fits == ("t",)
    assert mean_interval(*read("6.72", "2.62"), 31, *read("5.80", "7.64")).fits == ("normal",)
    assert not mean_interval(*read("6.72", "2.62"), 31, *read("5.76", "7.90")).consistent
    assert not mean_interval(*read("6.72", "2.62"), 31, *read("6.00", "7.44")).consistent
    assert not mean_interval(*read("6.92", "2.62"), 31, *read("5.76", "7.68")).consistent


@given(scores, some_decimals, some_decimals, policies)
def test_no_true_sample_breaks_a_bound(values, decimals, sd_decimals, policy):
    n = len(values)
    mean, sd = printed(mean_of(values), decimals, policy), printed(sd_of(values), sd_decimals, policy)
    median = printed(quantile_of(values, "0.5", "type-2"), decimals, policy)
    least, most = exactly(min(values)), exactly(max(values))
    assert sd_bound(mean, sd, n, Fraction(min(values)), Fraction(max(values))).consistent
    assert range_vs_sd(sd, n, least, most).consistent
    assert range_vs_sd(sd, n, printed(min(values), 0), printed(max(values), 0)).consistent
    assert mean_median_sd(mean, median, sd, n).consistent
    assert standard_error(sd, printed(sd_of(values) / n**0.5, sd_decimals, policy), n).consistent


@given(scores, some_decimals, some_decimals, policies, st.sampled_from([0.9, 0.95, 0.99]))
def test_no_true_interval_of_a_mean_is_refused(values, decimals, sd_decimals, policy, level):
    limits = interval_of(values, level=level)
    mean, sd = printed(mean_of(values), decimals, policy), printed(sd_of(values), sd_decimals, policy)
    ends = [printed(float(mean_of(values)) if end is None else end, decimals, policy) for end in (limits.low, limits.high)]
    assert "t" in mean_interval(mean, sd, len(values), *ends, level).fits
