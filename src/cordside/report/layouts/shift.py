"""From which category to which: a section a marker, a block a group, before down and after across."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.changes import Shift, ShiftMarker
from cordside.protocol.protocol import Protocol
from cordside.report.changewords import moments
from cordside.report.layouts.shared import capital, cell, distinct, groups_of, table_of
from cordside.report.statements import change_cautions
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_ARROW, _TOTAL = " → ", "Total"
_COUNTED = "Unknown: a value without a normal range, a grade or a number. Missing: no value. Percentages are of all subjects of the group."


def draw(planned: Shift, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The shifts of a plan; rows are keyed `marker: before`, or `marker: group: before`; columns by the category after."""
    groups = groups_of(rows)
    after = _categories(rows, 1)
    columns = [Column("", "Before"), *(Column(name, name if name == _TOTAL else f"After: {name}") for name in after)]
    drawn = [row for marker in planned.markers for row in _marker(marker, rows, groups, after)]
    notes = [*change_cautions(protocol), moments(planned.before, planned.after, protocol), _COUNTED, *_methods(rows)]
    return table_of(planned, rows, columns, drawn, notes)


def _categories(rows: Sequence[Result], side: int) -> list[str]:
    """Categories before (side 0) or after (1), as the rows order them, the total last."""
    names = distinct(row.level.split(_ARROW)[side] for row in rows if _ARROW in row.level)
    # A category that one marker lacks must not stand behind the total of another.
    return [name for name in names if name != _TOTAL] + [name for name in names if name == _TOTAL]


def _marker(marker: ShiftMarker, rows: Sequence[Result], groups: list[str], after: list[str]) -> Iterator[Row]:
    found = find(rows, variable=marker.item, label=marker.label)
    yield Row(f"{marker.label}:", (), marker.label, section=True)
    if not any(row.level for row in found):
        yield Row(f"{marker.label}: none", (cell(*found), *(Cell(),) * (len(after) - 1)), "n", indent=1)
        return
    for group in groups:
        own = find(found, group_level=group)
        prefix = f"{marker.label}: {group}" if len(groups) > 1 else marker.label
        if len(groups) > 1:
            size = find(own, level="subjects")
            yield Row(f"{prefix}:", (Cell(),) * len(after), f"{group} (n = {size[0].text})" if size else group, indent=1, begins=True)
        for before in _categories(own, 0):
            cells = tuple(_cell(find(own, level=before + _ARROW + name)) for name in after)
            yield Row(f"{prefix}: {before}", cells, before, indent=1 + int(len(groups) > 1))


def _cell(rows: list[Result]) -> Cell:
    """Count with its percentage; a nought alone; empty for a category that the marker has not."""
    texts = {row.statistic: row.text for row in rows}
    if not rows or "count" not in texts:
        return Cell()
    return Cell(texts["count"] if texts["count"] == "0" else f"{texts['count']} ({texts['percent']}%)", tuple(rows))


def _methods(rows: Sequence[Result]) -> list[str]:
    return distinct(f"{capital(row.method)}; {row.convention}." for row in rows if row.method)
