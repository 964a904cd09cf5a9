"""The numbers of a waterfall: the change of every subject, in the order of the bars."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.charts import Waterfall, WaterfallMarker
from cordside.protocol.protocol import Protocol
from cordside.report.changewords import moments
from cordside.report.layouts.shared import cell, table_of, with_unit
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find


def draw(planned: Waterfall, rows: Sequence[Result], protocol: Protocol) -> Table:
    """Changes by subject; rows are keyed `marker: subject`, columns are change and arm (where there are several)."""
    by_arm = any(row.level for row in rows if row.subject)
    columns = [Column("", "Subject"), Column("change", "Change", "right"), *([Column("arm", "Arm")] if by_arm else [])]
    drawn = [row for marker in planned.markers for row in _rows(marker, rows, by_arm)]
    return table_of(planned, rows, columns, drawn, [moments(planned.before, planned.after, protocol)])


def _rows(marker: WaterfallMarker, rows: Sequence[Result], by_arm: bool) -> Iterator[Row]:
    found = find(rows, variable=marker.item, label=marker.label)
    changes = sorted_changes(find(found, statistic="value"))
    unit = next((row.unit for row in changes if row.unit), "")
    yield Row(f"{marker.label}:", (), with_unit(marker.label, unit), section=True)
    for row in changes:
        arm = (Cell(row.level),) if by_arm else ()
        yield Row(f"{marker.label}: {row.group_level}", (cell(row), *arm), row.group_level, indent=1)


def sorted_changes(rows: Sequence[Result]) -> list[Result]:
    """Changes from the largest rise to the largest fall; equal ones in their order, subjects without one last."""
    known = [row for row in rows if row.value is not None]
    return sorted(known, key=lambda row: -(row.value or 0)) + [row for row in rows if row.value is None]
