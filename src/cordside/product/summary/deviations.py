"""Breaches that were entered: code, date, what was done. What a gate would have refused is told, never hidden."""

from collections.abc import Collection, Iterator

from cordside.product.cellrows import Row, typed_rows
from cordside.product.refusals import CODES
from cordside.product.summary.told import NOT_RECORDED, Told, listed
from cordside.results import Result

DEVIATIONS = "Deviations"
_ALL = tuple(dict.fromkeys(code for codes in CODES.values() for code in codes))


def deviation_lines(told: Told) -> Iterator[Result]:
    """A line a breach; without any, one that says so."""
    found = breaches(told, _ALL)
    if not found:
        nobody = None if not told.infusions else "none recorded and none found"
        yield told.line(DEVIATIONS, "Breaches of the product's rules", nobody, [one.row for one in told.infusions])
        return
    for number, row in enumerate(found, 1):
        who = row["USUBJID"] or "no subject"
        label = f"{number}. {who}, {row['DVSTDTC'] or row['DVDTC'] or 'undated'}: {row['DVDECOD']}"
        text = f"{row['DVTERM']}; done: {row['DVACN'] or NOT_RECORDED}"
        yield told.line(DEVIATIONS, label, text, [row], subject=row["USUBJID"] or "", visit=row["DVSTDTC"] or "")


def breaches(told: Told, codes: Collection[str]) -> list[Row]:
    """Deviations with one of the codes, entered or found, in the order of the record."""
    rows: list[Row] = told.cells.once("deviations", lambda: typed_rows(told.cells.record, "DV"))
    return [row for row in rows if row["DVDECOD"] in codes]


def in_words(found: list[Row]) -> str | None:
    """Codes with their subjects and dates."""
    return listed(f"{row['DVDECOD']} ({row['USUBJID'] or 'no subject'}, {row['DVSTDTC'] or 'undated'})" for row in found)
