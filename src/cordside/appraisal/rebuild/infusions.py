"""Infusions: how many each patient had, on which days, of how many cells in what."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

import numpy as np

from cordside.analysis.conventions import TYPES
from cordside.appraisal.paper import PaperRow
from cordside.appraisal.rebuild.categories import Counted
from cordside.appraisal.rebuild.cells import limits_of, step_of, wanted_of
from cordside.appraisal.rebuild.outcomes import Outcome, broken, held, not_found
from cordside.appraisal.rebuild.prints import prints
from cordside.appraisal.rebuild.records import Records
from cordside.appraisal.rebuild.setting import Setting

_APART = 3
_MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Infusions:
    """Infusions of each patient (0: none known), and the study days on which they are given, the first being day 1."""

    counts: tuple[int, ...]
    days: tuple[int, ...]

    def last_day(self, patient: int) -> int:
        """Days from the first infusion to the last."""
        count = self.counts[patient]
        return self.days[count - 1] - self.days[0] if count else 0


def infusions_of(setting: Setting, dealt: Iterable[Counted]) -> Infusions:
    """How many infusions each patient has, by the rows that count them, else by the regimen."""
    counts = [0] * setting.n
    for counted in dealt:
        target = counted.row.data.target
        if target and target.infusions is not None:
            for patient in counted.members:
                counts[patient] = target.infusions
    if not any(counts) and (usual := _usual(setting)):
        counts = [usual] * setting.n
    return Infusions(tuple(counts), _days(setting, max(counts, default=0)))


def _usual(setting: Setting) -> int:
    """The infusions of every patient where no row counts them: the regimen's number, one where it leaves a choice or says nothing."""
    given = setting.paper.raw("regimen", "infusions")
    if isinstance(given, str) and given.isdigit():
        return int(given)
    if setting.paper.raw("regimen") or setting.regimen:
        setting.assume("No row counts the infusions of each patient: one is assumed.")
        return 1
    return 0


def _days(setting: Setting, most: int) -> tuple[int, ...]:
    known = list(setting.paper.published.regimen.days) or list((setting.regimen.days or []) if setting.regimen else [])
    if len(known) < most:
        if most > 1:
            setting.assume(f"The days of later infusions are not published: they are assumed {_APART} days apart.")
        start = known or [1]
        known = start + [start[-1] + _APART * turn for turn in range(1, most - len(start) + 1)]
    return tuple(known[:most]) or (1,)


def place_infusions(records: Records, setting: Setting, infusions: Infusions, first: list[date] | None) -> None:
    """Add a row of EX for each infusion; first: the day of each patient's first, None where no date is known."""
    fixed = _fixed(setting)
    visits = _visits(setting)
    for patient, count in enumerate(infusions.counts):
        for turn in range(count):
            day = first[patient] + timedelta(days=infusions.days[turn] - infusions.days[0]) if first else None
            own = {"REFID": f"{patient + 1}-{turn + 1}", "VISIT": visits.get(turn + 1), "STDTC": day.isoformat() if day else None}
            records.add("EX", patient, "infusions as counted; the date is assumed", **fixed, **own)


def _visits(setting: Setting) -> dict[int, str]:
    """The visit of each infusion by its number."""
    if setting.protocol is None:
        return {turn: f"INFUSION{turn}" for turn in range(1, 100)}
    return {one.visit.infusion: one.name for one in setting.protocol.planned_visits() if one.visit.infusion}


def _fixed(setting: Setting) -> dict[str, str | None]:
    """What all infusions share: the protocol's regimen where one is given, else the paper's."""
    regimen, raw = setting.regimen, setting.paper.raw("regimen") or {}
    route, vehicle, volume = raw.get("route"), raw.get("vehicle"), raw.get("vehicle_ml")
    treatment = regimen.treatment if regimen else raw.get("product")
    if regimen:
        route, vehicle = regimen.route or route, regimen.vehicle or vehicle
        volume = f"{regimen.volume_ml.normalize():f}" if regimen.volume_ml is not None else volume
    dose, unit = dose_of(setting)
    return {
        "TRT": treatment or "Cells",
        "DOSE": dose,
        "DOSU": unit,
        "CNTBAS": "NOT STATED" if dose else None,
        "ROUTE": route.upper() if route else None,
        "TRTV": vehicle,
        "VAMT": volume,
        "VAMTU": "mL" if volume else None,
        "HIST": "Y",
    }


def dose_of(setting: Setting) -> tuple[str | None, str | None]:
    """The dose of one infusion and its unit."""
    per_kg, flat = _cells(setting, "cells_per_kg", "per_kg"), _cells(setting, "cells_per_infusion", "flat")
    if per_kg is not None:
        return f"{(per_kg / _MILLION).normalize():f}", "10^6/kg"
    return (f"{(flat / _MILLION).normalize():f}", "10^6 Therapeutic Cells") if flat is not None else (None, None)


def _cells(setting: Setting, key: str, rule: str) -> Decimal | None:
    if setting.regimen and setting.regimen.dose and setting.regimen.dose.rule:
        return setting.regimen.dose.cells if setting.regimen.dose.rule == rule else None
    text = setting.paper.raw("regimen", key)
    try:
        return Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        return None


def check_derived(setting: Setting, row: PaperRow, infusions: Infusions) -> Outcome | None:
    """What became of a row that is derived as infusions × so many mL; None for any other row."""
    target, cell = row.data.target, row.cell("value")
    factor = re.search(r"infusions?\s*[x×*]\s*(\d+)", target.derived or "") if target else None
    if not factor or cell is None:
        return None
    step = step_of(row, [cell])
    wanted = wanted_of(row, cell, step, limits_of(row, [cell]))
    if wanted is None:
        return not_found(cell.spot, "a derived row of this kind is not checked")
    values = np.array([int(count * int(factor[1]) / step) for count in infusions.counts], dtype=np.int64)
    if prints(values, wanted, setting.definition):
        return held(cell.spot, f"{target.derived if target else ''}: prints")
    why = f"{target.derived if target else ''}: the counted infusions print another summary under {setting.definition}"
    if any(prints(values, wanted, other) for other in TYPES):
        return not_found(cell.spot, why)
    return broken(cell.spot, why)
