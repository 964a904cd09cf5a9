"""Tests of each lot against its specification; of a study without lots the tests that its protocol names."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.base import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.itemlabels import printed_unit
from cordside.report.layouts.shared import cell, cell_of, distinct, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_COLUMNS = (
    Column("", "Lot"),
    *(Column(name, name.capitalize()) for name in ("test", "stage", "method", "limit", "result", "verdict", "due")),
)
_NOTE = "Results are compared unrounded. An informative row never blocks a release; an outstanding one is never counted as passed."


def draw(planned: Planned, rows: Sequence[Result], protocol: Protocol) -> Table:
    """A row a test; rows are keyed `lot: number of the test`."""
    lots = distinct(row.group_level for row in rows)
    return table_of(planned, rows, _COLUMNS, [row for lot in lots for row in _rows(lot, find(rows, group_level=lot))], [_NOTE])


def _rows(lot: str, rows: list[Result]) -> Iterator[Row]:
    for number, variable in enumerate(distinct(row.variable for row in rows), 1):
        own = find(rows, variable=variable)
        test = Cell(own[0].label, tuple(find(own, statistic="method")))
        limit, due = (cell_of(own, statistic=name) for name in ("limit", "due"))
        result = [_result(row) for row in find(own, statistic="value")[:1]] or [Cell()]
        verdict = cell(*find(own, statistic="verdict"))
        cells = (test, Cell(own[0].level), cell_of(own, statistic="method"), limit, *result, verdict, due)
        yield Row(f"{lot}: {number}", cells, lot if number == 1 else "", begins=number == 1)


def _result(row: Result) -> Cell:
    is_number = row.text[:1].isdigit() or row.text[:1] in ("<", ">")
    return Cell(f"{row.text} {printed_unit(row.unit)}".strip() if is_number else row.text, (row,))
