"""The numbers of a figure over visits: a section a marker; n, mean, SD and SE, then the subjects' values."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.base import Marker
from cordside.protocol.plans.visits import ByVisit
from cordside.protocol.protocol import Protocol
from cordside.report.itemlabels import visit_label
from cordside.report.layouts.shared import cell, subjects_of, table_of, with_unit
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_STATISTICS = {"n": "n", "mean": "Mean", "sd": "SD", "se": "SE"}
_LEVELS = {"": "", "without outliers": ", without outliers"}
_MOST_SUBJECTS = 40


def draw(planned: ByVisit, rows: Sequence[Result], protocol: Protocol) -> Table:
    """Mean and spread by marker and visit; rows are keyed `marker: statistic` and `marker: subject`."""
    columns = [Column("", "Marker"), *(Column(name, visit_label(protocol, name), "right") for name in planned.visits)]
    drawn = [row for marker in planned.markers for row in _rows(marker, rows, planned.visits)]
    return table_of(planned, rows, columns, drawn, _notes(rows))


def _rows(marker: Marker, rows: Sequence[Result], visits: list[str]) -> Iterator[Row]:
    found = find(rows, variable=marker.item, label=marker.label)
    unit = next((row.unit for row in found if row.unit), "")
    yield Row(marker.label, label=with_unit(marker.label, unit), section=True)
    if all(row.value is None for row in found if row.statistic != "n"):
        yield Row(f"{marker.label}: none", (Cell("no values"), *(Cell(),) * (len(visits) - 1)), "–", indent=1, spans=True)
        return
    yield from (row for level in _LEVELS for row in _summary(marker, found, visits, level))
    subjects = subjects_of(found)
    for name, heading in subjects.items() if len(subjects) <= _MOST_SUBJECTS else ():
        values = find(found, subject=name, statistic="value")
        yield Row(f"{marker.label}: {heading}", tuple(cell(*find(values, visit=visit)[:1]) for visit in visits), heading, indent=2)


def _summary(marker: Marker, found: list[Result], visits: list[str], level: str) -> Iterator[Row]:
    for statistic, words in _STATISTICS.items():
        rows = [row for row in find(found, statistic=statistic, level=level) if not row.subject]
        if rows:
            cells = tuple(cell(*find(rows, visit=visit)[:1]) for visit in visits)
            yield Row(f"{marker.label}: {words}{_LEVELS[level]}", cells, words + _LEVELS[level], indent=1)


def _notes(rows: Sequence[Result]) -> list[str]:
    many = len(subjects_of(rows)) > _MOST_SUBJECTS
    return [f"Values of single subjects are in the result rows; more than {_MOST_SUBJECTS} are not printed."] if many else []
