"""lot: genealogy, tests against the specification, verdict, who may be infused, look-back and recall."""

import argparse
import re
from collections.abc import Iterator
from difflib import get_close_matches

from cordside.cli.moments import moment_of
from cordside.cli.output import print_json, write_files
from cordside.cli.study import sound_record
from cordside.errors import CannotDo
from cordside.product.cellrows import cells_of
from cordside.product.lots import all_lots
from cordside.product.lotsheet import due_words, lot_sheet, may_be_infused, verdict_words
from cordside.product.lotview import LotView, lot_view
from cordside.report.sheets import write_sheet
from cordside.report.writers.sheetpdf import write_sheets_pdf

_MASTER = "master bank"


def run(given: argparse.Namespace) -> int:
    """Print each lot as it stands at a time, and write its page where --out asks for it; fine whatever the verdicts."""
    cells, at = cells_of(sound_record(given.study)), moment_of(given.at)
    known = all_lots(cells)
    if given.lot and given.lot not in known:
        near = get_close_matches(given.lot, known, 1, 0.5)
        lots = f"lots are {', '.join(known[:10])}{', ...' if len(known) > 10 else ''}" if known else "no lot is recorded in this study"
        remedy = f"did you mean {near[0]}" if near else lots
        raise CannotDo(f"{given.lot}: no lot is recorded under this name; {remedy}.")
    views = [lot_view(cells, lot, at) for lot in known if given.lot in (None, lot)]
    written = write_files(given.out, lot_pages(views), given.force) if given.out and views else []
    if given.json:
        print_json("lots", [view.as_dict() for view in views])
        return 0
    if not views:
        print(f"{cells.record.study}: no lots are recorded.")
    for line in (line for view in views for line in _lines(view)):
        print(line)
    for place in written:
        print(place)
    return 0


def lot_pages(views: list[LotView]) -> dict[str, str | bytes]:
    """The page of each lot, as HTML and PDF."""
    found: dict[str, str | bytes] = {}
    for view in views:
        name, sheet = re.sub(r"[^A-Za-z0-9._-]+", "_", view.lot), lot_sheet(view)
        found[f"lot-{name}.html"], found[f"lot-{name}.pdf"] = write_sheet([sheet]), write_sheets_pdf([sheet])
    return found


def _lines(view: LotView) -> Iterator[str]:
    shown = view.as_dict()
    yield f"{view.lot}: {shown['level']}: {view.state}; tests amount to {view.verdict or 'nothing yet'}"
    genealogy = shown["genealogy"]
    # A master bank is made from the donor itself: it has no vial to come from.
    vials = "" if shown["level"] == _MASTER else f"; bank vial {_listed(genealogy['bank_vials'], 'not recorded')}"
    yield f"  from donor {_listed(genealogy['donors'], 'not recorded')}{vials}"
    for one in view.tests:
        blocking = "" if one.blocks else " (informative)"
        yield f"  test {one.words()}{blocking}: {one.value or 'no result'}: {verdict_words(one)}; due {due_words(one)}"
    yield from (f"  hold: {hold.words()}" for hold in view.holds)
    yield from (f"  not to be released: {refusal}" for refusal in view.refused)
    for one in shown["containers"]:
        meant = f" for {one['subject']}" if one["subject"] else ""
        yield f"  container {one['container']}{meant}: {may_be_infused(one['infused'], one['refused'])}"
    yield f"  recipients: {', '.join(shown['recipients']) or 'none'}"
    if view.reach.siblings:
        others = ", ".join(view.reach.sibling_subjects) or "nobody else"
        yield f"  look-back: lots of the same bank vial: {', '.join(view.reach.siblings)}; received by {others}"
    if shown["recall"]:
        recall = shown["recall"]
        yield f"  recalled: tell {_listed(recall['subjects_of_lot'], 'nobody')}; blocked {_listed(recall['blocked_containers'], 'nothing')}"


def _listed(names: list[str], otherwise: str) -> str:
    return ", ".join(names) or otherwise
