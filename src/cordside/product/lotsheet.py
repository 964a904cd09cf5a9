"""The page of a lot, to read and to file: where it comes from, tests against the specification, containers, recipients, look-back."""

from collections.abc import Iterator

from cordside.product.cellrows import Row
from cordside.product.dosing.sheet import origin_notes
from cordside.product.limits import limit_words
from cordside.product.lotorigin import genealogy_block
from cordside.product.lots import level_of, materials_of
from cordside.product.lotview import LotView
from cordside.product.quantities import grown
from cordside.product.recall import vials_of
from cordside.product.tested import Tested, outstanding_of
from cordside.product.times import shown
from cordside.results import Block, Field, Grid, Sheet

_NOT_RECORDED = "not recorded"
_MOST = 200
"""Containers printed on a page; a larger lot is read from --json."""


def lot_sheet(view: LotView) -> Sheet:
    """The page of a lot as it stands at a time."""
    steps = genealogy_block(view.cells, view.lot)
    blocks = [_head(view), _origin(view), *([steps] if steps else []), _tests(view), *_notes(view), _containers(view), _recipients(view)]
    subtitle = f"{view.cells.record.study} · at {shown(view.at)}"
    notes = (
        "Results are compared unrounded. A limit is the protocol's; an outstanding test is shown as outstanding.",
        *origin_notes(view.cells),
    )
    return Sheet(f"lot-{view.lot}", f"Lot {view.lot}", subtitle, tuple(blocks), (), notes)


def _head(view: LotView) -> Block:
    row, decision = view.cells.lots.get(view.lot) or Row(), view.decision
    decided = _NOT_RECORDED
    if decision is not None:
        people = ", ".join(person for person in (decision["QABY"], decision["SECBY"]) if person) or "nobody named"
        decided = f"{decision['VERDICT']} at {shown(decision['RELDTC']) if decision['RELDTC'] else 'an unknown time'} by {people}"
    return Block(
        "State",
        (
            Field("State", view.state),
            Field("Tests amount to", view.verdict or "outstanding"),
            Field("Decision", decided),
            Field("Level", level_of(view.cells, view.lot)),
            Field("Specification", " ".join(word for word in (row["SPECID"], row["SPECVER"]) if word) or _NOT_RECORDED),
            Field("Maker", row["MAKER"] or _NOT_RECORDED),
        ),
    )


def _origin(view: LotView) -> Block:
    donors = [f"{donor} ({(view.cells.donors.get(donor) or Row())['ELIG'] or 'eligibility not recorded'})" for donor in view.donors()]
    became = [grown(view.cells, matid) for matid in materials_of(view.cells, view.lot)]
    passages = sorted({one.passage for one in became if one.passage is not None})
    doublings = [one for one in became if one.cum_pd is not None]
    most = max(doublings, key=lambda one: one.cum_pd or 0, default=None)
    counted = f"{most.cum_pd:.2f}" + (f", counted from {most.pd_from}" if most.pd_from else "") if most else _NOT_RECORDED
    return Block(
        "Where it comes from",
        (
            Field("Donors", ", ".join(donors) or _NOT_RECORDED),
            Field("Bank vials", ", ".join(vials_of(view.cells, view.lot)) or _NOT_RECORDED),
            Field("Passage", ", ".join(map(str, passages)) or _NOT_RECORDED),
            Field("Cumulative doublings", counted),
        ),
    )


def _tests(view: LotView) -> Block:
    columns = ("Test", "Method", "Limit", "Result", "Verdict", "Blocking", "Due")
    rows = tuple(
        (
            one.row.test,
            one.row.method or "",
            limit_words(one.row.operator, one.row.limit, one.row.unit or ""),
            _reported(one),
            verdict_words(one),
            "yes" if one.blocks else "no",
            due_words(one),
        )
        for one in view.tests
    )
    remarks = [one.compared[0].remark for one in view.tests if one.compared and one.compared[0].remark]
    return Block(
        "Tests against the specification",
        grid=Grid("", columns, rows or (("no specification is effective", *[""] * 6),), "; ".join(remarks)),
    )


def _reported(one: Tested) -> str:
    """The result with its unit."""
    unit = one.results[0]["ORRESU"] if one.results else None
    return f"{one.value} {unit}" if unit and one.value else one.value or ""


def verdict_words(one: Tested) -> str:
    """What a row of the specification amounts to: passed, failed, not known, outstanding or overdue; whether it was reviewed."""
    if one.passed is None:
        return "overdue" if one.overdue else "not known" if one.results else "outstanding"
    word = "passed" if one.passed else "failed"
    return word if one.reviewed else f"{word}, not reviewed"


def due_words(one: Tested) -> str:
    """When a result is due."""
    if not one.is_late:
        return "before use"
    return f"after use, by {one.due:%Y-%m-%d}" if one.due else "after use"


def _notes(view: LotView) -> Iterator[Block]:
    if view.holds:
        yield Block("Holds", checks=tuple(hold.words() for hold in view.holds))
    if view.refused:
        yield Block("Why it may not be released", checks=tuple(str(refusal) for refusal in view.refused))
    decision = view.decision
    if decision is not None and outstanding_of(decision):
        yield Block(
            "Outstanding at release",
            checks=tuple(f"{test}, due {due or 'without a date'}" for test, due in outstanding_of(decision).items()),
        )
    earlier = [row for row in view.cells.releases.get(view.lot, []) if row is not decision and _is_before(row, view)]
    if earlier:
        yield Block("Earlier decisions", checks=tuple(f"{row['VERDICT']} at {shown(row['RELDTC'])} ({row['SOURCE']})" for row in earlier))
    if decision is not None and decision["EXCREAS"]:
        given = {"Reason": "EXCREAS", "Maker's risk evaluation": "EXCRISK", "Treating physician": "EXCPHYS", "Sponsor told": "EXCSPON"}
        yield Block("Exception", tuple(Field(label, decision[name] or _NOT_RECORDED) for label, name in given.items()))


def _is_before(decision: Row, view: LotView) -> bool:
    return decision["RELDTC"] is not None and decision["RELDTC"] <= view.at


def _containers(view: LotView) -> Block:
    found = view.containers()
    rows = tuple(
        (
            one["container"],
            one["subject"] or "",
            f"{one['viable']:,}" if one["viable"] is not None else "",
            one["volume_mL"] or "",
            (one["expiry"] or "")[:16].replace("T", " "),
            _what_became(view, one["container"]) or may_be_infused(one["infused"], one["refused"]).replace("_", " "),
        )
        for one in found[:_MOST]
    )
    more = f"{len(found) - _MOST} more in --json" if len(found) > _MOST else ""
    return Block("Containers", grid=Grid("", ("Container", "For", "Viable cells", "mL", "Expiry (UTC)", "May be infused"), rows, more))


def _what_became(view: LotView, matid: str) -> str:
    """What a used unit was made into; empty for one that is still there or was infused itself."""
    children = view.cells.genealogy.children(matid)
    gone = view.cells.materials[matid]["MATSTAT"] == "consumed" and matid not in view.cells.infused
    return f"used for {', '.join(children)}" if gone and children else ""


def may_be_infused(infused: list[str], refused: list[str] | None) -> str:
    """Whether a container may be infused: into whom it was, or why not."""
    if infused:
        return "infused into " + ", ".join(infused)
    if refused is None:
        return "a bank vial"
    return "no: " + ", ".join(refused) if refused else "yes, after the checks at the bedside"


def _recipients(view: LotView) -> Block:
    rows = tuple((row["USUBJID"], row["EXSTDTC"] or "", view.cells.container_of(row) or "", "this lot") for row in view.infusions)
    others = tuple((subject, "", "", "a lot of the same bank vial") for subject in view.reach.sibling_subjects)
    return Block(
        "Recipients and look-back",
        grid=Grid("", ("Subject", "Infused", "Container", "Through"), (*rows, *others) or (("nobody", "", "", ""),)),
    )
