"""Episodes of support (PR) and stays (HO) as days after the start, with open ends handled and said.

A calendar day that an episode touches is a day with support. An episode without an end runs to the last day that is known of
the subject; one without a full date of its start has no place, and the subject's days are not known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cordside.analysis.courses.followup import FollowUp
from cordside.analysis.rows import Row, day_of
from cordside.domains.all import domain_of
from cordside.domains.kinds import duration_days
from cordside.protocol.plans.happenings import OXYGEN, ROOM_AIR
from cordside.record.record import Record

_BEFORE = ("BEFORE", "BEFORE/DURING")
NO_PLACE = "an episode without a full date of its start has no place"


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode as recorded. end: recorded or from the duration; begins_before: it began before the study, on a day unknown."""

    item: str
    start: date | None
    end: date | None
    begins_before: bool
    row: Row


@dataclass(frozen=True, slots=True)
class Spell:
    """An episode in days after the start, first and last counted; is_open: its end is not recorded."""

    item: str
    first: int
    last: int
    is_open: bool
    row: Row


class Episodes:
    """The episodes of a record; the rows of an item are looked up once."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._rows: dict[str, dict[str, list[Row]]] = {}

    def of(self, subject: str, items: Iterable[str]) -> list[Episode]:
        """Episodes that took place, item by item, in the order of the file."""
        return [_episode(item, row) for item in items for row in self._found(item, subject) if _took_place(item, row)]

    def is_told(self, subject: str, items: Sequence[str]) -> bool:
        """Does the record tell whether the subject had such episodes?

        It does where it answers for one of them, yes or no. Any oxygen support (room air is one) tells of every oxygen support,
        any stay of every stay.
        """
        return any(_is_answered(item, row) for item in self._kin(items) for row in self._found(item, subject))

    def _kin(self, items: Sequence[str]) -> list[str]:
        oxygen = (*OXYGEN, ROOM_AIR) if any(item in OXYGEN for item in items) else ()
        return [*dict.fromkeys((*items, *oxygen)), *(["HO.*"] if any(item.startswith("HO.") for item in items) else [])]

    def _found(self, item: str, subject: str) -> list[Row]:
        if item not in self._rows:
            self._rows[item] = {}
            code, _, name = item.partition(".")
            for row in self._record.frame(code).iter_rows(named=True):
                if name == "*" or name.casefold() in _names(code, row):
                    self._rows[item].setdefault(row["USUBJID"], []).append(row)
        return self._rows[item].get(subject, [])


def spells_of(episodes: Iterable[Episode], known: FollowUp) -> tuple[list[Spell], str]:
    """Episodes in days after the start, earliest first, and why they cannot all be placed; empty when they can."""
    spells, upto = [], known.known_to
    for episode in episodes:
        start = known.start if episode.begins_before and episode.start is None else episode.start
        if start is None or known.start is None or upto is None:
            return [], NO_PLACE
        end = episode.end or max(upto, start)
        spells.append(Spell(episode.item, known.days(start), known.days(end), episode.end is None, episode.row))
    return sorted(spells, key=lambda spell: (spell.first, spell.last)), ""


def _names(code: str, row: Row) -> set[str]:
    domain = domain_of(code)
    return {(row[name] or "").casefold() for name in (domain.prefix + "DECOD", domain.topic)}


def _took_place(item: str, row: Row) -> bool:
    code = item.partition(".")[0]
    asked_only = row[code + "PRESP"] == "Y" and row[code + "OCCUR"] is None
    return row[code + "STAT"] is None and not asked_only and row[code + "OCCUR"] in (None, "Y")


def _is_answered(item: str, row: Row) -> bool:
    code = item.partition(".")[0]
    return _took_place(item, row) or row[code + "OCCUR"] == "N"


def _episode(item: str, row: Row) -> Episode:
    code = item.partition(".")[0]
    start, end = day_of(row[code + "STDTC"]), day_of(row[code + "ENDTC"])
    if end is None and start is not None and row[code + "ENDTC"] is None:
        end = _after(start, row[code + "DUR"])
    before = row[code + "STDTC"] is None and (row[code + "STRF"] in _BEFORE or row.get(code + "STRTPT") in _BEFORE)
    return Episode(item, start, end, before, row)


def _after(start: date, duration: str | None) -> date | None:
    days = duration_days(duration.strip()) if duration else None
    return None if days is None or days < 0 else start + timedelta(days=int(days))


def supported_days(spells: Iterable[Spell], upto: int) -> set[int]:
    """Days 1 to upto after the start that a spell touches."""
    return {day for spell in spells for day in range(max(1, spell.first), min(upto, spell.last) + 1)}
