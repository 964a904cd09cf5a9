"""Values whose median and quartiles print as published under a chosen definition."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from cordside.appraisal.rebuild.carriers import drawn_towards, parts_of, parts_with_usual_median, set_carriers
from cordside.appraisal.rebuild.curve import rough_margin
from cordside.appraisal.rebuild.seeds import between, pick
from cordside.appraisal.rebuild.wanted import Wanted, Window, largest_of

Steps = NDArray[np.int64]
"""Values in whole recording steps."""

_FEW = 8


def draw_quartiles(wanted: Wanted, n: int, definition: str, rng: np.random.Generator) -> Steps | None:
    """n rising values in steps whose quartiles print under the definition; None where this draw cannot be mended.

    wanted: median, Q1, Q3; definition: type-1 to type-9. Source: Hyndman and Fan 1996 for the order statistics.
    """
    most = float(largest_of(n))
    values = np.rint(np.clip(rough_margin(wanted, n, rng), -most, most)).astype(np.int64)
    values = np.clip(values, wanted.lowest, wanted.most) if (wanted.lowest, wanted.most) != (None, None) else values
    windows = tuple(_aimed(window, rng) for window in wanted.windows) if n < _FEW else wanted.windows
    for parts in dict.fromkeys((parts_with_usual_median(n, definition), parts_of(n, definition))):
        carried = set_carriers(drawn_towards(values, parts, windows), parts, windows, wanted.lowest, wanted.most)
        if carried is not None:
            return _between_carriers(values, carried)
    return None


def _aimed(window: Window, rng: np.random.Generator) -> Window:
    """The window with any of its values as the target: of few values the quartiles leave little else open."""
    target = Fraction(between(rng, float(window.low), float(window.high)))
    return Window(target, window.low, window.high) if window.holds(target) else window


def _between_carriers(values: Steps, carried: dict[int, int]) -> Steps:
    """The values with those that carry a quartile set, and the others kept between them."""
    least, most = _limits(len(values), carried)
    return np.clip(values, least, most)


def _limits(n: int, carried: dict[int, int]) -> tuple[Steps, Steps]:
    """The least and greatest value of each rank that leave the carriers where they are."""
    info = np.iinfo(np.int64)
    least, most = np.full(n, info.min // 4), np.full(n, info.max // 4)
    for rank in sorted(carried):
        least[rank:] = carried[rank]
    for rank in sorted(carried, reverse=True):
        most[: rank + 1] = carried[rank]
    return least, most


def with_sum(values: Steps, total: int, wanted: Wanted, definition: str, rng: np.random.Generator) -> Steps | None:
    """The values moved until they add up to a total, with their quartiles kept; None where there is no room.

    values: rising, as draw_quartiles gives them. The last quarter takes most of what is missing.
    """
    ranks = {rank for _, carrier in parts_with_usual_median(len(values), definition) for rank, _ in carrier.shares}
    least, most = _limits(len(values), {rank: int(values[rank]) for rank in ranks})
    least = np.maximum(least, -(10**12) if wanted.lowest is None else wanted.lowest)
    most = np.minimum(most, 10**12 if wanted.most is None else wanted.most)
    found = values.copy()
    while missing := total - int(found.sum()):
        room = (most - found) if missing > 0 else (found - least)
        free = np.flatnonzero(room)
        if not len(free):
            return None
        rank = free[pick(rng, len(free))]
        found[rank] += np.sign(missing) * min(abs(missing), int(room[rank]), -(-abs(missing) // len(free)))
    return np.sort(found)
