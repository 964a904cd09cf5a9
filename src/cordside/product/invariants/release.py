"""Invariants 6 and 7: a release rests on one effective specification and on reviewed results within it; the rest is listed, or excused."""

from collections.abc import Iterator

from cordside.product.cellrows import Cells, Row
from cordside.product.invariants.found import Found, date_text, of_refusals
from cordside.product.release import CONDITIONAL, REJECTED, RELEASED, decision_refusals
from cordside.product.tested import outstanding_of, tested
from cordside.product.times import EVER, span_of, zone_of

_OF_PEOPLE = ("two_people_needed", "qa_performed_the_work")
"""Told by invariant 5."""


def check_release(cells: Cells) -> Iterator[Found]:
    """Decisions to release that the gate would have refused when they were made (invariant 6)."""
    for lot, decisions in cells.releases.items():
        for row in decisions:
            refusals = [one for one in decision_refusals(cells, row) if one.code not in _OF_PEOPLE]
            yield from of_refusals(refusals, row, "RELEASE", date_text(row, "RELDTC"), cells.by_lot.get(lot, []), lot)


def check_outstanding(cells: Cells) -> Iterator[Found]:
    """Decisions that do not list what was outstanding, and dates that have passed without a result (invariant 7)."""
    for lot, decisions in cells.releases.items():
        for row in decisions:
            if row["VERDICT"] != REJECTED and row["RELDTC"] is not None:
                yield from _listed(cells, lot, row)


def _listed(cells: Cells, lot: str, row: Row) -> Iterator[Found]:
    listed = {test.casefold(): due for test, due in outstanding_of(row).items()}
    late = [one for one in tested(cells, lot, row["RELDTC"]) if one.is_late and one.blocks and not one.passed]
    for one in late:
        if one.row.test.casefold() not in listed:
            verdict = (
                "release it on condition and list it in OUTSTND" if row["VERDICT"] == RELEASED else "list it in OUTSTND with its due date"
            )
            why = f"{row['RELID']}: {one.row.test} was outstanding and is not listed"
            yield Found("", why, "every outstanding test with its due date", verdict, row, "OUTSTND", date_text(row, "RELDTC"))
    for test, due in outstanding_of(row).items():
        if row["VERDICT"] == CONDITIONAL and span_of(due, zone_of("UTC")) is EVER:
            why = f"{row['RELID']}: {test} has no due date"
            yield Found("", why, "test=due date, such as Sterility=2026-01-20", "write the date", row, "OUTSTND", date_text(row, "RELDTC"))
