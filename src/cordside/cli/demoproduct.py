"""What `demo` shows of a study's cells: the page and verdict of each product lot, and the dose sheet of one infusion as it was prepared."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from cordside.cli.lot import lot_pages
from cordside.cli.output import counted, step, write_files
from cordside.product.cellrows import Cells, cells_of
from cordside.product.dosing.labels import label_sheet
from cordside.product.dosing.sheet import preparation_sheet
from cordside.product.dosing.working import Dose
from cordside.product.earlier import dose_again
from cordside.product.expiry import volume_words
from cordside.product.lots import PRODUCT_LEVEL, level_of
from cordside.product.lotsheet import verdict_words
from cordside.product.lotview import LotView, lot_view
from cordside.product.numbers import nearest
from cordside.product.summary.all import as_of, lots_told
from cordside.record.record import Record
from cordside.report.sheets import write_sheet
from cordside.report.writers.sheetpdf import write_sheets_pdf

_MOST = 4
"""Lots whose pages are written; `cordside lot` writes them all."""


def show_product(record: Record, out: Path) -> None:
    """Write the pages of the lots and one dose sheet, and print a line of each and where they are."""
    cells = cells_of(record)
    step(f"{record.study}: lots and doses ...")
    views = list(_views(cells, as_of(record)))
    sheet = _dose_files(cells)
    places = write_files(out, lot_pages(views) | (sheet[1] if sheet else {}), True)
    step("")
    if not views:
        print(f"{record.study}: no lot is recorded; the product section of the report tells what was published of the cells")
    for view in views:
        print(f"{record.study}: lot {view.lot}: {view.state}; {_counts(view)}; {_recipients(view)}")
    if sheet:
        print(f"{record.study}: {_dose_words(sheet[0])}")
    for place in places:
        print(f"  {place}")


def _views(cells: Cells, at: datetime) -> Iterator[LotView]:
    lots = [lot for lot in lots_told(cells) if level_of(cells, lot) == PRODUCT_LEVEL and lot in cells.lots]
    yield from (lot_view(cells, lot, at) for lot in lots[:_MOST])


def _counts(view: LotView) -> str:
    found = Counter(verdict_words(one) for one in view.tests)
    return ", ".join(f"{many} {word}" for word, many in found.items()) or "no test judged"


def _recipients(view: LotView) -> str:
    subjects = len({row["USUBJID"] for row in view.infusions})
    return f"{counted(len(view.infusions), 'infusion', 'infusions')} to {counted(subjects, 'subject', 'subjects')}"


def _dose_files(cells: Cells) -> tuple[Dose, dict[str, str | bytes]] | None:
    """The first infusion whose dose nothing forbids, worked out as it stood before it: preparation sheet and labels."""
    for row in cells.infusions:
        found = dose_again(cells, row)
        if found is None or found[1].is_refused:
            continue
        then, dose = found
        sheets = [preparation_sheet(then, dose), label_sheet(then, dose)]
        name = f"dose-{re.sub(r'[^A-Za-z0-9._-]+', '_', dose.subject)}"
        return dose, {f"{name}.html": write_sheet(sheets), f"{name}.pdf": write_sheets_pdf(sheets)}
    return None


def _dose_words(dose: Dose) -> str:
    drawn = f"draw {volume_words(dose.draw.volume_ul)} for {nearest(dose.draw.cells):,} cells" if dose.draw else "nothing to draw"
    return f"dose of {dose.subject}: container {dose.container}, {drawn}"
