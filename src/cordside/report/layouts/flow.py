"""Flow of subjects: steps down, arms and total across."""

from collections.abc import Sequence

from cordside.protocol.plans.base import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import groups_of, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find


def draw(planned: Planned, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The flow as a table; rows are keyed by step, or `step: level`."""
    groups = groups_of(rows)
    columns = [Column("", "Step"), *(Column(group, group, "right") for group in groups)]
    steps = list(dict.fromkeys((row.variable, row.level) for row in rows))
    return table_of(planned, rows, columns, [_row(step, level, rows, groups) for step, level in steps])


def _row(step: str, level: str, rows: Sequence[Result], groups: list[str]) -> Row:
    found = find(rows, variable=step, level=level, statistic="count")
    label = next((row.label for row in found if row.label), f"{step} {level}".strip())
    label = f"{label}: {level}" if step == "eligible" and level and level not in label else label
    cells = tuple(_cell(find(found, group_level=group)[:1]) for group in groups)
    return Row(f"{step}: {level}" if level else step, cells, label, indent=1 if level else 0)


def _cell(rows: list[Result]) -> Cell:
    return Cell(f"{row.text} of {row.n}" if (row := rows[0]).n is not None else row.text, (row,)) if rows else Cell()
