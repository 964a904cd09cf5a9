"""Two proportions: of two groups, or of the same subjects twice."""

import math
from collections.abc import Callable
from typing import Any

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.distributions import chi_square_above, sign_p, two_sided_z
from cordside.analysis.statistics.named import check_name
from cordside.analysis.statistics.proportions import Limits, count_fault, wilson
from cordside.analysis.statistics.sample import level_fault
from cordside.analysis.statistics.solve import crossing
from cordside.words import Number

MCNEMAR = ("exact", "chi2", "chi2_cc")
_FEW = 25


def proportion_difference(k1: int, n1: int, k2: int, n2: int, *, level: Number = 0.95) -> Answer:
    """k1 / n1 - k2 / n2 of two groups, with Newcombe's interval from the two Wilson intervals.

    Source: Newcombe, Statistics in Medicine 1998;17:873, method 10. 56 of 70 and 48 of 80: 0.2 (0.0524 to 0.3339).
    """
    common: dict[str, Any] = {"method": "difference of two proportions", "convention": "Newcombe (Wilson)"}
    if fault := count_fault(k1, n1) or count_fault(k2, n2) or level_fault(level):
        return Answer(error=fault, **common)
    first, second = k1 / n1, k2 / n2
    (low1, high1), (low2, high2) = wilson(k1, n1, float(level)), wilson(k2, n2, float(level))
    low = first - second - math.hypot(first - low1, high2 - second)
    high = first - second + math.hypot(high1 - first, second - low2)
    return Answer(estimate=first - second, low=low, high=high, level=float(level), n=n1 + n2, **common)


def mcnemar(b: int, c: int, *, p: str) -> Answer:
    """McNemar's test from the discordant counts b (yes, then no) and c (no, then yes).

    p: exact (binomial; our default, and the right one below 25 discordant pairs), chi2 (SAS), chi2_cc (corrected; R).
    Gives p and, but for exact, statistic and df; n is b + c. No discordant pair: p 1 with a warning.
    Source: McNemar 1947; Edwards 1948. 8 and 1: exact 0.0391, corrected 0.0455.
    """
    check_name(p, MCNEMAR, "way to find p of McNemar's test")
    common: dict[str, Any] = {"method": "McNemar's test", "convention": p}
    if fault := _counts_fault(b, c):
        return Answer(error=fault, **common)
    n = b + c
    if n == 0:
        return Answer(p=1.0, n=0, warning="no pair changed", **common)
    if p == "exact":
        return Answer(p=sign_p(b, n), n=n, **common)
    chi2 = max(0, abs(b - c) - (p == "chi2_cc")) ** 2 / n
    warning = f"fewer than {_FEW} pairs changed: use the exact p" if n < _FEW else ""
    return Answer(statistic=chi2, df=1, p=chi_square_above(chi2, 1), n=n, warning=warning, **common)


def paired_difference(both: int, first_only: int, second_only: int, neither: int, *, interval: str, level: Number = 0.95) -> Answer:
    """Proportion at first minus proportion at second of the same subjects, with its interval.

    interval: tango (score) or newcombe (Wilson limits with the correlation of the pairs). n counts pairs.
    Source: Tango, Statistics in Medicine 1998;17:891; Newcombe 1998;17:2635, method 10. 20, 15, 6, 5: 0.1957 (0.0004 to 0.3772).
    """
    check_name(interval, INTERVALS, "interval of a paired difference")
    cells = (both, first_only, second_only, neither)
    common: dict[str, Any] = {"method": "difference of paired proportions", "convention": interval.capitalize()}
    if fault := _counts_fault(*cells) or ("" if sum(cells) else "no pairs") or level_fault(level):
        return Answer(error=fault, **common)
    low, high = INTERVALS[interval](int(both), int(first_only), int(second_only), int(neither), float(level))
    return Answer(estimate=(first_only - second_only) / sum(cells), low=low, high=high, level=float(level), n=sum(cells), **common)


def _counts_fault(*counts: int) -> str:
    return next((fault for count in counts if (fault := count_fault(0, count)) and count != 0), "")


def _tango(both: int, b: int, c: int, neither: int, level: float) -> Limits:
    """The differences at which Tango's score statistic is z and -z; it falls as the difference rises."""
    n, z = both + b + c + neither, two_sided_z(level)
    # At the ends the statistic has no variance where every pair changed alike: the end is the limit.
    low = -1.0 if b - c == -n else crossing(lambda at: _tango_score(b, c, n, at) - z, -1.0, (b - c) / n)
    high = 1.0 if b - c == n else crossing(lambda at: _tango_score(b, c, n, at) + z, (b - c) / n, 1.0)
    return low, high


def _tango_score(b: int, c: int, n: int, difference: float) -> float:
    """(b - c - n difference) over its standard error, with the discordant share estimated under the difference."""
    first = 2 * n
    second = (2 * n - b + c) * difference - b - c
    third = -c * difference * (1 - difference)
    share_of_c = (math.sqrt(max(0.0, second * second - 4 * first * third)) - second) / (2 * first)
    variance = n * (2 * share_of_c + difference * (1 - difference))
    away = b - c - n * difference
    if variance <= 0:
        return math.copysign(math.inf, away) if away else 0.0
    return away / math.sqrt(variance)


def _newcombe(both: int, b: int, c: int, neither: int, level: float) -> Limits:
    """Square-and-add of the two Wilson intervals, less their covariance by the corrected correlation of the table."""
    n = both + b + c + neither
    first, second = (both + b) / n, (both + c) / n
    (low1, high1), (low2, high2) = wilson(both + b, n, level), wilson(both + c, n, level)
    phi = _correlation(both, b, c, neither)
    below, above = _length(first - low1, high2 - second, phi), _length(high1 - first, second - low2, phi)
    return first - second - below, first - second + above


def _length(one: float, other: float, phi: float) -> float:
    return math.sqrt(max(0.0, one * one - 2 * phi * one * other + other * other))


def _correlation(both: int, b: int, c: int, neither: int) -> float:
    """phi with Newcombe's continuity correction; 0 where a margin is empty."""
    n = both + b + c + neither
    margins = (both + b) * (c + neither) * (both + c) * (b + neither)
    if margins == 0:
        return 0.0
    excess = both * neither - b * c
    return (max(excess - n / 2, 0.0) if excess > 0 else excess) / math.sqrt(margins)


INTERVALS: dict[str, Callable[[int, int, int, int, float], Limits]] = {"tango": _tango, "newcombe": _newcombe}
"""Intervals of a paired difference by name."""
