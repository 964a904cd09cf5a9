"""What rebuilt values must print, in whole recording steps: 13.39 recorded to 0.01 is 1339 steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

QUARTILES, MOMENTS = "median_iqr", "mean_sd"


@dataclass(frozen=True, slots=True)
class Window:
    """A printed number and the values that print as it, half up: from low to below high (above low to high where negative)."""

    target: Fraction
    low: Fraction
    high: Fraction

    def holds(self, value: Fraction | int) -> bool:
        """Does the value print as this number?"""
        if self.low < value < self.high or value == self.target:
            return True
        return value == (self.high if self.target < 0 else self.low) and self.low < self.high

    def times(self, factor: Fraction | int) -> "Window":
        """The window of values multiplied by a positive factor."""
        return Window(self.target * factor, self.low * factor, self.high * factor)

    def wholes(self) -> range:
        """The whole numbers from low to high, the ends counted in."""
        return range(self.low.__ceil__(), self.high.__floor__() + 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One summary of n values: windows of median, Q1 and Q3, or of mean and SD, in steps; the least and greatest value allowed.

    floor: an assay's floor, in steps; values below it were recorded as the floor.
    """

    kind: str
    windows: tuple[Window, ...]
    step: Fraction
    least: int | None = None
    most: int | None = None
    floor: int | None = None

    @property
    def lowest(self) -> int | None:
        """The least value that a patient can have: the assay's floor, else the limit."""
        return self.least if self.floor is None else self.floor


def largest_of(n: int) -> int:
    """The largest value in steps of which n squares add up in 64 bits, with room for a sum of two."""
    return isqrt(2**60 // n)


def windows_of(numbers: Sequence[tuple[Fraction, Fraction, Fraction]], step: Fraction) -> tuple[Window, ...]:
    """Windows in steps of printed numbers, each given as value, least and greatest value that print so."""
    return tuple(Window(*(part / step for part in number)) for number in numbers)


def in_steps(limit: Fraction | None, step: Fraction, *, up: bool) -> int | None:
    """A limit in whole steps, rounded inwards: up for a least value, down for a greatest."""
    if limit is None:
        return None
    return (limit / step).__ceil__() if up else (limit / step).__floor__()
