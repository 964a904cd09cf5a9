"""Which points lie in a polygon: an edge at a time for all points, by counting the edges to one side of each.

A point enclosed an even number of times is outside, as Gating-ML 2.0 asks for polygons that cross themselves. On its edge a polygon
holds its left and its lower side, so that neighbours share no event; FlowUtils, which FlowKit uses, does the same.
"""

from collections.abc import Sequence

import numpy as np

from cordside.product.cytometry.events import Mask, Values

Point = tuple[float, float]


def within(corners: Sequence[Point], x: Values, y: Values) -> Mask:
    """Which points are in the polygon; a point that is no number is not. Source: Sunday, the winding number, taken modulo 2."""
    inside = np.zeros(len(x), dtype=bool)
    for first, second in zip(corners, [*corners[1:], corners[0]], strict=True):
        # An edge that does not rise is crossed by no line to the side.
        if first[1] != second[1]:
            inside ^= _left_of(first, second, x, y)
    return inside


def _left_of(first: Point, second: Point, x: Values, y: Values) -> Mask:
    """Points at the height of an edge and to the left of it, the edge itself not counted."""
    (x1, y1), (x2, y2) = first, second
    rising = y2 > y1
    found = y >= min(y1, y2)
    found &= y < max(y1, y2)
    if x1 == x2:
        found &= x < x1
        return found
    with np.errstate(invalid="ignore"):
        side = x2 - x1 if rising else x1 - x2
        found &= side * (y - y1) > (x - x1) * (y2 - y1 if rising else y1 - y2)
    return found
