"""The numbers of a before/after figure: a section a marker, a row a subject."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.base import Marker
from cordside.protocol.plans.visits import BeforeAfter
from cordside.protocol.protocol import Protocol
from cordside.report.itemlabels import visit_label
from cordside.report.layouts.shared import cell_of, subjects_of, table_of, with_unit
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find


def draw(planned: BeforeAfter, rows: Sequence[Result], protocol: Protocol) -> Table:
    """Values before and after by marker and subject; rows are keyed `marker: subject`."""
    visits = [planned.before, planned.after]
    columns = [Column("", "Subject"), *(Column(name, visit_label(protocol, name), "right") for name in visits)]
    drawn = [row for marker in planned.markers for row in _rows(marker, rows, visits)]
    return table_of(planned, rows, columns, drawn)


def _rows(marker: Marker, rows: Sequence[Result], visits: list[str]) -> Iterator[Row]:
    found = find(rows, variable=marker.item, label=marker.label)
    unit = next((row.unit for row in found if row.unit), "")
    yield Row(marker.label, label=with_unit(marker.label, unit), section=True)
    if all(row.value is None for row in found if row.statistic == "value"):
        yield Row(f"{marker.label}: none", (Cell("no values"), Cell()), "–", indent=1, spans=True)
        return
    for name, heading in subjects_of(found).items():
        cells = tuple(cell_of(found, subject=name, visit=visit, statistic="value") for visit in visits)
        yield Row(f"{marker.label}: {heading}", cells, heading, indent=1)
    for row in find(found, statistic="n"):
        yield Row(f"{marker.label}: pairs", (Cell(), Cell(row.text or str(row.n or 0), (row,))), "Pairs", indent=1)
