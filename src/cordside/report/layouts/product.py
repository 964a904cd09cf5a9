"""The product section: a line each, groups as sections; what nobody recorded stands there as such."""

from collections.abc import Sequence

from cordside.protocol.plans.base import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import distinct, raised_cell, table_of
from cordside.report.tables import Column, Row, Table
from cordside.results import Result, find

_COLUMNS = (Column("", "Line"), Column("recorded", "What is recorded"))


def draw(planned: Planned, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The lines; rows are keyed `group: line`, the one column is `recorded`."""
    drawn = []
    for group in distinct(row.level for row in rows):
        drawn.append(Row(group, section=True))
        drawn += [Row(row.variable, (raised_cell(row),), row.label, indent=1) for row in find(rows, level=group)]
    return table_of(planned, rows, _COLUMNS, drawn)
