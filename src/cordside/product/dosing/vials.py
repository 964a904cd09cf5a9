"""Whole vials are thawed; what is left of them is recorded, not forgotten."""

from dataclasses import dataclass
from fractions import Fraction

from cordside.errors import CannotDo
from cordside.product.numbers import Quantity, positive, share, whole


@dataclass(frozen=True, slots=True)
class Vials:
    """Vials to thaw for a target; surplus: viable cells beyond it."""

    viable_per_vial: Fraction
    exact: Fraction
    number: int
    surplus: Fraction


def vials_for(target: Quantity, cells_per_vial: int, recovery_pct: Quantity, viability_pct: Quantity) -> Vials:
    """Whole vials for a target of viable cells.

    recovery_pct: cells found again after thaw; viability_pct: of these, after thaw. Of 25,000,000 a vial at 90 % and 85 %, 70,000,000
    viable cells need 3.66, so 4 vials, and 6,500,000 are left.
    """
    wanted, cells = positive(target, "target"), positive(whole(cells_per_vial, "cells per vial"), "cells per vial")
    viable = cells * share(recovery_pct, "recovery") * share(viability_pct, "viability")
    if not viable:
        raise CannotDo("vials: no viable cell would be left after thaw; a recovery and viability above 0 %; check both.")
    number = -(-wanted // viable)
    return Vials(viable, wanted / viable, number, number * viable - wanted)
