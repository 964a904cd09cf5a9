"""Adverse events: any, special interest (also those not seen), then by term."""

from collections.abc import Iterator, Sequence

from cordside.protocol.analyses import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import capital, cell, distinct, groups_of, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_SECTIONS = {"special interest": "Events of special interest", "term": "By term"}
_COLUMNS = {
    "count": "Events",
    "n": "Subjects",
    "percent": "% of subjects",
    "serious": "Serious",
    "grade": "CTCAE grade",
    "relation": "Relation to the cells",
    "hours": "Hours from infusion",
}


def draw(planned: Planned, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The table of adverse events; rows are keyed by term or category, behind `arm: ` where there are several groups."""
    columns = [Column("", "Event"), *(Column(key, heading, "centre") for key, heading in _COLUMNS.items())]
    groups = groups_of(rows)
    drawn = [
        row
        for group in groups
        for row in _group([row for row in find(rows, group_level=group) if not _is_absence(row)], group, len(groups) > 1)
    ]
    drawn += [_none(row) for row in rows if _is_absence(row)]
    return table_of(planned, rows, columns, drawn, ["Counted are recorded events. Subjects: those who had an infusion."])


def _group(rows: list[Result], group: str, several: bool) -> Iterator[Row]:
    exposed = find(rows, level="exposed", statistic="n")
    heading = f"{group} (n = {exposed[0].text or exposed[0].n})" if exposed else group
    prefix = f"{group}: " if several else ""
    yield Row(f"{prefix}group", section=True, label=heading)
    for level in ("any", *_SECTIONS):
        found = find(rows, level=level)
        if found and level in _SECTIONS:
            yield Row(f"{prefix}{level}", (Cell(),) * len(_COLUMNS), _SECTIONS[level], begins=True)
        for label in distinct(row.label for row in found):
            yield _row(find(found, label=label), f"{prefix}{label}", label or "Any adverse event", 0 if level == "any" else 1)


def _is_absence(row: Result) -> bool:
    """Is it the row that says that no event is recorded?"""
    return row.statistic == "n" and bool(row.error)


def _none(row: Result) -> Row:
    return Row("none", (Cell(capital(row.error), (row,)), *(Cell(),) * (len(_COLUMNS) - 1)), row.label or "Adverse events", spans=True)


def _row(rows: list[Result], key: str, label: str, indent: int) -> Row:
    cells = {name: cell(*find(rows, statistic=name)[:1]) for name in _COLUMNS}
    return Row(key, tuple((cells | {"hours": _hours(rows)}).values()), label, indent=indent)


def _hours(rows: list[Result]) -> Cell:
    ends = [row for name in ("hours_min", "hours_max") for row in find(rows, statistic=name)]
    return Cell("–".join(distinct(row.text for row in ends if row.text)), tuple(ends))
