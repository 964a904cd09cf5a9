"""The rough shape of a margin: from the floor through the quartiles to a tail of random weight."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

from cordside.appraisal.rebuild.seeds import between
from cordside.appraisal.rebuild.wanted import Wanted

_Z75 = 0.6744897501960817
_TAIL = (0.25, 1.1)
"""Weights of the upper tail; with 1 it falls as that of the lognormal distribution whose upper quarter is as wide."""
_FLAT = (0.25, 40.0)
"""The same where Q3 prints as the median: the quartiles then say nothing of how far the others reach."""

_HALF_A_STEP = 0.5
"""Values that print alike still differ by about so much."""

_FOOT = (1.2, 2.4)
"""How many quarters the least value lies below Q1, where no floor is known."""


def rough_margin(wanted: Wanted, n: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """n rising values in steps whose quartiles are about right: jittered plotting positions, mapped log-linearly.

    Where a quartile is not above zero the map is linear.
    """
    q1, median, q3 = (float(wanted.windows[place].target) for place in (1, 0, 2))
    is_log = q1 > 0 and (wanted.floor is None or wanted.floor > 0)
    shape = np.log if is_log else np.asarray
    low, a, b, c = (float(shape(value)) for value in (_bottom(wanted, q1, median, q3, rng), q1, median, q3))
    positions = np.sort((np.arange(n) + 0.2 + 0.6 * rng.random(n)) / n)
    body = np.interp(positions, (0, 0.25, 0.5, 0.75), (low, a, b, c))
    # The quarter below says something of the tail where median and Q3 are close.
    least = math.log1p(_HALF_A_STEP / q3) if is_log else _HALF_A_STEP
    spread = max(c - b, 0.4 * (b - a), least) / _Z75
    beyond = spread * np.maximum(special.ndtri(positions) - _Z75, 0)
    tail = c + between(rng, *(_TAIL if c > b else _FLAT)) * beyond
    if wanted.most is not None and tail[-1] > (highest := float(shape(wanted.most))):
        # Many values at the end of the scale would be no tail: its weight is drawn again from those that stay below.
        tail = c + between(rng, 0.0, (highest - c) / float(beyond[-1])) * beyond
    values = np.where(positions > 0.75, tail, body)
    return np.exp(np.minimum(values, 40)) if is_log else values


def _bottom(wanted: Wanted, q1: float, median: float, q3: float, rng: np.random.Generator) -> float:
    foot = between(rng, *_FOOT)
    if wanted.floor is not None:
        return float(wanted.floor)
    if q1 <= 0:
        found = q1 - foot * (median - q1)
        return max(found, wanted.least) if wanted.least is not None else found
    ratio = median / q1 if median > q1 else math.sqrt(max(q3, q1) / q1)
    return max(q1 * max(ratio, 1 + _HALF_A_STEP / q1) ** -foot, _HALF_A_STEP, wanted.least or 0)
