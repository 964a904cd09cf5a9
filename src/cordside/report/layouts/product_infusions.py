"""Infusions as given: a row an infusion; what is recorded of none of them is named below, not printed as an empty column."""

from collections.abc import Sequence

from cordside.protocol.plans.base import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import cell_of, distinct, inside, subjects_of, table_of, with_unit
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_ABSENT = "not recorded"
_ALWAYS = ("DAY", "LOT")


def draw(planned: Planned, rows: Sequence[Result], protocol: Protocol) -> Table:
    """Rows are keyed `subject / number`, columns by variable."""
    variables = distinct(row.variable for row in rows)
    empty = [name for name in variables if name not in _ALWAYS and all(row.text == _ABSENT for row in find(rows, variable=name))]
    kept = [name for name in variables if name not in empty]
    columns = [Column("", "Subject"), Column("number", "No.", "centre"), *(_column(name, rows) for name in kept)]
    drawn = [row for name, heading in subjects_of(rows).items() for row in _rows(find(rows, subject=name), heading, kept)]
    labels = [inside(find(rows, variable=name)[0].label) for name in empty]
    notes = [f"Recorded of no infusion: {', '.join(labels)}."] if labels else []
    return table_of(planned, rows, columns, drawn, notes)


def _column(variable: str, rows: Sequence[Result]) -> Column:
    first = find(rows, variable=variable)[0]
    return Column(variable, with_unit(first.label, "" if first.unit in ("cells", "cells/kg") else first.unit))


def _rows(rows: list[Result], heading: str, variables: list[str]) -> list[Row]:
    numbers = distinct(row.level for row in rows)
    return [
        Row(
            f"{heading} / {number}",
            (Cell(number), *(cell_of(rows, level=number, variable=name) for name in variables)),
            heading if number == numbers[0] else "",
            begins=number == numbers[0],
        )
        for number in numbers
    ]
