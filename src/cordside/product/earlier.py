"""The record as it stood before an infusion, so that its preparation sheet can be printed again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import polars as pl

from cordside.product.cellrows import Cells, Row, cells_of
from cordside.product.dosing.gate import work_out
from cordside.product.dosing.working import Dose
from cordside.product.lots import lot_of
from cordside.record.csvfile import ROW
from cordside.record.record import Record


def record_before(record: Record, at: datetime) -> Record:
    """The record without infusions that began at a time (UTC) or later: their orders are open again, their containers available.

    Only what an infusion itself changes is undone; whatever depends on the time is judged at the time that is asked about.
    """
    cells = cells_of(record)
    later = [row for row in cells.infusions if row["START"].first >= at]
    if not later:
        return record
    rows = dict(record.rows)
    infusions = rows["EX"]
    rows["EX"] = replace(infusions, frame=infusions.frame.filter(~pl.col(ROW).is_in([row[ROW] for row in later])))
    undone = {
        "ORDER": ("ORDSTAT", "given", "verified", "ORDID", [row["EXORD"] for row in later]),
        "MATERIAL": ("MATSTAT", "consumed", "available", "MATID", [cells.container_of(row) for row in later]),
    }
    for code, change in undone.items():
        if code in rows:
            rows[code] = replace(rows[code], frame=_undone(rows[code].frame, *change))
    return replace(record, rows=rows, _frames={})


def _undone(frame: pl.DataFrame, name: str, old: str, new: str, key: str, ids: Iterable[str | None]) -> pl.DataFrame:
    """A frame whose status is as before in the rows with one of these ids."""
    status, wanted = pl.col(name).cast(pl.String), [one for one in ids if one]
    changed = (status == old) & pl.col(key).cast(pl.String).is_in(wanted)
    return frame.with_columns(pl.when(changed).then(pl.lit(new)).otherwise(status).alias(name))


def dose_again(cells: Cells, infusion: Row) -> tuple[Cells, Dose] | None:
    """The dose of an infusion from a recorded container, worked out as it stood when it began, with the cells as they were then.

    None where its container or start is not known. CannotDo as for any dose.
    """
    container, start = cells.container_of(infusion), infusion["START"]
    lot = lot_of(cells, container) if container in cells.materials and container else None
    if lot is None or container is None or not start.is_known:
        return None
    then = cells_of(record_before(cells.record, start.first))
    return then, work_out(then, infusion["USUBJID"], lot, container, start.first)
