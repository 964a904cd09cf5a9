"""What the gates of Gating-ML share: namespaces, numbers, dimensions, scales and spectrum matrices."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from cordside.errors import CannotDo
from cordside.exchange.xmltree import Element
from cordside.product.cytometry.columns import FROM_FILE, UNCOMPENSATED, Dimension, Ratio
from cordside.product.cytometry.compensation import Spillover
from cordside.product.cytometry.transforms import Asinh, Bounded, Hyperlog, Linear, Log, Logicle, Transform

_STANDARD = "http://www.isac-net.org/std/Gating-ML/v2.0"
GATING, SCALING, TYPES = f"{_STANDARD}/gating", f"{_STANDARD}/transformations", f"{_STANDARD}/datatypes"


@dataclass(frozen=True)
class Source:
    """The document, for what is said of its mistakes."""

    name: str

    def refuse(self, element: Element, problem: str, allowed: str, remedy: str) -> CannotDo:
        """The error to raise about an element."""
        return CannotDo(f"{self.name}:{element.line}: <{element.local}>: {problem}; {allowed} is allowed; {remedy}.")

    def number(self, element: Element, text: str, what: str) -> float:
        """A finite number; CannotDo for anything else."""
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self.refuse(element, f"{what} is {text!r}", "a number", "mend the value")
        return value


@dataclass
class Scales:
    """Scales, ratios and matrices of a document by id."""

    scales: dict[str, Transform] = field(default_factory=dict)
    ratios: dict[str, Ratio] = field(default_factory=dict)
    matrices: dict[str, Spillover] = field(default_factory=dict)
    elements = (f"{SCALING} transformation", f"{SCALING} spectrumMatrix")


def children(element: Element, name: str) -> list[Element]:
    """Children of a name."""
    return list(element.all(name))


def required(element: Element, attribute: str, source: Source) -> str:
    """An attribute that must be there."""
    value = element.attributes.get(attribute, "").strip()
    if not value:
        raise source.refuse(element, f"{attribute.rpartition(' ')[2]} is missing", "a name", "give it one")
    return value


def reference_of(element: Element, source: Source) -> str:
    """The gate that a reference names."""
    return required(element, f"{GATING} ref", source)


def number_of(element: Element, attribute: str, source: Source) -> float | None:
    """An attribute as number; None where it is absent."""
    text = element.attributes.get(attribute)
    return None if text is None else source.number(element, text, attribute.rpartition(" ")[2])


def numbers_of(element: Element, name: str, source: Source, count: int) -> list[float]:
    """The values of children of a name, so many."""
    found = [source.number(one, required(one, f"{TYPES} value", source), "value") for one in children(element, name)]
    if len(found) != count:
        raise source.refuse(element, f"{len(found)} values", f"{count}", "give one for each dimension")
    return found


def dimension_of(element: Element, scales: Scales, source: Source) -> Dimension:
    """What a dimension or divider looks at."""
    compensation = required(element, f"{GATING} compensation-ref", source)
    if compensation not in (UNCOMPENSATED, FROM_FILE, *scales.matrices):
        known = ", ".join([UNCOMPENSATED, FROM_FILE, *scales.matrices])
        raise source.refuse(element, f"compensation-ref is {compensation}", f"one of {known}", "mend the reference")
    name = element.attributes.get(f"{GATING} transformation-ref")
    if name is not None and name not in scales.scales:
        raise source.refuse(element, f"transformation-ref is {name}", f"one of {', '.join(scales.scales)}", "mend the reference")
    return Dimension(_channel(element, scales, source), compensation, scales.scales[name] if name is not None else None)


def _channel(element: Element, scales: Scales, source: Source) -> str | Ratio:
    own, made = children(element, f"{TYPES} fcs-dimension"), children(element, f"{TYPES} new-dimension")
    if len(own) + len(made) != 1:
        raise source.refuse(element, f"{len(own) + len(made)} channels", "one fcs-dimension or new-dimension", "mend the dimension")
    if own:
        return required(own[0], f"{TYPES} name", source)
    name = required(made[0], f"{TYPES} transformation-ref", source)
    if name not in scales.ratios:
        raise source.refuse(made[0], f"transformation-ref is {name}", f"one of the ratios {', '.join(scales.ratios)}", "mend the reference")
    return scales.ratios[name]


def read_scales(root: Element, source: Source) -> Scales:
    """All scales, ratios and matrices, wherever in the document they stand."""
    scales = Scales()
    for element in root.all(scales.elements[0]):
        name, found = required(element, f"{SCALING} id", source), _scale(element, source)
        if name in scales.scales or name in scales.ratios:
            raise source.refuse(element, f"{name} stands twice", "each id once", "rename one")
        if isinstance(found, Ratio):
            scales.ratios[name] = found
        else:
            scales.scales[name] = found
    for element in root.all(scales.elements[1]):
        name = required(element, f"{SCALING} id", source)
        if name in scales.matrices or name in (UNCOMPENSATED, FROM_FILE):
            raise source.refuse(element, f"{name} stands twice, or is reserved", "an id of its own", "rename one")
        scales.matrices[name] = _matrix(element, source)
    return scales


def _scale(element: Element, source: Source) -> Transform | Ratio:
    kinds = [child for child in element.children if child.name in _SCALES or child.name == f"{SCALING} fratio"]
    if len(kinds) != 1:
        shown = ", ".join(child.local for child in element.children) or "nothing"
        raise source.refuse(element, f"holds {shown}", "one of flin, flog, fasinh, logicle, hyperlog, fratio", "use one of these scales")
    if kinds[0].local == "fratio":
        return _ratio(kinds[0], source)
    make, parts = _SCALES[kinds[0].name]
    scale = make(*(_part(kinds[0], part, source) for part in parts))
    _check_scale(kinds[0], scale, source)
    low, high = (number_of(element, f"{SCALING} {word}", source) for word in ("boundMin", "boundMax"))
    if low is None and high is None:
        return scale
    return Bounded(scale, -math.inf if low is None else low, math.inf if high is None else high)


def _part(element: Element, part: str, source: Source) -> float:
    return source.number(element, required(element, f"{SCALING} {part}", source), part)


def _check_scale(element: Element, scale: Transform, source: Source) -> None:
    """The limits that Gating-ML sets to the parts, outside which a scale does not rise."""
    top, decades = getattr(scale, "top", 1.0), getattr(scale, "decades", 1.0)
    width, below = getattr(scale, "width", 0.0), getattr(scale, "below", 0.0)
    sound = top > 0 and decades > 0 and 0 <= width <= decades / 2 and -width <= below <= max(decades - 2 * width, 0)
    if isinstance(scale, Linear | Asinh):
        sound = top > 0 and decades > 0 and 0 <= below <= (top if isinstance(scale, Linear) else decades)
    if not sound or (isinstance(scale, Hyperlog) and width == 0):
        allowed = "T > 0, M > 0, 0 ≤ W ≤ M / 2, −W ≤ A ≤ M − 2 W"
        raise source.refuse(element, "T, W, M or A is outside its limits", allowed, "mend the scale")


def _ratio(element: Element, source: Source) -> Ratio:
    names = [required(one, f"{TYPES} name", source) for one in children(element, f"{TYPES} fcs-dimension")]
    if len(names) != 2:
        raise source.refuse(element, f"{len(names)} channels", "two", "mend the ratio")
    return Ratio(names[0], names[1], *(_part(element, part, source) for part in "ABC"))


def _matrix(element: Element, source: Source) -> Spillover:
    dyes, detectors = (_names(element, word, source) for word in ("fluorochromes", "detectors"))
    inverted = element.attributes.get(f"{SCALING} matrix-inverted-already", "false").strip() in ("true", "1")
    rows = [
        tuple(_part(one, "value", source) for one in children(row, f"{SCALING} coefficient"))
        for row in children(element, f"{SCALING} spectrum")
    ]
    try:
        return Spillover(dyes, detectors, tuple(rows), inverted)
    except CannotDo as error:
        raise source.refuse(element, str(error).rstrip("."), "a row a dye", "mend the matrix") from None


def _names(element: Element, word: str, source: Source) -> tuple[str, ...]:
    parts = [one for part in element.all(f"{SCALING} {word}") for one in children(part, f"{TYPES} fcs-dimension")]
    return tuple(required(one, f"{TYPES} name", source) for one in parts)


_SCALES: dict[str, tuple[Callable[..., Transform], str]] = {
    f"{SCALING} flin": (Linear, "TA"),
    f"{SCALING} flog": (Log, "TM"),
    f"{SCALING} fasinh": (Asinh, "TMA"),
    f"{SCALING} logicle": (Logicle, "TWMA"),
    f"{SCALING} hyperlog": (Hyperlog, "TWMA"),
}
"""Scales and their parts in the order of their fields."""
