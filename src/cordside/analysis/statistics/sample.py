"""Values as every statistic takes them: tallied exactly, the missing counted, the unusable named."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property

from cordside.analysis.tally import Counted, counted, exact
from cordside.words import Number

Values = Iterable[Number | None] | Mapping[Number, int] | Counted
"""Values one by one (None and NaN are missing), or a mapping of distinct value to count, or a table that is counted already."""

_DIGITS = 50


@dataclass(frozen=True)
class Sample:
    """Distinct values in rising order with their counts; values used and missing; `fault` says why it cannot be used."""

    counts: Sequence[tuple[Fraction, int]]
    n: int
    n_missing: int
    fault: str = ""

    @cached_property
    def _mean_and_squares(self) -> tuple[Fraction, Fraction]:
        return counted(self.counts).mean_and_squares()

    @property
    def total(self) -> Fraction:
        """The sum of the values."""
        return self.mean * self.n

    @property
    def mean(self) -> Fraction:
        """The mean of at least one value."""
        return self._mean_and_squares[0]

    @property
    def squares(self) -> Fraction:
        """The sum of squared distances from the mean."""
        return self._mean_and_squares[1]

    @property
    def variance(self) -> Fraction:
        """The variance (divisor n - 1) of at least two values."""
        return self.squares / (self.n - 1)

    @property
    def is_constant(self) -> bool:
        """True when all values are equal."""
        return len(self.counts) == 1

    def ordered(self, rank: int) -> Fraction:
        """The value of a rank from 1 to n."""
        upto = 0
        for value, count in self.counts:
            upto += count
            if upto >= rank:
                return value
        raise IndexError(rank)


def tallied(values: Values) -> Sample:
    """The sample of some values; an infinite value is a fault, for no mean and no rank of a change can hold it."""
    if isinstance(values, Counted):
        return Sample(values, values.size, 0)
    found: dict[Number | None, int] = {}
    for value, count in values.items() if isinstance(values, Mapping) else ((value, 1) for value in values):
        key = None if _is_missing(value) else value
        found[key] = found.get(key, 0) + max(count, 0)
    n_missing = found.pop(None, 0)
    finite = {value: count for value, count in found.items() if value is not None and _is_finite(value)}
    counts = counted(finite.items())
    return Sample(counts, counts.size, n_missing, "" if len(finite) == len(found) else "a value is infinite")


def logarithms(values: Values) -> Sample:
    """The sample of the natural logarithms; a value that is not above zero is a fault."""
    plain = tallied(values)
    if plain.counts and plain.counts[0][0] <= 0:
        return Sample((), 0, plain.n_missing, "a value is not above zero, so that it has no logarithm")
    counts = counted((logarithm(value), count) for value, count in plain.counts)
    return Sample(counts, plain.n, plain.n_missing, plain.fault)


def logarithm(value: Fraction) -> float:
    """The natural logarithm of a positive fraction of any size."""
    as_float = real(value)
    return math.log(as_float) if 0 < as_float < math.inf else math.log(value.numerator) - math.log(value.denominator)


def real(value: Fraction | int) -> float:
    """The nearest float; infinite when there is none."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def root(value: Fraction) -> float:
    """The square root of a fraction that is not negative, correct to the last digit."""
    with localcontext() as context:
        context.prec = _DIGITS
        return float((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())


def _is_missing(value: Number | None) -> bool:
    return value is None or (value.is_nan() if isinstance(value, Decimal) else value != value)


def _is_finite(value: Number) -> bool:
    return value.is_finite() if isinstance(value, Decimal) else isinstance(value, (int, Fraction)) or math.isfinite(value)


NO_LEVEL = "the level of an interval lies between 0 and 1"


def level_fault(level: Number) -> str:
    """NO_LEVEL unless the level of an interval is one; else empty."""
    return "" if share(level) else NO_LEVEL


def share(value: Number) -> Fraction | None:
    """A level such as 0.95 as an exact fraction; None unless it lies between 0 and 1."""
    if _is_missing(value) or not _is_finite(value):
        return None
    found = exact(value)
    # A level of thirty nines is 1 as a float, and then no quantile exists.
    return found if 0 < found < 1 and 0 < float(found) < 1 else None
