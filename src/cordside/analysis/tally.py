"""A (value, count) table in whole numbers: sums of a million values are sums of Python's integers, and no digit is lost."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import mul
from typing import overload

from cordside.words import Number, decimals_of

_TEN_DIGITS = 10**10

Table = Iterable[tuple[Number | None, int]]
"""Distinct values and how often each occurs; None is missing."""


class Counted(Sequence[tuple[Fraction, int]]):
    """Distinct values in rising order with their counts: value = number / denominator."""

    def __init__(self, found: dict[int, int], denominator: int) -> None:
        self.numbers = sorted(found)
        self.counts = [found[number] for number in self.numbers]
        self.denominator = denominator

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> tuple[Fraction, int]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[Fraction, int]]: ...
    def __getitem__(self, place: int | slice) -> tuple[Fraction, int] | Sequence[tuple[Fraction, int]]:
        return list(self)[place] if isinstance(place, slice) else (self.value(place), self.counts[place])

    def __iter__(self) -> Iterator[tuple[Fraction, int]]:
        return ((Fraction(number, self.denominator), count) for number, count in zip(self.numbers, self.counts, strict=True))

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    @property
    def decimals(self) -> int:
        """Decimals that the values need, of ten significant digits: more than ten were computed, not recorded."""
        places = len(str(self.denominator)) - 1
        if self.denominator == 10**places and all(abs(number) < _TEN_DIGITS for number in (self.numbers[:1] + self.numbers[-1:])):
            return places
        return max((decimals_of([f"{float(value):.10g}"]) for value, _ in self), default=0)

    def value(self, place: int) -> Fraction:
        """The value at a place, from 0."""
        return Fraction(self.numbers[place], self.denominator)

    @cached_property
    def _upto(self) -> list[int]:
        return list(accumulate(self.counts))

    @property
    def size(self) -> int:
        """How many values there are, each as often as it occurs."""
        return self._upto[-1] if self.numbers else 0

    def ordered(self, rank: int) -> Fraction:
        """The value of a rank from 1 to size; ranks outside take the first or the last."""
        return self.value(bisect_left(self._upto, min(max(rank, 1), self.size)))

    def mean_and_squares(self) -> tuple[Fraction, Fraction]:
        """The mean of one value or more, and the sum of squared distances from it; both exact."""
        n, total = self.size, sum(map(mul, self.numbers, self.counts))
        squares = sum(map(mul, map(mul, self.numbers, self.numbers), self.counts))
        return Fraction(total, n * self.denominator), Fraction(squares * n - total * total, n * self.denominator**2)


def counted(table: Table) -> Counted:
    """The table in rising order with equal values together, without missing values (None, NaN) and empty counts."""
    if isinstance(table, Counted):
        return table
    known = [(value, count) for value, count in table if value is not None and value == value and count > 0]
    numbers, denominator = multiples([value for value, _ in known])
    found: dict[int, int] = {}
    for number, (_, count) in zip(numbers, known, strict=True):
        found[number] = found.get(number, 0) + count
    return Counted(found, denominator)


def counted_columns(values: Sequence[Number], counts: Mapping[str, Sequence[int]], total: str) -> dict[str, Counted]:
    """A table for each group and for all of them together, from distinct values and their counts by group.

    Every value is read once, not once a group; total: the name of the table of all.
    """
    numbers, denominator = multiples(values)
    together = list(map(sum, zip(*counts.values(), strict=True))) if counts else []
    return {
        group: Counted({number: count for number, count in zip(numbers, column, strict=True) if count}, denominator)
        for group, column in (*counts.items(), (total, together))
    }


def multiples(values: Sequence[Number | str]) -> tuple[list[int], int]:
    """The values as whole multiples of one over a common denominator, and this denominator: 15 and 20 over 10 for 1.5 and 2."""
    try:
        return _decimals(values)
    except ValueError:
        return whole([exact(value) for value in values])


def _decimals(values: Sequence[Number | str]) -> tuple[list[int], int]:
    """The same for decimals written without an exponent, several times as fast; ValueError where one is not."""
    parts = [(before, after.rstrip("0")) for before, _, after in (str(value).partition(".") for value in values)]
    places = max((len(after) for _, after in parts), default=0)
    powers = [10 ** (places - length) for length in range(places + 1)]
    return [int(before + after) * powers[len(after)] for before, after in parts], 10**places


def whole(values: Sequence[Fraction]) -> tuple[list[int], int]:
    """The values as whole multiples of one over their common denominator, and this denominator: 5 and 2 over 10 for 1/2 and 1/5."""
    denominator = math.lcm(*(value.denominator for value in values))
    return [value.numerator * (denominator // value.denominator) for value in values], denominator


def exact(value: Number | str) -> Fraction:
    """A number as a fraction; a float is taken as the shortest decimal that gives it back, so 0.1 is one tenth."""
    # str, not repr: repr of a NumPy float names its type.
    return Fraction(value) if isinstance(value, (int, Fraction, Decimal, str)) else _shortest(value)


@lru_cache(maxsize=1 << 16)
def _shortest(value: float) -> Fraction:
    return Fraction(Decimal(str(value)))
