"""One value a subject that no single row of the record holds, each with the rows it was found in, or why there is none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

import polars as pl

from cordside.analysis.courses.followup import FollowUp, follow_ups
from cordside.analysis.courses.happened import Finder, Found
from cordside.analysis.rows import Row, answered, day_of, grouped, values
from cordside.analysis.safety.doses import Infusion, infusions_of, volume_ml
from cordside.protocol.plans.derived import DaysBetween, Derived, Moment
from cordside.protocol.plans.happenings import Cleared, Happening, Start
from cordside.record.record import Record

_STARTS: Mapping[str, tuple[Start, str, str]] = {
    "consent": ("consent", "DS", "DSSTDTC"),
    "admission": ("admission", "HO", "HOSTDTC"),
}
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "USUBJID": pl.String,
    "TEXT": pl.String,
    "NUMBER": pl.Float64,
    "UNIT": pl.String,
    "COLLECTED_UNIT": pl.String,
    "SOURCE": pl.List(pl.String),
    "ORIGIN": pl.List(pl.String),
    "WHY": pl.String,
}


@dataclass(frozen=True, slots=True)
class _Told:
    """The value of one subject as text and as number; why: what is missing where there is none."""

    text: str | None = None
    number: Decimal | None = None
    rows: tuple[Row, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Day:
    """A moment of one subject, or why it has no day."""

    day: date | None
    rows: tuple[Row, ...] = ()
    why: str = ""


def derived_values(record: Record, derived: Derived) -> pl.DataFrame:
    """One row for each subject of the record, in the columns of SCHEMA; TEXT is null where there is no value, WHY says why.

    NUMBER is in whole infusions, mL or days; SOURCE and ORIGIN are those of all rows that the value was found in.
    """
    finding = _Finding(record)
    unit = "mL" if derived.infusions == "volume" else "days" if derived.days else None
    told = {subject: finding.value(derived, subject) for subject in finding.subjects}
    rows = [
        (
            subject,
            found.text,
            None if found.number is None else float(found.number),
            unit,
            None,
            list(dict.fromkeys(row["SOURCE"] for row in found.rows if row["SOURCE"])),
            list(dict.fromkeys(row["ORIGIN"] for row in found.rows)),
            found.why or None,
        )
        for subject, found in told.items()
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


class _Finding:
    """Values of a record; what several subjects share is looked up once."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._items: dict[str, dict[str, list[Row]]] = {}
        self._known: dict[Start, dict[str, FollowUp]] = {}

    @cached_property
    def subjects(self) -> list[str]:
        """Subjects in DM's order."""
        return list(self._follow_ups("first infusion"))

    @cached_property
    def _infusions(self) -> dict[str, list[Infusion]]:
        return infusions_of(self._record)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._record)

    def value(self, derived: Derived, subject: str) -> _Told:
        """The value of one subject."""
        if derived.infusions:
            return self._given(subject, derived.infusions)
        return self._between(derived.days, subject) if derived.days else self._is_clear(derived.cleared, subject)

    def _given(self, subject: str, what: str) -> _Told:
        own = self._infusions.get(subject, [])
        rows = tuple(infusion.row for infusion in own)
        if what == "number":
            return _Told(str(len(own)), Decimal(len(own)), rows)
        volumes = [volume_ml(row) for row in rows]
        known = [volume for volume in volumes if volume is not None]
        if len(known) < len(volumes):
            return _Told(rows=rows, why="the volume of an infusion is not recorded")
        total = sum(known, Decimal(0))
        return _Told(f"{total.normalize():f}", total, rows)

    def _between(self, between: DaysBetween, subject: str) -> _Told:
        start, end = (self._day(moment, subject) for moment in (between.start, between.end))
        rows = (*start.rows, *end.rows)
        if start.day is None or end.day is None:
            return _Told(rows=rows, why=start.why or end.why)
        days = (end.day - start.day).days
        return _Told(str(days), Decimal(days), rows)

    def _is_clear(self, cleared: Cleared | None, subject: str) -> _Told:
        found = self._swabbed(cleared, subject)
        if not found.happened and found.last_test is None:
            return _Told(rows=found.rows, why="no swab after the first infusion is recorded")
        return _Told("Y" if found.happened else "N", rows=found.rows)

    def _day(self, moment: Moment, subject: str) -> _Day:
        if moment.item:
            return self._first_of(moment.item, subject)
        if moment.cleared:
            found = self._swabbed(moment.cleared, subject)
            why = "swabs are not negative under the rule" if found.last_test else "no swab after the first infusion is recorded"
            return _Day(found.day, found.rows, "" if found.day else why)
        return self._at(moment.at or "", subject)

    def _at(self, at: str, subject: str) -> _Day:
        if at not in _STARTS:
            own = [infusion for infusion in self._infusions.get(subject, []) if infusion.day]
            chosen = own[:1] if at == "first infusion" else own[-1:]
            dated = len(own) == len(self._infusions.get(subject, []))
            why = "" if chosen and dated else f"no day of a {at} is recorded"
            return _Day(chosen[0].day if chosen and dated else None, tuple(infusion.row for infusion in chosen), why)
        start, code, variable = _STARTS[at]
        day = self._follow_ups(start)[subject].start
        rows = [row for row in self._rows(code).get(subject, []) if day and day_of(row[variable]) == day]
        return _Day(day, tuple(rows[:1]), "" if day else f"no day of {at} is recorded")

    def _first_of(self, item: str, subject: str) -> _Day:
        """The first dated row that took place; a date known in part that may lie before it leaves the day unknown."""
        if item not in self._items:
            self._items[item] = grouped(row for row in values(self._record, item) if answered(row) and row["TEXT"] != "N" and row["DTC"])
        rows = self._items[item].get(subject, [])[:1]
        day = day_of(rows[0]["DTC"]) if rows else None
        return _Day(day, tuple(rows), "" if day else f"no {'full ' if rows else ''}date of {item} is recorded")

    def _swabbed(self, cleared: Cleared | None, subject: str) -> Found:
        return self._finder.happening(Happening(cleared=cleared), self._follow_ups("first infusion")[subject])

    def _follow_ups(self, start: Start) -> dict[str, FollowUp]:
        if start not in self._known:
            self._known[start] = follow_ups(self._record, start)
        return self._known[start]

    def _rows(self, code: str) -> dict[str, list[Row]]:
        if code not in self._items:
            self._items[code] = grouped(self._record.frame(code).iter_rows(named=True))
        return self._items[code]


def reasons(frame: pl.DataFrame) -> Iterator[str]:
    """Why values are missing, each reason with its number of subjects; frame: rows with WHY."""
    for why, count in frame["WHY"].drop_nulls().value_counts(sort=True).sort("count", "WHY", descending=[True, False]).iter_rows():
        yield f"no value for {count}: {why}"
