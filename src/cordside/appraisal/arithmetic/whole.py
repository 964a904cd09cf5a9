"""Whole numbers in an interval of fractions."""

from fractions import Fraction
from math import ceil, floor


def wholes(low: Fraction, high: Fraction) -> range:
    """The whole numbers from low to high, both included; empty when there is none."""
    first = ceil(low)
    return range(first, max(first, floor(high) + 1))


def around(number: Fraction) -> tuple[int, int]:
    """The whole numbers on both sides of a number, or the number itself and the next one below it when it is whole."""
    return ceil(number) - 1, ceil(number)
