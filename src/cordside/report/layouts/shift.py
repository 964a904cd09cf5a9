"""From which category to which: a section a marker, a block a group, before down and after across."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.changes import Shift, ShiftMarker
from cordside.protocol.protocol import Protocol
from cordside.report.changewords import moments, not_apart
from cordside.report.layouts.shared import capital, cell, distinct, groups_of, sized_words, table_of
from cordside.report.statements import change_cautions
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_ARROW, _TOTAL = " → ", "Total"
_FOURFOLD = (
    "Abnormal, before and after: of the subjects whose category is known both times, how many were abnormal, the share after minus "
    "that before with its 95% interval, and P."
)
_COUNTED = "Unknown: a value without a normal range, a grade or a number. Missing: no value. Percentages are of all subjects of the group."


def draw(planned: Shift, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The shifts of a plan; rows are keyed `marker: before`, or `marker: group: before`; columns by the category after.

    With McNemar's test a row `marker: abnormal` (or `marker: group: abnormal`) runs across them all.
    """
    groups = groups_of(rows)
    after = _categories(rows, 1)
    columns = [Column("", "Before"), *(Column(name, name if name == _TOTAL else f"After: {name}") for name in after)]
    drawn = [row for marker in planned.markers for row in _marker(marker, rows, groups, after)]
    notes = [
        *change_cautions(protocol),
        *not_apart(planned, protocol),
        moments(planned.before, planned.after, protocol),
        _COUNTED,
        *_methods(rows),
    ]
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
            label, results = sized_words(group, size), tuple(size[:1])
            yield Row(f"{prefix}:", (Cell(),) * len(after), label, indent=1, begins=True, results=results)
        for before in _categories(own, 0):
            cells = tuple(_cell(find(own, level=before + _ARROW + name)) for name in after)
            yield Row(f"{prefix}: {before}", cells, before, indent=1 + int(len(groups) > 1))
        if counted := find(own, statistic="count", level="abnormal before"):
            cells = (_tested(own, counted[0]), *(Cell(),) * (len(after) - 1))
            yield Row(f"{prefix}: abnormal", cells, "Abnormal, before and after", indent=1 + int(len(groups) > 1), spans=True)


def _cell(rows: list[Result]) -> Cell:
    """Count with its percentage; a nought alone; empty for a category that the marker has not."""
    texts = {row.statistic: row.text for row in rows}
    if not rows or "count" not in texts:
        return Cell()
    return Cell(texts["count"] if texts["count"] == "0" else f"{texts['count']} ({texts['percent']}%)", tuple(rows))


def _tested(rows: list[Result], before: Result) -> Cell:
    """`12 and 6 of 30; -20.0% (-35.1 to -4.2); P 0.031`: abnormal before and after, the difference, McNemar's P."""
    found = {row.statistic: row for row in find(rows, level="abnormal")}
    after = find(rows, statistic="count", level="abnormal after")[0]
    used = (before, after, *(found[name] for name in ("estimate", "conf_low", "conf_high", "p")))
    if not before.n:
        return Cell("-", used)
    p = found["p"].text
    difference = f"{found['estimate'].text}% ({found['conf_low'].text} to {found['conf_high'].text})"
    return Cell(f"{before.text} and {after.text} of {before.n}; {difference}; P {p if p[:1] in '<>' else f'= {p}'}", used)


def _methods(rows: Sequence[Result]) -> list[str]:
    said = distinct(f"{capital(row.method)}; {row.convention}." for row in rows if row.method and not row.level.startswith("abnormal"))
    tests = distinct(f"{capital(row.method)} ({row.convention})" for row in find(rows, level="abnormal") if row.method)
    return [*said, *([f"{_FOURFOLD} {'; '.join(tests)}."] if tests else [])]
