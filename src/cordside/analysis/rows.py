"""What every kind shares: the subjects of a table, the proof of a row, the row that says there is nothing, dates as text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cordside.protocol.plans.base import Planned
from cordside.record.dates import read_date
from cordside.record.items import subjects, values_of
from cordside.record.record import Record
from cordside.results import ORIGINS, Result

TOTAL = "Total"
ABSENT = "-"
NOT_RECORDED = "not recorded"
_MOST_SOURCES = 200

Row = dict[str, Any]
"""One row of the record as values_of gives it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of a table: its printed heading, arm, and day of the first infusion (None: not treated)."""

    id: str
    heading: str
    arm: str
    first: date | None

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a result row that name the subject."""
        return {"group": "subject", "group_level": self.heading, "subject": self.id}


def subjects_of(record: Record, heading: str = "{USUBJID}") -> list[Subject]:
    """The subjects of a record in DM's order, under headings such as `Case {SUBJID}`."""
    arms = {code: arm.label for code, arm in (record.protocol.arms or {}).items()}
    found = []
    for row in subjects(record).iter_rows(named=True):
        printed = heading.replace("{USUBJID}", row["USUBJID"]).replace("{SUBJID}", row["SUBJID"] or row["USUBJID"])
        arm = arms.get(row["ARMCD"] or "") or row["ARM"] or row["ARMCD"] or "Arm not stated"
        found.append(Subject(row["USUBJID"], printed, arm, row["FIRST"]))
    return found


def groups_of(record: Record, by_arm: bool = True, total: bool = True) -> list[tuple[str, list[Subject]]]:
    """Groups of subjects by label: arms as the protocol orders them, then arms it does not know, then all as Total.

    A study of one arm has only the Total; an arm without subjects is a group of none.
    """
    everybody = subjects_of(record)
    planned = [arm.label for arm in (record.protocol.arms or {}).values()]
    labels = list(dict.fromkeys([*planned, *(subject.arm for subject in everybody)]))
    arms = [(label, [subject for subject in everybody if subject.arm == label]) for label in labels] if by_arm and len(labels) > 1 else []
    return [*arms, (TOTAL, everybody)] if total or not arms else arms


def values(record: Record, item: str, **where: str | None) -> list[Row]:
    """Values of an item as rows; where: specimen, location."""
    return list(values_of(record, item, **where).iter_rows(named=True))


def grouped(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by subject (USUBJID), in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["USUBJID"], []).append(row)
    return found


def answered(row: Row) -> bool:
    """Does the row hold an answer (not NOT DONE, not empty)?"""
    return not row["STAT"] and row["TEXT"] is not None


def named(planned: Planned) -> dict[str, Any]:
    """The columns of a result row that name the planned item."""
    return {"analysis": planned.id, "table": planned.number or planned.id}


def proof(rows: Iterable[Row]) -> dict[str, Any]:
    """`source` and `origin` of a result made from these rows; of very many rows only the files are named."""
    used = list(rows)
    places = tuple(dict.fromkeys(row["SOURCE"] for row in used if row["SOURCE"]))
    if len(places) > _MOST_SOURCES:
        places = tuple(dict.fromkeys(place.rpartition(":")[0] for place in places))
    found = {row["ORIGIN"] for row in used}
    return {"source": places, "origin": ", ".join(origin for origin in ORIGINS if origin in found)}


def nothing(planned: Planned, why: str) -> list[Result]:
    """The one row of a planned item for which the record holds nothing."""
    return [Result(**named(planned), statistic="n", value=0, text="0", n=0, error=why)]


def day_of(text: str | None) -> date | None:
    """The calendar day of a collected date; None while a part of it is unknown."""
    return read_date(text).date


def printed_date(day: date | None, policy: str) -> str:
    """A date in a table: iso 2020-02-21, month.day 2.21; a dash where there is none."""
    if day is None:
        return ABSENT
    return f"{day.month}.{day.day}" if policy == "month.day" else day.isoformat()


def capital(text: str) -> str:
    """A term as recorded at the start of a sentence: only its first letter is raised."""
    return text[:1].upper() + text[1:]


def word_of(code: str) -> str:
    """A code as a word: POSITIVE gives Positive, POSSIBLY RELATED Possibly related."""
    return code.capitalize() if code.isupper() else capital(code)


def joined(words: Iterable[str]) -> str:
    """Warnings of one row as one text, each once."""
    return "; ".join(dict.fromkeys(filter(None, words)))
