"""Proportions against the equations that define their limits, and against published examples."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.proportiondifference import mcnemar, paired_difference, proportion_difference
from cordside.analysis.statistics.proportions import INTERVALS, proportion, upper_limit
from tests.analysis.statistics.drawing import LEVELS

COUNTS = st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
FOUR = st.lists(st.integers(0, 12), min_size=4, max_size=4).filter(any)


def at_most(k, n, p):
    return float(sum(math.comb(n, i) * Fraction(p) ** i * (1 - Fraction(p)) ** (n - i) for i in range(k + 1)))


@settings(deadline=None)
@given(counts=COUNTS, level=LEVELS)
def test_at_the_exact_limits_the_binomial_tails_are_what_the_level_leaves(counts, level):
    (k, n), tail = counts, (1 - level) / 2
    answer = proportion(k, n, interval="clopper_pearson", level=level)
    assert answer.low == 0 if k == 0 else 1 - at_most(k - 1, n, answer.low) == pytest.approx(tail)
    assert answer.high == 1 if k == n else at_most(k, n, answer.high) == pytest.approx(tail)


@settings(deadline=None)
@given(counts=COUNTS, level=LEVELS)
def test_at_the_wilson_limits_the_proportion_is_z_standard_errors_away(counts, level):
    (k, n) = counts
    answer = proportion(k, n, interval="wilson", level=level)
    z = proportion(1, 2, interval="wald", level=level)
    z = (z.high - 0.5) * math.sqrt(8) if z.high < 1 else None
    for limit in (answer.low, answer.high):
        if z and 0 < limit < 1:
            assert abs(k / n - limit) / math.sqrt(limit * (1 - limit) / n) == pytest.approx(z)


@settings(deadline=None)
@given(counts=COUNTS, interval=st.sampled_from(sorted(INTERVALS)), level=LEVELS)
def test_every_interval_holds_the_proportion_and_mirrors_its_complement(counts, interval, level):
    k, n = counts
    one, other = (proportion(count, n, interval=interval, level=level) for count in (k, n - k))
    assert 0 <= one.low <= one.estimate + 1e-12 and one.estimate - 1e-12 <= one.high <= 1
    assert (one.low, one.high) == pytest.approx((1 - other.high, 1 - other.low), abs=1e-9)


def test_the_wald_interval_without_width_is_never_silent():
    assert proportion(0, 12, interval="wald").warning and not proportion(0, 12, interval="clopper_pearson").warning


@pytest.mark.parametrize(("k", "n", "high"), [(0, 31, 0.0921140599473), (0, 1, 0.95), (1, 1, 1.0), (3, 10, 0.6066242)])
def test_the_one_sided_upper_limit_is_exact(k, n, high):
    assert upper_limit(k, n).high == pytest.approx(high, rel=1e-6)


@settings(deadline=None)
@given(counts=COUNTS, level=LEVELS)
def test_at_the_upper_limit_so_few_events_have_the_probability_left(counts, level):
    k, n = counts
    high = upper_limit(k, n, level=level).high
    assert k == n or at_most(k, n, high) == pytest.approx(1 - level)


@settings(deadline=None)
@given(first=COUNTS, second=COUNTS)
def test_exchanging_two_groups_turns_their_difference(first, second):
    one, other = proportion_difference(*first, *second), proportion_difference(*second, *first)
    assert (one.estimate, one.low) == (pytest.approx(-other.estimate), pytest.approx(-other.high))
    assert -1 <= one.low <= one.estimate <= one.high <= 1


@settings(deadline=None)
@given(cells=FOUR, interval=st.sampled_from(["tango", "newcombe"]), level=LEVELS)
def test_exchanging_the_occasions_turns_a_paired_difference(cells, interval, level):
    both, first_only, second_only, neither = cells
    one = paired_difference(both, first_only, second_only, neither, interval=interval, level=level)
    other = paired_difference(both, second_only, first_only, neither, interval=interval, level=level)
    assert (one.estimate, one.low, one.high) == pytest.approx((-other.estimate, -other.high, -other.low), abs=1e-9)
    assert -1 <= one.low <= one.estimate + 1e-12 and one.estimate - 1e-12 <= one.high <= 1


def log_likelihood(cells, share_of_c, difference):
    b, c, rest = cells[1], cells[2], cells[0] + cells[3]
    shares = (share_of_c + difference, share_of_c, 1 - 2 * share_of_c - difference)
    if any(share < 0 for share in shares):
        return -math.inf
    return sum(count * math.log(share) if share else (-math.inf if count else 0) for count, share in zip((b, c, rest), shares, strict=True))


@pytest.mark.parametrize("cells", [(20, 15, 6, 5), (30, 1, 8, 9), (0, 3, 2, 4), (12, 0, 5, 3)])
def test_at_tangos_limits_the_score_by_maximum_likelihood_is_z(cells):
    answer, n = paired_difference(*cells, interval="tango"), sum(cells)
    for limit in (answer.low, answer.high):
        grid = [max(0.0, -limit) + step / 200_000 for step in range(100_001)]
        likeliest = max(grid, key=lambda share, limit=limit: log_likelihood(cells, share, limit))
        score = (cells[1] - cells[2] - n * limit) / math.sqrt(n * (2 * likeliest + limit * (1 - limit)))
        assert abs(score) == pytest.approx(1.959964, rel=1e-3)


@pytest.mark.parametrize(
    ("b", "c", "p", "expected"),
    [(8, 1, "exact", 0.0390625), (8, 1, "chi2_cc", 0.0455002639), (8, 1, "chi2", 0.0196306573), (5, 5, "exact", 1)],
)
def test_mcnemar_by_each_of_its_ways(b, c, p, expected):
    answer = mcnemar(b, c, p=p)
    assert answer.p == pytest.approx(expected)
    assert bool(answer.warning) == (p != "exact")
    assert answer.p == mcnemar(c, b, p=p).p
