"""The order of one dose: cells to give, and how far from them the cells given may be."""

from dataclasses import dataclass
from fractions import Fraction

from cordside.errors import CannotDo
from cordside.product.numbers import Quantity, nearest, positive, share
from cordside.product.refusals import Refusal

PER_KG, FLAT, PER_KG_PBW = "per_kg", "flat", "per_kg_pbw"
RULES = (PER_KG, FLAT, PER_KG_PBW)


@dataclass(frozen=True, slots=True)
class DoseOrder:
    """Cells of one dose, exact. weight_kg: what the cells are counted by, None for a flat dose; tolerance: share of one, or None."""

    rule: str
    target: Fraction
    weight_kg: Fraction | None = None
    tolerance: Fraction | None = None

    @property
    def target_cells(self) -> int:
        """The target in whole cells."""
        return nearest(self.target)

    @property
    def lowest(self) -> Fraction | None:
        """Fewest cells within tolerance; None without one."""
        return None if self.tolerance is None else self.target * (1 - self.tolerance)

    @property
    def highest(self) -> Fraction | None:
        """Most cells within tolerance; None without one."""
        return None if self.tolerance is None else self.target * (1 + self.tolerance)

    def is_met_by(self, cells: Quantity) -> bool:
        """Whether so many cells are within tolerance, both limits included; always true without a tolerance."""
        return self.lowest is None or self.highest is None or self.lowest <= cells <= self.highest

    def refusals(self, cells: Quantity, where: str) -> list[Refusal]:
        """dose_out_of_tolerance for so many cells; where: how the refusal calls the dose."""
        if self.is_met_by(cells):
            return []
        allowed = f"{nearest(self.lowest or 0):,} to {nearest(self.highest or 0):,} cells"
        why = f"{where}: {nearest(cells):,} cells for an order of {self.target_cells:,}"
        return [Refusal("dose_out_of_tolerance", why, allowed, "draw again, use a finer syringe, or have the order changed")]


def dose_order(rule: str, cells: Quantity, weight_kg: Quantity | None = None, tolerance_pct: Quantity | None = None) -> DoseOrder:
    """The order of one dose.

    cells: in all (flat), or per kg; weight_kg: actual, predicted or capped, needed but for a flat dose; tolerance_pct: percent either way.
    1,000,000 per kg for 70 kg ± 10 %: 70,000,000 cells, from 63,000,000 to 77,000,000.
    """
    if rule not in RULES:
        raise CannotDo(f"dose rule {rule}: unknown; {', '.join(RULES)} are known; mend the protocol.")
    many = positive(cells, "cells")
    tolerance = None if tolerance_pct is None else share(tolerance_pct, "tolerance")
    if rule == FLAT:
        return DoseOrder(rule, many, None, tolerance)
    if weight_kg is None:
        raise CannotDo(f"dose {rule}: no weight; kilograms are needed; record the weight.")
    weight = positive(weight_kg, "weight")
    return DoseOrder(rule, many * weight, weight, tolerance)
