"""What is drawn of each gate: how densely the parent's events lie on its axes, its outline, and its percentage in words."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from cordside.product.cytometry.axes import Axis, axis_of
from cordside.product.cytometry.columns import Dimension
from cordside.product.cytometry.events import Events, Mask, Values
from cordside.product.cytometry.gates import Boolean, Box, Ellipsoid, Gate, Polygon, Side
from cordside.product.cytometry.scales import place_of
from cordside.product.cytometry.transforms import Transform
from cordside.product.cytometry.tree import GateTree, values_of
from cordside.product.cytometry.tube import ALL, Population, Tube
from cordside.words import rounded

_BINS = 128
_CORNERS = 0.24
"""Room for words in the corners where gates share a picture, as a part of its axes."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Outline:
    """A gate on a picture: its corners (places), and its percentage with interval."""

    gate: str
    points: tuple[Point, ...]
    percent: str


@dataclass(frozen=True)
class Picture:
    """One panel. counts: events a bin, bins of x by bins of y, or of x alone where y is None. control: the same of a control."""

    title: str
    x: Axis
    y: Axis | None
    counts: Values
    outlines: tuple[Outline, ...]
    control: Values | None = None
    control_words: str = ""


@dataclass(frozen=True)
class Source:
    """What pictures are made of. scale_of: the scale on which a dimension is drawn; name_of: its label; control_of: the control that
    set the bound of a gate, with its words."""

    tree: GateTree
    events: Events
    tube: Tube
    scale_of: Callable[[Dimension], Transform | None]
    name_of: Callable[[Dimension], str]
    control_of: Callable[[Gate], tuple[Events, Mask | None, str] | None]


def pictures(source: Source) -> Iterator[Picture]:
    """A panel for every gate that has an outline; boxes on the same axes and of the same parent share one."""
    done: set[str] = set()
    for gate in source.tree.gates:
        if gate.id in done or isinstance(gate, Boolean):
            continue
        together = _together(gate, source.tree)
        done |= {one.id for one in together}
        yield _range(gate, source) if _is_range(gate) else _plane(together, source)


def _is_range(gate: Gate) -> bool:
    return len(gate.dimensions) == 1


def _together(gate: Gate, tree: GateTree) -> list[Gate]:
    if not isinstance(gate, Box) or _is_range(gate):
        return [gate]
    own = gate.dimensions
    return [one for one in tree.gates if isinstance(one, Box) and one.parent == gate.parent and one.dimensions == own]


def _range(gate: Gate, source: Source) -> Picture:
    """A histogram of one dimension, and of the control that set its bound."""
    side = gate.sides[0] if isinstance(gate, Box) else Side(gate.dimensions[0])
    places = _places(side.dimension, source, _mask(gate, source))
    low, high = _ends(side, source)
    axis = axis_of(source.name_of(side.dimension), source.scale_of(side.dimension), places, _real(low, high))
    outline = Outline(gate.id, ((low, 0.0), (high, 0.0)), _percent(source.tube.population(gate.id)))
    control, words = None, ""
    if found := source.control_of(gate):
        events, mask, words = found
        values = values_of(source.tree, events, side.dimension, mask)
        control = _histogram(_on_scale(source.scale_of(side.dimension), values), axis)
    return Picture(_title(gate, source), axis, None, _histogram(places, axis), (outline,), control, words)


def _plane(gates: list[Gate], source: Source) -> Picture:
    first = gates[0]
    across, up = first.dimensions[:2]
    mask = _mask(first, source)
    outlines = [(gate, _outline(gate, source)) for gate in gates]
    xs, ys = (_places(one, source, mask) for one in (across, up))
    corners = [point for _, points in outlines for point in points]
    room = _CORNERS if len(gates) > 1 else 0.06
    x = axis_of(source.name_of(across), source.scale_of(across), xs, _real(*(point[0] for point in corners)), room)
    y = axis_of(source.name_of(up), source.scale_of(up), ys, _real(*(point[1] for point in corners)), room)
    counts, _, _ = np.histogram2d(xs, ys, bins=_BINS, range=((x.low, x.high), (y.low, y.high)))
    drawn = tuple(Outline(gate.id, _cut(points, x, y), _percent(source.tube.population(gate.id))) for gate, points in outlines)
    return Picture(_title(first, source), x, y, counts, drawn)


def _outline(gate: Gate, source: Source) -> tuple[Point, ...]:
    """Corners of a gate on its first two axes, as places on the scales that are drawn; none where more than two bound it."""
    if isinstance(gate, Polygon):
        return gate.vertices
    if isinstance(gate, Ellipsoid):
        return _ellipse(gate) if len(gate.dimensions) == 2 else ()
    if not isinstance(gate, Box):
        return ()
    (left, right), (below, above) = (_ends(side, source) for side in gate.sides[:2])
    return (left, below), (right, below), (right, above), (left, above)


def _ellipse(gate: Ellipsoid) -> tuple[Point, ...]:
    try:
        half = np.linalg.cholesky(np.array(gate.covariance)) * math.sqrt(gate.distance)
    except np.linalg.LinAlgError:
        return ()
    turns = np.linspace(0, 2 * math.pi, 73)
    points = half @ np.array([np.cos(turns), np.sin(turns)]) + np.array(gate.mean)[:, None]
    return tuple((float(x), float(y)) for x, y in points.T)


def _ends(side: Side, source: Source) -> Point:
    """Places of a side's bounds on the scale that is drawn; infinite where it has no end."""
    drawn = source.scale_of(side.dimension)

    def place(bound: float) -> float:
        return bound if side.dimension.scale == drawn else place_of(drawn, bound)

    low, high = side.low, side.high
    return -math.inf if low is None else place(low), math.inf if high is None else place(high)


def _cut(points: tuple[Point, ...], x: Axis, y: Axis) -> tuple[Point, ...]:
    """Corners without end, brought to the edge of the picture."""
    return tuple((min(max(one, x.low), x.high), min(max(other, y.low), y.high)) for one, other in points)


def _places(dimension: Dimension, source: Source, mask: Mask | None) -> Values:
    return _on_scale(source.scale_of(dimension), values_of(source.tree, source.events, dimension, mask))


def _on_scale(scale: Transform | None, values: Values) -> Values:
    return values if scale is None else scale.apply(values)


def _histogram(places: Values, axis: Axis) -> Values:
    counts, _ = np.histogram(places, bins=_BINS, range=(axis.low, axis.high))
    return counts.astype(float)


def _mask(gate: Gate, source: Source) -> Mask | None:
    return None if gate.parent is None else source.tube.held[gate.parent]


def _real(*places: float) -> tuple[float, ...]:
    return tuple(place for place in places if math.isfinite(place))


def _title(gate: Gate, source: Source) -> str:
    return f"of {gate.parent or ALL} (n = {source.tube.population(gate.id).of:,})"


def _percent(population: Population) -> str:
    if population.percent is None:
        return f"no event in {population.parent}"
    share, low, high = (rounded(one, 1) for one in (population.percent, population.low or 0.0, population.high or 0.0))
    return f"{share} % ({low}–{high})"
