"""What is to be given to a subject: the open order where one is recorded, and for what it leaves open the protocol."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cordside.errors import CannotDo
from cordside.product.cellrows import Cells, Row
from cordside.product.dosing.order import FLAT, PER_KG, PER_KG_PBW, DoseOrder, dose_order
from cordside.product.dosing.weighing import Weight
from cordside.product.numbers import share
from cordside.protocol.regimen import Regimen

_CLOSED = frozenset({"given", "cancelled"})


@dataclass(frozen=True, slots=True)
class Asked:
    """Rule, cells (in all or per kg), count basis and tolerance of a dose; row: the order, or None where only the protocol asks."""

    rule: str
    cells: Decimal | None
    basis: str
    tolerance_pct: Decimal | None
    row: Row | None

    @property
    def target(self) -> int | None:
        """Cells that the order itself names."""
        return None if self.row is None else self.row["TARGET"]

    def order(self, weight: Weight) -> DoseOrder | None:
        """The order by a weight; None while a weight that it needs is not known."""
        if self.target is not None:
            tolerance = None if self.tolerance_pct is None else share(self.tolerance_pct, "tolerance")
            return DoseOrder(self.rule, Fraction(self.target), weight.kg, tolerance)
        return self.by_protocol(weight)

    def by_protocol(self, weight: Weight) -> DoseOrder | None:
        """The order as the rule and a weight make it, whatever target is written down."""
        if self.cells is None or (self.rule != FLAT and weight.kg is None):
            return None
        return dose_order(self.rule, self.cells, weight.kg, self.tolerance_pct)

    def words(self) -> str:
        """The rule as printed: 1,000,000 viable cells per kg."""
        per = {PER_KG: " per kg", PER_KG_PBW: " per kg of predicted body weight"}.get(self.rule, "")
        counted = {"viable": "viable cells", "total": "cells, all counted,"}.get(self.basis, "cells (viable or total not stated)")
        return f"{self.cells:,f} {counted}{per}" if self.cells is not None else f"as ordered, {counted}"


def open_order(cells: Cells, usubjid: str, matid: str) -> Row | None:
    """The order of a subject that is neither given nor cancelled: one for this container, else the earliest that names none."""
    own = [row for row in cells.orders.values() if row["USUBJID"] == usubjid and row["ORDSTAT"] not in _CLOSED]
    fitting = [row for row in own if row["MATID"] in (matid, None)]
    return min(fitting, key=lambda row: (row["MATID"] is None, str(row["ORDDTC"] or "~"), row["ORDID"]), default=None)


def _must_be_possible(row: Row) -> None:
    """CannotDo for an order by which nobody can dose: its numbers are asked back before anything is worked out."""
    for name in ("TARGET", "PERKG", "MAXRATE", "TOLPCT"):
        value = row[name]
        if value is not None and (value < 0 or (value == 0 and name != "TOLPCT") or (value > 100 and name == "TOLPCT")):
            allowed = "0 to 100 is allowed" if name == "TOLPCT" else "more than 0 is allowed"
            raise CannotDo(f"{row['SOURCE']}: {name}: order {row['ORDID']} says {value}; {allowed}; have the order corrected.")


def asked_of(cells: Cells, usubjid: str, matid: str, regimen: Regimen) -> Asked:
    """What is asked for a subject and a container; CannotDo where neither an order nor the protocol says how many cells."""
    row, dose = open_order(cells, usubjid, matid), regimen.dose
    of = row if row is not None else Row()
    _must_be_possible(of)
    rule = of["RULE"] or (dose.rule if dose else None)
    per_kg = of["PERKG"] if rule != FLAT else None
    same_rule = dose is not None and rule == dose.rule
    number = per_kg if per_kg is not None else dose.cells if dose is not None and same_rule else None
    if rule is None or (number is None and of["TARGET"] is None):
        raise CannotDo(
            f"{usubjid}: neither an order nor regimen.dose of the protocol says how many cells to give; a rule and cells; write them there."
        )
    basis = of["CNTBASIS"] or (dose.count if dose else None) or "not stated"
    tolerance = of["TOLPCT"] if of["TOLPCT"] is not None else dose.tolerance_percent if dose else None
    return Asked(rule, number, basis, tolerance, row)
