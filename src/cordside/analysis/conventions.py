"""Conventions by name: the nine definitions of a quantile, computed exactly from a (value, count) table.

Values are read as the decimals they are printed as, positions are fractions, so that n × p is never missed by a hair.
"""

from fractions import Fraction

from cordside.analysis.tally import Table, counted, exact
from cordside.errors import CannotDo
from cordside.words import Number

TYPES = tuple(f"type-{number}" for number in range(1, 10))
"""Hyndman and Fan's definitions (The American Statistician 1996;50:361)."""

ALIASES = {f"R-{number}": f"type-{number}" for number in range(1, 10)} | {
    "SAS-1": "type-4",
    "SAS-2": "type-3",
    "SAS-3": "type-1",
    "SAS-4": "type-6",
    "SAS-5": "type-2",
    "SPSS-6": "type-6",
}

_HALF = Fraction(1, 2)
_ALPHA_BETA = {
    "type-4": (Fraction(0), Fraction(1)),
    "type-5": (_HALF, _HALF),
    "type-6": (Fraction(0), Fraction(0)),
    "type-7": (Fraction(1), Fraction(1)),
    "type-8": (Fraction(1, 3), Fraction(1, 3)),
    "type-9": (Fraction(3, 8), Fraction(3, 8)),
}

def quantile_type(name: str) -> str:
    """The canonical name (type-1 to type-9) of a definition or one of its aliases; CannotDo when there is none."""
    canonical = ALIASES.get(name, name)
    if canonical not in TYPES:
        raise CannotDo(f"{name} is no definition of a quantile; known are {', '.join([*TYPES, *ALIASES])}; choose one of them.")
    return canonical


def quantile(table: Table, p: Number | str, definition: str) -> Fraction | None:
    """The p-quantile of a (value, count) table; None when it holds no value.

    p: from 0 to 1, best as a fraction or a text such as "0.07"; definition: a name that quantile_type knows.
    Source: Hyndman and Fan 1996. Stays 19, 29, 35, 38, 46: the lower quartile is 29 by R-7 and SAS-5, 24 by SPSS-6.
    """
    canonical, values = quantile_type(definition), counted(table)
    size = values.size
    if not 0 <= exact(p) <= 1:
        raise CannotDo(f"{p} is no probability; it lies from 0 to 1; write 0.25 for the lower quartile.")
    if size == 0:
        return None
    below, weight = _position(size, exact(p), canonical)
    return (1 - weight) * values.ordered(below) + weight * values.ordered(below + 1)


def _position(size: int, p: Fraction, canonical: str) -> tuple[int, Fraction]:
    """Rank of the value below, and the weight of the one above it."""
    if canonical in _ALPHA_BETA:
        alpha, beta = _ALPHA_BETA[canonical]
        place = size * p + alpha + p * (1 - alpha - beta)
        return place.__floor__(), place - place.__floor__()
    place = size * p - (_HALF if canonical == "type-3" else 0)
    below = place.__floor__()
    if place != below:
        return below, Fraction(1)
    at_step = {"type-1": Fraction(0), "type-2": _HALF, "type-3": Fraction(below % 2)}
    return below, at_step[canonical]
