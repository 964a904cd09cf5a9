"""States of lots and materials, and who signs: in → (what Cordside gives by key, the refusals of the gate).

Where the order of names has no meaning they are a frozenset.
"""

from typing import Any

from cordside.product.genealogy import Genealogy
from cordside.product.holds import blocked
from cordside.product.recall import recall_of
from cordside.product.release import CONDITIONAL, RECALLED, RELEASED, people_refusals
from cordside.product.start import bedside_refusals
from tests.reference.methods.celldoses import Answer


def _release(given: dict[str, Any]) -> Answer:
    refusals = people_refusals(given["performed"], given.get("qa"), given.get("second"))
    return {"verdict": None if refusals else RELEASED}, refusals


def _recall(given: dict[str, Any]) -> Answer:
    lots, infused, failed = {row["lot"]: row for row in given["lots"]}, given["infused"], given["result"]
    assert failed["verdict"] == "fail", "a recall follows a fail"
    assert lots[failed["lot"]]["verdict"] in (RELEASED, CONDITIONAL), "a recall follows a release"
    vials = {lot: [row["from_vial"]] for lot, row in lots.items()}
    containers = {lot: row["containers"] for lot, row in lots.items()}
    received = {lot: [(one, infused[one]) for one in held if one in infused] for lot, held in containers.items()}
    found = recall_of(failed["lot"], vials, containers, received)
    told = {*found.subjects, *found.sibling_subjects}
    return {
        "state": {found.lot: RECALLED},
        "subjects_of_lot": frozenset(found.subjects),
        "subjects_of_siblings": frozenset(found.sibling_subjects),
        "blocked_containers_of_lot": frozenset(found.blocked),
        "not_listed": frozenset(infused.values()) - told,
    }, []


def _status(given: dict[str, Any]) -> Answer:
    held, free = blocked(Genealogy.from_parents(given["made_from"]), given["holds"])
    return {"blocked": frozenset(held), "free": frozenset(free)}, []


def _bedside(given: dict[str, Any]) -> Answer:
    asked = "checker1" in given or "checker2" in given
    checkers = (given.get("checker1"), given.get("checker2")) if asked else None
    refusals = bedside_refusals(given["wristband"], given["container"], given["ordered_for"], given["infused"], checkers)
    return {"allowed": not refusals}, refusals


KINDS = {"release": _release, "recall": _recall, "status": _status, "bedside": _bedside}
