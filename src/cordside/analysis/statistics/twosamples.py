"""Two independent groups: Welch's and the pooled t test, and the rank-sum test (Wilcoxon, Mann and Whitney)."""

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.distributions import normal_above, normal_two_sided, t_two_sided, two_sided_t
from cordside.analysis.statistics.named import check_name
from cordside.analysis.statistics.permutation import subset_sums_of_size
from cordside.analysis.statistics.ranks import ALTERNATIVES, doubled_midranks
from cordside.analysis.statistics.sample import Sample, Values, level_fault, real, root, tallied
from cordside.analysis.tally import counted
from cordside.words import Number

VARIANCES = ("welch", "pooled")
P = ("exact", "normal", "normal_cc")
TWO_SIDED = ("distance", "doubled")
PROGRAMS = ("R-4.5", "R-4.6", "SAS", "SAS-exact", "coin", "SciPy")
"""R before 4.6, R 4.6 and later, SAS NPAR1WAY without and with its EXACT statement, R's coin (exact), SciPy mannwhitneyu."""
EMPTY = "a group holds no value"
_R_EXACT = 50
_SCIPY_EXACT = 8


def two_sample_t(x: Values, y: Values, *, variance: str, level: Number = 0.95) -> Answer:
    """t test of two means; the estimate is mean(x) - mean(y), with its interval.

    variance: welch (unequal; R's default) or pooled (SciPy's silent default). Gives t, df, p; extra se, mean_x, mean_y.
    A group of one value has no variance: the estimate comes with a warning and without a test (pooled needs three values).
    Source: Welch 1947; Student 1908. Student's sleep data: t -1.8608, df 17.776, p 0.0794 by Welch.
    """
    check_name(variance, VARIANCES, "variance of a t test")
    first, second = tallied(x), tallied(y)
    common = _common(first, second, "Welch's t test" if variance == "welch" else "t test, pooled variance")
    if fault := _fault(first, second) or level_fault(level):
        return Answer(error=fault, **common)
    difference = first.mean - second.mean
    common |= {"estimate": real(difference), "extra": {"mean_x": real(first.mean), "mean_y": real(second.mean)}}
    if min(first.n, second.n) < 2 and (variance == "welch" or first.n + second.n < 3):
        return Answer(warning="a group of one value has no standard deviation, so no interval and no test", **common)
    squared_se, df = (_welch if variance == "welch" else _pooled)(first, second)
    if squared_se == 0:
        return Answer(warning="all values of each group are equal, so no interval and no test", **common)
    t = math.copysign(root(difference**2 / squared_se), difference)
    half = two_sided_t(float(level), df) * root(squared_se)
    common["extra"] |= {"se": root(squared_se)}
    interval = {"low": common["estimate"] - half, "high": common["estimate"] + half, "level": float(level)}
    return Answer(statistic=t, df=df, p=t_two_sided(t, df), **interval, **common)


def rank_sum(x: Values, y: Values, *, p: str, two_sided: str = "distance", alternative: str = "two-sided") -> Answer:
    """Rank-sum test of two groups.

    p: exact (all ways to deal the midranks), normal, normal_cc (correction 0.5). two_sided, of exact p: distance from the
    mean (coin, exactRankTests, SAS) or doubled smaller tail (R 4.6); without ties they agree. alternative: greater means
    x above y. Gives statistic W of x as R prints it, p; extra rank_sum of x, ties. All values equal: p 1 with a warning.
    Source: Wilcoxon 1945; Mann and Whitney 1947. Birth weights of smokers and others: W 45.5, exact p 0.00818.
    """
    check_name(p, P, "way to find p of the rank-sum test")
    check_name(two_sided, TWO_SIDED, "two-sided rule")
    check_name(alternative, ALTERNATIVES, "alternative")
    first, second = tallied(x), tallied(y)
    common = _common(first, second, "Wilcoxon rank-sum (Mann-Whitney) test")
    if fault := _fault(first, second):
        return Answer(error=fault, **common)
    ranks = _ranked(first, second)
    extra = {"rank_sum": ranks.sum_of_x / 2, "ties": float(ranks.has_ties)}
    found = _tested(ranks, p, two_sided, alternative)
    return replace(found, statistic=ranks.sum_of_x / 2 - first.n * (first.n + 1) / 2, extra=extra, **common)


def rank_sum_as(x: Values, y: Values, *, program: str) -> Answer:
    """The two-sided rank-sum test as a program does it by itself: one of PROGRAMS."""
    check_name(program, PROGRAMS, "program with a rank-sum test")
    first, second = tallied(x), tallied(y)
    if _fault(first, second):
        return rank_sum(x, y, p="exact")
    p, two_sided = _program_rule(program, _ranked(first, second), first.n, second.n)
    found = rank_sum(x, y, p=p, two_sided=two_sided)
    return replace(found, convention=f"{program}: {found.convention}")


def _program_rule(program: str, ranks: "_Ranks", m: int, n: int) -> tuple[str, str]:
    small = max(m, n) < _R_EXACT
    exact = {
        "R-4.5": small and not ranks.has_ties,
        "R-4.6": small,
        "SAS": False,
        "SciPy": min(m, n) <= _SCIPY_EXACT and not ranks.has_ties,
    }.get(program, True)
    return "exact" if exact else "normal_cc", "doubled" if program in ("R-4.6", "R-4.5", "SciPy") else "distance"


@dataclass(frozen=True, slots=True)
class _Ranks:
    """Doubled midrank of each distinct value, how many of it in x, and how many in both."""

    groups: tuple[tuple[int, int, int], ...]

    @property
    def sum_of_x(self) -> int:
        """Doubled rank sum of x."""
        return sum(rank * in_x for rank, in_x, _ in self.groups)

    @property
    def m(self) -> int:
        """Values of x."""
        return sum(in_x for _, in_x, _ in self.groups)

    @property
    def n(self) -> int:
        """Values of both."""
        return sum(both for _, _, both in self.groups)

    @property
    def has_ties(self) -> bool:
        """True when a value occurs twice."""
        return any(both > 1 for _, _, both in self.groups)

    @property
    def mean(self) -> int:
        """Mean of the doubled rank sum of x."""
        return self.m * (self.n + 1)


def _ranked(x: Sample, y: Sample) -> _Ranks:
    in_x = dict(x.counts)
    both = counted([*x.counts, *y.counts])
    ranks = doubled_midranks(count for _, count in both)
    return _Ranks(tuple((rank, in_x.get(value, 0), count) for rank, (value, count) in zip(ranks, both, strict=True)))


def _tested(ranks: _Ranks, p: str, two_sided: str, alternative: str) -> Answer:
    if len(ranks.groups) == 1:
        return Answer(p=1.0, convention=p, warning="all values are equal")
    if p != "exact":
        return Answer(p=_normal(ranks, 0.5 if p == "normal_cc" else 0.0, alternative), convention=p)
    share = _exact(ranks, two_sided, alternative)
    if share is None:
        warning = f"{ranks.n} values are too many for the exact p; normal p given"
        return Answer(p=_normal(ranks, 0.0, alternative), convention="normal", warning=warning)
    return Answer(p=share, convention=f"exact, {two_sided}")


def _exact(ranks: _Ranks, two_sided: str, alternative: str) -> float | None:
    """Share of the ways to deal the ranks that give a sum at least as far out; None where there are too many to go through."""
    weights = [rank for rank, _, both in ranks.groups for _ in range(both)]
    # The smaller group is dealt; its sum and that of the other add to a constant.
    is_x = 2 * ranks.m <= ranks.n
    size = ranks.m if is_x else ranks.n - ranks.m
    seen = ranks.sum_of_x if is_x else sum(weights) - ranks.sum_of_x
    sums, most = subset_sums_of_size(weights, size), sum(weights)
    if sums is None:
        return None
    lower, upper = sums.share(0, seen), sums.share(seen, most)
    if alternative != "two-sided":
        return float(lower if (alternative == "less") == is_x else upper)
    if two_sided == "doubled":
        return float(min(1, 2 * min(lower, upper)))
    mean = size * (ranks.n + 1)
    away = abs(seen - mean)
    return min(1.0, float(sums.share(0, mean - away) + sums.share(mean + away, most))) if away else 1.0


def _normal(ranks: _Ranks, correction: float, alternative: str) -> float:
    """Normal approximation with the variance for ties, m n (N + 1 - sum(t^3 - t) / (N (N - 1))) / 12."""
    m, n = ranks.m, ranks.n
    ties = sum(both**3 - both for _, _, both in ranks.groups)
    sd = math.sqrt(m * (n - m) * (n + 1 - Fraction(ties, n * (n - 1))) / 12)
    away = (ranks.sum_of_x - ranks.mean) / 2
    if alternative == "two-sided":
        return normal_two_sided(max(0.0, abs(away) - correction) / sd)
    return normal_above(((away if alternative == "greater" else -away) - correction) / sd)


def _welch(x: Sample, y: Sample) -> tuple[Fraction, float]:
    """Squared standard error of the difference, and Welch's degrees of freedom."""
    one, other = x.variance / x.n, y.variance / y.n
    if one + other == 0:
        return Fraction(0), 0.0
    return one + other, real((one + other) ** 2 / (one**2 / (x.n - 1) + other**2 / (y.n - 1)))


def _pooled(x: Sample, y: Sample) -> tuple[Fraction, float]:
    df = x.n + y.n - 2
    return (x.squares + y.squares) / df * (Fraction(1, x.n) + Fraction(1, y.n)), float(df)


def _common(x: Sample, y: Sample, method: str) -> dict[str, Any]:
    return {"n": x.n + y.n, "n_missing": x.n_missing + y.n_missing, "method": method}


def _fault(x: Sample, y: Sample) -> str:
    return x.fault or y.fault or ("" if x.n and y.n else EMPTY)
