"""Values whose mean and standard deviation print as published."""

import math
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy import special

from cordside.appraisal.rebuild.margins import Steps
from cordside.appraisal.rebuild.seeds import between, pick
from cordside.appraisal.rebuild.wanted import Wanted, Window

_ROUNDS = 12
_FEW = 8
_MOST_MOVES = 400
_SEEN_AT_ONCE = 48


def draw_moments(wanted: Wanted, n: int, rng: np.random.Generator, total: int | None = None) -> Steps | None:
    """n values in steps whose mean and SD print; None where this draw cannot be mended.

    wanted: mean, SD; total: the sum they must have, one whose mean prints unless given.
    A skewed draw is standardised to both, rounded, and mended in whole numbers: first the sum, then the sum of squares.
    """
    mean, sd = wanted.windows
    goal = any_sum(mean, n, rng) if total is None else total
    if goal is None:
        return None
    if n == 1:
        return np.array([goal], dtype=np.int64)
    values = np.rint(_shaped(wanted, n, float(goal) / n, float(sd.target), rng)).astype(np.int64)
    return _mended(values, goal, sd, wanted, rng)


def sums_of(mean: Window, n: int) -> range:
    """The whole sums of n values whose mean prints, ends included that only just do not."""
    return mean.times(n).wholes()


def any_sum(mean: Window, n: int, rng: np.random.Generator) -> int | None:
    """One of the whole sums of n values whose mean prints; None where there is none."""
    sums = sums_of(mean, n)
    for total in (sums[pick(rng, len(sums))], round(mean.target * n), *(sums[:1]), *(sums[-1:])) if sums else ():
        if mean.holds(Fraction(total, n)):
            return total
    return None


def squares_window(sd: Window, total: int, n: int) -> tuple[Fraction, Fraction]:
    """Least and greatest sum of squares of n values with this sum whose SD prints."""
    around = Fraction(total * total, n)
    return (n - 1) * max(sd.low, Fraction(0)) ** 2 + around, (n - 1) * sd.high**2 + around


def _shaped(wanted: Wanted, n: int, mean: float, sd: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """A skewed draw with this mean and SD, within the limits: the nearer the lower limit, the more skewed."""
    lowest = wanted.lowest
    room = (mean - lowest) / sd if lowest is not None and sd > 0 else math.inf
    # A lognormal distribution over its lower limit has the coefficient of variation 1 / room.
    skew = max(between(rng, 0.1, 0.5), math.sqrt(math.log1p(1 / room**2)) if 0 < room < 3 else 0)
    uniform = rng.random(n)
    # A few values have no shape of their own: any may be.
    positions = uniform * 0.98 + 0.01 if n < _FEW else (np.arange(n) + 0.1 + 0.8 * uniform) / n
    values = np.exp(min(skew, 2.5) * special.ndtri(positions))
    for _ in range(_ROUNDS):
        spread = values.std(ddof=1)
        values = mean + (values - values.mean()) * (sd / spread if spread > 0 else 0)
        kept = np.clip(values, lowest, wanted.most) if (lowest, wanted.most) != (None, None) else values
        if kept is values or np.array_equal(kept, values):
            break
        values = kept
    return values


def _mended(values: Steps, total: int, sd: Window, wanted: Wanted, rng: np.random.Generator) -> Steps | None:
    low, high = squares_window(sd, total, len(values))
    least = -(10**12) if wanted.lowest is None else wanted.lowest
    most = 10**12 if wanted.most is None else wanted.most
    found = _summed(np.clip(values, least, most), total, least, most, rng)
    if found is None:
        return None
    goal = between(rng, float(low), float(high))
    for _ in range(_MOST_MOVES):
        squares = int(found @ found)
        if low <= squares <= high and _prints(squares, total, len(found), sd):
            return found
        if not _move(found, goal - squares, least, most, rng):
            return None
    return None


def _prints(squares: int, total: int, n: int, sd: Window) -> bool:
    variance = (squares - Fraction(total * total, n)) / (n - 1)
    return variance == sd.target**2 or max(sd.low, Fraction(0)) ** 2 <= variance < sd.high**2


def _summed(values: Steps, total: int, least: int, most: int, rng: np.random.Generator) -> Steps | None:
    """The values moved by single steps, spread over all, until they have the sum."""
    while missing := total - int(values.sum()):
        free = np.flatnonzero(values < most) if missing > 0 else np.flatnonzero(values > least)
        if not len(free):
            return None
        order = free[np.argsort(rng.random(len(free)), kind="stable")]
        each, rest = divmod(abs(missing), len(free))
        sign = 1 if missing > 0 else -1
        values[order] += sign * each
        values[order[:rest]] += sign
        values = np.clip(values, least, most)
    return values


def _move(values: Steps, missing: float, least: int, most: int, rng: np.random.Generator) -> bool:
    """Move one value up and another down by as many steps, so that the sum of squares comes nearer; False where none does."""
    n = len(values)
    seen = np.arange(n) if n <= _SEEN_AT_ONCE else np.sort(np.argsort(rng.random(n), kind="stable")[:_SEEN_AT_ONCE])
    some = values[seen]
    apart = some[:, None] - some[None, :]
    best: tuple[float, int, int, int] | None = None
    for size in _sizes(missing, apart):
        gain = 2.0 * size * (apart + size)
        off = np.abs(gain - missing)
        off[(some + size > most)[:, None] | (some - size < least)[None, :]] = np.inf
        np.fill_diagonal(off, np.inf)
        # One of the best at random: the same two would be moved in every draw.
        flat = np.argsort(off, axis=None, kind="stable")[: 1 + pick(rng, 3)]
        up, down = divmod(int(flat[-1]), len(some))
        if off[up, down] < abs(missing) and (best is None or off[up, down] < best[0]):
            best = float(off[up, down]), up, down, size
    if best is None:
        return False
    values[seen[best[1]]] += best[3]
    values[seen[best[2]]] -= best[3]
    return True


def _sizes(missing: float, apart: NDArray[np.int64]) -> list[int]:
    """Sizes of a move worth trying: one step, and what the most distant two would need."""
    widest = max(int(apart.max()), 1)
    large = max(int(abs(missing) / (4 * widest)), 1)
    return sorted({1, 2, min(large, widest)})
