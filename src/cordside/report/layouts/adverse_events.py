"""Adverse events: any, special interest (also those not seen), then by term."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.safety import AdverseEvents
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import capital, cell, distinct, groups_of, sized_words, table_of
from cordside.report.layouts.side_by_side import columns_of, limits_note, lines_of, tests_note
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
    "conf_high": "Risk at most, %",
}
_COUNTED = (
    "Counted are recorded events. Subjects at risk are those of the planned population; else those treated, and all of an arm planned "
    "without treatment."
)
_PARTS = {
    "grade": ["Lines of grades: subjects at their highest grade; events of the grade."],
    "relation": ["A subject with events of several relations stands in several lines."],
    "serious": ["A subject with serious and other events stands in both lines."],
    "time": ["Hours from the start of the last infusion before the event; a subject may stand in several lines."],
}


def draw(planned: AdverseEvents, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The table of adverse events, as planned: an overview of each kind, or subjects and events side by side by arm."""
    return _overview(planned, rows) if planned.show == "overview" else _side_by_side(planned, rows)


def _side_by_side(planned: AdverseEvents, rows: Sequence[Result]) -> Table:
    """Rows are keyed by system, term or category, with their part; see side_by_side."""
    groups = groups_of(rows)
    columns = columns_of(rows, groups, "Event")
    drawn = [
        *lines_of(rows, columns, groups, planned.show != "system_and_term"),
        *(_none(row, len(groups)) for row in rows if _is_absence(row)),
    ]
    notes = [
        _COUNTED,
        "Cells: subjects (% of the subjects at risk) [events].",
        *_PARTS.get(planned.show, []),
        *limits_note(rows),
        *tests_note(rows, groups),
    ]
    return table_of(planned, rows, columns, drawn, notes)


def _overview(planned: AdverseEvents, rows: Sequence[Result]) -> Table:
    """Rows are keyed by term or category, behind `arm: ` where there are several groups."""
    shown = {name: words for name, words in _COLUMNS.items() if name != "conf_high" or find(rows, statistic=name)}
    columns = [Column("", "Event"), *(Column(key, heading, "centre") for key, heading in shown.items())]
    groups = groups_of(rows)
    drawn = [
        row
        for group in groups
        for row in _group([row for row in find(rows, group_level=group) if not _is_absence(row)], group, len(groups) > 1, list(shown))
    ]
    drawn += [_none(row, len(shown)) for row in rows if _is_absence(row)]
    return table_of(planned, rows, columns, drawn, [_COUNTED, *limits_note(rows)])


def _group(rows: list[Result], group: str, several: bool, shown: list[str]) -> Iterator[Row]:
    exposed = find(rows, level="exposed", statistic="n")
    prefix = f"{group}: " if several else ""
    yield Row(f"{prefix}group", section=True, label=sized_words(group, exposed), results=tuple(exposed[:1]))
    for level in ("any", *_SECTIONS):
        found = find(rows, level=level)
        if found and level in _SECTIONS:
            yield Row(f"{prefix}{level}", (Cell(),) * len(shown), _SECTIONS[level], begins=True)
        for label in distinct(row.label for row in found):
            yield _row(find(found, label=label), f"{prefix}{label}", label or "Any adverse event", 0 if level == "any" else 1, shown)


def _is_absence(row: Result) -> bool:
    """Is it the row that says that no event is recorded?"""
    return row.statistic == "n" and bool(row.error)


def _none(row: Result, width: int) -> Row:
    return Row("none", (Cell(capital(row.error), (row,)), *(Cell(),) * (width - 1)), row.label or "Adverse events", spans=True)


def _row(rows: list[Result], key: str, label: str, indent: int, shown: list[str]) -> Row:
    cells = {name: cell(*find(rows, statistic=name)[:1]) for name in shown}
    return Row(key, tuple((cells | {"hours": _hours(rows)}).values()), label, indent=indent)


def _hours(rows: list[Result]) -> Cell:
    ends = [row for name in ("hours_min", "hours_max") for row in find(rows, statistic=name)]
    return Cell("–".join(distinct(row.text for row in ends if row.text)), tuple(ends))
