"""The numbers of boxes: a section a marker, n and the five numbers of each box by visit and arm."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.base import Marker
from cordside.protocol.plans.charts import BoxPoints
from cordside.protocol.protocol import Protocol
from cordside.report.itemlabels import visit_label
from cordside.report.layouts.shared import cell_of, groups_of, table_of, with_unit
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_LINES = {
    "n": "n",
    "min": "Smallest",
    "q1": "First quartile",
    "median": "Median",
    "q3": "Third quartile",
    "max": "Largest",
}


def draw(planned: BoxPoints, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The boxes' numbers; rows are keyed `marker: line`, or `marker: arm: line`, columns by visit."""
    columns = [Column("", "Marker"), *(Column(name, visit_label(protocol, name), "right") for name in planned.visits)]
    groups = groups_of(rows)
    drawn = [row for marker in planned.markers for row in _rows(planned, marker, rows, groups)]
    return table_of(planned, rows, columns, drawn)


def _rows(planned: BoxPoints, marker: Marker, rows: Sequence[Result], groups: list[str]) -> Iterator[Row]:
    found = [row for row in find(rows, variable=marker.item, label=marker.label) if not row.subject]
    yield Row(f"{marker.label}:", (), with_unit(marker.label, next((row.unit for row in found if row.unit), "")), section=True)
    for group in groups:
        own = find(found, group_level=group)
        prefix = f"{marker.label}: {group}" if len(groups) > 1 else marker.label
        missing = tuple(_missing(find(own, visit=visit, statistic="n")) for visit in planned.visits)
        for at, (statistic, words) in enumerate(_LINES.items()):
            cells = tuple(cell_of(own, visit=visit, statistic=statistic) for visit in planned.visits)
            label = f"{group}: {words}" if len(groups) > 1 else words
            yield Row(f"{prefix}: {words}", cells, label, indent=1, begins=at == 0 and len(groups) > 1)
            if statistic == "n":
                yield Row(f"{prefix}: Missing", missing, f"{group}: Missing" if len(groups) > 1 else "Missing", indent=1)


def _missing(rows: list[Result]) -> Cell:
    return Cell(str(rows[0].n_missing or 0), tuple(rows[:1])) if rows else Cell()
