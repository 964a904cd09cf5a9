"""The order statistics that carry a quantile, by definition, and how many values must therefore lie on either side of it."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from cordside.analysis.conventions import quantile, quantile_type


@dataclass(frozen=True, slots=True)
class Place:
    """A quantile is (1 - weight) x the value of rank `low` + weight x the value of rank `high`; ranks count from 1.

    weight is 0, and both ranks are equal, when one value carries it alone.
    """

    low: int
    high: int
    weight: Fraction


USUAL = "usual"
"""The usual median, whatever defines the quartiles: the middle value, or the mean of the two middle ones."""


@lru_cache(maxsize=4096)
def place(n: int, p: str, definition: str) -> Place:
    """Where the p-quantile of n values lies, n from 1.

    p: as text, "0.25"; definition: a name that quantile_type knows, or `usual` for the usual median.
    Lower quartile of 31: rank 8 by type-6, halfway from 8 to 9 by type-7.
    """
    name = "type-2" if definition == USUAL else quantile_type(definition)
    small, moved = _smaller(n, Fraction(p))
    # The quantile of the ranks themselves tells which of them carry it.
    found = quantile([(rank, 1) for rank in range(1, small + 1)], p, name) or Fraction(1)
    low = int(found)
    return Place(low + moved, (low if found == low else low + 1) + moved, found - low)


def _smaller(n: int, p: Fraction) -> tuple[int, int]:
    """A smaller number of values whose quantile lies alike, and by how many ranks it lies lower.

    A quantile lies at n p and something that n does not change. Type 3 asks whether a rank is even, so only even moves are alike.
    """
    small = n % 8 + 16
    moved = (n - small) * p
    return (small, int(moved)) if n > small and moved % 2 == 0 else (n, 0)


def at_or_below(n: int, p: str, definition: str) -> int:
    """At least so many of n values lie at or below the p-quantile. Lower quartile of 31: 8, but 7 by type-4."""
    return place(n, p, definition).low


def at_or_above(n: int, p: str, definition: str) -> int:
    """At least so many of n values lie at or above the p-quantile. Median of 31: 16."""
    return n + 1 - place(n, p, definition).high
