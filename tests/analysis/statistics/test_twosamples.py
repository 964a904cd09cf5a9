"""Two groups: the t tests against their formulas, the rank-sum test against all ways to deal the ranks."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.twosamples import rank_sum, rank_sum_as, two_sample_t
from cordside.analysis.statistics.variance import anova, kruskal_wallis
from tests.analysis.statistics.drawing import tied

SMOKERS = [3.18, 2.74, 2.9, 3.27, 3.65, 3.42, 3.23, 2.86, 3.6, 3.65, 3.69, 3.53, 2.38, 2.34]
OTHERS = [3.99, 3.89, 3.6, 3.73, 3.31, 3.7, 4.08, 3.61, 3.83, 3.41, 4.13, 3.36, 3.54, 3.51, 2.71]
FEW = [1.1, 2.2, 3.3, 4.4, 5.6]
MORE = [2.1, 3.7, 4.9, 6.0, 7.7, 8.1]


def written_out(x, y, two_sided, alternative):
    both = [*x, *y]
    ranks = [Fraction(2 * sum(other < value for other in both) + both.count(value) + 1, 2) for value in both]
    seen, mean = sum(ranks[: len(x)]), Fraction(len(x) * (len(both) + 1), 2)
    sums = [sum(dealt) for dealt in combinations(ranks, len(x))]
    lower, upper = (Fraction(sum(far), len(sums)) for far in ([s <= seen for s in sums], [s >= seen for s in sums]))
    if alternative != "two-sided":
        return lower if alternative == "less" else upper
    if two_sided == "doubled":
        return min(Fraction(1), 2 * min(lower, upper))
    return Fraction(sum(abs(s - mean) >= abs(seen - mean) for s in sums), len(sums))


@settings(deadline=None)
@given(
    x=tied(1, 5),
    y=tied(1, 5),
    two_sided=st.sampled_from(["distance", "doubled"]),
    alternative=st.sampled_from(["two-sided", "less", "greater"]),
)
def test_the_exact_p_is_the_share_of_all_ways_to_deal_the_ranks_with_ties(x, y, two_sided, alternative):
    answer = rank_sum(x, y, p="exact", two_sided=two_sided, alternative=alternative)
    assert answer.p == pytest.approx(float(written_out(x, y, two_sided, alternative)), rel=1e-12)
    assert answer.statistic == sum((one > other) + (one == other) / 2 for one in x for other in y)


@settings(deadline=None)
@given(x=tied(), y=tied(), p=st.sampled_from(["exact", "normal", "normal_cc"]))
def test_exchanging_the_groups_turns_the_statistic_and_keeps_p(x, y, p):
    one, other = rank_sum(x, y, p=p), rank_sum(y, x, p=p)
    assert one.p == pytest.approx(other.p, rel=1e-12)
    assert one.statistic + other.statistic == len(x) * len(y)


@settings(deadline=None)
@given(x=tied(2), y=tied(2), variance=st.sampled_from(["welch", "pooled"]))
def test_exchanging_the_groups_turns_the_difference_and_keeps_p(x, y, variance):
    one, other = two_sample_t(x, y, variance=variance), two_sample_t(y, x, variance=variance)
    assert one.estimate == -other.estimate and one.p == other.p
    assert one.low is None or one.low == -other.high <= one.estimate <= one.high


@settings(deadline=None)
@given(x=tied(2), y=tied(2))
def test_the_pooled_t_is_the_analysis_of_variance_of_two_groups(x, y):
    t, f = two_sample_t(x, y, variance="pooled"), anova([x, y])
    assert (t.p is None) == (f.p is None)
    assert t.p is None or (t.statistic**2, t.p) == pytest.approx((f.statistic, f.p), rel=1e-9)


@settings(deadline=None)
@given(x=tied(2), y=tied(2))
def test_the_normal_rank_sum_is_kruskal_wallis_of_two_groups(x, y):
    assert rank_sum(x, y, p="normal").p == pytest.approx(kruskal_wallis([x, y]).p, rel=1e-9)


@pytest.mark.parametrize(
    ("x", "y", "program", "p"),
    [
        (SMOKERS, OTHERS, "R-4.5", 0.0100064721663),
        (SMOKERS, OTHERS, "R-4.6", 0.0081827507299),
        (SMOKERS, OTHERS, "SAS", 0.0100064721663),
        (SMOKERS, OTHERS, "SAS-exact", 0.00818095854034),
        (SMOKERS, OTHERS, "coin", 0.00818095854034),
        (SMOKERS, OTHERS, "SciPy", 0.0100064721663),
        (FEW, MORE, "R-4.5", 0.177489177489),
        (FEW, MORE, "SciPy", 0.177489177489),
    ],
)
def test_a_program_is_reproduced_by_its_name(x, y, program, p):
    answer = rank_sum_as(x, y, program=program)
    assert answer.p == pytest.approx(p, rel=1e-9)
    assert answer.convention.startswith(f"{program}: ")


def test_a_group_of_one_has_a_difference_but_by_welch_no_test():
    welch, pooled = (two_sample_t([1], [2, 4], variance=variance) for variance in ("welch", "pooled"))
    assert (welch.estimate, welch.p) == (-2, None) and welch.warning
    assert (pooled.estimate, pooled.df) == (-2, 1) and pooled.p is not None


def test_too_many_values_for_the_exact_p_get_the_normal_one_and_a_warning():
    answer = rank_sum(range(0, 1000, 2), range(1, 1000, 2), p="exact")
    assert "too many for the exact p" in answer.warning and answer.convention == "normal"


def test_missing_values_are_counted():
    answer = two_sample_t([1, 2, None], [3, float("nan"), 5], variance="welch")
    assert (answer.n, answer.n_missing) == (4, 2)
