"""A printed normal range beside the usual one of its analyte, in one unit: a unit that is wrong by a factor shows there."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cordside.terms.analytes import analytes, kinds_of
from cordside.terms.units import convert

FACTOR = 5
Range = tuple[Fraction | None, Fraction | None]


@dataclass(frozen=True, slots=True)
class NormalRatio:
    """A printed limit over the usual one, both in the usual one's unit; end: upper, or lower where one upper limit is missing."""

    end: str
    printed: Fraction
    usual: Fraction
    unit: str

    @property
    def ratio(self) -> Fraction:
        """Printed over usual."""
        return self.printed / self.usual

    @property
    def consistent(self) -> bool:
        """Whether the printed limit is within a factor 5 of the usual one."""
        return Fraction(1, FACTOR) <= self.ratio <= FACTOR


def normal_ratio(code: tuple[str, str], unit: str, printed: Range, usual_unit: str, usual: Range) -> NormalRatio | None:
    """The printed range against a usual one; None when there are no two limits to compare.

    code: domain and test code. ValueError when no way leads from one unit to the other. Upper limit against upper limit, else
    lower against lower: white cells to 9.5 in 10^9/mL are 9,500 in 10^9/L, a thousand times the usual 9.5.
    """
    for end, one, other in (("upper", printed[1], usual[1]), ("lower", printed[0], usual[0])):
        if one is not None and other is not None and one > 0 and other > 0:
            return NormalRatio(end, converted(one, unit, usual_unit, code), other, usual_unit)
    return None


def usual_ratio(code: tuple[str, str], unit: str, printed: Range) -> NormalRatio | None:
    """The printed range against the usual one of the analyte table; None when the table has none.

    ValueError when the table knows a usual range, but no way from the printed unit to its unit.
    """
    usual = [kind for kind in kinds_of(*code) if kind.usual != (None, None)]
    reasons = []
    for kind in usual:
        low, high = (None if end is None else Fraction(end) for end in kind.usual)
        try:
            return normal_ratio(code, unit, printed, kind.unit, (low, high))
        except ValueError as error:
            reasons.append(str(error))
    if reasons:
        raise ValueError(reasons[0])
    return None


def converted(value: Fraction, unit: str, into: str, code: tuple[str, str]) -> Fraction:
    """A value of one test in another unit; ValueError when no way leads there."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return Fraction(convert(number, unit, into, *code))


def domain_of_test(testcd: str) -> str:
    """The first domain of the analyte table that has a test; LB where none has."""
    return next((one.domain for one in analytes() if one.testcd == testcd and one.domain == "LB"), None) or next(
        (one.domain for one in analytes() if one.testcd == testcd), "LB"
    )
