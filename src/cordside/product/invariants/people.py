"""Invariant 5: two people. Result and review, release, work and decision, bedside, order and verification."""

from collections.abc import Iterator

from cordside.product.cellrows import Cells
from cordside.product.invariants.found import Found, date_text, of_refusals
from cordside.product.people import same
from cordside.product.refusals import Refusal
from cordside.product.release import people_refusals, performers


def check_people(cells: Cells) -> Iterator[Found]:
    """One person where two are needed: in results, decisions to release, and orders. Checkers at the bedside belong to the start."""
    for row in cells.results.values():
        if row["RESBY"] and same(row["RESBY"], row["REVBY"]):
            why = f"{row['TRSID']}: {row['RESBY']} entered and reviewed it"
            when = date_text(row, "REVDTC") or date_text(row, "RESDTC")
            refusal = Refusal("two_people_needed", why, "a reviewer who did not enter the result", "let another person review it")
            yield from of_refusals([refusal], row, "REVBY", when, *_concerned(row["TRGTYPE"], row["TRGID"]))
    for lot, decisions in cells.releases.items():
        for row in decisions:
            if row["VERDICT"] != "rejected":
                found = people_refusals(performers(cells, lot), row["QABY"], row["SECBY"], f"{row['RELID']}: lot {lot}")
                yield from of_refusals(found, row, "QABY", date_text(row, "RELDTC"), cells.by_lot.get(lot, []), lot)
    used = {row["EXORD"] for row in cells.infusions}
    for row in cells.orders.values():
        # Of an order that was carried out, the infusion itself tells.
        if row["ORDBY"] and same(row["ORDBY"], row["VERBY"]) and row["ORDID"] not in used:
            why = f"{row['ORDID']}: {row['ORDBY']} wrote and verified it"
            refusal = Refusal(
                "two_people_needed", why, "two people: one writes the order, another verifies it", "let another person verify it"
            )
            yield from of_refusals([refusal], row, "VERBY", date_text(row, "ORDDTC"), [row["MATID"]] if row["MATID"] else [])


def _concerned(target: str | None, name: str | None) -> tuple[list[str], str]:
    """Materials and lot that a result is about."""
    return ([name] if target == "material" and name else []), (name or "" if target == "lot" else "")
