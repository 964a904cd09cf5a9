"""The gate of a dose: everything is worked out and every code that applies is given, in order, so that all can be mended at once.

A gate looks forward. A dose that was given all the same is a fact: it is recorded, and becomes a deviation with the same code.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from cordside.errors import CannotDo
from cordside.product.cellrows import Cells
from cordside.product.dosing import caps
from cordside.product.dosing.concentration import concentration_of
from cordside.product.dosing.contents import dmso_percent, endotoxin_of, volume_left
from cordside.product.dosing.draw import Draw, draw
from cordside.product.dosing.orders import asked_of
from cordside.product.dosing.remarks import warnings_of
from cordside.product.dosing.weighing import weigh
from cordside.product.dosing.working import Dose
from cordside.product.expiry import planned_end, volume_words
from cordside.product.lots import containers_of, is_available, thawed_at
from cordside.product.numbers import UL_PER_ML, microlitres, nearest, up_to_step
from cordside.product.quantities import expiry_of
from cordside.product.refusals import Refusal, in_order
from cordside.product.start import start_refusals_of
from cordside.protocol.regimen import Caps, Regimen

_NO_CAPS = Caps()
_TRIED = 24
"""Containers of a lot that are tried before the best of them is named with its refusals."""


def work_out(cells: Cells, usubjid: str, lot: str, matid: str, at: datetime) -> Dose:
    """The dose of a container for a subject at a time (UTC), with all refusals in order.

    CannotDo where nothing can be worked out: the subject's arm gets no cells, or nobody says how many.
    """
    regimen = regimen_for(cells, usubjid)
    asked = asked_of(cells, usubjid, matid, regimen)
    weight = weigh(cells, usubjid, asked.rule, regimen.dose, day_at(cells, usubjid, at))
    dose = Dose(subject=usubjid, lot=lot, container=matid, at=at, asked=asked, weight=weight, order=asked.order(weight))
    dose = replace(dose, expiry=expiry_of(cells, matid), thawed=thawed_at(cells, matid), left_ul=volume_left(cells, matid))
    dose = replace(dose, concentration=concentration_of(cells, matid, at, regimen.dose.concentration if regimen.dose else "after thaw"))
    dose = _with_contents(cells, _with_draw(dose, regimen), regimen)
    start = start_refusals_of(
        cells, subject=usubjid, container=matid, at=at, order=None if asked.row is None else asked.row["ORDID"], end=dose.end
    )
    refusals = in_order([*_dose_refusals(cells, dose, regimen), *start], "dose", "start")
    return replace(dose, refusals=tuple(refusals), warnings=tuple(warnings_of(cells, dose, regimen)))


def choose(cells: Cells, usubjid: str, lot: str, at: datetime) -> Dose:
    """The dose of the container of a lot to take: one that nothing forbids, meant for the subject before others, then the one that
    expires first; where all are refused, one meant for the subject, then the one with the fewest refusals. CannotDo for a lot without
    containers."""
    containers = containers_of(cells, lot)
    if not containers:
        raise CannotDo(
            f"lot {lot}: no container of it is recorded; material.csv holds them, MATKIND container; fill one, or name another lot."
        )
    doses = []
    for matid in sorted(containers, key=lambda matid: _preference(cells, usubjid, matid))[:_TRIED]:
        doses.append(work_out(cells, usubjid, lot, matid, at))
        if not doses[-1].refusals:
            return doses[-1]
    return min(doses, key=lambda dose: (not _is_meant_for(cells, usubjid, dose.container), len(dose.refusals)))


def _is_meant_for(cells: Cells, usubjid: str, matid: str) -> bool:
    """Labelled for a subject, or named by an order of theirs that is still open."""
    if matid in cells.infused:
        return False
    is_ordered = any(row["USUBJID"] == usubjid and row["ORDSTAT"] != "cancelled" for row in cells.orders_of(matid))
    return is_ordered or cells.materials[matid]["USUBJID"] == usubjid


def _preference(cells: Cells, usubjid: str, matid: str) -> tuple[bool, bool, bool, str]:
    """Available before gone, not infused before infused, meant for the subject before meant for nobody, early expiry before late."""
    return (
        not is_available(cells, matid) or matid in cells.infused,
        not _is_meant_for(cells, usubjid, matid),
        bool(cells.materials[matid]["USUBJID"]),
        str(expiry_of(cells, matid) or "~"),
    )


def regimen_for(cells: Cells, usubjid: str) -> Regimen:
    """The regimen of a subject; CannotDo where the arm is not treated, or none was written down."""
    arm = cells.arm(usubjid)
    found = cells.protocol.regimen_of(arm)
    if found is None:
        why = "gets no cells" if not cells.protocol.is_treated(arm) else "has no regimen in the protocol"
        raise CannotDo(f"{usubjid}: arm {arm or 'not recorded'} {why}; only treated arms are dosed; check ARMCD and the protocol.")
    return found


def day_at(cells: Cells, usubjid: str, at: datetime) -> date:
    """The calendar day of an instant where the subject is treated."""
    zone = cells.zone(usubjid)
    return (at.astimezone(zone) if zone else at).date()


def _with_draw(dose: Dose, regimen: Regimen) -> Dose:
    """The dose with what is to be drawn, and how long it runs."""
    per_ml = dose.concentration.on(dose.asked.basis)
    if dose.order is None or not per_ml:
        return dose
    drawn = _drawn(dose.order.target, per_ml, regimen)
    minutes = _minutes(dose, drawn, regimen)
    end = None if minutes is None else planned_end(dose.at, drawn.given_ul, Fraction(drawn.given_ul, UL_PER_ML) / minutes)
    return replace(dose, draw=drawn, minutes=minutes, end=end)


def _drawn(target: Fraction, per_ml: Fraction, regimen: Regimen) -> Draw:
    """The draw, filled up to the volume of the infusion; undiluted where it does not fit, which the volume's cap then refuses."""
    step = microlitres(regimen.syringe_step_ml or Decimal("0.001"), "syringe_step_ml")
    extra = microlitres(regimen.overfill_ml or 0, "overfill_ml")
    fill = None if regimen.volume_ml is None else microlitres(regimen.volume_ml, "volume_ml")
    if fill is not None and up_to_step(target / per_ml * UL_PER_ML * Fraction(fill + extra, fill), step) > fill + extra:
        fill = None
    return draw(target, per_ml, step_ul=step, fill_to_ul=fill, overfill_ul=extra)


def _minutes(dose: Dose, drawn: Draw, regimen: Regimen) -> Fraction | None:
    """Planned minutes: the protocol's, else those of the fastest rate allowed."""
    if regimen.duration_min is not None:
        return Fraction(regimen.duration_min)
    fastest = fastest_rate(dose, regimen)
    return None if fastest is None else Fraction(drawn.given_ul, UL_PER_ML) / Fraction(fastest)


def fastest_rate(dose: Dose, regimen: Regimen) -> Decimal | None:
    """The lower of the protocol's cap and the order's highest rate, in mL per minute."""
    ordered = dose.asked.row["MAXRATE"] if dose.asked.row is not None else None
    return min((rate for rate in (ordered, (regimen.caps or _NO_CAPS).rate_ml_per_min) if rate is not None), default=None)


def _with_contents(cells: Cells, dose: Dose, regimen: Regimen) -> Dose:
    """The dose with the DMSO and endotoxin that come with it."""
    percent, endotoxin = dmso_percent(cells, dose.container), endotoxin_of(cells, dose.container, dose.at)
    density = (regimen.caps or _NO_CAPS).dmso_density_g_per_ml or caps.DMSO_DENSITY
    if percent is not None and not 0 <= percent <= 100:
        source = cells.materials[dose.container]["SOURCE"]
        raise CannotDo(f"{source}: DMSOPCT: container {dose.container} says {percent} %; 0 to 100 is allowed; have it corrected.")
    dose = replace(dose, dmso_pct=percent, dmso_density=density, endotoxin=endotoxin)
    if dose.draw is None:
        return dose
    grams = None if percent is None else caps.dmso_g(percent, dose.draw.volume_ul, density)
    kg = dose.weight.actual.value if dose.weight.actual else None
    eu = None if endotoxin is None or kg is None else caps.endotoxin_per_kg(endotoxin.eu_per_ml, dose.draw.volume_ul, kg)
    return replace(dose, dmso_g=grams, eu_per_kg=eu)


def _dose_refusals(cells: Cells, dose: Dose, regimen: Regimen) -> Iterator[Refusal]:
    where, limits = f"container {dose.container}", regimen.caps or _NO_CAPS
    yield from dose.weight.problems
    if _caps_need_weight(dose, limits):
        yield from dose.weight.actual_problems
    if not dose.concentration.on(dose.asked.basis):
        yield _uncounted(dose, where)
    if dose.draw is None or dose.order is None:
        return
    yield from _not_enough(cells, dose, dose.draw, where)
    yield from dose.order.refusals(dose.draw.cells, where)
    yield from _over_volume(dose.draw, regimen, where)
    if dose.minutes is not None:
        yield from caps.over_rate(where, dose.draw.given_ul, dose.minutes, fastest_rate(dose, regimen))
    if dose.weight.actual is None:
        return
    if dose.dmso_g is not None:
        yield from caps.over_dmso(where, dose.dmso_g, dose.weight.actual.value, limits.dmso_g_per_kg)
    if dose.eu_per_kg is not None:
        yield from caps.over_endotoxin(where, dose.eu_per_kg, dose.minutes, limits.endotoxin_eu_per_kg_per_h)


def _caps_need_weight(dose: Dose, limits: Caps) -> bool:
    """A cap per kg needs the actual weight where there is something to be capped."""
    by_dmso = limits.dmso_g_per_kg is not None and bool(dose.dmso_pct)
    by_endotoxin = limits.endotoxin_eu_per_kg_per_h is not None and dose.endotoxin is not None and dose.endotoxin.eu_per_ml > 0
    return by_dmso or by_endotoxin


def _uncounted(dose: Dose, where: str) -> Refusal:
    basis = "" if dose.asked.basis == "not stated" else f"{dose.asked.basis} "
    why = f"{where}: no count of {basis}cells per mL after thaw up to {dose.at.isoformat(timespec='minutes')}"
    return Refusal(
        "concentration_missing", why, f"{basis}cells per mL of this container", "count it and enter the result, or take another container"
    )


def _not_enough(cells: Cells, dose: Dose, drawn: Draw, where: str) -> Iterator[Refusal]:
    if dose.left_ul is None or drawn.volume_ul <= dose.left_ul:
        return
    number = -(-drawn.volume_ul // dose.left_ul) if dose.left_ul else None
    others = [one for one in containers_of(cells, dose.lot) if one != dose.container and is_available(cells, one)]
    remedy = "take a container with more cells"
    if number is not None and others:
        remedy += f", or pool {number} like it into a new one: {', '.join(others[: number - 1])}"
    why = f"{where}: {volume_words(drawn.volume_ul)} to draw, and {volume_words(dose.left_ul)} are in it"
    yield Refusal("not_enough_cells", why, f"at most {volume_words(dose.left_ul)}", remedy)


def _over_volume(drawn: Draw, regimen: Regimen, where: str) -> list[Refusal]:
    cap = (regimen.caps or _NO_CAPS).volume_ml
    if regimen.volume_ml is not None and drawn.diluent_ul is None and (cap is None or cap > regimen.volume_ml):
        cap = regimen.volume_ml
    return caps.over_volume(where, drawn.given_ul, cap)


def rest_cells(dose: Dose) -> int | None:
    """Cells left in the container after the draw, on the count basis; None where that is not known."""
    per_ml = dose.concentration.on(dose.asked.basis)
    if dose.draw is None or dose.left_ul is None or not per_ml:
        return None
    return nearest(per_ml * (dose.left_ul - dose.draw.volume_ul) / UL_PER_ML)
