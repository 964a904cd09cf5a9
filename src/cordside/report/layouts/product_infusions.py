"""Infusions as given: a row an infusion; what is recorded of none of them is named below, not printed as an empty column.

Where nothing was measured of any infusion, those that read alike stand in one row with their subjects.
"""

from collections.abc import Sequence
from itertools import groupby

from cordside.protocol.plans.base import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import cell_of, distinct, inside, raised_cell, subjects_of, table_of, with_unit
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_ABSENT = "not recorded"
_ALWAYS = ("DAY", "LOT")
_PLAIN = {*_ALWAYS, "DOSE"}
"""What is known of an infusion of which nothing was measured."""
_MOST_NAMED = 3
"""More subjects than these are counted, not named."""


def draw(planned: Planned, rows: Sequence[Result], protocol: Protocol) -> Table:
    """Rows are keyed `subject / number`, columns by variable; those that were put together `number: their cells`."""
    variables = distinct(row.variable for row in rows)
    empty = [name for name in variables if name not in _ALWAYS and all(row.text == _ABSENT for row in find(rows, variable=name))]
    kept = [name for name in variables if name not in empty]
    columns = [Column("", "Subject"), Column("number", "No.", "centre"), *(_column(name, rows) for name in kept)]
    if set(kept) <= _PLAIN and len(subjects_of(rows)) > _MOST_NAMED:
        drawn = _together(rows, kept)
    else:
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
            (Cell(number), *(raised_cell(*find(rows, level=number, variable=name)[:1]) for name in variables)),
            heading if number == numbers[0] else "",
            begins=number == numbers[0],
        )
        for number in numbers
    ]


def _together(rows: Sequence[Result], variables: list[str]) -> list[Row]:
    """A row for all infusions of one number that read alike, in the order of their numbers."""
    alike: dict[tuple[str, ...], list[Result]] = {}
    for _, infusion in groupby(rows, lambda row: (row.subject, row.level)):
        own = list(infusion)
        alike.setdefault((own[0].level, *(cell_of(own, variable=name).text for name in variables)), []).extend(own)
    keys = sorted(alike, key=lambda key: int(key[0]))
    return [_row_of(key, alike[key], variables, len(subjects_of(rows))) for key in keys]


def _row_of(key: tuple[str, ...], rows: list[Result], variables: list[str], treated: int) -> Row:
    number, *texts = key
    subjects = list(subjects_of(rows).values())
    many = f"{'all ' if len(subjects) == treated else ''}{len(subjects)} subjects"
    cells = (Cell(raised_cell(found[0]).text, tuple(found)) for found in (find(rows, variable=name) for name in variables))
    return Row(f"{number}: {', '.join(texts)}", (Cell(number), *cells), many if len(subjects) > _MOST_NAMED else ", ".join(subjects))
