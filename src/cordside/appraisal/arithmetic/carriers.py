"""Three printed quartiles as bounds on the order statistics that carry them, and as rows of a linear programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cordside.appraisal.arithmetic.linear import minimise
from cordside.appraisal.arithmetic.places import Place, place
from cordside.appraisal.arithmetic.quartiles import Quartiles


@dataclass(frozen=True, slots=True)
class Carried:
    """A quantile that lies from lo to hi, and the order statistics that carry it."""

    place: Place
    lo: Fraction
    hi: Fraction


def carried(quartiles: Quartiles, n: int, definition: str, median: str) -> list[Carried]:
    """Lower quartile, median and upper quartile of n values; definition: of the quartiles, median: of the median."""
    asked = ((quartiles.q1, "0.25", definition), (quartiles.median, "0.5", median), (quartiles.q3, "0.75", definition))
    return [Carried(place(n, p, name), printed.lo, printed.hi) for printed, p, name in asked]


def ranks_of(quantiles: Sequence[Carried]) -> list[int]:
    """The ranks that carry any of the quantiles, rising."""
    return sorted({rank for one in quantiles for rank in (one.place.low, one.place.high)})


@dataclass(frozen=True, slots=True)
class Programme:
    """The carrying order statistics as sums of steps that are not negative, so that they rise by themselves.

    The first two variables are the lowest order statistic above the floor (upwards and, without a floor, downwards); each further
    one is the step to the next. rows, limits: row · x <= limit.
    """

    ranks: list[int]
    floor: Fraction | None
    rows: list[list[Fraction]]
    limits: list[Fraction]

    def smallest(self, weights: Sequence[Fraction]) -> Fraction | None:
        """The smallest weighted sum of the order statistics; None when the quartiles are impossible. Raises Unbounded."""
        found = minimise(self.steps(weights), self.rows, self.limits)
        return None if found is None else found + (self.floor or 0) * sum(weights, Fraction(0))

    def steps(self, weights: Sequence[Fraction]) -> list[Fraction]:
        """The weights of the steps in a weighted sum of the order statistics."""
        above = [sum(weights[place:], Fraction(0)) for place in range(len(weights))]
        return [above[0], -above[0] if self.floor is None else Fraction(0), *above[1:]]


def programme(quantiles: Sequence[Carried], floor: Fraction | None, ceiling: Fraction | None) -> Programme:
    """The linear programme of quartiles on a scale from floor to ceiling, each of which may be open."""
    made = Programme(ranks_of(quantiles), floor, [], [])
    for one in quantiles:
        row = made.steps([_weight(one.place, rank) for rank in made.ranks])
        made.rows.extend((row, [-cell for cell in row]))
        made.limits.extend((one.hi - (floor or 0), (floor or 0) - one.lo))
    if ceiling is not None:
        made.rows.append(made.steps([Fraction(int(rank == made.ranks[-1])) for rank in made.ranks]))
        made.limits.append(ceiling - (floor or 0))
    return made


def _weight(where: Place, rank: int) -> Fraction:
    if where.low == where.high:
        return Fraction(int(rank == where.low))
    return {where.low: 1 - where.weight, where.high: where.weight}.get(rank, Fraction(0))
