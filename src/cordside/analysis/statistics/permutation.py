"""How many subsets of given whole weights have each sum: the exact null distributions of the rank tests.

A polynomial is kept in one large integer, a field of bytes for each coefficient (Kronecker's substitution), so that
multiplying by 1 + x^w is a shift and an addition. Ties only make weights equal; nothing else changes. Where the integers
would be too long, the same convolution is done in doubles: only positive numbers are added, so that 12 digits stay.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

_WORK_IN_INTEGERS = 600_000_000
"""Bytes that may be moved in integers: about half a second, 270 pairs or two groups of 50."""

_WORK_IN_DOUBLES = 2_000_000_000
"""Additions that may be done in doubles: some seconds. Above it the normal approximation is as good."""


@dataclass(frozen=True, slots=True)
class Sums:
    """For each sum from 0, how many subsets have it, and how many subsets there are; or, in doubles, the share of each and 1."""

    ways: list[int] | np.ndarray
    total: int | float

    def share(self, first: int, last: int) -> Fraction | float:
        """The share of the subsets whose sum lies from `first` to `last`, both included."""
        chosen = self.ways[max(first, 0) : max(last + 1, 0)]
        return Fraction(sum(chosen), int(self.total)) if isinstance(chosen, list) else float(chosen.sum()) / self.total


def subset_sums(weights: Sequence[int]) -> Sums | None:
    """How many subsets of the weights have each sum: 1, 1, 1, 2, 1, 1, 1 for the weights 1, 2, 3. None where it would take too long."""
    field, total = _bytes_a_field(len(weights)), sum(weights)
    if total * field * len(weights) // 2 <= _WORK_IN_INTEGERS:
        packed = 1
        for weight in sorted(weights):
            packed += packed << (8 * field * weight)
        return Sums(_unpacked(packed, field, total + 1), 2 ** len(weights))
    return _in_doubles(weights, total) if total * len(weights) // 2 <= _WORK_IN_DOUBLES else None


def subset_sums_of_size(weights: Sequence[int], size: int) -> Sums | None:
    """The same for the subsets of `size` members only."""
    field = _bytes_a_field(len(weights))
    # Fields from one size to the next: any sum of at most `size` weights, and one.
    stride = sum(sorted(weights)[len(weights) - size :]) + 1
    work = stride * (size + 1) * len(weights)
    if work * field <= _WORK_IN_INTEGERS:
        mask = (1 << (8 * field * stride * (size + 1))) - 1
        packed = 1
        for weight in sorted(weights):
            packed += (packed << (8 * field * (stride + weight))) & mask
        return Sums(_unpacked(packed >> (8 * field * stride * size), field, stride), math.comb(len(weights), size))
    return _of_size_in_doubles(weights, size, stride) if work <= _WORK_IN_DOUBLES else None


def _bytes_a_field(members: int) -> int:
    """Bytes that hold every count, of which none is above 2 ** members."""
    return members // 8 + 1


def _unpacked(packed: int, field: int, length: int) -> list[int]:
    data = packed.to_bytes(max(field * length, (packed.bit_length() + 7) // 8), "little")
    return [int.from_bytes(data[place : place + field], "little") for place in range(0, field * length, field)]


def _in_doubles(weights: Sequence[int], total: int) -> Sums:
    shares, upto = np.zeros(total + 1), 0
    shares[0] = 1
    for weight in sorted(weights):
        shares[weight : upto + weight + 1] += shares[: upto + 1].copy()
        upto += weight
        # Halved at every step, because the number of subsets outgrows a double.
        shares[: upto + 1] *= 0.5
    return Sums(shares, 1.0)


def _of_size_in_doubles(weights: Sequence[int], size: int, stride: int) -> Sums | None:
    ways = np.zeros((size + 1, stride))
    ways[0, 0] = 1
    for weight in sorted(weights):
        for members in range(size, 0, -1):
            ways[members, weight:] += ways[members - 1, : stride - weight]
    total = ways[size].sum()
    return Sums(ways[size], float(total)) if np.isfinite(total) else None
