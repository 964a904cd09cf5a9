"""Reported unit to standard unit: spellings, factors and exact arithmetic.

Everything is a fraction until the end, so 1.09 stays 1.09 and 98.6 F is 37 C and not 36.99999.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import cache, lru_cache

from cordside.terms.tables import rows_of

_FEWEST_DIGITS = 6  # of a quotient that never ends: more than any instrument gives
_SUPERSCRIPTS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


@dataclass(frozen=True)
class Factor:
    """standard = reported x factor + offset. unit: the reported unit as the table spells it; ucum: its code."""

    unit: str
    ucum: str
    factor: Fraction
    offset: Fraction


@cache
def factors_of(domain: str, testcd: str, standard: str) -> dict[str, Factor]:
    """The reported units that lead to a standard unit of one test, by spelling."""
    rows = (row for key in ((domain, testcd), ("*", "*")) for row in _by_target().get((standard, *key), ()))
    found: dict[str, Factor] = {}
    for row in rows:
        factor = Factor(row["reported"], row["ucum"], _fraction(row["factor"]), _fraction(row["offset"] or "0"))
        found.setdefault(spelling(row["reported"]), factor)
    return found


@lru_cache(maxsize=4096)
def spelling(unit: str) -> str:
    """A unit without the differences that mean nothing: case, blanks, signs for "times ten to the power of".

    "×10⁹/L", "x10^9/L" and "10*9/l" are one spelling; so are "µg/mL" and "ug/mL", "°C" and "degC".
    """
    if len(unit) > 60:
        return unit
    powers = _SUPERSCRIPTS.sub(lambda found: "^" + unicodedata.normalize("NFKC", found[0]), unit)
    plain = unicodedata.normalize("NFKC", powers).casefold().translate({ord("×"): "x", ord("μ"): "u", ord("°"): "deg"})
    plain = re.sub(r"\s+", "", plain)
    plain = re.sub(r"10(?:\*\*?|\^|e\+?)0?([0-9]{1,2})", r"10^\1", plain)
    plain = re.sub(r"[x*·]+(?=10\^)", "", plain)
    return re.sub(r"(?<!10)\^([0-9])", r"\1", plain)


def to_standard(value: Decimal, by: Factor) -> Decimal:
    """The value in the standard unit: exact, or to six digits (more if the value has more) where the quotient never ends."""
    shift = _power_of_ten(by.factor)
    if shift is not None and not by.offset:
        sign, digits, exponent = value.as_tuple()
        return _plain(Decimal((sign, digits, int(exponent) + shift)))
    return as_decimal(Fraction(value) * by.factor + by.offset, len(value.as_tuple().digits))


def between(value: Decimal, reported: Factor, wanted: Factor) -> Decimal:
    """The value in another unit of the same standard unit; as exact as `to_standard`."""
    if reported == wanted:
        return value
    return as_decimal((Fraction(value) * reported.factor + reported.offset - wanted.offset) / wanted.factor, len(value.as_tuple().digits))


def as_decimal(value: Fraction, digits: int) -> Decimal:
    """A fraction as a decimal without trailing zeros; rounded half to even to at least `digits` when it never ends."""
    places = _places(value.denominator)
    if places is None:
        precision = Context(prec=max(digits, _FEWEST_DIGITS), rounding=ROUND_HALF_EVEN)
        return _without_zeros(precision.divide(Decimal(value.numerator), Decimal(value.denominator)))
    scaled = abs(value.numerator) * 10**places // value.denominator
    return _without_zeros(Decimal((int(value < 0), tuple(map(int, str(scaled))), -places)))


def _places(denominator: int) -> int | None:
    """Decimal places that a fraction with this denominator needs, or None when no number of places is enough."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def _plain(value: Decimal) -> Decimal:
    """The same number without a power of ten, so that its text can be read: 6720, not 6.72E+3."""
    return Decimal(format(value, "f"))


def _without_zeros(value: Decimal) -> Decimal:
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


@cache
def _power_of_ten(factor: Fraction) -> int | None:
    return next((power for power in range(-12, 13) if Fraction(10) ** power == factor), None)


def _fraction(text: str) -> Fraction:
    above, _, below = text.partition("/")
    return Fraction(above) / Fraction(below or "1")


@cache
def _by_target() -> dict[tuple[str, str, str], list[dict[str, str]]]:
    found: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in rows_of("factors.csv"):
        found.setdefault((row["standard"], row["domain"], row["testcd"]), []).append(row)
    return found
