"""Counts and percentages: a percentage of n, the parts of a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cordside.appraisal.arithmetic.whole import around, wholes
from cordside.appraisal.printed import Printed


@dataclass(frozen=True, slots=True)
class PercentOfN:
    """count of n printed as a percentage; exact: 100 count / n, None when n is 0, for then there is nothing to test."""

    count: int
    n: int
    printed: Printed
    exact: Fraction | None
    consistent: bool


@dataclass(frozen=True, slots=True)
class CountInN:
    """A count or a part, and the whole it belongs to."""

    count: int
    n: int
    consistent: bool


@dataclass(frozen=True, slots=True)
class Partition:
    """Parts that exclude one another and should make up n."""

    parts: tuple[int, ...]
    n: int
    total: int
    consistent: bool


@dataclass(frozen=True, slots=True)
class GrimPercent:
    """A percentage of n without its count: the counts that print so, and the percentages on both sides that n allows."""

    printed: Printed
    n: int
    counts: tuple[int, ...]
    nearest: tuple[Fraction, ...]
    consistent: bool


def percent_of_n(count: int, n: int, printed: Printed) -> PercentOfN:
    """Whether count of n can be printed as this percentage; a tie may be rounded either way.

    25 of 31 is 80.645 %, printed 80.6. Nothing of nothing has no percentage, so nothing is tested when n is 0.
    """
    exact = Fraction(100 * count, n) if n else None
    return PercentOfN(count, n, printed, exact, exact is None or printed.holds(exact))


def percent_counts(printed: Printed, n: int) -> tuple[int, ...]:
    """The counts from 0 to n that print as this percentage of n, rising. 80.6 of 31: 25; 96.8 of 30: none."""
    found = wholes(printed.lo * n / 100, printed.hi * n / 100)
    return tuple(range(max(found.start, 0), min(found.stop, n + 1)))


def grim_percent(printed: Printed, n: int) -> GrimPercent:
    """Whether a percentage of n is possible at all. 7 % of 50 is not: 3 are 6 %, 4 are 8 %."""
    counts = percent_counts(printed, n)
    nearest = tuple(Fraction(100 * count, n) for count in around(printed.value * n / 100) if 0 <= count <= n) if n else ()
    return GrimPercent(printed, n, counts, nearest, n == 0 or bool(counts))


def count_in_n(count: int, n: int) -> CountInN:
    """Whether a count lies from 0 to n, or a part is no larger than its whole."""
    return CountInN(count, n, 0 <= count <= n)


def partition(parts: Sequence[int], n: int) -> Partition:
    """Whether parts that exclude one another add to n. 19 + 4 + 8 are 31."""
    return Partition(tuple(parts), n, sum(parts), sum(parts) == n)
