"""P values against what they come from: the least P of a signed-rank test, an estimate with its interval."""

from dataclasses import dataclass
from fractions import Fraction
from math import isinf, log, sqrt

from cordside.analysis.statistics.distributions import normal_two_sided, two_sided_z
from cordside.appraisal.arithmetic.student import quotient
from cordside.appraisal.printed import Printed

SCALES = ("difference", "ratio")


@dataclass(frozen=True, slots=True)
class SignedRankClaim:
    """floor: the smallest exact two-sided P of n pairs; normal_floor: what the normal approximation gives then, not exact."""

    n: int
    p: Printed
    floor: Fraction
    normal_floor: float
    possible: bool


@dataclass(frozen=True, slots=True)
class PVsCi:
    """An estimate with its interval and P.

    p_from_interval: at the printed numbers (normal interval); p_low, p_high: at all that print so; None on a ratio scale when a
    limit is not above 0. estimate_inside: the estimate lies within its limits; same_side: interval and P agree on significance
    at 1 - level; p_agrees: the recomputed P can print as P; consistent: the first two.
    """

    estimate: Printed
    low: Printed
    high: Printed
    p: Printed | None
    level: float
    scale: str
    p_from_interval: float | None
    p_low: float | None
    p_high: float | None
    estimate_inside: bool
    same_side: bool
    p_agrees: bool
    consistent: bool


def signed_rank_floor(n: int) -> Fraction:
    """The smallest two-sided P of an exact signed-rank test of n pairs that all changed: 2 / 2^n, at most 1. n 5: 1/16."""
    return min(Fraction(1), Fraction(2, 2**n))


def signed_rank_claim(n: int, p: Printed) -> SignedRankClaim:
    """Whether an exact signed-rank test of n pairs can have this two-sided P. n 5 never has 0.03."""
    floor = signed_rank_floor(n)
    # All changed one way: the rank sum lies n(n+1)/4 from its mean, its variance is n(n+1)(2n+1)/24.
    normal = normal_two_sided(sqrt(1.5 * n * (n + 1) / (2 * n + 1)))
    return SignedRankClaim(n, p, floor, normal, p.hi >= floor)


def p_vs_ci(estimate: Printed, low: Printed, high: Printed, p: Printed | None, *, level: float = 0.95, scale: str = "difference") -> PVsCi:
    """Whether an estimate lies in its interval, and whether interval and P stand on one side of 1 - level (0.05).

    level: of the interval; scale: difference (no effect is 0) or ratio (no effect is 1, logarithms are normal); p: None when none
    is printed. P is recomputed as of a normal interval; other methods differ a little. Source: Altman and Bland, BMJ 2011;343:d2304.
    0.70 (0.45 to 1.09) has P 0.11, so 0.01 does not fit.
    """
    inside = low.lo <= estimate.hi and estimate.lo <= high.hi
    same = p is None or _same_side(low, high, p, Fraction(int(scale == "ratio")), 1 - Fraction(str(level)))
    at_print, least, most = _recomputed(estimate, low, high, level, scale)
    agrees = p is None or least is None or most is None or (float(p.lo) <= most and least <= float(p.hi))
    return PVsCi(estimate, low, high, p, level, scale, at_print, least, most, inside, same, agrees, inside and same)


def _same_side(low: Printed, high: Printed, p: Printed, null: Fraction, alpha: Fraction) -> bool:
    """False only when they surely differ: a limit printed as the null itself decides nothing."""
    excluded = low.surely_above(null) or high.surely_below(null)
    included = low.surely_below(null) and high.surely_above(null)
    return not (excluded and p.surely_above(alpha)) and not (included and p.surely_below(alpha))


def _recomputed(
    estimate: Printed, low: Printed, high: Printed, level: float, scale: str
) -> tuple[float | None, float | None, float | None]:
    """P at the printed numbers, and the smallest and largest over all that print so."""
    if scale == "ratio" and min(estimate.value, low.value, high.value) <= 0:
        return None, None, None
    at_print = _p(abs(_on(scale, estimate.value)), _on(scale, high.value) - _on(scale, low.value), level)
    if scale == "ratio" and min(estimate.lo, low.lo, high.lo) <= 0:
        return at_print, None, None
    lowest, highest = _on(scale, estimate.lo), _on(scale, estimate.hi)
    narrow, wide = _on(scale, high.lo) - _on(scale, low.hi), _on(scale, high.hi) - _on(scale, low.lo)
    return at_print, _p(max(abs(lowest), abs(highest)), narrow, level), _p(max(lowest, -highest, 0.0), wide, level)


def _on(scale: str, number: Fraction) -> float:
    """A number on the scale on which estimates are normal."""
    return log(number) if scale == "ratio" else float(number)


def _p(distance: float, width: float, level: float) -> float:
    """P of an estimate so far from no effect, whose interval is so wide."""
    z = quotient(2 * distance * two_sided_z(level), max(width, 0.0)) if distance else 0.0
    return 0.0 if isinf(z) else normal_two_sided(z)
