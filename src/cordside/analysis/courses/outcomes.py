"""Outcomes, row by row as planned, by arm and in total. What the record cannot tell is unknown, and counted with its reason."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from cordside.analysis.courses.dischargecriteria import VERDICTS, verdict_at
from cordside.analysis.courses.followup import NO_START, STAND_IN, FollowUp, follow_ups, stands_in
from cordside.analysis.courses.freedays import ask_free_days, rule_words
from cordside.analysis.courses.happened import Finder
from cordside.analysis.courses.outcome import Asking, Outcome, ask_death, ask_discharge, day_of_discharge
from cordside.analysis.courses.outcomecompare import compared
from cordside.analysis.courses.outcomerows import Part, levels, numbers, share, verdicts, waited, zeros
from cordside.analysis.courses.scaledays import ask_scale, printed_score, scores_of
from cordside.analysis.courses.timed import CENSORED, wait
from cordside.analysis.members import label_of
from cordside.analysis.rows import ABSENT, Subject, groups_of, joined, named, nothing, proof
from cordside.protocol.plans.happenings import OXYGEN, Event, Happening
from cordside.protocol.plans.outcomes import (
    DeathRow,
    DischargeCriterion,
    DischargeRow,
    FreeDaysRow,
    OutcomeRow,
    Outcomes,
    RoomAirRow,
    ScaleRow,
)
from cordside.protocol.plans.timetoevent import TimeToEvent
from cordside.record.judge import UNKNOWN
from cordside.record.record import Record
from cordside.results import Result
from cordside.words import rounded

Answers = dict[str, Outcome]


@dataclass(frozen=True, slots=True)
class _Study:
    """What every row is made from."""

    record: Record
    planned: Outcomes
    asking: Asking
    known: dict[str, FollowUp]
    groups: list[tuple[str, list[Subject]]]

    def answers(self, ask: Callable[[FollowUp], Outcome]) -> Answers:
        """One outcome for each subject; without a day to count from, or with a death before it, it is unknown."""
        return {subject: self._answer(ask, known) for subject, known in self.known.items()}

    def _answer(self, ask: Callable[[FollowUp], Outcome], known: FollowUp) -> Outcome:
        if known.start is None:
            return Outcome(known, unknown=NO_START[self.planned.start], rows=known.rows)
        if known.death is not None and known.death < known.start:
            return Outcome(known, unknown="the death is dated before the start", rows=known.rows)
        return ask(known)

    def columns(self, row: OutcomeRow, kind: str) -> dict[str, Any]:
        return {**named(self.planned), "variable": kind, "label": row.label}

    def by_group(self, row: OutcomeRow, kind: str, answers: Answers, **more: Any) -> Iterator[tuple[Part, list[Outcome]]]:
        """Each group's part with the outcomes of its subjects."""
        for label, subjects in self.groups:
            part = Part(self.record, {**self.columns(row, kind), "group": "arm", "group_level": label, **more})
            yield part, [answers[subject.id] for subject in subjects]

    def compared(self, row: OutcomeRow, kind: str, answers: Answers) -> Iterator[Result]:
        """Each arm's share against the reference's, as planned."""
        groups = [(label, [answers[subject.id] for subject in subjects]) for label, subjects in self.groups]
        reference = label_of(self.record, self.planned.reference, tuple(label for label, _ in groups))
        return compared(self.columns(row, kind), self.planned, groups, reference, self.record.protocol.conventions)

    def subjects(self, row: OutcomeRow, kind: str, answers: Answers, unit: str, **more: Any) -> Iterator[Result]:
        """Every subject's own value."""
        for outcome in answers.values():
            value = None if outcome.value is None else float(outcome.value)
            yield Result(
                **{**self.columns(row, kind), **more},
                **outcome.known.subject.columns,
                statistic="value",
                value=value,
                text=ABSENT if value is None else printed_score(value),
                unit=unit,
                n=int(value is not None),
                n_missing=int(value is None),
                warning=joined([outcome.unknown, *outcome.notes]),
                **proof(outcome.rows),
            )


def summarise(record: Record, planned: Outcomes) -> list[Result]:
    """Cautions, then each planned row: its groups, then its subjects."""
    known = follow_ups(record, planned.start)
    if not known:
        return nothing(planned, "no subjects are recorded")
    if all(follow_up.start is None for follow_up in known.values()):
        return nothing(planned, NO_START[planned.start])
    groups = groups_of(record, planned.by == "arm", planned.total)
    study = _Study(record, planned, Asking(planned, Finder(record)), known, groups)
    notes = [Result(**named(planned), statistic="note", text=STAND_IN, warning=STAND_IN)] if stands_in(record, planned.start) else []
    return [*notes, *(result for row in planned.rows for result in _ROWS[type(row)](study, row))]


def _death(study: _Study, row: DeathRow) -> Iterator[Result]:
    answers = study.answers(partial(ask_death, study.asking, row))
    for part, outcomes in study.by_group(row, "death", answers):
        yield from share(part, outcomes, study.planned.interval)
    yield from study.compared(row, "death", answers)
    yield from study.subjects(row, "death", answers, "")


def _free_days(study: _Study, row: FreeDaysRow) -> Iterator[Result]:
    answers = study.answers(partial(ask_free_days, study.asking, row))
    for part, outcomes in study.by_group(row, "free_days", answers):
        yield from numbers(part, outcomes, row.show, "days", rule_words(row))
        yield from zeros(part, outcomes)
    yield from study.subjects(row, "free_days", answers, "days")


def _room_air(study: _Study, row: RoomAirRow) -> Iterator[Result]:
    event = Event(label=row.label, first_of=[Happening(ended=row.items or list(OXYGEN))])
    planned = TimeToEvent(
        kind="time_to_event",
        id=study.planned.id,
        title=row.label,
        event=event,
        start=study.planned.start,
        censored_at="last contact",
        until=row.until,
        by=study.planned.by,
        total=study.planned.total,
        days=[],
    )
    waiting = wait(study.record, planned)
    for label, timed in waiting.groups:
        part = Part(study.record, {**study.columns(row, "room_air"), "group": "arm", "group_level": label})
        yield from waited(part, waiting, timed)
    for entry in waiting.everybody:
        status = "" if entry.status is None else waiting.labels[entry.status]
        mark = "+" if entry.status == CENSORED else ""
        yield Result(
            **study.columns(row, "room_air"),
            **entry.known.subject.columns,
            level=status,
            statistic="value",
            value=entry.days,
            text=ABSENT if entry.days is None else rounded(entry.days, 0) + mark,
            unit="days",
            n=int(entry.days is not None),
            n_missing=int(entry.days is None),
            warning=joined([entry.why, *entry.notes]),
            **proof(entry.rows),
        )


def _scale(study: _Study, row: ScaleRow) -> Iterator[Result]:
    scores, wrong = scores_of(study.record, row.item)
    if wrong:
        yield Result(**study.columns(row, "scale"), statistic="n", value=0, text="0", n=0, error=wrong)
        return
    days = {day: study.answers(lambda known, day=day: ask_scale(row, scores, known, day)) for day in row.days}  # type: ignore[misc]
    every = sorted({outcome.value for answers in days.values() for outcome in answers.values() if outcome.value is not None})
    for day, answers in days.items():
        visit = f"day {day}"
        for part, outcomes in study.by_group(row, "scale", answers, visit=visit):
            yield from levels(part, outcomes, every) if row.show == "n_percent" else numbers(part, outcomes, row.show, "")
        yield from study.subjects(row, "scale", answers, "", visit=visit)


def _discharge(study: _Study, row: DischargeRow) -> Iterator[Result]:
    answers = study.answers(partial(ask_discharge, study.asking, row))
    for part, outcomes in study.by_group(row, "discharge", answers):
        yield from share(part, outcomes, study.planned.interval)
        gone = [outcome for outcome in outcomes if outcome.value == 1]
        for criterion in row.criteria:
            below = Part(part.record, {**part.columns, "variable": "criterion", "label": criterion.label, "method": row.named or ""})
            yield from verdicts(below, [(_verdict(study, row, criterion, outcome.known), outcome) for outcome in gone], VERDICTS)
    yield from study.compared(row, "discharge", answers)
    yield from study.subjects(row, "discharge", answers, "")


def _verdict(study: _Study, row: DischargeRow, criterion: DischargeCriterion, known: FollowUp) -> str:
    day = day_of_discharge(study.asking, row, known)
    return UNKNOWN if day is None else verdict_at(study.asking, criterion, known, day)


_ROWS: dict[type[OutcomeRow], Callable[[_Study, Any], Iterator[Result]]] = {
    DeathRow: _death,
    FreeDaysRow: _free_days,
    RoomAirRow: _room_air,
    ScaleRow: _scale,
    DischargeRow: _discharge,
}
