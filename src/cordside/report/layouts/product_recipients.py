"""Lots and the subjects who received them: how each lot was released, what became of it, and what holds it."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.base import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import cell_of, distinct, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_HEADINGS = {
    "CONTAINER": "Container",
    "SUBJECT": "Subject, infusion",
    "DATE": "Infused",
    "RELEASED": "Released how",
    "STATE": "State of the lot now",
    "HOLDS": "Holds",
}
_NOTE = "Historical: known from a publication or an earlier study; whether rules of lot, release and expiry were kept is unknown."


def draw(planned: Planned, rows: Sequence[Result], protocol: Protocol) -> Table:
    """Rows are keyed `lot: subject / infusion`, columns by variable."""
    columns = [Column("", "Lot"), *(Column(name, heading) for name, heading in _HEADINGS.items())]
    lots = distinct(row.group_level for row in rows)
    return table_of(planned, rows, columns, [row for lot in lots for row in _rows(lot, find(rows, group_level=lot))], [_NOTE])


def _rows(lot: str, rows: list[Result]) -> Iterator[Row]:
    for place, (subject, level) in enumerate(dict.fromkeys((row.subject, row.level) for row in rows)):
        own = find(rows, subject=subject, level=level)
        who = Cell(f"{subject}, {level}", tuple(find(own, variable="CONTAINER"))) if subject else Cell("nobody")
        cells = [who if name == "SUBJECT" else cell_of(own, variable=name) for name in _HEADINGS]
        yield Row(f"{lot}: {subject} / {level}", tuple(cells), lot if place == 0 else "", begins=place == 0)
