"""Differences at recorded precision: 4.8 - 5.1 and 6.0 - 6.3 are the same -0.3, which doubles would not say."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, localcontext
from fractions import Fraction

from cordside.words import Number

_DIGITS = 2000


@dataclass(frozen=True, slots=True)
class Pairs:
    """Complete pairs, their changes (after - before), and how many pairs lacked a value."""

    before: tuple[Decimal, ...]
    after: tuple[Decimal, ...]
    changes: tuple[Decimal, ...]
    n_missing: int


def recorded(value: Number | str | None) -> Decimal | None:
    """A value as the decimal it was written as; a float as the shortest text that gives it back. None when it is no number."""
    try:
        found = Decimal(value) if isinstance(value, (int, Decimal, str)) else None if value is None else _decimal(value)
    except InvalidOperation:
        return None
    return None if found is None or found.is_nan() else found


def _decimal(value: float | Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else Decimal(str(value))


def paired(before: Iterable[Number | str | None], after: Iterable[Number | str | None]) -> Pairs:
    """The pairs of two columns of one length, in order, and after - before of each.

    A pair in which either value is missing or no number is left out and counted; an infinite value makes an infinite change.
    """
    read = [(recorded(first), recorded(second)) for first, second in zip(before, after, strict=True)]
    complete = [(first, second) for first, second in read if first is not None and second is not None]
    changes = tuple(_difference(second, first) for first, second in complete)
    return Pairs(tuple(first for first, _ in complete), tuple(second for _, second in complete), changes, len(read) - len(complete))


def differences(before: Iterable[Number | str | None], after: Iterable[Number | str | None]) -> list[Decimal | None]:
    """after - before of each pair, None where a value is missing: what every paired statistic takes. 4.8 after 5.1 is -0.3."""
    read = [(recorded(first), recorded(second)) for first, second in zip(before, after, strict=True)]
    return [None if first is None or second is None else _difference(second, first) for first, second in read]


def _difference(after: Decimal, before: Decimal) -> Decimal:
    if not (after.is_finite() and before.is_finite()):
        return Decimal("Infinity")
    # 2000 digits hold the difference of any two floats; the usual 28 would round it.
    with localcontext() as context:
        context.prec = _DIGITS
        return after - before
