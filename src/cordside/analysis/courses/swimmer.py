"""One bar a subject: how long they were followed, on what support, what was infused, what happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from cordside.analysis.courses.episodes import Spell, spells_of
from cordside.analysis.courses.followup import NO_START, FollowUp, follow_ups
from cordside.analysis.courses.happened import Finder
from cordside.analysis.rows import ABSENT, joined, named, nothing, proof
from cordside.analysis.safety.doses import Infusion, infusions_of
from cordside.protocol.plans.happenings import DEATH, OXYGEN, ROOM_AIR
from cordside.protocol.plans.timetoevent import Band, Swimmer
from cordside.record.record import Record
from cordside.results import Result

FOLLOW_UP = "follow-up"
_OPEN = "no full date of its end is recorded: drawn to the last day that is known"


@dataclass(frozen=True, slots=True)
class _Bar:
    """What stands on the bar of one subject; last: where it ends, in days after the start."""

    planned: Swimmer
    known: FollowUp
    last: int | None

    @property
    def columns(self) -> dict[str, Any]:
        return {**named(self.planned), **self.known.subject.columns, "unit": "days"}

    def on(self, day: date | None) -> dict[str, Any]:
        """Value and visit of a day, or why there is no value."""
        if day is None or self.known.start is None:
            return {"value": None, "text": ABSENT, "warning": "the day is not known"}
        return {"value": self.known.days(day), "text": str(self.known.days(day)), "visit": day.isoformat()}


def summarise(record: Record, planned: Swimmer) -> list[Result]:
    """Rows of each subject in the order of the bars: follow-up, episodes, infusions, events, death."""
    bars = [_bar(planned, known) for known in follow_ups(record, planned.start, planned.subject).values()]
    if not any(bar.last is not None for bar in bars):
        return nothing(planned, NO_START[planned.start] if bars else "no subjects are recorded")
    finder, given = Finder(record), infusions_of(record)
    return [
        row
        for bar in _in_order(planned, bars, record)
        for row in (
            *_follow_up(bar),
            *_episodes(bar, finder),
            *_infusions(bar, given.get(bar.known.subject.id, [])),
            *_events(bar, finder),
        )
    ]


def _bar(planned: Swimmer, known: FollowUp) -> _Bar:
    end = known.death or known.censored(planned.censored_at)
    return _Bar(planned, known, None if end is None or known.start is None else known.days(end))


def _in_order(planned: Swimmer, bars: list[_Bar], record: Record) -> list[_Bar]:
    if planned.order == "record":
        return bars
    arms = [arm.label for arm in (record.protocol.arms or {}).values()]
    arms += sorted({bar.known.subject.arm for bar in bars} - set(arms))
    by_arm = planned.order == "arm"
    return sorted(bars, key=lambda bar: (arms.index(bar.known.subject.arm) if by_arm else 0, -1 if bar.last is None else -bar.last))


def _follow_up(bar: _Bar) -> Iterator[Result]:
    columns = {**bar.columns, "variable": FOLLOW_UP, "label": "Follow-up", **proof(bar.known.rows)}
    if bar.last is None:
        why = NO_START[bar.planned.start] if bar.known.start is None else "no end of follow-up is known"
        yield Result(**columns, statistic="end", text=ABSENT, n=0, n_missing=1, warning=why)
        return
    lasts = bar.known.is_open and bar.known.death is None
    level = "goes on" if lasts else "died" if bar.known.died else "ended"
    yield Result(**columns, level=bar.known.subject.arm, statistic="start", value=0, text="0")
    yield Result(**columns, level=level, statistic="end", value=bar.last, text=str(bar.last), n=1, n_missing=0)


def _episodes(bar: _Bar, finder: Finder) -> Iterator[Result]:
    for band in bar.planned.episodes or [Band(item=item) for item in (ROOM_AIR, *OXYGEN)]:
        found = finder.episodes.of(bar.known.subject.id, [band.item])
        spells, why = spells_of(found, bar.known)
        columns = {**bar.columns, "variable": band.item, "label": band.label or _label(band.item)}
        if why:
            rows = proof(episode.row for episode in found)
            yield Result(**columns, statistic="start", text=ABSENT, n=0, n_missing=len(found), warning=why, **rows)
        for number, spell in enumerate(spells, 1):
            yield from _spell({**columns, "level": str(number)}, spell)


def _spell(columns: dict[str, Any], spell: Spell) -> Iterator[Result]:
    shared = {**columns, **proof([spell.row])}
    yield Result(**shared, statistic="start", value=spell.first, text=str(spell.first))
    yield Result(**shared, statistic="end", value=spell.last, text=str(spell.last), warning=_OPEN if spell.is_open else "")


def _label(item: str) -> str:
    return item.partition(".")[2].capitalize()


def _infusions(bar: _Bar, infusions: list[Infusion]) -> Iterator[Result]:
    for infusion in infusions:
        place = bar.on(infusion.day)
        derived = "the date is derived, it is not in the source" if infusion.is_day_derived else ""
        place["warning"] = joined([place.get("warning", ""), derived])
        yield Result(**bar.columns, **place, variable="EX", label=f"Infusion {infusion.number}", statistic="value", **proof([infusion.row]))


def _events(bar: _Bar, finder: Finder) -> Iterator[Result]:
    for event in bar.planned.events:
        if bar.known.start is not None and (found := finder.find(event, bar.known)).happened:
            yield Result(**bar.columns, **bar.on(found.day), variable="event", label=event.label, statistic="value", **proof(found.rows))
    if bar.known.died:
        yield Result(**bar.columns, **bar.on(bar.known.death), variable="death", label=DEATH, statistic="value", **proof(bar.known.rows))
