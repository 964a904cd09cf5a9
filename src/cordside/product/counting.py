"""Cells counted in a chamber, and viability by annexin V and 7-AAD: two different tests, never one number."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cordside.errors import CannotDo
from cordside.product.numbers import Quantity, positive, whole

SQUARES_PER_ML = 10_000
"""One square of 1 mm × 1 mm × 0.1 mm holds 0.0001 mL."""


@dataclass(frozen=True, slots=True)
class Count:
    """Cells per mL and their viability. cv_live_pct: the error of counting alone; None where nothing was counted."""

    viable_per_ml: Fraction | None
    total_per_ml: Fraction
    viability_pct: Fraction | None
    cv_live_pct: Decimal | None


def haemocytometer(
    squares: int, dilution: Quantity, *, live: int | None = None, dead: int | None = None, cells: int | None = None
) -> Count:
    """Count of a chamber: cells / squares × 10⁴ × dilution (1:1 trypan blue is a dilution of 2).

    Either live and dead (told apart by the dye) or cells, not told apart. Viability is live / (live + dead); the error of counting
    alone is 100 / √live percent. 200 live and 20 dead in 4 squares, diluted 2: 1,000,000 viable/mL, 90.9 %, CV 7.07 %.
    """
    factor = SQUARES_PER_ML * positive(dilution, "dilution") / positive(whole(squares, "squares"), "squares")
    if dilution < 1:
        raise CannotDo(f"dilution: {dilution} is below 1; 1 is undiluted, 2 is one part in two; check it in the source.")
    if cells is not None and live is None and dead is None:
        return Count(None, whole(cells, "cells") * factor, None, None)
    if live is None or dead is None or cells is not None:
        raise CannotDo("count: give live and dead, or cells; the dye tells them apart or it does not; leave one out.")
    alive, all_cells = whole(live, "live"), whole(live, "live") + whole(dead, "dead")
    viability = Fraction(100 * alive, all_cells) if all_cells else None
    return Count(alive * factor, all_cells * factor, viability, counting_error(alive))


def counting_error(counted: int) -> Decimal | None:
    """Coefficient of variation of a count in percent, 100 / √n; None where nothing was counted."""
    return 100 / Decimal(counted).sqrt() if counted else None


@dataclass(frozen=True, slots=True)
class Quadrants:
    """Shares of cells by annexin V and 7-AAD, in percent.

    viable is double negative; aad7_negative counts the early apoptotic as viable too. Against a limit the two may disagree.
    """

    viable_pct: Fraction
    aad7_negative_pct: Fraction
    early_apoptotic_pct: Fraction
    late_or_necrotic_pct: Fraction
    necrotic_pct: Fraction


def quadrants(neg_neg: int, pos_neg: int, pos_pos: int, neg_pos: int) -> Quadrants:
    """Percentages of events in the four quadrants, annexin V named first, 7-AAD second; CannotDo without events."""
    counts = [whole(count, "events") for count in (neg_neg, pos_neg, pos_pos, neg_pos)]
    events = sum(counts)
    if not events:
        raise CannotDo("quadrants: no events; at least one; check the gates above.")
    viable, early, late, necrotic = (Fraction(100 * count, events) for count in counts)
    return Quadrants(viable, viable + early, early, late, necrotic)
