"""DEBIT: the mean of 0/1 data fixes its SD."""

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from cordside.appraisal.arithmetic.grim import grim
from cordside.appraisal.printed import Printed


@dataclass(frozen=True, slots=True)
class Debit:
    """Mean and SD of n values 0 or 1: the counts of ones that print the mean, and the SD each of them has; fails_at mean or sd."""

    mean: Printed
    sd: Printed
    n: int
    counts: range
    sds: tuple[float, ...]
    testable: bool
    consistent: bool
    fails_at: str | None


def debit(mean: Printed, sd: Printed, n: int) -> Debit:
    """Whether k ones among n values print the mean k/n and the SD sqrt(k (n - k) / (n (n - 1))) for one k.

    Source: Heathers and Brown 2019. 0.19 and 0.35 of 1683 is impossible: the SD is 0.39. One value has no SD: not testable.
    """
    sums = grim(mean, n).sums
    counts = range(max(sums.start, 0), max(sums.start, 0, min(sums.stop, n + 1)))
    if not counts:
        return Debit(mean, sd, n, counts, (), True, False, "mean")
    if n < 2:
        return Debit(mean, sd, n, counts, (), False, True, None)
    squares = [Fraction(count * (n - count), n * (n - 1)) for count in counts]
    low, high = max(sd.lo, Fraction(0)) ** 2, sd.hi**2 if sd.hi >= 0 else Fraction(-1)
    fits = any(low <= square <= high for square in squares)
    return Debit(mean, sd, n, counts, tuple(map(sqrt, squares)), True, fits, None if fits else "sd")
