"""Gates, as Gating-ML 2.0 means them: boxes are closed below and open above, polygons and ellipsoids hold their edge.

A gate answers for the events of a block; what its parent holds is the tree's matter. Only polygons, ellipsoids and their kin put
events on a scale, and only the parent's events.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from cordside.product.cytometry.blocks import Block
from cordside.product.cytometry.columns import Dimension
from cordside.product.cytometry.compensation import Matrix, inverse
from cordside.product.cytometry.events import Mask, Values
from cordside.product.cytometry.polygon import Point, within
from cordside.product.cytometry.scaletable import EXACT_WITHIN, quick_places
from cordside.product.cytometry.transforms import Bounded, Log, Transform, value_at


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a box: places from low (closed) to high (open); None is without end."""

    dimension: Dimension
    low: float | None = None
    high: float | None = None

    def within(self, block: Block) -> Mask:
        """Which events lie on this side."""
        low, high = limits(self.dimension.scale, self.low, self.high)
        if low is None:
            return block.below(self.dimension, high if high is not None else np.inf)
        mask = block.at_least(self.dimension, low)
        return mask if high is None else mask & block.below(self.dimension, high)


@cache
def limits(scale: Transform | None, low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """The bounds of a side as values, so that no event needs its place on the scale."""
    if scale is None:
        return low, high
    # A logarithm has no place below zero, whatever the bounds.
    lowest = 0.0 if isinstance(scale.scale if isinstance(scale, Bounded) else scale, Log) else None
    return lowest if low is None else value_at(scale, low), None if high is None else value_at(scale, high)


@dataclass(frozen=True, slots=True)
class Box:
    """A range, a rectangle, or their kin in more dimensions; also one quadrant of a set."""

    id: str
    parent: str | None
    sides: tuple[Side, ...]

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What the gate looks at."""
        return tuple(side.dimension for side in self.sides)

    def inside(self, block: Block, among: Mask | None) -> Mask:
        """Which events of a block are in the gate; among: those of the parent."""
        mask = self.sides[0].within(block)
        for side in self.sides[1:]:
            mask &= side.within(block)
        return mask if among is None else mask & among


@dataclass(frozen=True, slots=True)
class Polygon:
    """A polygon of two dimensions; it may cross itself, and then what is enclosed twice is outside."""

    id: str
    parent: str | None
    x: Dimension
    y: Dimension
    vertices: tuple[Point, ...]

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What the gate looks at."""
        return self.x, self.y

    def inside(self, block: Block, among: Mask | None) -> Mask:
        """Which events of a block are in the gate; among: those of the parent."""
        values = [block.values(one) for one in self.dimensions]
        if self.x.scale is None and self.y.scale is None:
            mask = within(self.vertices, *values)
            return mask if among is None else mask & among
        return _of_parent(self._holds, values, among)

    def _holds(self, values: list[Values]) -> Mask:
        scales = (self.x.scale, self.y.scale)
        places = [quick_places(scale, one) for scale, one in zip(scales, values, strict=True)]
        mask = within(self.vertices, *places)
        near = _near_an_edge(self.vertices, places, [EXACT_WITHIN if scale is not None else 0.0 for scale in scales], mask)
        if near.any():
            exact = [one[near] if scale is None else scale.apply(one[near]) for scale, one in zip(scales, values, strict=True)]
            mask[near] = within(self.vertices, *exact)
        return mask


def _near_an_edge(corners: Sequence[Point], places: list[Values], steps: list[float], mask: Mask) -> Mask:
    """Points so near an edge that the table of the scale does not decide: moved a little, they change sides, or a corner is there."""
    (x, y), (right, up) = places, steps
    near = np.zeros(len(x), dtype=bool)
    for across, along in ((right, up), (right, -up), (-right, up), (-right, -up)):
        near |= within(corners, x + across, y + along) != mask
    for at, height in corners:
        near |= (np.abs(x - at) <= right) & (np.abs(y - height) <= up)
    return near


@dataclass(frozen=True, slots=True)
class Ellipsoid:
    """Points whose squared Mahalanobis distance from a centre is at most `distance`, in two or more dimensions."""

    id: str
    parent: str | None
    dimensions: tuple[Dimension, ...]
    mean: tuple[float, ...]
    covariance: Matrix
    distance: float

    def inside(self, block: Block, among: Mask | None) -> Mask:
        """Which events of a block are in the gate; among: those of the parent."""
        return _of_parent(self._holds, [block.values(one) for one in self.dimensions], among)

    def _holds(self, values: list[Values]) -> Mask:
        places = [one if side.scale is None else side.scale.apply(one) for side, one in zip(self.dimensions, values, strict=True)]
        away = [one - middle for one, middle in zip(places, self.mean, strict=True)]
        answer, total = inverse(self.covariance), np.zeros(len(values[0]))
        for column, one in enumerate(away):
            total += sum((other * row[column] for other, row in zip(away, answer, strict=True)), np.zeros(len(one))) * one
        return np.asarray(total <= self.distance)


@dataclass(frozen=True, slots=True)
class Operand:
    """A gate that a Boolean gate refers to, or its complement."""

    gate: str
    complement: bool = False


@dataclass(frozen=True, slots=True)
class Boolean:
    """Events in all of its operands (and), in any (or), or not in the one (not)."""

    id: str
    parent: str | None
    operation: str
    operands: tuple[Operand, ...]

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Nothing of its own."""
        return ()


Gate = Box | Polygon | Ellipsoid | Boolean


def _of_parent(holds: Callable[[list[Values]], Mask], values: list[Values], among: Mask | None) -> Mask:
    """Ask only for the parent's events, and put the answers in their places."""
    if among is None:
        return holds(values)
    places = np.flatnonzero(among)
    mask = np.zeros(len(among), dtype=bool)
    if len(places):
        mask[places] = holds([one[places] for one in values])
    return mask
