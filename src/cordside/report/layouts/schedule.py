"""Visits as they stand: subjects down, visits across; turned where the visits are many."""

from collections.abc import Sequence

from cordside.protocol.plans.base import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.itemlabels import visit_label
from cordside.report.layouts.shared import MOST_COLUMNS, distinct, subjects_of, table_of, turned
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_NOTE = "Status at the last date of the data. Unknown: the visit has no planned day, or nothing dated tells whether it was held."


def draw(planned: Planned, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The status of each visit with the day it was held; rows are keyed by subject, columns by the visit's name."""
    visits = distinct(row.visit for row in rows if row.visit and row.statistic == "value")
    columns = [Column("", "Subject"), *(Column(name, visit_label(protocol, name)) for name in visits)]
    subjects = subjects_of(rows)
    drawn = [Row(heading, tuple(_cell(find(rows, subject=name, visit=visit)) for visit in visits)) for name, heading in subjects.items()]
    table = table_of(planned, rows, columns, drawn, [_NOTE])
    return turned(table) if len(visits) > MOST_COLUMNS > len(subjects) else table


def _cell(rows: list[Result]) -> Cell:
    status, done = find(rows, statistic="value"), find(rows, statistic="done")
    words = [row.text for row in status[:1]] + [row.text for row in done[:1] if row.text]
    return Cell(", ".join(words), tuple(rows), "date")
