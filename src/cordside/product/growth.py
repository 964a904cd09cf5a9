"""How cells grow: population doublings, doubling time, cumulative doublings, seeding. What was not counted is never invented."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from cordside.product.numbers import Quantity, nearest, positive, whole

NO_GROWTH = "no_growth"
SEEDING_NOT_COUNTED = "seeding_not_counted"
HARVEST_NOT_COUNTED = "harvest_not_counted"
NOTHING_HARVESTED = "nothing_harvested"
HOURS_NOT_RECORDED = "hours_not_recorded"

_PLACES = Decimal("1E-12")


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage: cells seeded and harvested (None where not counted), hours of culture, its number (its place where None)."""

    seeded: int | None
    harvested: int | None
    hours: Quantity | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Growth:
    """Doublings and doubling time of each passage, why one does not exist, and the doublings in all with where their count starts.

    cum_pd_from is None when every passage was counted: the count starts at the first seeding.
    """

    pd: tuple[Decimal | None, ...]
    pdt_hours: tuple[Decimal | None, ...]
    reasons: tuple[str | None, ...]
    cum_pd: Decimal | None
    cum_pd_from: str | None


def doublings(seeded: int, harvested: int) -> Decimal:
    """Population doublings, log2(harvested / seeded), to twelve decimals; negative where cells were lost.

    525,000 seeded and 4,200,000 harvested: 3. Both are above zero, else CannotDo.
    """
    ratio = positive(harvested, "cells harvested") / positive(seeded, "cells seeded")
    with localcontext() as context:
        context.prec = 50
        found = (Decimal(ratio.numerator) / Decimal(ratio.denominator)).ln() / Decimal(2).ln()
        return found.quantize(_PLACES)


def grow(passages: Sequence[Passage]) -> Growth:
    """Doublings, doubling times (hours / doublings) and cumulative doublings of passages in order.

    Nothing is counted when explants are laid: such a passage has no doublings, and the count starts at its harvest with 0.
    A later passage that was seeded uncounted starts the count again, and cum_pd_from says so.
    """
    answers = [_grown(passage) for passage in passages]
    total: Decimal | None = Decimal(0)
    start = None
    for place, (passage, (pd, _, reason)) in enumerate(zip(passages, answers, strict=True)):
        if reason == SEEDING_NOT_COUNTED and passage.harvested is not None:
            total, start = Decimal(0), f"P{place if passage.number is None else passage.number} harvest"
        else:
            total = None if total is None or pd is None else total + pd
    pds, times, reasons = zip(*answers, strict=True) if answers else ((), (), ())
    return Growth(pds, times, reasons, total, start)


def _grown(passage: Passage) -> tuple[Decimal | None, Decimal | None, str | None]:
    """Doublings, doubling time and the reason why one of them does not exist."""
    hours = None if passage.hours is None else positive(passage.hours, "hours of culture")
    if passage.harvested is not None and whole(passage.harvested, "cells harvested") == 0:
        return None, None, NOTHING_HARVESTED
    if passage.seeded is None:
        return None, None, SEEDING_NOT_COUNTED
    if passage.harvested is None:
        return None, None, HARVEST_NOT_COUNTED
    pd = doublings(passage.seeded, passage.harvested)
    if pd <= 0:
        return pd, None, NO_GROWTH
    return (pd, None, HOURS_NOT_RECORDED) if hours is None else (pd, _time(hours, pd), None)


def _time(hours: Fraction, pd: Decimal) -> Decimal:
    found = hours / Fraction(pd)
    with localcontext() as context:
        context.prec = 50
        return (Decimal(found.numerator) / Decimal(found.denominator)).quantize(_PLACES)


def seeding(area_cm2: Quantity, cells_per_cm2: Quantity) -> int:
    """Cells to seed on an area: 75 cm² at 6,000 cells/cm² are 450,000."""
    return nearest(positive(area_cm2, "area") * positive(cells_per_cm2, "cells per cm2"))
