"""dose: the order, the draw and the preparation sheet of one infusion, or every reason why it is refused."""

import argparse
import re
from collections.abc import Iterator
from difflib import get_close_matches
from importlib import import_module

from cordside.cli.moments import moment_of
from cordside.cli.output import print_json, write_files
from cordside.cli.screen import subject_of
from cordside.cli.study import sound_record
from cordside.errors import CannotDo
from cordside.product.cellrows import Cells, cells_of
from cordside.product.dosing.gate import choose, work_out
from cordside.product.dosing.labels import label_sheet
from cordside.product.dosing.sheet import preparation_sheet
from cordside.product.dosing.working import Dose
from cordside.product.expiry import volume_words
from cordside.product.lots import all_lots, containers_of
from cordside.product.numbers import as_decimal, nearest
from cordside.report.sheets import write_sheet


def run(given: argparse.Namespace) -> int:
    """Print the dose, and write its sheet where --out asks for it; 1 when it is refused, and then nothing is written."""
    record = sound_record(given.study)
    cells, subject = cells_of(record), subject_of(record, given.subject)
    _known(given.lot, all_lots(cells), "lot")
    if given.container:
        _known(given.container, containers_of(cells, given.lot), f"container of lot {given.lot}")
    at = moment_of(given.at)
    dose = work_out(cells, subject, given.lot, given.container, at) if given.container else choose(cells, subject, given.lot, at)
    written = write_files(given.out, sheet_files(cells, dose), given.force) if given.out and not dose.refusals else []
    if given.json:
        # The refusals stand beside the dose too, so that a program need not look into it to see that there is none.
        refused = {"refused": [refusal.as_dict() for refusal in dose.refusals]} if dose.refusals else {}
        print_json("dose", [dose.as_dict()], **refused)
    else:
        print("\n".join([*_lines(dose), *map(str, written)]))
    return 1 if dose.refusals else 0


def _known(word: str, known: list[str], kind: str) -> None:
    if word not in known:
        near = get_close_matches(word, known, 1, 0.5)
        listed = f"known are {', '.join(known[:10])}{', ...' if len(known) > 10 else ''}" if known else "none is recorded"
        remedy = f"did you mean {near[0]}" if near else listed
        raise CannotDo(f"{word}: no {kind} is recorded under this name; {remedy}.")


def sheet_files(cells: Cells, dose: Dose) -> dict[str, str | bytes]:
    """Sheet and labels, each as HTML and PDF, named by subject and container. What sets a PDF is loaded only for it."""
    write_pdf = import_module("cordside.report.writers.sheetpdf").write_sheets_pdf
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", f"{dose.subject}-{dose.container}")
    found: dict[str, str | bytes] = {}
    for kind, sheets in (("preparation", [preparation_sheet(cells, dose)]), ("labels", [label_sheet(cells, dose)])):
        found[f"{kind}-{name}.html"] = write_sheet(sheets)
        found[f"{kind}-{name}.pdf"] = write_pdf(sheets)
    return found


def _lines(dose: Dose) -> Iterator[str]:
    yield f"{dose.subject}: lot {dose.lot}, container {dose.container}, at {dose.at.isoformat(sep=' ', timespec='minutes')}"
    for refusal in dose.refusals:
        yield f"  refused: {refusal}"
    if not dose.refusals:
        yield from _worked_out(dose)
    yield from (f"  mind: {words}." for words in dose.warnings)


def _worked_out(dose: Dose) -> Iterator[str]:
    if dose.order is None or dose.draw is None:
        return
    weight = f"; weight {as_decimal(dose.weight.kg, 3)} kg, {dose.weight.kind}" if dose.weight.kg is not None else ""
    yield f"  order {dose.order.target_cells:,} cells: {dose.asked.words()}{weight}"
    diluent = f", add {volume_words(dose.draw.diluent_ul)} diluent" if dose.draw.diluent_ul else ""
    yield f"  draw {volume_words(dose.draw.volume_ul)}{diluent}"
    per_kg = f", {nearest(dose.per_kg):,} per kg" if dose.per_kg is not None else ""
    yield f"  gives {nearest(dose.draw.cells):,} cells{per_kg}, at {nearest(dose.draw.per_ml):,} per mL"
    if dose.expiry is not None:
        yield f"  use before {dose.expiry.isoformat(sep=' ', timespec='minutes')}"
