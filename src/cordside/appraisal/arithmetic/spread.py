"""What an SD must be: against the ends of a scale, a range, a median, a standard error, an interval of the mean."""

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from cordside.analysis.statistics.distributions import two_sided_t, two_sided_z
from cordside.appraisal.printed import SLACK, Printed


@dataclass(frozen=True, slots=True)
class SdBound:
    """sd_max: the largest SD at the printed mean (None when it lies outside the scale); sd_max_possible: at any mean that prints so."""

    mean: Printed
    sd: Printed
    n: int
    least: Fraction
    most: Fraction
    sd_max: float | None
    sd_max_possible: float | None
    consistent: bool


@dataclass(frozen=True, slots=True)
class RangeVsSd:
    """range_max: the largest range at the printed SD; distance: the smallest range that the printed ends allow."""

    sd: Printed
    n: int
    least: Printed
    most: Printed
    distance: Fraction
    range_max: float
    consistent: bool


@dataclass(frozen=True, slots=True)
class MeanMedianSd:
    """distance: the smallest distance of mean and median that their print allows; allowed: the largest at the printed SD."""

    mean: Printed
    median: Printed
    sd: Printed
    n: int
    distance: Fraction
    allowed: float
    consistent: bool


@dataclass(frozen=True, slots=True)
class StandardError:
    """expected: the printed SD over the root of n."""

    sd: Printed
    se: Printed
    n: int
    expected: float
    consistent: bool


@dataclass(frozen=True, slots=True)
class MeanInterval:
    """expected: mean - and + t SE at the printed numbers; fits: which factors, t or normal, give the printed limits."""

    mean: Printed
    sd: Printed
    n: int
    low: Printed
    high: Printed
    level: float
    expected_low: float
    expected_high: float
    fits: tuple[str, ...]
    consistent: bool


def sd_bound(mean: Printed, sd: Printed, n: int, least: Fraction, most: Fraction) -> SdBound:
    """Whether values from least to most with this mean can spread so much: SD^2 <= (M - least)(most - M) n / (n - 1).

    n from 2. For printed ends of a range give the outer ends of their intervals. A mean outside the scale is inconsistent.
    Source: Bhatia and Davis, Am Math Mon 2000;107:353. 18 on 0 to 30 with n 12: at most 15.35.
    """
    at_print = _most_variance(mean.value, n, least, most)
    # The bound is a parabola with its top in the middle of the scale.
    inside = (max(mean.lo, least), min(mean.hi, most))
    possible = None if inside[0] > inside[1] else _most_variance(min(max((least + most) / 2, inside[0]), inside[1]), n, least, most)
    consistent = possible is not None and sd.hi >= 0 and max(sd.lo, Fraction(0)) ** 2 <= possible
    return SdBound(mean, sd, n, least, most, _root(at_print), _root(possible), consistent)


def range_vs_sd(sd: Printed, n: int, least: Printed, most: Printed) -> RangeVsSd:
    """Whether an SD allows a range: range <= SD sqrt(2 (n - 1)).

    least, most: the printed ends, or exactly(...) where they are not rounded; n from 2. Source: Thomson, Biometrika 1955;42:268.
    SD 5.0 of 10: at most 21.2.
    """
    distance = max(most.lo - least.hi, Fraction(0))
    allowed = 2 * (n - 1) * max(sd.hi, Fraction(0)) ** 2
    return RangeVsSd(sd, n, least, most, distance, float(sd.value) * sqrt(2 * (n - 1)), distance**2 <= allowed)


def mean_median_sd(mean: Printed, median: Printed, sd: Printed, n: int) -> MeanMedianSd:
    """Whether mean and median can lie so far apart: at most the SD with divisor n, which is SD sqrt((n - 1) / n).

    n from 1. Source: Hotelling and Solomons, Ann Math Stat 1932;3:141. 12.0 and 4.0 with SD 6.0 of 20 cannot: 5.85 at most.
    """
    distance = max(mean.lo - median.hi, median.lo - mean.hi, Fraction(0))
    share = Fraction(n - 1, n)
    consistent = distance**2 <= share * max(sd.hi, Fraction(0)) ** 2
    return MeanMedianSd(mean, median, sd, n, distance, float(sd.value) * sqrt(share), consistent)


def standard_error(sd: Printed, se: Printed, n: int) -> StandardError:
    """Whether the standard error is SD / sqrt n; n from 1. SD 2.62 of 31: 0.47."""
    squares = [max(end, Fraction(0)) ** 2 for end in (sd.lo, sd.hi, se.lo, se.hi)]
    consistent = se.hi >= 0 and squares[0] <= n * squares[3] and n * squares[2] <= squares[1]
    return StandardError(sd, se, n, float(sd.value) / sqrt(n), consistent)


def mean_interval(mean: Printed, sd: Printed, n: int, low: Printed, high: Printed, level: float = 0.95) -> MeanInterval:
    """Whether the limits are mean -+ t SE, or mean -+ z SE as some programs print; n from 2.

    level: of the interval, between 0 and 1. 6.72 with SD 2.62 of 31: 5.76 to 7.68.
    """
    factors = {"t": two_sided_t(level, n - 1), "normal": two_sided_z(level)}
    fits = tuple(name for name, factor in factors.items() if _has_limits(mean, sd, low, high, factor / sqrt(n)))
    half = factors["t"] * float(sd.value) / sqrt(n)
    return MeanInterval(mean, sd, n, low, high, level, float(mean.value) - half, float(mean.value) + half, fits, bool(fits))


def _has_limits(mean: Printed, sd: Printed, low: Printed, high: Printed, factor: float) -> bool:
    """Whether one mean m and one SD that print so give both limits: half a width h with m - h and m + h among them."""
    at_least = [mean.lo - low.hi, high.lo - mean.hi, (high.lo - low.hi) / 2]
    at_most = [mean.hi - low.lo, high.hi - mean.lo, (high.hi - low.lo) / 2]
    widest = min(*map(float, at_most), factor * float(sd.hi))
    return max(*map(float, at_least), factor * float(sd.lo), 0.0) <= widest + SLACK * abs(widest)


def _most_variance(mean: Fraction, n: int, least: Fraction, most: Fraction) -> Fraction | None:
    return (mean - least) * (most - mean) * Fraction(n, n - 1) if least <= mean <= most else None


def _root(square: Fraction | None) -> float | None:
    return None if square is None else sqrt(square)
