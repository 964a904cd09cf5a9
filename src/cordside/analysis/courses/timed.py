"""Times to an event: for each subject the days from the start to the event, to what came in its way, or to the censoring.

On a day with both, the event comes before what competes with it. Who cannot be timed is left out, with the reason, and counted.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cordside.analysis.courses.followup import NO_START, STAND_IN, FollowUp, follow_ups, stands_in
from cordside.analysis.courses.happened import Finder, Found
from cordside.analysis.rows import Row, groups_of
from cordside.protocol.plans.happenings import DEATH, Event, Happening
from cordside.protocol.plans.timetoevent import TimeToEvent
from cordside.record.record import Record

CENSORED, EVENT = 0, 1


@dataclass(frozen=True, slots=True)
class Timed:
    """One subject: days and status (0 censored, 1 event, 2 and more what competes), or why there are none.

    not_before: days from the start to the last swab that was still positive. notes: what a reader must know of this time.
    """

    known: FollowUp
    days: int | None = None
    status: int | None = None
    why: str = ""
    not_before: int | None = None
    notes: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A planned time to an event, as found: what competes, every subject's time, the subjects of each group."""

    planned: TimeToEvent
    competing: tuple[Event, ...]
    groups: tuple[tuple[str, tuple[Timed, ...]], ...]
    everybody: tuple[Timed, ...]
    cautions: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The word for each status: censored, the event, what competes."""
        return ("Censored", self.planned.event.label, *(event.label for event in self.competing))


def wait(record: Record, planned: TimeToEvent) -> Waiting:
    """Every subject's time to a planned event."""
    competing = competing_with(planned.event, planned.competing)
    finder, known = Finder(record), follow_ups(record, planned.start)
    timed = {subject: _timed(planned, competing, finder, follow_up) for subject, follow_up in known.items()}
    groups = tuple(
        (label, tuple(timed[subject.id] for subject in subjects))
        for label, subjects in groups_of(record, planned.by == "arm", planned.total)
    )
    return Waiting(planned, competing, groups, tuple(timed.values()), tuple(_cautions(record, planned)))


def competing_with(event: Event, named: Iterable[Event]) -> tuple[Event, ...]:
    """What competes with an event: what the plan names, and death wherever it is no part of either."""
    found = tuple(named)
    if event.is_fatal or any(other.is_fatal for other in found):
        return found
    return (*found, Event(label=DEATH, first_of=[Happening(death=True)]))


def left_out(timed: Iterable[Timed]) -> str:
    """Who is left out, by reason, in words; empty when nobody is."""
    reasons = Counter(entry.why for entry in timed if entry.why)
    return f"left out: {', '.join(f'{reason} ({count})' for reason, count in sorted(reasons.items()))}" if reasons else ""


def notes_of(timed: Iterable[Timed]) -> list[str]:
    """What must be known of times that are used, each once with the number of subjects."""
    counted = Counter(note for entry in timed for note in entry.notes)
    return [f"{note} ({count})" for note, count in sorted(counted.items())]


def _timed(planned: TimeToEvent, competing: tuple[Event, ...], finder: Finder, known: FollowUp) -> Timed:
    if known.start is None:
        return Timed(known, why=NO_START[planned.start], rows=known.rows)
    own, others = finder.find(planned.event, known), [finder.find(event, known) for event in competing]
    if why := _untimed(planned, own, list(zip(competing, others, strict=True))):
        return Timed(known, why=why, rows=own.rows or known.rows)
    end = known.censored(planned.censored_at)
    dated = [(found.day, status, found) for status, found in enumerate([own, *others], 1) if found.day]
    if any(day < known.start for day, _, _ in dated):
        return Timed(known, why="an event is dated before the start", rows=tuple(row for _, _, found in dated for row in found.rows))
    first = min(dated, key=lambda entry: entry[:2], default=None)
    late = first is not None and end is not None and first[0] > end
    if first is None or late:
        return _censored(planned, own, known, end, "happened after the end of participation: not counted" if late else "")
    day, status, found = first
    return _finished(planned, known, day, status, found)


def _untimed(planned: TimeToEvent, own: Found, others: list[tuple[Event, Found]]) -> str:
    """Why a subject cannot be timed: something happened on a day that is not known, or nothing is known."""
    if own.unknown:
        return own.unknown
    if own.happened and own.day is None:
        return f"the day of {_lower(planned.event.label)} is not known"
    # A death without a date came after whatever is dated.
    undated = [event for event, found in others if found.happened and found.day is None and not (own.day and event.is_fatal)]
    return f"the day of {_lower(undated[0].label)} is not known" if undated else ""


def _censored(planned: TimeToEvent, own: Found, known: FollowUp, end: date | None, note: str) -> Timed:
    last = own.last_test if own.tested else end
    if last is None:
        return Timed(known, why="not tested after the start" if own.tested else "no end of follow-up is known", rows=known.rows)
    if known.start and last < known.start:
        return Timed(known, why="follow-up ends before the start", rows=known.rows)
    at_cut = planned.censored_at == "end of participation" and known.is_open and not own.tested and last == known.cut
    notes = (note, "no end of participation is recorded: censored at the data cut" if at_cut else "")
    found = Found(note=own.note, rows=own.rows or known.rows)
    return _finished(planned, known, last, CENSORED, found, tuple(filter(None, notes)))


def _finished(planned: TimeToEvent, known: FollowUp, day: date, status: int, found: Found, notes: tuple[str, ...] = ()) -> Timed:
    days = known.days(day)
    if planned.until is not None and days > planned.until:
        return Timed(known, planned.until, CENSORED, rows=found.rows)
    before = known.days(found.not_before) if found.not_before and status == EVENT else None
    return Timed(known, days, status, not_before=before, notes=tuple(filter(None, (*notes, found.note))), rows=found.rows)


def _cautions(record: Record, planned: TimeToEvent) -> Iterable[str]:
    if planned.event.is_swabbed:
        yield (
            "The time is that of the first negative swab that counts. The truth lies between the last positive swab and it: "
            "the times are interval-censored, and the curve is drawn at the latest day possible."
        )
    if not planned.is_incidence and not planned.event.is_fatal:
        yield (
            f"Kaplan-Meier takes those who died before {_lower(planned.event.label)} as censored, as if it could still happen to them: "
            "it overstates how often the event happens. A cumulative incidence does not."
        )
    elif not planned.is_incidence and planned.competing:
        others = ", ".join(_lower(event.label) for event in planned.competing)
        yield f"Kaplan-Meier takes {others} as censored, as if the event could still happen."
    if stands_in(record, planned.start):
        yield STAND_IN


def _lower(label: str) -> str:
    """A label inside a sentence; what is written in capitals stays so."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
