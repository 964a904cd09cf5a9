"""Which definitions of a quartile can print these quartiles: exact, because only the few order statistics that carry them matter.

All other values can equal a neighbour. On a recording step the carriers are gone through from the lowest, with the set of
values that each can take; without one a linear programme decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm

from cordside.analysis.conventions import TYPES
from cordside.appraisal.arithmetic.carriers import Carried, carried, programme, ranks_of
from cordside.appraisal.arithmetic.places import USUAL
from cordside.appraisal.arithmetic.quartiles import Quartiles

MEDIANS = ("usual", "same", "either")

_REACH = 16
"""The weights of all definitions are multiples of 1/4, 1/12 or 1/16: two carriers further apart can come nearer by as many steps."""

_WIDE = 50_000
"""Steps beyond which a grid is too fine to be gone through; quartiles are then judged as without one, which rejects less."""


@dataclass(frozen=True, slots=True)
class PossibleDefinitions:
    """possible: the definitions, type-1 to type-9, under which n recorded values can have these quartiles."""

    quartiles: Quartiles
    n: int
    step: Fraction | None
    possible: tuple[str, ...]
    consistent: bool


def possible_definitions(
    quartiles: Quartiles,
    n: int,
    *,
    step: Fraction | None = None,
    least: Fraction | None = None,
    most: Fraction | None = None,
    median: str = USUAL,
) -> PossibleDefinitions:
    """The definitions under which n values, n from 1, can have these quartiles.

    step: the recording step, counted from least (or from 0), None when it is unknown; least, most: ends of the scale; median:
    usual (the middle value or the mean of the two), same (by the definition of the quartiles), either.
    6.0 (3.5 to 8.0) of five whole numbers from 0 to 12: type-5 and type-6.
    """
    found = tuple(name for name in TYPES if any(_can(quartiles, n, name, by, step, least, most) for by in _medians(median, name)))
    return PossibleDefinitions(quartiles, n, step, found, bool(found))


def _medians(median: str, definition: str) -> tuple[str, ...]:
    return {"usual": (USUAL,), "same": (definition,), "either": (USUAL, definition)}[median]


def _can(
    quartiles: Quartiles, n: int, definition: str, median: str, step: Fraction | None, least: Fraction | None, most: Fraction | None
) -> bool:
    quantiles = carried(quartiles, n, definition, median)
    if step is not None:
        on_grid = _on_grid(quantiles, step, least, most)
        if on_grid is not None:
            return on_grid
    made = programme(quantiles, least, most)
    return made.smallest([Fraction(0)] * len(made.ranks)) is not None


def _on_grid(quantiles: Sequence[Carried], step: Fraction, least: Fraction | None, most: Fraction | None) -> bool | None:
    """Whether recorded values can carry the quantiles; None when there are too many to go through."""
    origin = least or Fraction(0)
    steps = [Carried(one.place, (one.lo - origin) / step, (one.hi - origin) / step) for one in quantiles]
    ends = (None if least is None else Fraction(0), None if most is None else (most - origin) / step)
    reach = _reach(steps)
    if max(one.hi - one.lo for one in steps) + 2 * reach > _WIDE:
        return None
    return _carriers_exist(steps, ends, reach)


def _reach(quantiles: Sequence[Carried]) -> Fraction:
    """How far a carrier can usefully lie from its quantile. Where two quantiles share one, all of them bound it together."""
    ranks = [{one.place.low, one.place.high} for one in quantiles]
    if not ranks[0] & ranks[1] and not ranks[1] & ranks[2] and not ranks[0] & ranks[2]:
        return Fraction(_REACH)
    weights = [weight for one in quantiles for weight in (one.place.weight, 1 - one.place.weight) if 0 < weight < 1]
    odds = max((weight / (1 - weight) for weight in weights), default=Fraction(1))
    return max(Fraction(_REACH), odds * (max(one.hi for one in quantiles) - min(one.lo for one in quantiles)))


def _carriers_exist(quantiles: Sequence[Carried], ends: tuple[Fraction | None, Fraction | None], reach: Fraction) -> bool:
    values: set[int] | None = None
    for rank in ranks_of(quantiles):
        low, high = _bounds(quantiles, rank, ends, reach)
        pairs = [_Pair.of(one) for one in quantiles if one.place.low < one.place.high == rank]
        if values is None or not pairs:
            values = set(range(low if values is None else max(low, min(values)), high + 1))
        else:
            values = {value for before in values for value in _above(before, pairs, low, high)}
        if not values:
            return False
    return True


def _bounds(quantiles: Sequence[Carried], rank: int, ends: tuple[Fraction | None, Fraction | None], reach: Fraction) -> tuple[int, int]:
    """The smallest and largest value of a rank that each quantile allows by itself."""
    lows = [one.lo - (reach if rank < one.place.high else 0) for one in quantiles if rank in (one.place.low, one.place.high)]
    highs = [one.hi + (reach if rank > one.place.low else 0) for one in quantiles if rank in (one.place.low, one.place.high)]
    low, high = max([*lows, *([] if ends[0] is None else [ends[0]])]), min([*highs, *([] if ends[1] is None else [ends[1]])])
    return ceil(low), floor(high)


@dataclass(frozen=True, slots=True)
class _Pair:
    """lo <= lower x one carrier + higher x the next <= hi, in whole numbers: fractions would be ten times as slow."""

    lower: int
    higher: int
    lo: int
    hi: int

    @classmethod
    def of(cls, one: Carried) -> "_Pair":
        weight = one.place.weight
        common = lcm(weight.denominator, one.lo.denominator, one.hi.denominator)
        return cls(int((1 - weight) * common), int(weight * common), int(one.lo * common), int(one.hi * common))


def _above(before: int, pairs: Sequence[_Pair], low: int, high: int) -> range:
    """The values of the higher carrier, the lower one given."""
    low = max(low, before, *(-((pair.lower * before - pair.lo) // pair.higher) for pair in pairs))
    high = min(high, *((pair.hi - pair.lower * before) // pair.higher for pair in pairs))
    return range(low, high + 1)
