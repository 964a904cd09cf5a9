"""Cells given with an infusion: concentration × volume given, both bases, computed and never typed."""

from dataclasses import dataclass
from fractions import Fraction

from cordside.product.cellrows import Cells, Row
from cordside.product.dosing.concentration import concentration_of
from cordside.product.numbers import microlitres, nearest


@dataclass(frozen=True, slots=True)
class Given:
    """All cells and viable cells given, whole; None where volume or concentration is not known."""

    total: int | None = None
    viable: int | None = None

    def on(self, basis: str | None) -> int | None:
        """Cells on a count basis; where it is not stated, the viable if they are known, else all."""
        if basis in ("viable", "total"):
            return self.viable if basis == "viable" else self.total
        return self.viable if self.viable is not None else self.total


def given_of(cells: Cells, infusion: Row) -> Given:
    """Cells given with an infusion of a recorded container, to the nearest cell; what stayed in line and bag is not given."""
    found: dict[int, Given] = cells.once("given", dict)
    if infusion["_ROW"] not in found:
        found[infusion["_ROW"]] = _given(cells, infusion)
    return found[infusion["_ROW"]]


def _given(cells: Cells, infusion: Row) -> Given:
    container, volume = cells.container_of(infusion), infusion["EXVGIVEN"]
    if container not in cells.materials or volume is None or volume < 0 or infusion["EXHIST"] == "Y":
        return Given()
    regimen = cells.protocol.regimen_of(cells.arm(infusion["USUBJID"]))
    rule = regimen.dose.concentration if regimen is not None and regimen.dose is not None else "after thaw"
    found = concentration_of(cells, container, infusion["START"].last, rule)
    mixed = Fraction(volume) * _share_of_product(cells, infusion)
    total, viable = (None if per_ml is None else nearest(per_ml * mixed) for per_ml in (found.total_per_ml, found.viable_per_ml))
    return Given(total, viable)


def _share_of_product(cells: Cells, infusion: Row) -> Fraction:
    """How much of the liquid given is the container's: less than all where the order diluted it."""
    order = cells.orders.get(infusion["EXORD"] or "") or Row()
    drawn, diluent = order["VOL"], order["DILVOL"]
    if not drawn or not diluent:
        return Fraction(1)
    return Fraction(microlitres(drawn), microlitres(drawn) + microlitres(diluent))
