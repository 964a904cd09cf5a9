"""Printed quartiles: their order, and the recording step under the median."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from cordside.appraisal.arithmetic.whole import around, wholes
from cordside.appraisal.printed import Printed, read_printed


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Median, lower and upper quartile, in the order in which they are printed."""

    median: Printed
    q1: Printed
    q3: Printed

    @classmethod
    def read(cls, texts: Sequence[object]) -> "Quartiles | None":
        """The quartiles of three texts: median, Q1, Q3; None when one is no number."""
        found = [number for text in texts if (number := read_printed(text)) is not None]
        return cls(*found) if len(found) == len(texts) == 3 else None


@dataclass(frozen=True, slots=True)
class QuartileOrder:
    """Numbers by name in the order in which they must rise, and the pairs of names that do not."""

    values: tuple[tuple[str, Printed], ...]
    broken: tuple[tuple[str, str], ...]
    consistent: bool


@dataclass(frozen=True, slots=True)
class MedianGrid:
    """grid: what the median must be a multiple of; nearest: the possible medians on both sides of the printed one."""

    median: Printed
    n: int
    step: Fraction
    grid: Fraction
    nearest: tuple[Fraction, Fraction]
    consistent: bool


def quartile_order(values: Sequence[tuple[str, Printed]]) -> QuartileOrder:
    """Whether numbers given as (name, printed) rise: minimum, Q1, median, Q3, maximum, as far as they are printed.

    Equal is in order. All are rounded alike, so 7 before 6 is out of order although 6.5 can print as either.
    """
    broken = tuple((name, later) for (name, one), (later, other) in combinations(values, 2) if not _in_order(one, other))
    return QuartileOrder(tuple(values), broken, not broken)


def _in_order(one: Printed, other: Printed) -> bool:
    return one.lo < other.hi or one.value <= other.value


def median_grid(median: Printed, n: int, step: Fraction) -> MedianGrid:
    """Whether the usual median lies where recorded values allow: on a step for odd n, on half a step for even n.

    step above 0. 62.5 of whole years is possible for 24 subjects, not for 25.
    """
    grid = step if n % 2 else step / 2
    below, above = (count * grid for count in around(median.value / grid))
    return MedianGrid(median, n, step, grid, (below, above), bool(wholes(median.lo / grid, median.hi / grid)))
