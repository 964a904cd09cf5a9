"""The tables beside the lines: tests of each lot, each infusion, and each lot with the subjects who received it."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from cordside.product.holds import holds_over, lot_holds
from cordside.product.infused import HISTORICAL, Infused
from cordside.product.limits import limit_words
from cordside.product.lots import containers_of
from cordside.product.lotsheet import due_words, verdict_words
from cordside.product.release import lot_state
from cordside.product.summary.dose import dose_words
from cordside.product.summary.told import NOT_RECORDED, Told, named, number, proof_of
from cordside.product.tested import Tested, decision_at, tested
from cordside.product.times import EVER, shown
from cordside.protocol.part import NOT_PUBLISHED_WORDS
from cordside.protocol.specification import SpecificationTest
from cordside.results import Result
from cordside.words import rounded

TESTS, INFUSIONS, RECIPIENTS = "product_tests", "product_infusions", "product_recipients"
NO_LOT = "no lot recorded"
_COMPUTED = ("THAW", "VIABILITY", "ORDERED", "VIABLE", "TOTAL", "PER_KG", "DMSO", "ENDOTOXIN")
"""What rests on more rows than that of the infusion."""


def test_rows(told: Told) -> Iterator[Result]:
    """Each row of the specification and each lot: `method`, `limit`, `value`, `verdict`, `due`; the plan alone where no lot is recorded."""
    for lot in told.lots:
        for place, one in enumerate(tested(told.cells, lot, told.at), 1):
            yield from _tested(told, lot, place, one)
    product = told.protocol.product
    if not told.lots and product and product.specification:
        for place, test in enumerate(product.specification.tests or [], 1):
            yield from _named_only(told, place, test)


def _tested(told: Told, lot: str, place: int, one: Tested) -> Iterator[Result]:
    source = proof_of(one.results) if one.results else _planned(told)
    compared = one.compared[0] if one.compared else None
    columns = _test_columns(lot, place, one.row) | source
    yield Result(**columns, statistic="method", text=one.row.method or _absent(one.row, "method"))
    yield Result(**columns, statistic="limit", text=limit_words(one.row.operator, one.row.limit, one.row.unit or ""))
    remark = compared.remark if compared else ""
    yield Result(**columns, statistic="value", text=one.value or NOT_RECORDED, unit=one.row.unit or "", warning=remark)
    blocking = "" if one.blocks else ", informative"
    yield Result(**columns, statistic="verdict", text=f"{verdict_words(one)}{blocking}")
    yield Result(**columns, statistic="due", text=due_words(one))


def _named_only(told: Told, place: int, test: SpecificationTest) -> Iterator[Result]:
    columns = _test_columns(NO_LOT, place, test) | _planned(told)
    limit = limit_words(test.operator, test.limit, test.unit or "")
    yield Result(**columns, statistic="method", text=test.method or _absent(test, "method"))
    yield Result(**columns, statistic="limit", text=limit if limit != "–" else _absent(test, "limit"))
    yield Result(**columns, statistic="value", text=NOT_RECORDED, unit=test.unit or "")
    yield Result(**columns, statistic="verdict", text="not known")
    yield Result(**columns, statistic="due", text=f"{test.due} use" if test.due else _absent(test, "due"))


def _test_columns(lot: str, place: int, row: SpecificationTest) -> dict[str, Any]:
    return {**named(TESTS), "group": "lot", "group_level": lot, "variable": f"test.{place}", "label": row.test, "level": row.stage or ""}


def _absent(test: SpecificationTest, key: str) -> str:
    return NOT_RECORDED if test.is_published(key) else NOT_PUBLISHED_WORDS


def _planned(told: Told) -> dict[str, Any]:
    return {"source": ("protocol.yaml:product.specification.tests",), "origin": told.protocol.origin}


def infusion_rows(told: Told) -> Iterator[Result]:
    """Each infusion: `value` rows of day, lot, container, minutes from thaw, volume, duration, cells ordered and given, per kg, DMSO."""
    for one in told.infusions:
        columns = {**named(INFUSIONS), "group": "subject", "group_level": one.row["USUBJID"], "subject": one.row["USUBJID"]}
        columns |= {"level": str(one.number), "statistic": "value", **proof_of([one.row])}
        for variable, (label, unit, value, text) in _cells_of(one).items():
            numbers: dict[str, Any] = {"value": None if value is None else float(value), "unit": unit}
            numbers |= {"source": one.sources} if variable in _COMPUTED else {}
            yield Result(**(columns | numbers), variable=variable, label=label, text=text or NOT_RECORDED)


def _cells_of(one: Infused) -> dict[str, tuple[str, str, Fraction | int | None, str]]:
    """By variable: label, unit, number, text as printed."""

    def counted(label: str, unit: str, value: Fraction | int | None, places: int) -> tuple[str, str, Fraction | int | None, str]:
        return label, unit, value, "" if value is None else number(value, places)

    def fixed(label: str, unit: str, value: Fraction | None, places: int) -> tuple[str, str, Fraction | int | None, str]:
        return label, unit, value, "" if value is None else rounded(value, places)

    day = "" if one.day is None else f"D{one.day}"
    planned = f" (D{one.planned})" if one.planned is not None else ""
    viability = one.concentration.viability_pct
    return {
        "DAY": ("Day (planned)", "", one.day, f"{day or NOT_RECORDED}{planned}"),
        "LOT": ("Lot", "", None, one.lot_words),
        "CONTAINER": ("Container", "", None, one.container or ""),
        "THAW": counted("Thaw to start", "min", one.thaw_minutes, 0),
        "VIABILITY": fixed("Viability", "%", viability, 1),
        "VOLUME": counted("Volume", "mL", None if one.given_ul is None else Fraction(one.given_ul, 1000), 3),
        "MINUTES": counted("Duration", "min", one.minutes, 1),
        "ORDERED": counted("Cells ordered", "cells", one.order["TARGET"], 0),
        "VIABLE": counted("Viable cells given", "cells", one.given.viable, 0),
        "TOTAL": counted("All cells given", "cells", one.given.total, 0),
        "DOSE": ("Dose as recorded", "", None, dose_words(one.row)),
        "PER_KG": counted("Viable cells per kg", "cells/kg", one.per_kg(one.given.viable), 0),
        "DMSO": fixed("DMSO", "g/kg", one.dmso_g_per_kg, 4),
        "ENDOTOXIN": fixed("Endotoxin, at most", "EU/kg", one.eu_per_kg, 4),
    }


def recipient_rows(told: Told) -> Iterator[Result]:
    """Each infusion under its lot: container, subject, date, how the lot was released, what its tests amount to now, holds."""
    by_lot = {lot: [one for one in told.infusions if one.lot == lot] for lot in told.lots}
    for lot, own in by_lot.items():
        for one in own:
            yield from _received(told, lot, one)
        for matid in containers_of(told.cells, lot) if not own else []:
            columns = {**named(RECIPIENTS), "group": "lot", "group_level": lot, "level": matid, **proof_of([told.cells.materials[matid]])}
            yield Result(**columns, variable="CONTAINER", statistic="value", label="Container", text=f"{matid}: infused into nobody")
    for one in told.infusions:
        if one.lot is None:
            yield from _received(told, HISTORICAL if one.is_historical else NO_LOT, one)


def _received(told: Told, lot: str, one: Infused) -> Iterator[Result]:
    row = one.row
    columns = {**named(RECIPIENTS), "group": "lot", "group_level": lot, "subject": row["USUBJID"], "level": str(one.number)}
    columns |= {"statistic": "value", **proof_of([row])}
    mark = " (historical)" if one.is_historical and one.lot else ""
    yield Result(**columns, variable="CONTAINER", label="Container", text=(one.container or NOT_RECORDED) + mark)
    yield Result(**columns, variable="DATE", label="Infused", text=row["EXSTDTC"] or NOT_RECORDED)
    known = one.lot is not None and one.lot in told.lots
    yield Result(**columns, variable="RELEASED", label="Released how", text=_released(told, lot, one) if known else "not known")
    yield Result(**columns, variable="STATE", label="State of the lot now", text=_state(told, lot) if known else "not known")
    held = [*lot_holds(told.cells, lot, told.at)] if known else []
    held += [hold for hold in holds_over(told.cells, one.container, told.at) if hold not in held] if one.container else []
    words = "; ".join(hold.words() for hold in held) or ("none" if known else "not known")
    yield Result(**columns, variable="HOLDS", label="Holds", text=words)


def _released(told: Told, lot: str, one: Infused) -> str:
    """The decision that stood when the infusion began."""
    start = one.row["START"]
    decision = decision_at(told.cells, lot, start.last) if start is not EVER else None
    if decision is None:
        return "no decision before the infusion"
    when = f", {shown(decision['RELDTC'])}" if decision["RELDTC"] else ""
    return f"{decision['VERDICT'] or 'no verdict'}{when}{', by exception' if decision['EXCREAS'] else ''}"


def _state(told: Told, lot: str) -> str:
    late = [one for one in tested(told.cells, lot, told.at) if one.is_late]
    words = ", ".join(f"{one.row.test} {verdict_words(one)}" for one in late)
    state = lot_state(told.cells, lot, told.at)
    return f"{state} ({words})" if words else state
