"""The Hodges-Lehmann estimate with its interval, for one sample and for two.

The estimate is the median of all pairwise averages (or differences), not the difference of two medians. Averages are not
written out: how many lie at or below a limit is counted from the (value, count) table, so a million values are no matter.
"""

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from typing import Any

import numpy as np

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.distributions import normal_two_sided, two_sided_z
from cordside.analysis.statistics.location import below_level
from cordside.analysis.statistics.named import check_name
from cordside.analysis.statistics.permutation import Sums, subset_sums, subset_sums_of_size
from cordside.analysis.statistics.sample import Sample, Values, level_fault, real, share, tallied
from cordside.analysis.tally import whole
from cordside.words import Number

_EXACT_ONE, _EXACT_TWO = 200, 5000
_INT64 = 2**60
ZEROS = ("keep", "drop")


def hodges_lehmann(changes: Values, *, zeros: str, level: Number = 0.95) -> Answer:
    """Median of the n(n+1)/2 averages of two differences (Walsh averages), with the limits that signed ranks do not reject.

    zeros: keep (they belong to the estimate) or drop (R before 4.6, StatXact). n counts the differences used; extra holds
    the attained level. Few pairs cannot reach the level: the widest interval is given with a warning.
    Limits: k-th smallest and largest average, k = max(1, smallest q with P(V <= q) >= (1 - level) / 2), V without ties;
    above 200 pairs k is that of the normal approximation. Source: Hodges and Lehmann 1963; Hollander and Wolfe 1999, 3.2-3.3.
    1, 2, 3, 4, 5: 3 (1 to 5) at 93.75 %.
    """
    check_name(zeros, ZEROS, "rule for zeros of the Hodges-Lehmann estimate")
    sample = tallied(changes)
    if zeros == "drop":
        counts = tuple(pair for pair in sample.counts if pair[0] != 0)
        sample = replace(sample, counts=counts, n=sum(count for _, count in counts))
    common: dict[str, Any] = {"n": sample.n, "n_missing": sample.n_missing}
    common |= {"method": "Hodges-Lehmann estimate", "convention": f"zeros {zeros}"}
    if fault := sample.fault or ("" if sample.n else "no difference") or level_fault(level):
        return Answer(error=fault, **common)
    return _answered(_walsh(sample), _rank_one(sample.n, level), level, common)


def hodges_lehmann_two(x: Values, y: Values, *, level: Number = 0.95) -> Answer:
    """Median of x - y over all pairs of a value of x and a value of y, with the limits that the rank-sum test does not reject.

    n counts the values of both; extra holds the attained level. Above 5000 pairs of values the rank of the limits is that
    of the normal approximation. Source: Hodges and Lehmann 1963; Hollander and Wolfe 1999, 4.2-4.3.
    Permeability (0.80 ... 1.46 against 1.15 ... 1.21): 0.305 (-0.15 to 0.76).
    """
    first, second = tallied(x), tallied(y)
    common: dict[str, Any] = {"n": first.n + second.n, "n_missing": first.n_missing + second.n_missing}
    common["method"] = "Hodges-Lehmann estimate of the shift"
    empty = "" if first.n and second.n else "a group holds no value"
    if fault := first.fault or second.fault or empty or level_fault(level):
        return Answer(error=fault, **common)
    return _answered(_shifts(first, second), _rank_two(first.n, second.n, level), level, common)


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums u + v of a whole number of each of two rising tables; where both are one table, each pair of members once.

    values, counts: of the first; others: of the second, and upto, how many members it has below each place.
    """

    values: np.ndarray
    counts: np.ndarray
    others: np.ndarray
    upto: np.ndarray
    unit: Fraction
    is_one_table: bool

    @property
    def size(self) -> int:
        """How many sums there are."""
        n = int(self.upto[-1])
        return n * (n + 1) // 2 if self.is_one_table else n * int(self.counts.sum())

    def at_most(self, limit: int) -> int:
        """How many sums do not exceed the limit."""
        found = int((self.counts * self.upto[np.searchsorted(self.others, limit - self.values, side="right")]).sum())
        if not self.is_one_table:
            return found
        # Among ordered pairs two members meet twice, and a member meets itself once.
        itself = int(self.upto[np.searchsorted(self.values, limit // 2, side="right")])
        return (found + itself) // 2

    def ordered(self, rank: int) -> Fraction:
        """The sum of a rank from 1 to size: the smallest that so many sums do not exceed."""
        low, high = int(self.values[0]) + int(self.others[0]), int(self.values[-1]) + int(self.others[-1])
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.at_most(middle) >= rank else (middle + 1, high)
        return self.unit * low

    def median(self) -> Fraction:
        """The middle sum, or the mean of the two in the middle."""
        return (self.ordered((self.size + 1) // 2) + self.ordered(self.size // 2 + 1)) / 2


def _sums(x: Sample, y: Sample, *, is_one_table: bool) -> _Sums:
    """Both samples as multiples of their common unit."""
    numbers, denominator = whole([value for value, _ in (*x.counts, *y.counts)])
    values, others = numbers[: len(x.counts)], numbers[len(x.counts) :]
    # Python's own integers are slower, but hold any number.
    kind = np.int64 if max(map(abs, (values[0], values[-1], others[0], others[-1]))) < _INT64 else object
    counts, upto = np.array([count for _, count in x.counts]), np.array([0, *accumulate(count for _, count in y.counts)])
    return _Sums(np.array(values, dtype=kind), counts, np.array(others, dtype=kind), upto, Fraction(1, denominator), is_one_table)


def _walsh(sample: Sample) -> _Sums:
    """Averages of two: half their sums."""
    sums = _sums(sample, sample, is_one_table=True)
    return replace(sums, unit=sums.unit / 2)


def _shifts(x: Sample, y: Sample) -> _Sums:
    """Differences: sums with the second sample turned round."""
    turned = Sample(tuple((-value, count) for value, count in reversed(y.counts)), y.n, 0)
    return _sums(x, turned, is_one_table=False)


def _rank_one(n: int, level: Number) -> tuple[int, float]:
    """k of the limits and the level that they attain, from the tie-free signed-rank distribution."""
    sums = subset_sums(range(1, n + 1)) if n <= _EXACT_ONE else None
    if sums is None:
        return _normal_rank(n * (n + 1) / 4, math.sqrt(n * (n + 1) * (2 * n + 1) / 24), level)
    return _exact_rank(sums, 0, level)


def _rank_two(m: int, n: int, level: Number) -> tuple[int, float]:
    """The same from the tie-free rank-sum distribution."""
    fewer = min(m, n)
    sums = subset_sums_of_size(range(1, m + n + 1), fewer) if m * n <= _EXACT_TWO else None
    if sums is None:
        return _normal_rank(m * n / 2, math.sqrt(m * n * (m + n + 1) / 12), level)
    return _exact_rank(sums, fewer * (fewer + 1) // 2, level)


def _exact_rank(sums: Sums, smallest: int, level: Number) -> tuple[int, float]:
    tail = (1 - (share(level) or 0)) / 2
    k, upto = 0, sums.share(smallest, smallest)
    while upto < tail or k == 0:
        k += 1
        below, upto = upto, upto + sums.share(smallest + k, smallest + k)
    return k, float(1 - 2 * below)


def _normal_rank(mean: float, sd: float, level: Number) -> tuple[int, float]:
    k = max(1, math.floor(mean - two_sided_z(float(level)) * sd))
    return k, 1 - normal_two_sided((k - mean) / sd)


def _answered(sums: _Sums, rank: tuple[int, float], level: Number, common: dict[str, Any]) -> Answer:
    k, attained = rank
    return Answer(
        estimate=real(sums.median()),
        low=real(sums.ordered(k)),
        high=real(sums.ordered(sums.size + 1 - k)),
        level=float(level),
        extra={"attained": attained},
        warning="" if attained >= float(level) - 1e-12 or k > 1 else below_level(attained, common["n"]),
        **common,
    )
