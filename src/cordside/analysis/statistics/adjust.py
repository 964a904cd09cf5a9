"""p values of a family of tests, adjusted for their number."""

import math
from collections.abc import Callable, Sequence
from itertools import accumulate

from cordside.errors import CannotDo

_Adjust = Callable[[list[float]], list[float]]
"""Sorted p values, smallest first → adjusted ones in the same order."""


def adjusted(p: Sequence[float | None], *, method: str = "holm") -> list[float | None]:
    """Adjusted p values in the order given.

    p: one a test of the family; a test without p (None, NaN, or no number from 0 to 1) stays None and is not counted.
    method: holm, bh (Benjamini and Hochberg), hommel, bonferroni. CannotDo for another.
    Source: Holm 1979; Benjamini and Hochberg 1995; Hommel 1988. Holm of 0.01, none, 0.02, 0.5 is 0.03, none, 0.04, 0.5.
    """
    if method not in METHODS:
        raise CannotDo(f"{method} is no adjustment for several tests; known are {', '.join(METHODS)}; choose one of them.")
    places = sorted((place for place, value in enumerate(p) if _is_probability(value)), key=lambda place: float(p[place] or 0))
    found: list[float | None] = [None] * len(p)
    for place, value in zip(places, METHODS[method]([float(p[place] or 0) for place in places]), strict=True):
        found[place] = min(1.0, value)
    return found


def _is_probability(value: float | None) -> bool:
    return value is not None and not math.isnan(value) and 0 <= value <= 1


def _bonferroni(p: list[float]) -> list[float]:
    return [len(p) * value for value in p]


def _holm(p: list[float]) -> list[float]:
    return list(accumulate(((len(p) - place) * value for place, value in enumerate(p)), max))


def _bh(p: list[float]) -> list[float]:
    largest_first = [(len(p) / (place + 1)) * p[place] for place in reversed(range(len(p)))]
    return list(accumulate(largest_first, min))[::-1]


def _hommel(p: list[float]) -> list[float]:
    """Each p takes the largest, over subset sizes, of Simes' combined p that a closed test would give it."""
    n = len(p)
    found = list(p)
    for size in range(n, 1, -1):
        lower, upper = p[: n - size + 1], p[n - size + 1 :]
        least = min((size * value / (place + 2) for place, value in enumerate(upper)), default=math.inf)
        simes = [min(least, size * value) for value in lower]
        simes += [simes[-1]] * len(upper)
        found = [max(pair) for pair in zip(found, simes, strict=True)]
    return found


METHODS: dict[str, _Adjust] = {"holm": _holm, "bh": _bh, "hommel": _hommel, "bonferroni": _bonferroni}
"""Adjustments by name; R's p.adjust calls bh `BH`."""
