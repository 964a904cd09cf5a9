"""Protocol deviations, recorded and found."""

from collections.abc import Sequence

from cordside.protocol.plans.safety import Deviations
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import cell, printed_date, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_COLUMNS = (Column("", "Subject"), Column("deviation", "Deviation"), Column("category", "Category"), Column("start", "Start"))


def draw(planned: Deviations, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The deviations one by one; rows are keyed by their number. Without any the table says that none is recorded."""
    found = find(rows, statistic="value")
    drawn = [_row(number, row, protocol) for number, row in enumerate(found, 1)] or [_none(rows)]
    return table_of(planned, rows, _COLUMNS, drawn)


def _row(number: int, row: Result, protocol: Protocol) -> Row:
    start = Cell(printed_date(row.visit, protocol), (row,), "date")
    return Row(str(number), (cell(row), Cell(row.level, (row,)), start), row.group_level or row.subject)


def _none(rows: Sequence[Result]) -> Row:
    return Row("none", (Cell("none recorded and none found", tuple(rows)), Cell(), Cell()), "All", spans=True)
