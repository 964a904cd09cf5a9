"""Gating-ML 2.0 → a tree of gates.

Read are rectangles, polygons, ellipsoids, quadrants and Boolean gates, spectrum matrices, and the scales flin, flog, fasinh,
logicle, hyperlog and fratio. What is not Gating-ML is refused, because a gate left out would give other counts.
Source: Spidlen and others, Cytometry A 2015;87:683–687.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from cordside.errors import CannotDo
from cordside.exchange.gatingmlparts import (
    GATING,
    TYPES,
    Scales,
    Source,
    children,
    dimension_of,
    number_of,
    numbers_of,
    read_scales,
    reference_of,
    required,
)
from cordside.exchange.xmltree import Element, parse_xml
from cordside.product.cytometry.columns import Dimension
from cordside.product.cytometry.gates import Boolean, Box, Ellipsoid, Gate, Operand, Polygon, Side
from cordside.product.cytometry.tree import GateTree


def read_gatingml(path: Path) -> GateTree:
    """The gates of a file; CannotDo with file and line when it is no Gating-ML 2.0, or when gates do not fit together."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CannotDo(f"{path}: {(error.strerror or 'cannot be read').lower()}; name a readable file.") from None
    return parse_gatingml(raw, path.name)


def parse_gatingml(raw: bytes, name: str) -> GateTree:
    """The gates of a document; see read_gatingml."""
    root, source = parse_xml(raw, name), Source(name)
    if root.name != f"{GATING} Gating-ML":
        raise source.refuse(root, f"<{root.local}> is not the root of Gating-ML 2.0", f"<Gating-ML> of {GATING}", "export the gates again")
    scales = read_scales(root, source)
    gates = tuple(gate for element in root.children for gate in _gates(element, scales, source))
    if not gates:
        raise source.refuse(root, "no gate is in it", "one or more gates", "export the gates again")
    try:
        return GateTree(gates, scales.matrices)
    except CannotDo as error:
        raise CannotDo(f"{name}: {error}") from None


def _gates(element: Element, scales: Scales, source: Source) -> Iterator[Gate]:
    if element.name in (f"{TYPES} custom_info", *scales.elements):
        return
    read = _KINDS.get(element.name)
    if read is None:
        allowed = "gates, transformations and matrices of Gating-ML 2.0"
        raise source.refuse(element, f"<{element.local}> has no place here", allowed, "remove it, or move its gates out of it")
    yield from read(element, scales, source)


def _named(element: Element, source: Source) -> tuple[str, str | None]:
    """A gate's id and its parent's."""
    return required(element, f"{GATING} id", source), element.attributes.get(f"{GATING} parent_id")


def _dimensions(element: Element, scales: Scales, source: Source, least: int, most: int = 1000) -> list[Element]:
    """The dimension elements of a gate, so many."""
    found = children(element, f"{GATING} dimension")
    if not least <= len(found) <= most:
        words = f"{len(found)} dimensions"
        raise source.refuse(element, words, f"{least}" if least == most else f"{least} or more", "mend the gate")
    return found


def _rectangle(element: Element, scales: Scales, source: Source) -> Iterator[Gate]:
    own, parent = _named(element, source)
    sides = []
    for one in _dimensions(element, scales, source, 1):
        low, high = number_of(one, f"{GATING} min", source), number_of(one, f"{GATING} max", source)
        if low is None and high is None:
            raise source.refuse(one, "neither min nor max", "one of them or both", "give a bound")
        sides.append(Side(dimension_of(one, scales, source), low, high))
    yield Box(own, parent, tuple(sides))


def _polygon(element: Element, scales: Scales, source: Source) -> Iterator[Gate]:
    own, parent = _named(element, source)
    x, y = (dimension_of(one, scales, source) for one in _dimensions(element, scales, source, 2, 2))
    corners = [numbers_of(one, f"{GATING} coordinate", source, 2) for one in children(element, f"{GATING} vertex")]
    if len(corners) < 3:
        raise source.refuse(element, f"{len(corners)} vertices", "three or more", "mend the gate")
    yield Polygon(own, parent, x, y, tuple((one[0], one[1]) for one in corners))


def _ellipsoid(element: Element, scales: Scales, source: Source) -> Iterator[Gate]:
    own, parent = _named(element, source)
    sides = tuple(dimension_of(one, scales, source) for one in _dimensions(element, scales, source, 2))
    mean = numbers_of(_only(element, "mean", source), f"{GATING} coordinate", source, len(sides))
    rows = children(_only(element, "covarianceMatrix", source), f"{GATING} row")
    matrix = tuple(tuple(numbers_of(row, f"{GATING} entry", source, len(sides))) for row in rows)
    distance = number_of(_only(element, "distanceSquare", source), f"{TYPES} value", source)
    if len(matrix) != len(sides) or distance is None:
        words = f"{len(matrix)} rows of covariance, distance {distance}"
        raise source.refuse(element, words, f"{len(sides)} rows, a distance", "mend the gate")
    yield Ellipsoid(own, parent, sides, tuple(mean), matrix, distance)


def _quadrants(element: Element, scales: Scales, source: Source) -> Iterator[Gate]:
    """Each quadrant is a box; the set itself has no events."""
    _, parent = _named(element, source)
    dividers = {required(one, f"{GATING} id", source): _divider(one, scales, source) for one in children(element, f"{GATING} divider")}
    for quadrant in children(element, f"{GATING} Quadrant"):
        sides = [_between(one, dividers, source) for one in children(quadrant, f"{GATING} position")]
        if not sides:
            raise source.refuse(quadrant, "no position", "one or more", "mend the quadrant")
        yield Box(required(quadrant, f"{GATING} id", source), parent, tuple(sides))


Divider = tuple[Dimension, list[float]]


def _divider(element: Element, scales: Scales, source: Source) -> Divider:
    values = [source.number(one, one.text.strip(), "a divider's value") for one in children(element, f"{GATING} value")]
    if not values or values != sorted(set(values)):
        raise source.refuse(element, f"the divider's values {values}", "one or more that rise", "mend the divider")
    return dimension_of(element, scales, source), values


def _between(position: Element, dividers: dict[str, Divider], source: Source) -> Side:
    """The side of a box that holds a location: from the divider's value below it to the one above."""
    name = required(position, f"{GATING} divider_ref", source)
    location = number_of(position, f"{GATING} location", source)
    if name not in dividers or location is None:
        allowed = f"one of {', '.join(dividers)} and a number"
        raise source.refuse(position, f"divider {name}, location {location}", allowed, "mend the position")
    dimension, values = dividers[name]
    below, above = [one for one in values if one <= location], [one for one in values if one > location]
    return Side(dimension, below[-1] if below else None, above[0] if above else None)


def _boolean(element: Element, scales: Scales, source: Source) -> Iterator[Gate]:
    own, parent = _named(element, source)
    found = [child for word in ("and", "or", "not") for child in children(element, f"{GATING} {word}")]
    if len(found) != 1:
        raise source.refuse(element, f"{len(found)} operations", "one of and, or, not", "mend the gate")
    operands = tuple(_operand(one, source) for one in children(found[0], f"{GATING} gateReference"))
    least, most = (1, 1) if found[0].local == "not" else (2, 1000)
    if not least <= len(operands) <= most:
        raise source.refuse(found[0], f"{len(operands)} gates", "one for not, two or more for and, or", "mend the gate")
    yield Boolean(own, parent, found[0].local, operands)


def _operand(element: Element, source: Source) -> Operand:
    word = element.attributes.get(f"{GATING} use-as-complement", "false").strip()
    if word not in ("true", "false", "1", "0"):
        raise source.refuse(element, f"use-as-complement is {word}", "true or false", "mend the reference")
    return Operand(reference_of(element, source), word in ("true", "1"))


def _only(element: Element, local: str, source: Source) -> Element:
    found = children(element, f"{GATING} {local}")
    if len(found) != 1:
        raise source.refuse(element, f"{len(found)} of <{local}>", "one", "mend the gate")
    return found[0]


_KINDS: dict[str, Callable[[Element, Scales, Source], Iterator[Gate]]] = {
    f"{GATING} RectangleGate": _rectangle,
    f"{GATING} PolygonGate": _polygon,
    f"{GATING} EllipsoidGate": _ellipsoid,
    f"{GATING} QuadrantGate": _quadrants,
    f"{GATING} BooleanGate": _boolean,
}
