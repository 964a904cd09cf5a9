"""Visits of each subject as they stand on the last date of the data."""

from collections.abc import Iterator
from typing import Any

from cordside.analysis.rows import ABSENT, Subject, subjects_of
from cordside.analysis.standingrows import none_of, standing
from cordside.record.record import Record
from cordside.record.timeline import VisitStatus, timeline
from cordside.results import Result

NAME = "schedule"


def summarise(record: Record) -> list[Result]:
    """The status of each visit of each subject; beside it when it was due, its window and when it was done."""
    if record.as_of is None:
        return none_of(NAME, "no date is recorded to judge the visits at")
    found: dict[str, list[VisitStatus]] = {}
    for status in timeline(record, record.as_of):
        found.setdefault(status.subject, []).append(status)
    if not found:
        return none_of(NAME, "the protocol plans no visits for the recorded subjects")
    labels = {visit.name: visit.label for visit in record.protocol.planned_visits()}
    places = {row["USUBJID"]: row for row in record.frame("DM").iter_rows(named=True)}
    return [
        row
        for subject in subjects_of(record)
        for status in found.get(subject.id, [])
        for row in _of_visit(subject, status, labels, {"source": (places[subject.id]["SOURCE"],), "origin": places[subject.id]["ORIGIN"]})
    ]


def _of_visit(subject: Subject, status: VisitStatus, labels: dict[str, str], place: dict[str, Any]) -> Iterator[Result]:
    columns = {
        **standing(NAME),
        **subject.columns,
        "variable": "SV",
        "label": labels.get(status.visit, status.visit),
        "visit": status.visit,
        **place,
    }
    yield Result(**columns, statistic="value", text=status.status)
    if status.due:
        yield Result(**columns, statistic="due", text=status.due.isoformat())
    if any(status.window):
        yield Result(**columns, statistic="window", text=" to ".join(day.isoformat() if day else ABSENT for day in status.window))
    if status.done:
        yield Result(**columns, statistic="done", text=status.done)
