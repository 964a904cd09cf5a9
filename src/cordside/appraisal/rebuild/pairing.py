"""Which value after belongs to which value before, so that the paired t test prints its P."""

import math
from dataclasses import dataclass
from functools import cache
from itertools import permutations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from cordside.appraisal.rebuild.margins import Steps
from cordside.appraisal.rebuild.seeds import between, pick

_MOST_SWAPS = 150
_ALL_ORDERS = 6
"""So few values are tried in every order."""

_SEEN_AT_ONCE = 64
_LIKELY = (0.25, 0.9)
"""Of the way from the reversed to the sorted order: where a pairing is looked for first, correlations of about -0.5 to 0.8."""


@dataclass(frozen=True, slots=True)
class PWindow:
    """P values that print as published: from low to below high."""

    low: float
    high: float

    def holds(self, p: float) -> bool:
        """Does it print so?"""
        return self.low <= p < self.high or (self.high >= 1 and p >= self.low)


def paired_p(before: Steps, after: Steps) -> float:
    """Two-sided P of the ordinary paired t test; 1 where nothing changed, 0 where all changed alike. Source: Student 1908."""
    n, changes = len(before), after - before
    total, squares = int(changes.sum()), int(changes @ changes)
    inner = n * squares - total * total
    if total == 0 or n < 2:
        return 1.0
    if inner == 0:
        return 0.0
    return 2 * float(special.stdtr(n - 1, -abs(total) * math.sqrt((n - 1) / inner)))


def products_window(before: Steps, after: Steps, p: PWindow) -> tuple[float, float]:
    """Least and greatest sum of products with which the paired t test of these values prints the P; (inf, -inf) where none does.

    The margins fix the sum of changes S, and t^2 = S^2 (n-1) / (n Σd^2 - S^2), so that a window of P is one of Σd^2.
    """
    n, total = len(before), int(after.sum()) - int(before.sum())
    both = float(int(before @ before) + int(after @ after))
    if total == 0:
        return (-math.inf, math.inf) if p.high >= 1 else (math.inf, -math.inf)
    least, most = (_squares(n, total, bound) for bound in (p.low, p.high))
    return (both - most) / 2, (both - least) / 2


def _squares(n: int, total: int, p: float) -> float:
    """The sum of squared changes at which the paired t test gives the P."""
    t = -float(special.stdtrit(n - 1, p / 2)) if 0 < p < 1 else math.inf if p <= 0 else 0.0
    around = total * total / n
    return math.inf if t == 0 else around if math.isinf(t) else around * (1 + (n - 1) / (t * t))


def pair(before: Steps, after: Steps, window: tuple[float, float], rng: np.random.Generator, *, in_order: bool = False) -> Steps | None:
    """The values after, in an order that brings Σ before × after into the window; None where this is not reached.

    in_order: no value after may be below its value before. If even the sorted or the reversed order lies outside the window
    there is no such pairing of these values.
    """
    rising = np.sort(after)
    places = np.argsort(before, kind="stable")
    first = before[places]
    if in_order and bool((rising < first).any()):
        return None
    least, most = float(int(first @ rising[::-1])), float(int(first @ rising))
    low, high = max(window[0], least), min(window[1], most)
    if low > high:
        return None
    if len(first) <= _ALL_ORDERS:
        return _any_order(first, rising, places, (low, high), rng, in_order)
    goal = between(rng, *_likely(low, high, least, most))
    ordered = _mixed(first, rising, rng) if in_order else _near(first, rising, goal, rng)
    found = _swapped(first, ordered, (low, high), goal, rng, in_order)
    if found is None:
        return None
    result = np.empty_like(found)
    result[places] = found
    return result


def _any_order(
    first: Steps, rising: Steps, places: NDArray[np.intp], window: tuple[float, float], rng: np.random.Generator, in_order: bool
) -> Steps | None:
    """One of all orders of a few values, at random."""
    orders = rising[_orders(len(first))]
    products = orders @ first
    fits = (products >= window[0]) & (products <= window[1])
    if in_order:
        fits &= (orders >= first).all(axis=1)
    found = np.flatnonzero(fits)
    if not len(found):
        return None
    result = np.empty_like(rising)
    result[places] = orders[found[pick(rng, len(found))]]
    return result


@cache
def _orders(n: int) -> NDArray[np.intp]:
    return np.array(list(permutations(range(n))), dtype=np.intp).reshape(-1, n)


def _likely(low: float, high: float, least: float, most: float) -> tuple[float, float]:
    """The part of the window that lies between the likely orders; the window where none does."""
    first, last = (least + share * (most - least) for share in _LIKELY)
    return (max(low, first), min(high, last)) if max(low, first) <= min(high, last) else (low, high)


def _near(first: Steps, rising: Steps, goal: float, rng: np.random.Generator) -> Steps:
    """The values in a noisy ranking whose correlation is about the needed one."""
    n = len(first)
    spread = float(first.std() * rising.std()) * n
    wanted = (goal - n * float(first.mean() * rising.mean())) / spread if spread > 0 else 0.0
    share = min(max(wanted, -1.0), 1.0)
    scores = special.ndtri((np.arange(n) + 0.5) / n)
    noise = special.ndtri(np.clip(rng.random(n), 1e-9, 1 - 1e-9))
    ranks = np.argsort(np.argsort(share * scores + math.sqrt(1 - share * share) * noise, kind="stable"), kind="stable")
    return rising[ranks]


def _mixed(first: Steps, rising: Steps, rng: np.random.Generator) -> Steps:
    """The values shuffled as far as none falls below its partner."""
    found = rising.copy()
    for _ in range(3 * len(found)):
        one, other = pick(rng, len(found)), pick(rng, len(found))
        if found[other] >= first[one] and found[one] >= first[other]:
            found[one], found[other] = found[other], found[one]
    return found


def _swapped(
    first: Steps, ordered: Steps, window: tuple[float, float], goal: float, rng: np.random.Generator, in_order: bool
) -> Steps | None:
    """Swap pairs, each time one of those that bring the sum of products nearest to the goal, until it lies in the window."""
    found, n = ordered.copy(), len(ordered)
    for _ in range(_MOST_SWAPS):
        products = int(first @ found)
        if window[0] <= products <= window[1]:
            return found
        seen = np.arange(n) if n <= _SEEN_AT_ONCE else np.sort(np.argsort(rng.random(n), kind="stable")[:_SEEN_AT_ONCE])
        gain = -_apart(first[seen]) * _apart(found[seen])
        off = np.abs(gain - (goal - products)).astype(np.float64)
        off[gain == 0] = np.inf
        if in_order:
            fits = found[seen][None, :] >= first[seen][:, None]
            off[~(fits & fits.T)] = np.inf
        best = int(off.argmin())
        one, other = divmod(best, len(seen))
        if math.isinf(off[one, other]):
            return None
        if off[one, other] >= abs(goal - products):
            # Nothing comes nearer from here: step aside and go on.
            some = np.flatnonzero(np.isfinite(off))
            one, other = divmod(int(some[pick(rng, len(some))]), len(seen))
        found[seen[one]], found[seen[other]] = found[seen[other]], found[seen[one]]
    return None


def _apart(values: Steps) -> NDArray[np.int64]:
    return values[:, None] - values[None, :]
