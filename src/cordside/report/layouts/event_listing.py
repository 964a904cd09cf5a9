"""Adverse events one by one, subject by subject."""

from collections.abc import Sequence

from cordside.protocol.plans.base import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import cell, printed_date, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_COLUMNS = (Column("", "Subject"), Column("event", "Event"), Column("start", "Start"), Column("known", "What is recorded of it"))


def draw(planned: Planned, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The listing of events; rows are keyed by their number."""
    events = find(rows, level="event", statistic="value")
    titled = planned.model_copy(
        update={"id": f"{planned.id}-listing", "title": f"{planned.title}, one by one", "number": None, "footnotes": []}
    )
    return table_of(titled, events, _COLUMNS, [_row(number, row, protocol) for number, row in enumerate(events, 1)])


def _row(number: int, row: Result, protocol: Protocol) -> Row:
    start = Cell(printed_date(row.visit, protocol), (row,), "date")
    return Row(str(number), (Cell(row.label, (row,)), start, cell(row)), row.group_level or row.subject)
