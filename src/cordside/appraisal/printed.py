"""A printed number is the closed interval of all numbers that round to it: 13.39 is [13.385, 13.395], "< 0.001" is [0,
0.001].
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from cordside.errors import CannotDo

SLACK = 1e-9
"""By how much a float may miss an interval: the last digits of a computed P or square root are not exact."""

_ALIKE = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\u02d7\ufe63", "-")
_ALIKE |= dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u3000\t", " ")
_ALIKE |= {"\u00b7": ".", "\u2219": ".", "\u2264": "<=", "\u2a7d": "<=", "\u2265": ">=", "\u2a7e": ">=", "\u00d7": "x"}
_ALIKE |= {chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)}
_LIKE_ASCII = str.maketrans(_ALIKE)
_RAISED = str.maketrans("\u207b\u207a\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "-+0123456789")

_NUMBER = re.compile(
    r"(?:p(?:[ -]?value)?(?=[ ]*[<>=]))?[ ]*(?P<relation>[<>]=?|=)?[ ]*(?P<sign>[+-]?)[ ]*"
    r"(?P<digits>[1-9][0-9]{0,2}(?:[, ][0-9]{3})+(?:\.[0-9]*)?|[0-9]+,[0-9]+|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
    r"(?:e(?P<power>-[0-9]{1,3}|[+]?[0-9]{1,2})|[ ]*[x*.][ ]*10\^?(?P<raised>-[0-9]{1,3}|[+]?[0-9]{1,2}))?"
    r"[ ]*%?[ ]*[*\u2020\u2021\u00a7\u00b6#]*"
)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:[, ][0-9]{3})+(?:\.[0-9]*)?")


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed.

    text: as it stands in the paper; value: the number written; lo, hi: the closed interval it stands for; decimals: written
    after the point (negative for 1.2 x 10^9); relation: "=", or "<", "<=", ">", ">=" as printed before it.
    """

    text: str
    value: Fraction
    lo: Fraction
    hi: Fraction
    decimals: int
    relation: str = "="

    @property
    def unit(self) -> Fraction:
        """One step of the last printed digit: 1/100 for two decimals."""
        return Fraction(10) ** -self.decimals

    def holds(self, number: Fraction | int) -> bool:
        """Whether this exact number can be printed so."""
        return self.lo <= number <= self.hi

    def holds_float(self, number: float) -> bool:
        """Whether a computed number can be printed so, the last digits of a float aside."""
        slack = SLACK * abs(number)
        return float(self.lo) - slack <= number <= float(self.hi) + slack

    def not_negative(self) -> "Printed":
        """The same for a quantity that cannot be negative, such as an SD: the part of the interval from 0."""
        return replace(self, lo=max(self.lo, Fraction(0)))

    def surely_below(self, limit: Fraction) -> bool:
        """Whether every number that can be printed so is below the limit; "< 0.05" is below 0.05."""
        return self.hi < limit or (self.relation == "<" and self.hi <= limit)

    def surely_above(self, limit: Fraction) -> bool:
        """Whether every number that can be printed so is above the limit; "> 0.05" is above 0.05."""
        return self.lo > limit or (self.relation == ">" and self.lo >= limit)

    def __str__(self) -> str:
        return self.text


def read_printed(text: object, *, least: Fraction = Fraction(0), most: Fraction | None = None) -> Printed | None:
    """The printed number of a text, or None when it is none.

    text: "13.39", "-1.3" with any dash, ".001", "1,234", "80.6%", "0\u00b750", "< 0.001", "1.2 x 10^-5", "0.03*".
    least: where "< x" begins; most: where "> x" ends (without it "> x" is no number that could be compared).
    """
    if isinstance(text, bool) or not isinstance(text, (str, int, float, Decimal)):
        return None
    found = _NUMBER.fullmatch(_plain(str(text)))
    return _interval(str(text).strip(), found, least, most) if found else None


def read_p(text: object) -> Printed | None:
    """The printed P of a text, cut to [0, 1]; None when it is no number or cannot be a probability."""
    found = read_printed(text, least=Fraction(0), most=Fraction(1))
    if found is None or not 0 <= found.value <= 1:
        return None
    return replace(found, lo=max(found.lo, Fraction(0)), hi=min(found.hi, Fraction(1)))


def exactly(value: int | str | Decimal | Fraction) -> Printed:
    """A number that is not rounded, such as the end of a scale: an interval of one point."""
    number = Fraction(value)
    return Printed(str(value), number, number, number, 0)


def must_read(text: object, what: str) -> Printed:
    """The printed number of a text; CannotDo, naming what it should be, when it is none."""
    found = read_printed(text)
    if found is None:
        raise CannotDo(
            f"{what}: {text} is no printed number; allowed are texts such as 13.39, -1.3 or < 0.001; correct it as it is printed."
        )
    return found


def _plain(text: str) -> str:
    """The text with one sort of dash, blank, point and digit."""
    raised = re.sub("(?<=10)[\u207b\u207a\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+", lambda found: "^" + found[0].translate(_RAISED), text)
    return raised.translate(_LIKE_ASCII).strip().lower()


def _interval(text: str, found: re.Match[str], least: Fraction, most: Fraction | None) -> Printed | None:
    number, decimals = _decimal(found)
    value = -number if found["sign"] == "-" else number
    relation = found["relation"] or "="
    half = Fraction(10) ** -decimals / 2
    if relation == "=":
        return Printed(text, value, value - half, value + half, decimals)
    if relation in ("<", "<="):
        return Printed(text, value, least, value, decimals, relation) if value >= least else None
    return Printed(text, value, value, most, decimals, relation) if most is not None and value <= most else None


def _decimal(found: re.Match[str]) -> tuple[Fraction, int]:
    """The number without its sign, and its decimals."""
    digits = found["digits"]
    digits = re.sub("[, ]", "", digits) if _THOUSANDS.fullmatch(digits) else digits.replace(",", ".")
    power = int(found["power"] or found["raised"] or 0)
    return Fraction(f"{digits.rstrip('.')}") * Fraction(10) ** power, len(digits.partition(".")[2]) - power
