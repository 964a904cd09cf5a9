"""The events of a tube, a block at a time, and how dyes are compared with bounds.

A dye is a weighted sum over detectors. The sum that counts is made term by term in a fixed order, so that every machine gives the
same last digit. That is slow. So a block's dyes are summed by the linear algebra library first, and only where an event is so near
a bound that the order of the sum could matter is it summed again: the answer is always that of the slow sum.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cordside.product.cytometry.columns import Columns, Dimension, Dye, Ratio
from cordside.product.cytometry.events import Mask, Values

BLOCK = 8192
"""Events in a block: sixteen channels of double precision are one megabyte, which stays in the processor's cache."""
_ROUNDING = 1e-12
"""More than the rounding of a sum of some hundred products, as a part of the largest it could be."""


class Block:
    """A window on some events of a tube, moved along it; every column is read once at each place.

    Its arrays are made once: giving back and asking anew for so much memory takes longer than the sums.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns, self.start, self.stop = columns, 0, 0
        self._rows = np.empty((len(columns.events.channels), BLOCK))
        self._sum_rows: dict[str, Values] = {}
        self._measured: set[int] = set()
        self._seen: dict[tuple[str | Ratio, str], Values] = {}
        self._quick: dict[str, tuple[Values, float]] = {}

    def windows(self) -> Iterator["Block"]:
        """This window, moved from the first to the last events."""
        total = len(self._columns.events)
        for self.start in range(0, total, BLOCK):
            self.stop = min(self.start + BLOCK, total)
            for seen in (self._measured, self._seen, self._quick):
                seen.clear()
            yield self

    def values(self, dimension: Dimension) -> Values:
        """Values of a dimension before its scale."""
        key = (dimension.channel, dimension.compensation)
        if key not in self._seen:
            self._seen[key] = self._computed(*key)
        return self._seen[key]

    def at_least(self, dimension: Dimension, bound: float) -> Mask:
        """Which events have a value of at least a bound."""
        dye = self._dye_of(dimension)
        if dye is None:
            return self.values(dimension) >= bound
        sums, slack = self._sums(dimension.compensation, dye)
        if not np.isfinite(slack):
            return self.values(dimension) >= bound
        sure, maybe = sums >= bound + slack, sums >= bound - slack
        if np.count_nonzero(sure) != np.count_nonzero(maybe):
            near = np.flatnonzero(sure != maybe)
            sure[near] = self._exact(dye, near) >= bound
        return sure

    def below(self, dimension: Dimension, bound: float) -> Mask:
        """Which events have a value below a bound; what is no number is not."""
        dye = self._dye_of(dimension)
        if dye is None or not np.isfinite(self._sums(dimension.compensation, dye)[1]):
            return self.values(dimension) < bound
        return ~self.at_least(dimension, bound)

    def _dye_of(self, dimension: Dimension) -> Dye | None:
        """The dye of a dimension, unless its exact values are there already."""
        if isinstance(dimension.channel, Ratio) or (dimension.channel, dimension.compensation) in self._seen:
            return None
        source = self._columns.source(dimension.channel, dimension.compensation)
        return source if isinstance(source, Dye) else None

    def _sums(self, compensation: str, dye: Dye) -> tuple[Values, float]:
        """Quick sums of a dye, and how far the exact ones may lie from them at most; no number where a value is none."""
        if compensation not in self._quick:
            self._quick[compensation] = self._summed(compensation, dye.places)
        sums, largest = self._quick[compensation]
        return sums[dye.row], _ROUNDING * largest * sum(map(abs, dye.weights)) if np.isfinite(largest) else np.nan

    def _summed(self, compensation: str, places: tuple[int, ...]) -> tuple[Values, float]:
        """Quick sums of all dyes of a compensation, and the largest value that went into them."""
        for place in places:
            self._raw(place)
        count = self.stop - self.start
        in_order = places == tuple(range(places[0], places[-1] + 1))
        stack = self._rows[places[0] : places[-1] + 1, :count] if in_order else self._rows[list(places), :count]
        largest = max(float(stack.max()), -float(stack.min()))
        weights = self._columns.weights(compensation)
        if compensation not in self._sum_rows:
            self._sum_rows[compensation] = np.empty((len(weights), BLOCK))
        sums = self._sum_rows[compensation][:, :count]
        if np.isfinite(largest):
            np.matmul(weights, stack, out=sums)
        return sums, largest

    def _computed(self, channel: str | Ratio, compensation: str) -> Values:
        if isinstance(channel, Ratio):
            first, second = self._one(channel.first, compensation), self._one(channel.second, compensation)
            with np.errstate(divide="ignore", invalid="ignore"):
                return channel.factor * ((first - channel.shift) / (second - channel.below))
        return self._one(channel, compensation)

    def _one(self, name: str, compensation: str) -> Values:
        source = self._columns.source(name, compensation)
        return self._exact(source) if isinstance(source, Dye) else self._raw(source)

    def _raw(self, place: int) -> Values:
        row = self._rows[place, : self.stop - self.start]
        if place not in self._measured:
            self._columns.events.read(place, self.start, row)
            self._measured.add(place)
        return row

    def _exact(self, dye: Dye, events: NDArray[np.intp] | slice = slice(None)) -> Values:
        """The sum that counts, of all or of some events: one product and one addition at a time, in the order of the detectors."""
        terms = [(self._raw(place)[events], weight) for place, weight in zip(dye.places, dye.weights, strict=True) if weight]
        total = np.zeros(self.stop - self.start)[events]
        with np.errstate(invalid="ignore"):
            for values, weight in terms:
                total += values * weight
        return total
