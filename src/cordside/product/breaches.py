"""The cells beside the record: cells given computed, broken invariants told, and every breach that was entered made a deviation.

A gate is not a fact: nothing here refuses a row. `record` knows no product, so this is called where a study has been read.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from fractions import Fraction

import polars as pl

from cordside.domains.all import PRODUCT
from cordside.domains.ex import EX
from cordside.errors import Problem
from cordside.product.cellrows import Cells, Row, cells_of, is_kept
from cordside.product.go import go_refusals
from cordside.product.infused import infused
from cordside.product.invariants.all import broken
from cordside.product.invariants.found import Found, of_refusals
from cordside.product.lots import infusions_from
from cordside.product.numbers import nearest
from cordside.record.csvfile import ROW
from cordside.record.derive import SUPPLIED
from cordside.record.deviations import Breach, not_recorded
from cordside.record.foundbreaches import recorded_deviations, with_deviations
from cordside.record.read import in_file_order
from cordside.record.record import Record

_MOST_CELLS = 2**63 - 1


def with_product(record: Record) -> Record:
    """The record with its cells given, the queries about its cells, and deviations for the breaches that were entered."""
    if _is_half_read(record):
        return record
    cells = cells_of(record)
    if not is_kept(record):
        return _told(record, cells, list(_no_goes(cells)))
    return _told(_with_cells_given(record, cells), cells, list(broken(cells)))


def _is_half_read(record: Record) -> bool:
    """Whether a file about the cells could not be read: whatever refers to its rows would be told of as wrong, and is not."""
    files = {problem.file for problem in record.problems if problem.hard}
    codes = [EX.code, *(domain.code for domain in PRODUCT)]
    return any(f"records/{code.lower()}.csv" in files and code not in record.rows for code in codes)


def _no_goes(cells: Cells) -> Iterator[Found]:
    """Infusions that were started although a criterion was known not to be met; asked of every study that has criteria."""
    if not cells.protocol.before_each_infusion or "EX" not in cells.record.rows:
        return
    for row in cells.infusions:
        if row["START"].is_known or row["EXSTDTC"]:
            yield from of_refusals(
                go_refusals(cells, row["USUBJID"], row["START"].first, unknown_too=False), row, "EXSTDTC", row["EXSTDTC"]
            )


def _told(record: Record, cells: Cells, found: list[Found]) -> Record:
    """The record with a query for each breach and a row of DV for those with a code."""
    before = recorded_deviations(record)
    queries = [_problem(one) for one in found if not _is_told(one, before)]
    for file in dict.fromkeys(one.file for one in found if one.code):
        breaches = [breach for one in found if one.code and one.file == file for breach in _breaches(cells, one)]
        record = with_deviations(record, breaches, file, before)
    return replace(record, problems=in_file_order([*record.problems, *dict.fromkeys(queries)])) if queries else record


def _is_told(found: Found, before: pl.DataFrame) -> bool:
    """Whether the record itself has told of an infusion's breach already."""
    return bool(found.code) and _is_infusion(found.row) and not not_recorded([_breach(found, found.row)], before)


def _is_infusion(row: Row) -> bool:
    return "START" in row


def _problem(found: Found) -> Problem:
    words = f"{found.why} ({found.code})" if found.code else found.why
    return Problem(found.file, found.row["_ROW"], found.variable, words, found.allowed, found.remedy)


def _breaches(cells: Cells, found: Found) -> Iterator[Breach]:
    """A breach for every infusion that it concerns; one of nobody where it concerns none."""
    if _is_infusion(found.row):
        yield _breach(found, found.row)
        return
    reached = dict.fromkeys(one for matid in found.materials for one in (matid, *cells.genealogy.descendants(matid)))
    infusions = {row["_ROW"]: row for matid in reached for row in cells.infused.get(matid, [])}
    infusions |= {row["_ROW"]: row for row in infusions_from(cells, found.lot)} if found.lot else {}
    for row in infusions.values():
        yield _breach(found, row)
    if not infusions:
        yield _breach(found, None)


def _breach(found: Found, infusion: Row | None) -> Breach:
    about = infusion if infusion is not None else found.row
    names = tuple(name for name in (about["EXREFID"], about["ROWID"]) if name)
    subject = about["USUBJID"] if infusion is not None else None
    when = found.when or about["EXSTDTC"]
    return Breach(found.code, found.why, found.allowed, found.row["_ROW"], subject, when, names, about["ORIGIN"])


def _with_cells_given(record: Record, cells: Cells) -> Record:
    """What follows from the containers, in EX: lot, cells given, viable cells per kg, minutes from thaw to start."""
    if "EX" not in record.rows:
        return record
    rows, known = record.rows["EX"], {one.row[ROW]: one for one in infused(cells)}
    found = [known.get(place) for place in rows.frame[ROW].to_list()]
    columns = {
        "EXTCELLS": [one and _held(one.given.total) for one in found],
        "EXVCELLS": [one and _held(one.given.viable) for one in found],
        "EXVCKG": [one and _whole(one.per_kg(one.given.viable)) for one in found],
        "EXTHMIN": [one and one.thaw_minutes for one in found],
    }
    computed = [pl.coalesce(pl.Series(name, values, dtype=pl.Int64), pl.col(name)).alias(name) for name, values in columns.items()]
    frame = _with_lots(rows.frame.with_columns(computed), rows.collected, [one.lot if one else None for one in found])
    return replace(record, rows={**record.rows, "EX": replace(rows, frame=frame)}, _frames={})


def _with_lots(frame: pl.DataFrame, collected: Collection[str], lots: list[str | None]) -> pl.DataFrame:
    """EXLOT of the container where none was entered; what was entered stays beside it, because a digest is made of that."""
    if not frame["EXLOT"].null_count():
        return frame
    kept = [pl.col("EXLOT").alias(SUPPLIED + "EXLOT")] if "EXLOT" in collected and SUPPLIED + "EXLOT" not in frame.columns else []
    return frame.with_columns(*kept, pl.coalesce(pl.col("EXLOT").cast(pl.String), pl.Series(lots, dtype=pl.String)).alias("EXLOT"))


def _held(cells: int | None) -> int | None:
    """A number of cells that a column can hold; None for more than there are on earth, which follows from a slip in a volume."""
    return cells if cells is not None and cells <= _MOST_CELLS else None


def _whole(cells: Fraction | None) -> int | None:
    return None if cells is None else _held(nearest(cells))
