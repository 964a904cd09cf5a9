"""The release of a lot: the gate that a decision must pass, what the tests amount to, and the state of a lot at a time.

in process → quarantine → released | conditional | rejected → recalled. Expiry is computed beside it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from cordside.product.cellrows import Cells, Row
from cordside.product.expiry import is_expired
from cordside.product.holds import lot_holds
from cordside.product.lots import materials_of
from cordside.product.people import by_two, one_of, same
from cordside.product.quantities import expiry_of
from cordside.product.refusals import Refusal, in_order
from cordside.product.tested import (
    Tested,
    computed_kind,
    decision_at,
    effective_specification,
    failed_late,
    late_tested,
    outstanding_of,
    tested,
)
from cordside.product.times import shown

RELEASED, CONDITIONAL, REJECTED, RECALLED = "released", "conditional", "rejected", "recalled"
IN_PROCESS, QUARANTINE = "in process", "quarantine"
_NO_WORK = frozenset({"sample", "dispose"})
_UNITS = ("container", "bank vial")


def lot_state(cells: Cells, lot: str, at: datetime) -> str:
    """State of a lot at a time: in process, quarantine, released, conditional, rejected or recalled."""
    decision = decision_at(cells, lot, at)
    if decision is None or decision["VERDICT"] is None:
        return QUARANTINE if _is_made(cells, lot, at) else IN_PROCESS
    if decision["VERDICT"] == REJECTED:
        return REJECTED
    if failed_late(cells, lot, at):
        return RECALLED
    return CONDITIONAL if still_outstanding(cells, lot, decision, at) else RELEASED


def _is_made(cells: Cells, lot: str, at: datetime) -> bool:
    """Whether any unit of the lot, a container or a vial, was made by then; one without a recorded time was."""
    units = [matid for matid in materials_of(cells, lot) if cells.materials[matid]["MATKIND"] in _UNITS]
    made = [cells.transforms[act]["TRFDTC"] for matid in units for act in cells.genealogy.made_by(matid)]
    return bool(units) and (not made or any(moment is None or moment <= at for moment in made))


def still_outstanding(cells: Cells, lot: str, decision: Row, at: datetime) -> list[str]:
    """Tests due after use that have no reviewed passing result yet, by the specification and by the decision's own list."""
    found = [one.row.test for one in late_tested(cells, lot, at) if not (one.passed and one.reviewed)]
    listed = outstanding_of(decision) if decision["VERDICT"] == CONDITIONAL else {}
    if not listed:
        return found
    known = {one.row.test.casefold() for one in tested(cells, lot, at)}
    return [*found, *(test for test in listed if test.casefold() not in known)]


def verdict_of(cells: Cells, lot: str, at: datetime) -> str | None:
    """What the tests alone amount to: released, conditional, rejected, recalled, or None while one due before use is missing."""
    rows = [one for one in tested(cells, lot, at) if one.blocks]
    if not rows:
        return None
    early = [one for one in rows if not one.is_late]
    late = [one for one in rows if one.is_late]
    decision = decision_at(cells, lot, at)
    if any(one.passed is False for one in late):
        return RECALLED if decision is not None and decision["VERDICT"] != REJECTED else REJECTED
    if any(one.passed is False for one in early):
        if decision is None or not has_exception(decision) or decision["VERDICT"] == REJECTED:
            return REJECTED
    elif any(not (one.passed and one.reviewed) for one in early):
        return None
    return CONDITIONAL if any(not (one.passed and one.reviewed) for one in late) else RELEASED


def has_exception(decision: Row) -> bool:
    """Whether a decision carries a whole exception: reason, physician and sponsor."""
    return bool(decision["EXCREAS"] and decision["EXCPHYS"] and decision["EXCSPON"])


def performers(cells: Cells, lot: str) -> list[str]:
    """Who performed the transforms that made a lot."""
    acts = dict.fromkeys(act for matid in materials_of(cells, lot) for act in cells.genealogy.made_by(matid))
    return [row["TRFBY"] for act in acts if (row := cells.transforms[act])["TRFBY"] and row["TRFKIND"] not in _NO_WORK]


def people_refusals(performed: Iterable[str], qa: str | None, second: str | None, where: str = "release") -> list[Refusal]:
    """Two people decide, and neither of them made the lot."""
    found = by_two(where, qa, second, "a quality person and a second person")
    workers = list(performed)
    for person in [one for one in (qa, second) if one and one_of(one, workers)]:
        why = f"{where}: {person} decides and performed a transform of the lot"
        found.append(Refusal("qa_performed_the_work", why, "people who did not make the lot", "let another quality person decide"))
    return list(dict.fromkeys(found))


def decision_refusals(cells: Cells, decision: Row) -> list[Refusal]:
    """Why a decision to release should not have been made, at the time when it was made; none for a rejection."""
    if decision["VERDICT"] not in (RELEASED, CONDITIONAL) or decision["RELDTC"] is None or not decision["LOTID"]:
        return []
    lot, made = decision["LOTID"], decision["RELDTC"]
    found: list[Refusal] = cells.once(f"decision {decision['SOURCE']}", lambda: release_refusals(cells, lot, made, decision))
    return found


def release_refusals(cells: Cells, lot: str, at: datetime, decision: Row | None = None) -> list[Refusal]:
    """Every reason why a lot may not be released at a time, in the order of the codes.

    decision: who decides (QABY, SECBY), on which version of the specification, with which exception; without one, people are not judged.
    """
    given = decision if decision is not None else Row()
    rows = tested(cells, lot, at)
    outside = [*_test_refusals(cells, lot, rows, at), *_growth_refusals(lot, rows)]
    excused = {"test_failed", "passage_or_doublings_exceeded"} if has_exception(given) else set()
    found = [refusal for refusal in outside if refusal.code not in excused]
    found += _specification_refusals(cells, lot, at, given)
    found += _donor_refusals(cells, lot, at) + _status_refusals(cells, lot, at) + _exception_refusals(lot, given)
    if decision is not None:
        found += people_refusals(performers(cells, lot), given["QABY"], given["SECBY"], f"lot {lot}")
    return in_order(found, "release")


def _specification_refusals(cells: Cells, lot: str, at: datetime, decision: Row) -> list[Refusal]:
    specification = effective_specification(cells, lot, at)
    version = decision["SPECVER"]
    if specification is not None and not (version and specification.version and version != specification.version):
        return []
    named = f"version {version} " if version else ""
    why = f"lot {lot}: no specification {named}is effective at {shown(at)}"
    return [Refusal("no_effective_specification", why, "one effective version of the specification", "make one effective, or name it")]


def _test_refusals(cells: Cells, lot: str, rows: Sequence[Tested], at: datetime) -> list[Refusal]:
    found: list[Refusal] = []
    for one in rows:
        if not one.blocks:
            continue
        growth = computed_kind(one.row.test) is not None
        if one.passed is False and not growth:
            why = f"lot {lot}: {one.words()}: {one.value} is outside"
            found.append(Refusal("test_failed", why, one.words(), "reject the lot, or use it by a signed exception"))
        if one.is_late:
            continue
        if not one.results and not one.is_computed:
            found.append(Refusal("test_missing", f"lot {lot}: {one.words()}: no result", one.words(), "test it, or enter the result"))
        elif one.passed is None:
            why = f"lot {lot}: {one.words()}: {one.value or 'nothing'} cannot be compared{_remark(one)}"
            found.append(Refusal("test_missing", why, one.words(), "enter a result that the limit can judge"))
        found += _review_refusals(lot, one)
    return found


def _remark(one: Tested) -> str:
    remark = one.compared[0].remark if one.compared else ""
    return f" ({remark})" if remark else ""


def _review_refusals(lot: str, one: Tested) -> list[Refusal]:
    found = []
    if one.results and not one.reviewed:
        why = f"lot {lot}: {one.words()}: the result is not reviewed"
        found.append(Refusal("result_not_reviewed", why, "reviewed results", "let another person review it"))
    if one.several:
        ids = ", ".join(str(result["TRSID"]) for result in one.results)
        why = f"lot {lot}: {one.words()}: several results stand ({ids})"
        found.append(
            Refusal("several_valid_results", why, "one result that stands", "invalidate the others, or name in SUPERSED what one replaces")
        )
    for result in one.results:
        if result["RESBY"] and same(result["RESBY"], result["REVBY"]):
            why = f"lot {lot}: {one.words()}: {result['RESBY']} entered and reviewed result {result['TRSID']}"
            found.append(Refusal("two_people_needed", why, "a reviewer who did not enter the result", "let another person review it"))
    return found


def _growth_refusals(lot: str, rows: Sequence[Tested]) -> list[Refusal]:
    beyond = [one for one in rows if one.blocks and one.passed is False and computed_kind(one.row.test) is not None]
    return [
        Refusal(
            "passage_or_doublings_exceeded",
            f"lot {lot}: {one.words()}: it is {one.value}",
            one.words(),
            "reject the lot, or use it by exception",
        )
        for one in beyond
    ]


def _donor_refusals(cells: Cells, lot: str, at: datetime) -> list[Refusal]:
    donors = dict.fromkeys(donor for matid in materials_of(cells, lot) for donor in cells.genealogy.donors_of(matid))
    found = []
    for donor in donors:
        row = cells.donors.get(donor) or Row()
        if row["ELIG"] != "eligible" or (row["ELIGDTC"] is not None and row["ELIGDTC"] > at):
            said = "not decided yet" if row["ELIG"] in (None, "pending", "eligible") else row["ELIG"]
            why = f"lot {lot}: the eligibility of donor {donor} is {said} at {shown(at)}"
            found.append(Refusal("donor_not_eligible", why, "eligible donors", "keep the lot in quarantine until it is decided"))
    return found


def _status_refusals(cells: Cells, lot: str, at: datetime) -> list[Refusal]:
    found = [
        Refusal("on_hold", f"lot {lot}: {hold.words()}", "no open hold on it or on what it was made of", "close the hold first")
        for hold in lot_holds(cells, lot, at)
    ]
    for matid in materials_of(cells, lot):
        row, expiry = cells.materials[matid], expiry_of(cells, matid)
        if row["MATKIND"] in _UNITS and row["MATSTAT"] not in ("consumed", "disposed") and expiry is not None and is_expired(at, expiry):
            why = f"lot {lot}: {matid} is expired from {shown(expiry)} on, and it is {shown(at)}"
            found.append(Refusal("expired", why, "units before their expiry", "dispose of the unit, or reject the lot"))
    return found


def _exception_refusals(lot: str, decision: Row) -> list[Refusal]:
    named = {"a reason": decision["EXCREAS"], "the treating physician": decision["EXCPHYS"], "the sponsor": decision["EXCSPON"]}
    absent = [name for name, value in named.items() if not value]
    if not absent or not (any(named.values()) or decision["EXCRISK"]):
        return []
    why = f"lot {lot}: the exception lacks {' and '.join(absent)}"
    return [Refusal("exception_incomplete", why, "reason, physician and sponsor", "complete the exception")]
