"""Eligibility of each subject, criterion by criterion, with the value that each verdict rests on."""

from collections.abc import Iterator
from typing import Any

from cordside.analysis.rows import Subject, subjects_of
from cordside.analysis.standingrows import none_of, standing
from cordside.record.record import Record
from cordside.record.screen import Part, Screened, SubjectScreen, screen
from cordside.results import Result

NAME = "eligibility"


def summarise(record: Record) -> list[Result]:
    """The verdict of each subject, then its criteria, each followed by its parts."""
    found = {screened.subject: screened for screened in screen(record)}
    if not any(screened.criteria for screened in found.values()):
        return none_of(NAME, "the protocol names no criteria" if found else "no subjects are recorded")
    origins = dict(record.frame("DM").select("USUBJID", "ORIGIN").iter_rows())
    return [row for subject in subjects_of(record) for row in _of_subject(subject, found[subject.id], origins[subject.id])]


def _of_subject(subject: Subject, screened: SubjectScreen, origin: str) -> Iterator[Result]:
    columns = {**standing(NAME), **subject.columns, "origin": origin}
    yield Result(**columns, variable="verdict", label="Eligible", statistic="value", text=screened.verdict)
    for criterion in screened.criteria:
        yield from _of_criterion({**columns, "variable": criterion.id, "label": criterion.text, "level": criterion.kind}, criterion)
        for number, part in enumerate(criterion.parts, 1):
            yield from _of_criterion({**columns, "variable": f"{criterion.id}.{number}", "label": part.text, "level": "part"}, part)


def _of_criterion(columns: dict[str, Any], judged: Screened | Part) -> Iterator[Result]:
    columns = {**columns, "visit": judged.date or "", "source": (judged.source,) if judged.source else ()}
    yield Result(**columns, statistic="value", text=judged.verdict)
    if judged.value is not None:
        yield Result(**columns, statistic="evidence", text=judged.value)
