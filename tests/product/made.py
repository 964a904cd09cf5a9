"""The made-up study of the cells, whole or with a few rows changed, as the tests of this room ask it."""

import csv
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from cordside.errors import Problem
from cordside.product.breaches import with_product
from cordside.product.cellrows import Cells, cells_of
from cordside.record.read import read_study
from cordside.record.record import Record
from tests.house.source import ROOT

CELLS = ROOT / "tests" / "studies" / "cells"
AT = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
"""A container for cells-004 is thawed, ordered and verified: it may be infused."""

Rows = list[dict[str, str]]


def a_cells_study(folder: Path, **changes: Callable[[Rows], Rows | None]) -> Path:
    """A copy of the study; changes: by file, a function that changes its rows in place or returns others."""
    place = folder / "cells"
    shutil.copytree(CELLS, place, dirs_exist_ok=True)
    for name, change in changes.items():
        path = place / "records" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        header = dict.fromkeys(rows[0]) if rows else {}
        made = change(rows)
        rows = rows if made is None else made
        for row in rows:
            header |= dict.fromkeys(row)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(header), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return place


def a_changed_record(folder: Path, protocol: Mapping[str, str] | None = None, **changes: Callable[[Rows], Rows | None]) -> Record:
    """The record of a changed copy, with what is known of its cells; protocol: texts of it and what stands in their place."""
    place = a_cells_study(folder, **changes)
    text = (place / "protocol.yaml").read_text(encoding="utf-8")
    for old, new in (protocol or {}).items():
        assert old in text, old
        text = text.replace(old, new)
    (place / "protocol.yaml").write_text(text, encoding="utf-8")
    return with_product(read_study(place))


def changed_cells(folder: Path, protocol: Mapping[str, str] | None = None, **changes: Callable[[Rows], Rows | None]) -> Cells:
    """The cells of a changed copy."""
    return cells_of(a_changed_record(folder, protocol, **changes))


def sets(key: str, name: str, **values: str) -> Callable[[Rows], None]:
    """A change: values in the rows whose key variable has a name."""

    def change(rows: Rows) -> None:
        found = [row for row in rows if row[key] == name]
        assert found, f"no row with {key} {name}"
        for row in found:
            row.update(values)

    return change


def drops(key: str, *names: str) -> Callable[[Rows], Rows]:
    """A change: rows left out."""
    return lambda rows: [row for row in rows if row[key] not in names]


def adds(*more: dict[str, str]) -> Callable[[Rows], Rows]:
    """A change: rows added at the end."""
    return lambda rows: [*rows, *more]


def deviations(record: Record, code: str | None = None) -> list[tuple[str | None, str, str | None, str]]:
    """Subject, code, DVREFID and source of the deviations that were found, those of the untouched study left out."""
    rows = record.frame("DV").select("USUBJID", "DVDECOD", "DVREFID", "SOURCE").rows()
    return [row for row in rows if row[:3] != ("cells-001", "two_people_needed", "001-2") and code in (None, row[1])]


def queries(record: Record, file: str) -> list[Problem]:
    """Problems of one file of records."""
    return [problem for problem in record.problems if problem.file == f"records/{file}.csv"]
