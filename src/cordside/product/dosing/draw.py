"""What is drawn from a container: rounded up to the syringe's step, and the cells it then gives computed again."""

from dataclasses import dataclass
from fractions import Fraction

from cordside.errors import CannotDo
from cordside.product.numbers import UL_PER_ML, Quantity, positive, share, up_to_step, whole


@dataclass(frozen=True, slots=True)
class Draw:
    """A volume to draw and what it gives.

    exact_ml: before rounding; volume_ul: to draw; diluent_ul: to add, None where nothing is filled up; prepared_ul: in all, of which
    overfill_ul stays in the line; cells: what is given.
    """

    exact_ml: Fraction
    volume_ul: int
    diluent_ul: int | None
    prepared_ul: int
    overfill_ul: int
    cells: Fraction

    @property
    def given_ul(self) -> int:
        """The volume that reaches the subject."""
        return self.prepared_ul - self.overfill_ul

    @property
    def per_ml(self) -> Fraction:
        """Cells per mL of what is given."""
        return self.cells * UL_PER_ML / self.given_ul


def viable_concentration(total_per_ml: Quantity, viability_pct: Quantity) -> Fraction:
    """Viable cells per mL from all cells per mL: 4,000,000 at 88.5 % are 3,540,000."""
    return positive(total_per_ml, "cells per mL") * share(viability_pct, "viability")


def cells_in(volume_ul: int, per_ml: Quantity) -> Fraction:
    """The dose given: volume given × concentration, on whichever basis the concentration was counted. It is never typed."""
    return Fraction(whole(volume_ul, "volume in microlitres"), UL_PER_ML) * positive(per_ml, "cells per mL")


def draw(target: Quantity, per_ml: Quantity, *, step_ul: int = 1, fill_to_ul: int | None = None, overfill_ul: int = 0) -> Draw:
    """The volume that holds a target of cells, rounded up to the syringe's step, so that it is never less than the target.

    per_ml: cells per mL of this container; fill_to_ul: volume given, filled up with diluent (None: given undiluted); overfill_ul:
    prepared beyond it, because it stays in the line: a recorded loss, no dose.
    82,000,000 at 3,540,000/mL in steps of 0.5 mL: 23.164 mL are 23.5 mL with 83,190,000 cells.
    """
    wanted = positive(target, "target") / positive(per_ml, "cells per mL")
    extra, step = whole(overfill_ul, "overfill"), whole(positive(step_ul, "syringe step"), "syringe step")
    if fill_to_ul is None:
        volume = up_to_step(wanted * UL_PER_ML + extra, step)
        return Draw(wanted + Fraction(extra, UL_PER_ML), volume, None, volume, extra, cells_in(volume - extra, per_ml))
    given = whole(positive(fill_to_ul, "volume to fill to"), "volume to fill to")
    exact = wanted * Fraction(given + extra, given)
    volume, prepared = up_to_step(exact * UL_PER_ML, step), given + extra
    if volume > prepared:
        shown = f"{volume / UL_PER_ML:g} mL to draw into {prepared / UL_PER_ML:g} mL"
        raise CannotDo(f"draw: {shown}: it does not fit; at most the volume filled to; concentrate the cells or fill to more.")
    return Draw(exact, volume, prepared - volume, prepared, extra, cells_in(volume, per_ml) * given / prepared)
