"""When an event that the plan declares happened to a subject, and how far the record can tell that it did not.

Only what happens on or after the start counts. What only a test can show (a swab, a laboratory value) is known up to the last
test; what is reported when it happens (death, discharge, a procedure) is known as long as the subject is followed.
"""

from dataclasses import dataclass
from datetime import date

from cordside.analysis.courses.episodes import Episodes, spells_of
from cordside.analysis.courses.followup import FollowUp, from_start
from cordside.analysis.rows import Row, day_of
from cordside.analysis.swabs.clearancerules import Verdict, judge
from cordside.analysis.swabs.swabresults import Swab, read_swabs
from cordside.domains.all import domain_of
from cordside.domains.classes import Finding
from cordside.protocol.eligibility import Condition, Truth
from cordside.protocol.plans.happenings import Cleared, Event, Happening
from cordside.record.judge import Judge
from cordside.record.record import Record

_EARLIER = "held before the start already: only what came after it counts"
_ENDED = "without such an episode at the start already"


@dataclass(frozen=True, slots=True)
class Found:
    """What the record tells of an event. happened without a day: the day is not known.

    tested: the event shows only in tests; last_test: the last of them. not_before: the last day on which a swab was still positive.
    unknown: why nothing can be said. note: what a reader must know of the day.
    """

    happened: bool = False
    day: date | None = None
    tested: bool = False
    last_test: date | None = None
    not_before: date | None = None
    unknown: str = ""
    note: str = ""
    rows: tuple[Row, ...] = ()


class Finder:
    """Finds events in a record; what several subjects share is looked up once."""

    def __init__(self, record: Record) -> None:
        self._rule = record.protocol.conventions.clearance
        self._record = record
        self.judge = Judge(record)
        self.episodes = Episodes(record)
        self._swabs: dict[str, dict[str, list[Swab]]] = {}

    def find(self, event: Event, known: FollowUp) -> Found:
        """The first of the things that make up an event."""
        parts = [(happening, self.happening(happening, known)) for happening in event.first_of]
        is_dated = any(found.day for _, found in parts)
        # Nothing comes after death: beside something dated, a death without a date came later.
        return _first([found for happening, found in parts if not (is_dated and happening.death and found.day is None)])

    def happening(self, happening: Happening, known: FollowUp, upto: date | None = None) -> Found:
        """One thing that can happen; upto: swabs and episodes after that day are not looked at."""
        if happening.when:
            return self._when(happening.when, known)
        if happening.cleared:
            return self._cleared(happening.cleared, known, upto)
        if happening.ended:
            return self._ended(happening.ended, known, upto)
        return Found(happened=known.died, day=known.death, rows=known.rows if known.died else ())

    def _when(self, condition: Condition, known: FollowUp) -> Found:
        tested = issubclass(domain_of((condition.item or "").partition(".")[0]), Finding)
        told = [(truth, day_of(row["DTC"]), row) for truth, row in self.judge.rows(condition, known.subject.id)]
        after = [entry for entry in told if not entry[1] or _is_after(entry[1], entry[2], known)]
        earlier = any(truth is Truth.TRUE and day and not _is_after(day, row, known) for truth, day, row in told)
        held = [(day, row) for truth, day, row in after if truth is Truth.TRUE]
        last = max((day for truth, day, _ in after if day and truth is not Truth.UNKNOWN), default=None) if tested else None
        dated = min(((day, row) for day, row in held if day), key=lambda entry: entry[0], default=None)
        note = _EARLIER if earlier else ""
        if dated:
            return Found(True, dated[0], tested, last, note=note, rows=(dated[1],))
        return Found(bool(held), None, tested, last, note=note, rows=tuple(row for _, row in held))

    def _cleared(self, cleared: Cleared, known: FollowUp, upto: date | None) -> Found:
        if cleared.item not in self._swabs:
            self._swabs[cleared.item] = read_swabs(self._record, cleared.item)
        own = self._swabs[cleared.item].get(known.subject.id, [])
        swabs = [swab for swab in own if upto is None or (swab.day and swab.day <= upto)]
        rule, subject = cleared.rule or self._rule, from_start(known.subject, known.start)
        places = dict.fromkeys(swab.place for swab in swabs) if rule == "two-negatives-per-specimen" else (None,)
        verdicts = [judge(subject, [swab for swab in swabs if place in (None, swab.place)], rule) for place in places]
        return _of_verdicts([verdict for verdict in verdicts if verdict])

    def _ended(self, items: list[str], known: FollowUp, upto: date | None) -> Found:
        every = self.episodes.of(known.subject.id, items)
        episodes = [episode for episode in every if upto is None or episode.start is None or episode.start <= upto]
        if not episodes:
            told = self.episodes.is_told(known.subject.id, items)
            unknown = "" if told else "nothing is recorded of such episodes"
            return Found(told, known.start if told else None, unknown=unknown, note=_ENDED if told else "", rows=known.rows)
        spells, why = spells_of(episodes, known)
        rows = tuple(episode.row for episode in episodes)
        if why:
            return Found(unknown=why, rows=rows)
        ends = [episode.end for episode in episodes]
        last = max((end for end in ends if end), default=None)
        # Support that ends on the day of death was not left behind.
        if None in ends or last is None or (known.death is not None and last >= known.death) or (known.died and known.death is None):
            return Found(rows=rows)
        note = _ENDED if known.start and last < known.start else ""
        return Found(True, max(last, known.start or last), note=note, rows=rows)


def _is_after(day: date, row: Row, known: FollowUp) -> bool:
    """On or after the start; a value flagged as baseline lies before the infusion, whatever the day."""
    return known.start is not None and day >= known.start and row["BLFL"] != "Y"


def _of_verdicts(verdicts: list[Verdict]) -> Found:
    """Every specimen must be cleared, the last one decides."""
    if not verdicts:
        return Found(tested=True)
    last_test = min((verdict.last.day for verdict in verdicts if verdict.last.day), default=None)
    if any(verdict.cleared is None for verdict in verdicts):
        return Found(tested=True, last_test=last_test, rows=tuple(verdict.last.row for verdict in verdicts))
    last = max(verdicts, key=lambda verdict: (verdict.cleared.day if verdict.cleared else None) or date.min)
    positive, cleared = last.last_positive, last.cleared
    rows = tuple(swab.row for swab in (positive, cleared) if swab)
    return Found(True, cleared.day if cleared else None, True, last_test, positive.day if positive else None, rows=rows)


def _first(found: list[Found]) -> Found:
    """The earliest; the rest is known only as far as each of the parts is."""
    if len(found) == 1:
        return found[0]
    dated = min((part for part in found if part.day), key=lambda part: part.day or date.max, default=None)
    undated = next((part for part in found if part.happened and part.day is None), None)
    chosen = dated or undated
    tests = [part for part in found if part.tested]
    tested = len(tests) == len(found)
    return Found(
        happened=chosen is not None,
        day=dated.day if dated and not undated else None,
        tested=tested,
        last_test=min((part.last_test for part in tests if part.last_test), default=None) if tested else None,
        not_before=dated.not_before if dated else None,
        unknown="" if chosen else next((part.unknown for part in found if part.unknown), ""),
        note=dated.note if dated else next((part.note for part in found if part.note), ""),
        rows=chosen.rows if chosen else tuple(row for part in found for row in part.rows),
    )
