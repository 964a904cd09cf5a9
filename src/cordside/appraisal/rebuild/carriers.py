"""The order statistics that carry a quartile under a definition, and how they are set so that it prints."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm

import numpy as np
from numpy.typing import NDArray

from cordside.appraisal.arithmetic.places import USUAL, place
from cordside.appraisal.rebuild.wanted import Window

_MOST_TRIED = 12
"""Values of an upper carrier that are tried for one of the lower carrier."""

_MOST_CHOICES = 150
"""Choices of carriers after which a draw is given up."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A quartile is (1 - weight) × the value of rank `below` + weight × that of the next rank; ranks count from 0."""

    below: int
    weight: Fraction

    @property
    def shares(self) -> tuple[tuple[int, Fraction], ...]:
        """The ranks that carry it, one or two, each with its share."""
        return ((self.below, 1 - self.weight), (self.below + 1, self.weight)) if self.weight else ((self.below, Fraction(1)),)


Part = tuple[int, Carrier]
"""A carrier, and which of median, Q1 and Q3 (0, 1, 2) it carries."""


@lru_cache(maxsize=4096)
def parts_of(n: int, definition: str) -> tuple[Part, ...]:
    """The carriers of Q1, median and Q3 of n values by the definition, in rising order."""
    return tuple((part, _carrier(n, share, definition)) for part, share in ((1, "0.25"), (0, "0.5"), (2, "0.75")))


@lru_cache(maxsize=4096)
def parts_with_usual_median(n: int, definition: str) -> tuple[Part, ...]:
    """The same with the usual median beside that of the definition, where the two differ: many programs print the usual one."""
    q1, median, q3 = parts_of(n, definition)
    usual = (0, _carrier(n, "0.5", USUAL))
    return (q1, *sorted({median, usual}, key=lambda part: (part[1].below, part[1].weight)), q3)


def _carrier(n: int, share: str, definition: str) -> Carrier:
    found = place(n, share, definition)
    return Carrier(found.low - 1, found.weight)


@lru_cache(maxsize=4096)
def _towards(parts: tuple[Part, ...]) -> tuple[list[int], NDArray[np.float64], NDArray[np.float64]]:
    """The carrying ranks, the weights with which they make up each quartile, and the inverse that mends them with the least change."""
    ranks = sorted({rank for _, carrier in parts for rank, _ in carrier.shares})
    weights = np.zeros((len(parts), len(ranks)))
    for line, (_, carrier) in enumerate(parts):
        for rank, share in carrier.shares:
            weights[line, ranks.index(rank)] = float(share)
    return ranks, weights, np.linalg.pinv(weights).astype(np.float64)


def drawn_towards(drawn: NDArray[np.int64], parts: tuple[Part, ...], windows: Sequence[Window]) -> list[int]:
    """The drawn values with those that carry a quartile moved as little as makes every quartile about right, and rising again."""
    ranks, weights, inverse = _towards(parts)
    targets = np.array([float(windows[part].target) for part, _ in parts])
    moved = drawn.astype(np.float64)
    moved[ranks] += inverse @ (targets - weights @ moved[ranks])
    return [int(value) for value in np.rint(np.maximum.accumulate(moved))]


def set_carriers(
    drawn: Sequence[int], parts: Sequence[Part], windows: Sequence[Window], lowest: int | None, most: int | None
) -> dict[int, int] | None:
    """Values by rank, near the drawn ones, with which every quartile prints; None where none is found.

    drawn: rising values in steps; parts: what carries which quartile; windows: of median, Q1, Q3.
    """
    asked = [_Asked.of(carrier, windows[part]) for part, carrier in parts]
    return _set(asked, {}, drawn, lowest, most, iter(range(_MOST_CHOICES)))


def _set(
    asked: list["_Asked"],
    fixed: dict[int, int],
    drawn: Sequence[int],
    lowest: int | None,
    most: int | None,
    patience: Iterator[int],
) -> dict[int, int] | None:
    if not asked:
        return fixed
    # The shorter one of the two ends it: no choice is left, or no patience.
    for chosen, _ in zip(_choices(asked[0], fixed, drawn, lowest, most), patience, strict=False):
        found = _set(asked[1:], fixed | chosen, drawn, lowest, most, patience)
        if found is not None:
            return found
    return None


def _choices(
    asked: "_Asked", fixed: dict[int, int], drawn: Sequence[int], lowest: int | None, most: int | None
) -> Iterator[dict[int, int]]:
    """Values of a quartile's carriers, beginning with those nearest to the drawn ones."""
    least = max(fixed.values(), default=lowest)
    below, sums = asked.carrier.below, asked.sums
    for low in _lower(asked.carrier, asked.window, fixed, drawn):
        if (least is not None and low < least and below not in fixed) or (most is not None and low > most):
            continue
        if sums is None:
            if asked.window.holds(low):
                yield {below: low}
            continue
        for high in sums.upper(low, fixed.get(below + 1)):
            if high >= max(low, low if least is None else least) and (most is None or high <= most):
                yield {below: low, below + 1: high}


def _lower(carrier: Carrier, window: Window, fixed: dict[int, int], drawn: Sequence[int]) -> Iterator[int]:
    if carrier.below in fixed:
        yield fixed[carrier.below]
        return
    if not carrier.weight:
        yield from _from_the_middle(window.wholes(), window.target)
        return
    gap, highest = max(drawn[carrier.below + 1] - drawn[carrier.below], 0), window.high.__floor__()
    tried = set()
    while True:
        start = (window.target - carrier.weight * gap).__floor__()
        for off in range(carrier.weight.denominator + 1):
            for low in (start - off, start + off):
                if low not in tried and low <= highest:
                    tried.add(low)
                    yield low
        if gap == 0:
            return
        gap //= 2


@dataclass(frozen=True, slots=True)
class _Sums:
    """rest x one carrier + share x the next, which must lie in a window: in whole numbers, for fractions would be ten times as slow."""

    rest: int
    share: int
    scaled: tuple[int, int, int]

    @classmethod
    def of(cls, window: Window, weight: Fraction) -> "_Sums":
        ends = (window.low, window.target, window.high)
        common = lcm(weight.denominator, *(end.denominator for end in ends))
        low, target, high = (int(end * common) for end in ends)
        return cls(int((1 - weight) * common), int(weight * common), (low, target, high))

    def upper(self, low: int, fixed: int | None) -> Iterator[int]:
        """Values of the next carrier, the first given, beginning with the one that hits the target; fixed: the only one, if it is."""
        if fixed is not None:
            yield from [fixed] if self._holds(low, fixed) else []
            return
        least, target, most = (end - self.rest * low for end in self.scaled)
        wholes = range(-(-least // self.share), most // self.share + 1)
        if wholes:
            yield from (high for high in _from_the_middle(wholes, Fraction(target, self.share)) if self._holds(low, high))

    def _holds(self, low: int, high: int) -> bool:
        """The same question as Window.holds."""
        found, (least, target, most) = self.rest * low + self.share * high, self.scaled
        if least < found < most or found == target:
            return True
        return found == (most if target < 0 else least) and least < most


@dataclass(frozen=True, slots=True)
class _Asked:
    """A carrier, what it must print, and, where two values share it, their sums."""

    carrier: Carrier
    window: Window
    sums: _Sums | None

    @classmethod
    def of(cls, carrier: Carrier, window: Window) -> "_Asked":
        return cls(carrier, window, _Sums.of(window, carrier.weight) if carrier.weight else None)


def _from_the_middle(wholes: range, target: Fraction) -> Iterator[int]:
    """At most a dozen whole numbers of a range, the nearest to the target first."""
    if not wholes:
        return
    middle = min(max(round(target), wholes[0]), wholes[-1])
    for off in range(_MOST_TRIED):
        for value in (middle - off, middle + off)[: 2 if off else 1]:
            if value in wholes:
                yield value
