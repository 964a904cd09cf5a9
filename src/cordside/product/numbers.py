"""Quantities are exact: cells are integers, volumes whole microlitres, quotients fractions. A float never gets in."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from cordside.errors import CannotDo
from cordside.words import rounded

Quantity = int | Decimal | Fraction

UL_PER_ML = 1000
_LARGEST_EXPONENT = 30
"""More digits than any number of cells, volume or time has; a slip of the pen must not cost gigabytes."""
_PLACES = 6


def exact(value: Quantity, name: str) -> Fraction:
    """A quantity as a fraction; name: how an error calls it. CannotDo for a float, NaN, infinity and an absurd size."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise CannotDo(f"{name}: {value!r} is no exact number; whole numbers and decimals are; give it as a decimal.")
    if isinstance(value, Decimal) and (not value.is_finite() or (value and abs(value.adjusted()) > _LARGEST_EXPONENT)):
        raise CannotDo(f"{name}: {value} is no quantity; a finite number of ordinary size is; check it in the source.")
    return Fraction(value)


def usable(value: Decimal | None) -> Fraction | None:
    """A number as reported, as a fraction; None where there is none, and for one of absurd size: nothing is concluded from it."""
    if value is None or not value.is_finite() or (value and abs(value.adjusted()) > _LARGEST_EXPONENT):
        return None
    return Fraction(value)


def positive(value: Quantity, name: str) -> Fraction:
    """A quantity above zero; CannotDo for any other."""
    found = exact(value, name)
    if found <= 0:
        raise CannotDo(f"{name}: {value} is not above zero; more than 0 is allowed; check it in the source.")
    return found


def not_negative(value: Quantity, name: str) -> Fraction:
    """A quantity of zero or more; CannotDo for any other."""
    found = exact(value, name)
    if found < 0:
        raise CannotDo(f"{name}: {value} is negative; 0 or more is allowed; check it in the source.")
    return found


def share(percent: Quantity, name: str) -> Fraction:
    """A percentage as a share of one; CannotDo outside 0 to 100."""
    found = not_negative(percent, name)
    if found > 100:
        raise CannotDo(f"{name}: {percent} % is more than all; 0 to 100 is allowed; check it in the source.")
    return found / 100


def whole(value: Quantity, name: str) -> int:
    """A count of zero or more; CannotDo for a part of one."""
    found = not_negative(value, name)
    if found.denominator != 1:
        raise CannotDo(f"{name}: {value} is not a whole number; cells are counted; check it in the source.")
    return int(found)


def microlitres(millilitres: Quantity, name: str = "volume") -> int:
    """mL as whole µL; CannotDo for a negative volume and for more than three decimals."""
    found = not_negative(millilitres, name) * UL_PER_ML
    if found.denominator != 1:
        raise CannotDo(f"{name}: {millilitres} mL has more than three decimals; whole microlitres are allowed; write it to 0.001 mL.")
    return int(found)


def millilitres(microlitres: int) -> Decimal:
    """µL as mL without trailing zeros: 23500 is 23.5."""
    return as_decimal(Fraction(microlitres, UL_PER_ML))


def as_decimal(value: Quantity, places: int = _PLACES) -> Decimal:
    """A quantity as a decimal without trailing zeros or exponent; rounded half up only where it has more places."""
    return Decimal(plain(Decimal(rounded(value, places))))


def plain(value: Decimal) -> str:
    """A decimal as people write it: 70 and 23.5, never 7E+1 or 23.500."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def nearest(value: Quantity) -> int:
    """The nearest whole number, half up: cells are shown whole."""
    return int(Decimal(rounded(value, 0)).to_integral_value(ROUND_HALF_UP))


def up_to_step(value: Fraction, step: int) -> int:
    """The smallest multiple of a step that is not below a value."""
    return -(-value // step) * step
