"""One proportion: its intervals by name, and the upper limit of an event that was not seen."""

import math
from collections.abc import Callable
from typing import Any

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.distributions import beta_quantile, two_sided_z
from cordside.analysis.statistics.named import check_name
from cordside.analysis.statistics.sample import level_fault
from cordside.words import Number

Limits = tuple[float, float]


def proportion(k: int, n: int, *, interval: str, level: Number = 0.95) -> Answer:
    """k of n with a two-sided interval.

    interval: a name in INTERVALS; the default of the product is clopper_pearson, the option wilson; wilson_cc is R's
    prop.test; jeffreys, agresti_coull and wald only to reproduce a table. Estimate and limits are fractions of 1.
    Source: Clopper and Pearson 1934; Wilson 1927; Brown, Cai and DasGupta 2001. 36 of 154: 0.2338 (0.1694 to 0.3086).
    """
    check_name(interval, INTERVALS, "interval of a proportion")
    common: dict[str, Any] = {"method": "proportion", "convention": interval.replace("_", "-")}
    if fault := count_fault(k, n) or level_fault(level):
        return Answer(error=fault, **common)
    low, high = INTERVALS[interval](int(k), int(n), float(level))
    warning = "the Wald interval has no width where no or every subject has the event" if interval == "wald" and k in (0, n) else ""
    return Answer(estimate=k / n, low=max(0.0, low), high=min(1.0, high), level=float(level), n=int(n), warning=warning, **common)


def upper_limit(k: int, n: int, *, level: Number = 0.95) -> Answer:
    """The one-sided exact upper limit of k of n: the largest proportion that k or fewer do not contradict.

    With k 0 it is 1 - (1 - level)^(1/n), not 3/n. Source: Clopper and Pearson 1934. No event in 31: 9.2 %.
    """
    common: dict[str, Any] = {"method": "upper limit", "convention": "one-sided exact"}
    if fault := count_fault(k, n) or level_fault(level):
        return Answer(error=fault, **common)
    return Answer(estimate=k / n, high=_one_sided(int(k), int(n), float(level)), level=float(level), n=int(n), **common)


def _one_sided(k: int, n: int, level: float) -> float:
    if k == 0:
        return -math.expm1(math.log1p(-level) / n)
    return beta_quantile(level, k + 1, n - k) if k < n else 1.0


def count_fault(k: int, n: int) -> str:
    """Why k of n is no proportion; empty when it is one."""
    if not all(isinstance(count, int) or (math.isfinite(count) and count == int(count)) for count in (k, n)):
        return "a count is no whole number"
    if n == 0 and k == 0:
        return "0 of 0: there is nobody to count"
    return "" if 0 <= k <= n else f"{k} of {n} is no proportion"


def clopper_pearson(k: int, n: int, level: float) -> Limits:
    """Exact limits: beta quantiles."""
    tail = (1 - level) / 2
    return (beta_quantile(tail, k, n - k + 1) if k else 0.0), (beta_quantile(1 - tail, k + 1, n - k) if k < n else 1.0)


def wilson(k: int, n: int, level: float) -> Limits:
    """Score limits: the proportions from which k / n lies z standard errors away."""
    z = two_sided_z(level)
    middle, half = k + z * z / 2, z * math.sqrt(k * (n - k) / n + z * z / 4)
    return (middle - half) / (n + z * z) if k else 0.0, (middle + half) / (n + z * z) if k < n else 1.0


def _wilson_cc(k: int, n: int, level: float) -> Limits:
    """Score limits with continuity correction, as R's prop.test, which corrects by no more than the distance from one half."""
    correction = min(0.5, abs(k - n / 2))
    return _corrected(k, n, level, -correction), 1 - _corrected(n - k, n, level, -correction)


def _corrected(k: int, n: int, level: float, correction: float) -> float:
    z, moved = two_sided_z(level), (k + correction) / n
    if moved <= 0:
        return 0.0
    return (moved + z * z / (2 * n) - z * math.sqrt(moved * (1 - moved) / n + (z / (2 * n)) ** 2)) / (1 + z * z / n)


def _jeffreys(k: int, n: int, level: float) -> Limits:
    tail = (1 - level) / 2
    low = beta_quantile(tail, k + 0.5, n - k + 0.5) if k else 0.0
    return low, beta_quantile(1 - tail, k + 0.5, n - k + 0.5) if k < n else 1.0


def _agresti_coull(k: int, n: int, level: float) -> Limits:
    z = two_sided_z(level)
    middle = (k + z * z / 2) / (n + z * z)
    half = z * math.sqrt(middle * (1 - middle) / (n + z * z))
    return middle - half, middle + half


def _wald(k: int, n: int, level: float) -> Limits:
    half = two_sided_z(level) * math.sqrt(k * (n - k) / n) / n
    return k / n - half, k / n + half


INTERVALS: dict[str, Callable[[int, int, float], Limits]] = {
    "clopper_pearson": clopper_pearson,
    "wilson": wilson,
    "wilson_cc": _wilson_cc,
    "jeffreys": _jeffreys,
    "agresti_coull": _agresti_coull,
    "wald": _wald,
}
"""Intervals of a proportion by name."""
