"""The smallest and the largest mean that quartiles allow: every value lies as low, or as high, as its neighbours permit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cordside.appraisal.arithmetic.carriers import Programme, carried, programme
from cordside.appraisal.arithmetic.linear import Unbounded
from cordside.appraisal.arithmetic.places import USUAL
from cordside.appraisal.arithmetic.quartiles import Quartiles


@dataclass(frozen=True, slots=True)
class MeanBounds:
    """least, greatest: None when nothing bounds the mean on that side; feasible: whether the quartiles are possible at all."""

    definition: str
    n: int
    feasible: bool
    least: Fraction | None
    greatest: Fraction | None


def mean_bounds(
    quartiles: Quartiles,
    n: int,
    definition: str,
    *,
    floor: Fraction | None = None,
    ceiling: Fraction | None = None,
    median: str = USUAL,
) -> MeanBounds:
    """The least and the greatest mean of n values with these quartiles, n from 1.

    definition: of the quartiles; median: of the median, the usual one unless named; floor, ceiling: ends of the scale.
    Days 10 (6 to 22) of 31 from 0: at least 9.806 by type-6, exactly printed.
    """
    made = programme(carried(quartiles, n, definition, median), floor, ceiling)
    if made.smallest([Fraction(0)] * len(made.ranks)) is None:
        return MeanBounds(definition, n, False, None, None)
    return MeanBounds(definition, n, True, _least(made, n, floor), _greatest(made, n, ceiling))


def _least(made: Programme, n: int, floor: Fraction | None) -> Fraction | None:
    """Every value equals the carrier below it; those below the lowest carrier lie on the floor."""
    below = made.ranks[0] - 1
    if below and floor is None:
        return None
    counts = [later - rank for rank, later in zip(made.ranks, [*made.ranks[1:], n + 1], strict=True)]
    total = _bounded(made.smallest, counts)
    return None if total is None else (total + below * (floor or 0)) / n


def _greatest(made: Programme, n: int, ceiling: Fraction | None) -> Fraction | None:
    """Every value equals the carrier above it; those above the highest carrier lie on the ceiling."""
    above = n - made.ranks[-1]
    if above and ceiling is None:
        return None
    counts = [rank - earlier for earlier, rank in zip([0, *made.ranks[:-1]], made.ranks, strict=True)]
    total = _bounded(made.smallest, [-count for count in counts])
    return None if total is None else (-total + above * (ceiling or 0)) / n


def _bounded(smallest: Callable[[Sequence[Fraction]], Fraction | None], counts: Sequence[int]) -> Fraction | None:
    try:
        return smallest([Fraction(count) for count in counts])
    except Unbounded:
        return None
