"""Values by subject: planned rows down, subjects across; turned where there are many subjects."""

from collections import Counter
from collections.abc import Iterator, Sequence

from cordside.protocol.plans.listing import Listing, SubjectRow
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import MOST_COLUMNS, cell, subjects_of, table_of, turned
from cordside.report.tables import Column, Row, Table
from cordside.results import Result, find


def draw(planned: Listing, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The listing of a plan; its columns are keyed by the subjects' headings, its rows by their labels."""
    subjects = subjects_of(rows)
    columns = [Column("", planned.corner), *(Column(heading) for heading in subjects.values())]
    table = table_of(planned, rows, columns, _rows(planned, rows, list(subjects)))
    return turned(table) if len(subjects) > MOST_COLUMNS else table


def _rows(planned: Listing, rows: Sequence[Result], subjects: list[str]) -> Iterator[Row]:
    labels, section = Counter(row.label for row in planned.rows), None
    for wanted in planned.rows:
        if wanted.section != section and wanted.section:
            yield Row(wanted.section, section=True)
        section = wanted.section
        key = wanted.label if labels[wanted.label] == 1 else f"{wanted.section or wanted.visit}: {wanted.label}"
        found = find(rows, variable=wanted.item, label=wanted.label, visit=wanted.visit or "", statistic="value")
        yield Row(
            key,
            tuple(cell(*find(found, subject=name)[:1], kind=_kind(wanted)) for name in subjects),
            wanted.label,
            indent=1 if section else 0,
        )


def _kind(wanted: SubjectRow) -> str:
    return "date" if wanted.item.endswith("DTC") else "text"
