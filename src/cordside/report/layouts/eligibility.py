"""Eligibility: criteria down and subjects across, each verdict with the value it rests on; many subjects one a row."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.base import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import MOST_COLUMNS, distinct, subjects_of, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_KINDS = {"inclusion": "Inclusion", "exclusion": "Exclusion"}
_YES_NO = {"Y": "yes", "N": "no"}
_NOTE = (
    "Met is always the good answer: an inclusion known to hold, an exclusion known to be absent. "
    "What the record does not tell is unknown, never assumed. In brackets the value that a verdict rests on."
)


def draw(planned: Planned, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The verdicts; rows are keyed by the criterion's id (`verdict` for the subject's), or by subject where there are many."""
    subjects = subjects_of(rows)
    many = len(subjects) > MOST_COLUMNS
    names = ["Verdict", "Not met", "Unknown"] if many else list(subjects.values())
    drawn = _by_subject(rows, subjects) if many else _by_criterion(rows, list(subjects))
    return table_of(planned, rows, [Column("", "Subject" if many else "Criterion"), *map(Column, names)], drawn, [_NOTE])


def _by_criterion(rows: Sequence[Result], subjects: list[str]) -> Iterator[Row]:
    kind = ""
    for variable in distinct(row.variable for row in rows if row.variable and row.variable != "verdict"):
        found = find(rows, variable=variable)
        first = found[0]
        if first.level in _KINDS and first.level != kind:
            kind = first.level
            yield Row(kind, label=_KINDS[kind], section=True)
        yield Row(
            variable,
            tuple(_cell(find(found, subject=name)) for name in subjects),
            first.label or variable,
            indent=2 if first.level == "part" else 1,
        )
    verdicts = find(rows, variable="verdict")
    if verdicts:
        yield Row("verdict", tuple(_cell(find(verdicts, subject=name)) for name in subjects), "All criteria together", begins=True)


def _cell(rows: list[Result]) -> Cell:
    verdicts, evidence = find(rows, statistic="value"), find(rows, statistic="evidence")
    words = [_YES_NO.get(row.text, row.text) + (f", {row.visit}" if row.visit else "") for row in evidence if row.text]
    verdict = verdicts[0].text if verdicts else ""
    return Cell(f"{verdict} ({'; '.join(words)})" if words else verdict, (*verdicts, *evidence))


def _by_subject(rows: Sequence[Result], subjects: dict[str, str]) -> Iterator[Row]:
    criteria = [row for row in rows if row.level in _KINDS and row.statistic == "value"]
    for name, heading in subjects.items():
        own = find(criteria, subject=name)
        lists = [[row for row in own if row.text == verdict] for verdict in ("not met", "unknown")]
        cells = [Cell("; ".join(row.label or row.variable for row in listed), tuple(listed)) for listed in lists]
        yield Row(heading, (_cell(find(rows, subject=name, variable="verdict")), *cells))
