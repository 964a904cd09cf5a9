"""Rows of a domain as they stand; a subject is printed once, before the first of its rows."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.treatment import SubjectListing
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import cell, distinct, table_of
from cordside.report.tables import Column, Row, Table
from cordside.results import Result


def draw(planned: SubjectListing, rows: Sequence[Result], protocol: Protocol) -> Table:
    """Rows are keyed `subject / number` of the row, columns by the printed heading."""
    values = [row for row in rows if row.statistic == "value"]
    headings = distinct(row.label for row in values)
    columns = [Column("", "Subject"), *(Column(heading) for heading in headings)]
    return table_of(planned, rows, columns, _rows(values))


def _rows(values: Sequence[Result]) -> Iterator[Row]:
    lines: dict[str, list[Result]] = {}
    for value in values:
        lines.setdefault(value.level, []).append(value)
    before = ""
    for number, found in lines.items():
        subject = found[0].group_level
        cells = tuple(cell(value, kind="date" if value.variable.endswith("DTC") else "text") for value in found)
        yield Row(f"{subject} / {number}", cells, subject if subject != before else "", begins=subject != before)
        before = subject
