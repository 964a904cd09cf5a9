"""One dose worked out: order, draw, times and what comes with the cells. What cannot be worked out is None."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cordside.product.dosing.concentration import Concentration
from cordside.product.dosing.contents import Endotoxin
from cordside.product.dosing.draw import Draw
from cordside.product.dosing.order import DoseOrder
from cordside.product.dosing.orders import Asked
from cordside.product.dosing.weighing import Weight
from cordside.product.numbers import as_decimal, exact, millilitres, nearest, plain
from cordside.product.refusals import Refusal


@dataclass(frozen=True, kw_only=True)
class Dose:
    """A dose of one container for one subject at a time, with every refusal that applies and what a person should know besides."""

    subject: str
    lot: str
    container: str
    at: datetime
    asked: Asked
    weight: Weight
    order: DoseOrder | None = None
    concentration: Concentration = Concentration()
    draw: Draw | None = None
    left_ul: int | None = None
    minutes: Fraction | None = None
    end: datetime | None = None
    expiry: datetime | None = None
    thawed: datetime | None = None
    dmso_pct: Decimal | None = None
    dmso_density: Decimal | None = None
    dmso_g: Fraction | None = None
    endotoxin: Endotoxin | None = None
    eu_per_kg: Fraction | None = None
    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether the gate stays shut."""
        return bool(self.refusals)

    @property
    def counted_weight(self) -> Fraction | None:
        """kg by which cells per kg are told: what the dose is counted by, else the actual weight if it is recent."""
        if self.weight.kg is not None:
            return self.weight.kg
        usable = self.weight.actual is not None and not self.weight.actual_problems
        return exact(self.weight.actual.value, "weight") if usable and self.weight.actual else None

    @property
    def per_kg(self) -> Fraction | None:
        """Cells given per kg."""
        return self.draw.cells / self.counted_weight if self.draw is not None and self.counted_weight else None

    def as_dict(self) -> dict[str, Any]:
        """The dose as a JSON object: decimals as text, counts as integers; or its refusals."""
        who: dict[str, Any] = {"subject": self.subject, "lot": self.lot, "container": self.container or None}
        if self.is_refused or self.draw is None or self.order is None:
            return who | {"refused": [refusal.as_dict() for refusal in self.refusals], "warnings": list(self.warnings)}
        viable, total = self.concentration.viable_per_ml, self.concentration.total_per_ml
        return who | {
            "target_cells": self.order.target_cells,
            "count": self.asked.basis,
            "viable_per_mL": None if viable is None else nearest(viable),
            "total_per_mL": None if total is None else nearest(total),
            "draw_mL": plain(millilitres(self.draw.volume_ul)),
            "diluent_mL": plain(millilitres(self.draw.diluent_ul or 0)),
            "delivered_cells": nearest(self.draw.cells),
            "delivered_per_kg": None if self.per_kg is None else plain(as_decimal(self.per_kg, 3)),
            "weight_kg": None if self.counted_weight is None else plain(as_decimal(self.counted_weight)),
            "expiry": None if self.expiry is None else self.expiry.isoformat().replace("+00:00", "Z"),
            "warnings": list(self.warnings),
        }
