"""Before and after: the printed change, the range of a paired t's P, and the correlation that a P implies."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import inf, isinf, sqrt

from cordside.appraisal.arithmetic.student import p_of_t, quotient, t_of_p
from cordside.appraisal.printed import SLACK, Printed

Cell = tuple[Printed, Printed]
"""A printed mean and SD."""


@dataclass(frozen=True, slots=True)
class MeanChange:
    """expected_low, expected_high: the changes that the printed means allow."""

    before: Printed
    after: Printed
    change: Printed
    expected_low: Fraction
    expected_high: Fraction
    consistent: bool


@dataclass(frozen=True, slots=True)
class ChangePRange:
    """sd_low, sd_high: the SD of the change lies between them; p_min, p_max: so P does. Not testable with fewer than two pairs."""

    n: int
    p: Printed | None
    sd_low: Fraction
    sd_high: Fraction
    p_min: float
    p_max: float
    testable: bool
    consistent: bool


@dataclass(frozen=True, slots=True)
class ImpliedCorrelation:
    """sd_change, r: at the printed numbers; r_low, r_high: at all that print so, None without a bound (or when an SD may be 0)."""

    n: int
    p: Printed
    sd_change: float | None
    r: float | None
    r_low: float | None
    r_high: float | None
    consistent: bool


def mean_change(before: Printed, after: Printed, change: Printed) -> MeanChange:
    """Whether a printed change can be after - before; only when all pairs are complete. 13.4 and 9.8: from -3.7 to -3.5."""
    low, high = after.lo - before.hi, after.hi - before.lo
    return MeanChange(before, after, change, low, high, low <= change.hi and change.lo <= high)


def change_p_range(n: int, before: Cell, after: Cell, p: Printed | None = None) -> ChangePRange:
    """The P that a paired t of n pairs can have: the SD of the change lies from |s1 - s2| to s1 + s2, rounding included.

    p: the printed one, to be compared. White cells 6.72 ± 2.62 and 6.43 ± 1.72 of 31: P from 0.070 to 0.723.
    """
    one, other = before[1].not_negative(), after[1].not_negative()
    sds = (max(one.lo - other.hi, other.lo - one.hi, Fraction(0)), one.hi + other.hi)
    if n < 2:
        return ChangePRange(n, p, *sds, 0.0, 1.0, False, True)
    nearest, farthest = _differences(before[0], after[0])
    largest, smallest = (quotient(float(d) * sqrt(n), float(sd)) for d, sd in ((farthest, sds[0]), (nearest, sds[1])))
    # Without any difference P is 1, whatever the spread.
    p_min, p_max = (p_of_t(largest, n - 1) if farthest else 1.0), (p_of_t(smallest, n - 1) if nearest else 1.0)
    return ChangePRange(n, p, *sds, p_min, p_max, True, p is None or _overlap(p, p_min, p_max))


def implied_correlation(n: int, before: Cell, after: Cell, p: Printed) -> ImpliedCorrelation:
    """The correlation of before and after that a paired t's P implies: r = (s1^2 + s2^2 - sd^2) / (2 s1 s2), sd = |D| sqrt(n) / t.

    n from 2. "< 0.001" gives a smallest correlation. White cells with P 0.346: SD of the change 1.69, r 0.774 (0.750 to 0.798).
    """
    one, other = before[1].not_negative(), after[1].not_negative()
    nearest, farthest = _differences(before[0], after[0])
    least, most = _sd_change(n, nearest, float(p.lo)), _sd_change(n, farthest, float(p.hi))
    printed = _sd_change(n, abs(after[0].value - before[0].value), float(p.value or p.hi))
    if not one.lo or not other.lo:
        return ImpliedCorrelation(n, p, _finite(printed), None, None, None, True)
    low, high = _correlations(one, other, most)[0], _correlations(one, other, least)[1]
    r = _correlation(float(one.value), float(other.value), printed)
    return ImpliedCorrelation(n, p, _finite(printed), _finite(r), _finite(low), _finite(high), low <= 1 + SLACK and high >= -1 - SLACK)


def _differences(before: Printed, after: Printed) -> tuple[Fraction, Fraction]:
    """The smallest and the largest distance of two printed means."""
    low, high = after.lo - before.hi, after.hi - before.lo
    return max(low, -high, Fraction(0)), max(abs(low), abs(high))


def _sd_change(n: int, difference: Fraction, p: float) -> float:
    t = t_of_p(p, n - 1)
    return 0.0 if isinf(t) else quotient(float(difference) * sqrt(n), t)


def _correlation(one: float, other: float, sd_change: float) -> float:
    return -inf if isinf(sd_change) else (one * one + other * other - sd_change * sd_change) / (2 * one * other)


def _correlations(one: Printed, other: Printed, sd_change: float) -> tuple[float, float]:
    """The smallest and largest correlation over both intervals: at a corner, or where one SD makes it least for an end of the other."""
    ones, others = ([float(sd.lo), float(sd.hi)] for sd in (one, other))
    pairs = [*product(ones, others)]
    pairs += [(least, sd) for sd in others if (least := _least_at(sd, sd_change)) and ones[0] < least < ones[1]]
    pairs += [(sd, least) for sd in ones if (least := _least_at(sd, sd_change)) and others[0] < least < others[1]]
    found = [_correlation(*pair, sd_change) for pair in pairs]
    return min(found), max(found)


def _least_at(sd: float, sd_change: float) -> float:
    return sqrt(sd * sd - sd_change * sd_change) if sd > sd_change else 0.0


def _overlap(p: Printed, low: float, high: float) -> bool:
    return float(p.lo) <= high * (1 + SLACK) and low * (1 - SLACK) <= float(p.hi)


def _finite(number: float) -> float | None:
    return None if isinf(number) else number
