"""Before and after: printed changes, the range of P, the implied correlation, and what P says about single patients."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.analysis.statistics.location import paired_t
from cordside.appraisal.arithmetic.changes import change_p_range, implied_correlation, mean_change
from cordside.appraisal.arithmetic.pairedlimits import paired_t_limits
from cordside.appraisal.arithmetic.student import p_of_t, t_of_p
from cordside.appraisal.printed import read_p, read_printed
from cordside.words import rounded
from tests.appraisal.arithmetic.samples import mean_of, printed, sd_of, some_decimals

pairs = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=30)
WHITE_CELLS = ((read_printed("6.72"), read_printed("2.62")), (read_printed("6.43"), read_printed("1.72")))


def test_a_change_is_after_minus_before_but_for_rounding():
    assert mean_change(*map(read_printed, ("13.4", "9.8", "-3.7"))).consistent
    assert not mean_change(*map(read_printed, ("13.4", "9.8", "-3.8"))).consistent
    assert not mean_change(*map(read_printed, ("13.4", "9.8", "3.6"))).consistent


def test_p_has_a_range():
    found = change_p_range(31, *WHITE_CELLS, read_p("0.346"))
    assert (found.p_min, found.p_max) == (pytest.approx(0.07031, abs=1e-5), pytest.approx(0.72257, abs=1e-5))
    assert found.consistent and not change_p_range(31, *WHITE_CELLS, read_p("0.003")).consistent


def test_means_that_may_be_equal_allow_p_1_and_one_pair_nothing():
    cell = (read_printed("6.7"), read_printed("2.6"))
    found = change_p_range(31, cell, cell, read_p("1.0"))
    assert (found.p_min, found.p_max, found.consistent) == (0.0, 1.0, True)
    assert not change_p_range(1, cell, cell, read_p("0.3")).testable


def test_a_p_implies_a_correlation():
    found = implied_correlation(31, *WHITE_CELLS, read_p("0.346"))
    assert (found.sd_change, found.r) == (pytest.approx(1.6864, abs=1e-4), pytest.approx(0.7743, abs=1e-4))
    assert (found.r_low, found.r_high) == (pytest.approx(0.7497, abs=1e-3), pytest.approx(0.7981, abs=1e-3))
    assert not implied_correlation(31, *WHITE_CELLS, read_p("0.003")).consistent
    assert not implied_correlation(31, *WHITE_CELLS, read_p("0.91")).consistent


def test_a_bound_of_p_is_a_bound_of_the_correlation():
    found = implied_correlation(
        20, (read_printed("52.1"), read_printed("11.0")), (read_printed("41.0"), read_printed("10.2")), read_p("<0.001")
    )
    assert found.consistent and -1 < found.r_low < found.r < 1 <= found.r_high


def test_an_sd_that_may_be_0_implies_nothing():
    zero = (read_printed("6.7"), read_printed("0.0"))
    assert implied_correlation(9, zero, WHITE_CELLS[1], read_p("0.3")).r_low is None


@given(pairs, some_decimals, some_decimals, st.integers(2, 4))
def test_no_true_pairs_are_refused(values, decimals, sd_decimals, p_decimals):
    before, after = zip(*values, strict=True)
    tested = paired_t([b - a for a, b in values])
    if tested.p is None or not (sd_of(before) and sd_of(after)):
        return
    cells = [(printed(mean_of(cell), decimals), printed(sd_of(cell), sd_decimals)) for cell in (before, after)]
    p = read_p(rounded(tested.p, p_decimals))
    assert mean_change(cells[0][0], cells[1][0], printed(mean_of(after) - mean_of(before), decimals)).consistent
    assert change_p_range(len(values), *cells, p).consistent
    assert implied_correlation(len(values), *cells, p).consistent


@given(pairs)
def test_the_implied_correlation_is_that_of_the_pairs(values):
    before, after = zip(*values, strict=True)
    tested = paired_t([b - a for a, b in values])
    spreads = sd_of(before), sd_of(after)
    if not (tested.p and tested.statistic and all(spreads) and tested.p > 1e-12):
        return
    cells = [(printed(mean_of(cell), 9), printed(sd_of(cell), 9)) for cell in (before, after)]
    found = implied_correlation(len(values), *cells, read_p(f"{tested.p:.12e}"))
    r = (spreads[0] ** 2 + spreads[1] ** 2 - sd_of([b - a for a, b in values]) ** 2) / (2 * spreads[0] * spreads[1])
    assert found.r == pytest.approx(r, abs=1e-3) and found.r_low - 1e-6 <= r <= found.r_high + 1e-6


def test_what_p_says_about_single_patients():
    found = paired_t_limits(31, 0.001)
    assert (found.kappa, found.changed_same_way_at_least) == (pytest.approx(9.5185, abs=1e-4), 10)
    assert (found.largest_share, found.times_the_others) == (pytest.approx(0.2977, abs=1e-4), pytest.approx(12.7, abs=0.05))
    assert paired_t_limits(31, 0.003).times_the_others == pytest.approx(14.9, abs=0.05)
    assert paired_t_limits(31, 0.01).times_the_others == pytest.approx(18.7, abs=0.05)


def test_a_large_p_limits_nobody():
    found = paired_t_limits(12, 1.0)
    assert (found.kappa, found.changed_same_way_at_least, found.largest_share, found.times_the_others) == (0.0, 0, None, None)
    assert paired_t_limits(12, 0.9).times_the_others is None


@given(st.lists(st.integers(-9, 30), min_size=3, max_size=25))
def test_no_true_changes_break_the_limits(changes):
    tested = paired_t(changes)
    if not tested.p or tested.estimate == 0:
        return
    # A hair above the P found, for the limits may be reached exactly.
    found = paired_t_limits(len(changes), min(1.0, tested.p * (1 + 1e-6)))
    total = sum(changes)
    assert sum(change * total > 0 for change in changes) >= found.changed_same_way_at_least
    assert max(change / total for change in changes) <= found.largest_share * (1 + 1e-9)
    assert total * total >= found.kappa * sum(change * change for change in changes) * (1 - 1e-9)


@given(st.floats(1e-15, 1.0), st.integers(1, 200))
def test_t_and_p_are_inverse(p, df):
    assert p_of_t(t_of_p(p, df), df) == pytest.approx(p, rel=1e-6)


def test_a_t_without_end_has_p_0():
    assert p_of_t(t_of_p(0.0, 9), 9) == 0.0 and t_of_p(1.0, 9) == 0.0
    assert t_of_p(0.05, 1_000_000) == pytest.approx(1.959966, abs=1e-5)
