"""What the record tells of one outcome of one subject: a value, or why it is unknown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cordside.analysis.courses.followup import FollowUp
from cordside.analysis.courses.happened import Finder, Found
from cordside.analysis.rows import Row
from cordside.protocol.eligibility import Condition
from cordside.protocol.plans.happenings import Happening
from cordside.protocol.plans.outcomes import DeathRow, DischargeRow, Outcomes
from cordside.words import Number

_DISCHARGED = "DS.DISCHARGED"
UNDATED_DEATH = "the day of death is not known"
_TAKEN = "taken as alive and free of support after discharge"


@dataclass(frozen=True, slots=True)
class Outcome:
    """value: None while unknown, with the reason; notes: what a reader must know of it."""

    known: FollowUp
    value: Number | None = None
    unknown: str = ""
    notes: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """What every row of the table asks with: the plan, and the finder of events."""

    planned: Outcomes
    finder: Finder

    def discharge(self, known: FollowUp, item: str = _DISCHARGED) -> Found:
        """The discharge, on or after the start."""
        return self.finder.happening(Happening(when=Condition(item=item, recorded=True)), known)

    def not_followed(self, known: FollowUp, day: int) -> tuple[str, str]:
        """Why a subject is not known to a day, empty when they are; and what was taken for granted so that they are."""
        upto = known.known_to
        if upto is not None and known.days(upto) >= day:
            return "", ""
        if self.planned.after_discharge != "unknown" and self.discharge(known).day and not known.died:
            return "", _TAKEN
        return f"not followed to day {day}", ""


def reasons(outcomes: Iterable[Outcome]) -> str:
    """Who is unknown, by reason, in words; empty when nobody is."""
    counted = Counter(outcome.unknown for outcome in outcomes if outcome.value is None)
    return f"unknown: {', '.join(f'{why} ({count})' for why, count in sorted(counted.items()))}" if counted else ""


def notes_of(outcomes: Iterable[Outcome]) -> list[str]:
    """What must be known of values that are used, each once with the number of subjects."""
    counted = Counter(note for outcome in outcomes if outcome.value is not None for note in outcome.notes)
    return [f"{note} ({count})" for note, count in sorted(counted.items())]


def died_by(asking: Asking, known: FollowUp, day: int) -> tuple[bool | None, str, str]:
    """Dead by a day: yes, no or None; why it is unknown; what was taken for granted."""
    if known.death is not None:
        return known.days(known.death) <= day, "", ""
    if known.died:
        alive = known.last_contact is not None and known.days(known.last_contact) > day
        return (False, "", "") if alive else (None, UNDATED_DEATH, "")
    why, taken = asking.not_followed(known, day)
    return (None, why, "") if why else (False, "", taken)


def ask_death(asking: Asking, row: DeathRow, known: FollowUp) -> Outcome:
    """1 when dead by the day, 0 when known to be alive then."""
    dead, why, taken = died_by(asking, known, row.day)
    return Outcome(known, None if dead is None else int(dead), why, (taken,) if taken else (), known.rows)


def ask_discharge(asking: Asking, row: DischargeRow, known: FollowUp) -> Outcome:
    """1 when discharged alive by the day, 0 when known not to be."""
    found = asking.discharge(known, row.item)
    if found.day is not None:
        return Outcome(known, int(known.days(found.day) <= row.day), rows=found.rows)
    if found.happened:
        return Outcome(known, unknown="the day of discharge is not known", rows=found.rows)
    dead, _, _ = died_by(asking, known, row.day)
    why, _ = asking.not_followed(known, row.day)
    return Outcome(known, 0 if dead or not why else None, "" if dead or not why else why, rows=known.rows)


def day_of_discharge(asking: Asking, row: DischargeRow, known: FollowUp) -> date | None:
    """The day of a discharge; None without one."""
    return asking.discharge(known, row.item).day
