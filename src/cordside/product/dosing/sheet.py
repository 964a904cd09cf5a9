"""The preparation sheet of one dose: what to draw, from what, within which limits, and room for what was done."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from cordside.errors import CannotDo
from cordside.product.cellrows import Cells, Row
from cordside.product.codes.barcode import code128_svg
from cordside.product.codes.sec import shown_code
from cordside.product.dosing.gate import fastest_rate, regimen_for, rest_cells
from cordside.product.dosing.working import Dose
from cordside.product.expiry import volume_words
from cordside.product.numbers import UL_PER_ML, as_decimal, nearest
from cordside.product.release import lot_state
from cordside.protocol.regimen import Caps, Regimen
from cordside.results import Block, Field, Grid, Sheet
from cordside.words import rounded

_NO_CAPS = Caps()
_ROOM = ""
_MADE_UP = ("published", "rebuilt", "simulated")


def preparation_sheet(cells: Cells, dose: Dose) -> Sheet:
    """The sheet by which two people prepare a dose that the gate lets pass; ValueError for one that it refuses."""
    if dose.is_refused or dose.draw is None or dose.order is None:
        raise ValueError("a refused dose has no sheet")
    regimen = regimen_for(cells, dose.subject)
    blocks = [_order(cells, dose), _container(cells, dose), _before(dose, regimen), _steps(dose, regimen), _limits(dose, regimen), _done()]
    if dose.warnings:
        blocks.insert(0, Block("Read first", checks=tuple(f"{words}." for words in dose.warnings)))
    subtitle = f"{cells.record.study} · subject {dose.subject} · lot {dose.lot} · container {dose.container}"
    notes = ("The dose given is computed from the volume given and the concentration; it is never written by hand.", *origin_notes(cells))
    return Sheet("preparation", "Dose preparation", subtitle, tuple(blocks), ("Prepared by", "Verified by"), notes, layout="compact")


def origin_notes(cells: Cells) -> list[str]:
    """A line where the rows are not those of a real study: such a sheet is not for use."""
    found = [origin for origin in cells.record.origins if origin in _MADE_UP]
    return [f"Made from {' and '.join(found)} rows: an example, not for use."] if found else []


def moment_words(cells: Cells, dose: Dose, moment: datetime | None) -> str:
    """An instant on the clock of the subject's site, with the name of the zone."""
    if moment is None:
        return "not recorded"
    zone = cells.zone(dose.subject)
    local = moment.astimezone(zone) if zone else moment
    return f"{local:%Y-%m-%d %H:%M} {getattr(zone, 'key', None) or 'UTC'}"


def barcode_of(code: str) -> str:
    """The barcode of a code as SVG; empty where the code has letters that no barcode holds: the text beside it then must do."""
    try:
        return code128_svg(code)
    except CannotDo:
        return ""


def _order(cells: Cells, dose: Dose) -> Block:
    assert dose.order is not None
    row, order = dose.asked.row or Row(), dose.order
    weight = "none: the dose is flat" if dose.asked.rule == "flat" else _weight_words(dose)
    limits = "none in the protocol"
    if order.lowest is not None and order.highest is not None:
        limits = f"{nearest(order.lowest):,} to {nearest(order.highest):,} cells"
    fields = (
        Field("Dose", dose.asked.words()),
        Field("Order", row["ORDID"] or "written by this sheet"),
        Field("Weight", weight),
        Field("Weighed", _weighed(dose)),
        Field("Cells ordered", f"{order.target_cells:,}"),
        Field("Within tolerance", limits),
        Field("Ordered by", row["ORDBY"] or _ROOM),
        Field("Planned for", moment_words(cells, dose, dose.at)),
    )
    return Block("Order", fields=fields)


def _weight_words(dose: Dose) -> str:
    return f"{_number(dose.weight.kg, 3)} kg, {dose.weight.kind}" if dose.weight.kg is not None else "not known"


def _weighed(dose: Dose) -> str:
    actual = dose.weight.actual
    return "not recorded" if actual is None else f"{actual.value} kg on {actual.day or 'an unknown day'}"


def _container(cells: Cells, dose: Dose) -> Block:
    own, found = cells.materials[dose.container], dose.concentration
    dmso = "not recorded" if dose.dmso_pct is None else f"{dose.dmso_pct} % v/v"
    fields = (
        Field("Container", dose.container),
        Field("Lot", f"{dose.lot}, {lot_state(cells, dose.lot, dose.at)}"),
        Field("Meant for", own["USUBJID"] or "not assigned"),
        *([Field("Label code", shown_code(own["MATCODE"]))] if own["MATCODE"] else []),
        Field("Storage position", own["STORPOS"] or "not recorded"),
        Field("Volume in it", "not recorded" if dose.left_ul is None else volume_words(dose.left_ul)),
        Field("Vehicle", own["VEHICLE"] or "not recorded"),
        Field("DMSO", dmso),
        Field("Thawed", moment_words(cells, dose, dose.thawed) if dose.thawed else "no thaw recorded"),
        Field("Use before", moment_words(cells, dose, dose.expiry)),
        Field("Viable cells per mL", _per_ml(found.viable_per_ml)),
        Field("All cells per mL", _per_ml(found.total_per_ml)),
        Field("Viability", "not known" if found.viability_pct is None else f"{_number(found.viability_pct, 1)} %"),
        Field("Concentration", found.words),
    )
    return Block("Container", fields=fields, picture=barcode_of(own["MATCODE"] or dose.container))


def _per_ml(value: Fraction | None) -> str:
    return "not known" if value is None else f"{nearest(value):,}"


def _before(dose: Dose, regimen: Regimen) -> Block:
    checks = [
        "Subject number and container code on order, label and this sheet are the same: read aloud by two people",
        "Container intact, label whole, no clumps seen",
        f"Syringe with a graduation of {regimen.syringe_step_ml or Decimal('0.1')} mL or finer",
    ]
    if dose.draw is not None and dose.draw.diluent_ul:
        checks.append(f"Diluent is {regimen.vehicle or 'as ordered'}, not expired; its lot is written below")
    return Block("Before anything is drawn", checks=tuple(checks))


def _steps(dose: Dose, regimen: Regimen) -> Block:
    rows = [(step, amount, *((_ROOM, _ROOM) if is_act else ("–", "–"))) for step, amount, is_act in _step_rows(dose, regimen)]
    grid = Grid("", ("Step", "Amount", "Done: initials, time", "Checked: initials"), tuple(rows))
    return Block("Draw", grid=grid)


def _step_rows(dose: Dose, regimen: Regimen) -> Iterator[tuple[str, str, bool]]:
    """Words, amount, and whether it is an act that two people sign, or only what follows from it."""
    drawn = dose.draw
    assert drawn is not None
    counted = {"viable": "viable cells", "total": "cells, all counted"}.get(dose.asked.basis, "cells, viable or total not stated")
    yield "Mix the container gently, then draw", volume_words(drawn.volume_ul), True
    if drawn.diluent_ul:
        yield f"Add {regimen.vehicle or 'diluent'}", volume_words(drawn.diluent_ul), True
    kept = f", of which {volume_words(drawn.overfill_ul)} stay in the line" if drawn.overfill_ul else ""
    yield f"Prepared in all{kept}", volume_words(drawn.prepared_ul), False
    per_kg = "" if dose.per_kg is None else f" ({nearest(dose.per_kg):,} per kg)"
    yield "This gives the subject", f"{nearest(drawn.cells):,} {counted}{per_kg}", False
    yield "at a concentration of", f"{nearest(drawn.per_ml):,} cells per mL", False
    if dose.left_ul is not None:
        rest = rest_cells(dose)
        cells = "" if rest is None else f", {rest:,} cells"
        yield "Left in the container", f"{volume_words(dose.left_ul - drawn.volume_ul)}{cells}", True


def _limits(dose: Dose, regimen: Regimen) -> Block:
    caps, drawn, actual = regimen.caps or _NO_CAPS, dose.draw, dose.weight.actual
    assert drawn is not None
    rate = None if dose.minutes is None else Fraction(drawn.given_ul, UL_PER_ML) / dose.minutes
    dmso = None if dose.dmso_g is None or actual is None else dose.dmso_g / Fraction(actual.value)
    hourly = None if dose.eu_per_kg is None else dose.eu_per_kg / max(Fraction(1), (dose.minutes or 0) / Fraction(60))
    # DMSO in grams is told with the density that made them, because that changes with the temperature.
    density = f" ({_number(dose.dmso_g, 2)} g at {dose.dmso_density} g/mL)" if dose.dmso_g is not None else ""
    minutes = "" if dose.minutes is None else f", {_number(dose.minutes, 1)} minutes"
    endotoxin = f" (reported {dose.endotoxin.reported})" if dose.endotoxin else ""
    rows = (
        _limit("Volume given", Fraction(drawn.given_ul, UL_PER_ML), caps.volume_ml, "mL"),
        _limit("Rate", rate, fastest_rate(dose, regimen), "mL/min", minutes),
        _limit("DMSO per kg", dmso, caps.dmso_g_per_kg, "g/kg", density),
        _limit("Endotoxin per kg and hour", hourly, caps.endotoxin_eu_per_kg_per_h, "EU/kg/h", endotoxin),
    )
    return Block("Limits", grid=Grid("", ("What", "Planned", "At most"), rows))


def _limit(what: str, value: Fraction | None, cap: Decimal | None, unit: str, more: str = "") -> tuple[str, str, str]:
    shown = "not known" if value is None else f"{_number(value, 3)} {unit}{more}"
    most = "no limit in the protocol" if cap is None else f"{as_decimal(cap)} {unit}"
    return what, shown, most


def _done() -> Block:
    fields = (
        Field("Thawed at", hint="date, time"),
        Field("Prepared at", hint="date, time"),
        Field("Volume drawn", unit="mL"),
        Field("Diluent added", unit="mL"),
        Field("Diluent: lot", hint="lot, expiry"),
        Field("Left in the container", unit="mL"),
        Field("Rest", choices=("Kept", "Discarded")),
        Field("Labels", hint="printed / applied / destroyed"),
        Field("Handed over to", hint="name, time"),
        Field("What went otherwise than planned"),
    )
    return Block("What was done", fields=fields)


def _number(value: Fraction | None, places: int) -> str:
    """A number without needless zeros, rounded only where it has more places."""
    return "" if value is None else str(as_decimal(Decimal(rounded(value, places)), places))
