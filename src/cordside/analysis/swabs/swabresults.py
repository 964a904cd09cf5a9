"""Swabs as the swab table, the clearance and the timeline read them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cordside.analysis.rows import Row, day_of, values
from cordside.record.dates import read_date
from cordside.record.record import Record

POSITIVE, NEGATIVE = "POSITIVE", "NEGATIVE"
_WORDS = (POSITIVE, NEGATIVE, "INDETERMINATE", "INVALID")
_A_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Swab:
    """One swab: its subject, day (None while not fully known), place (LOC or empty), result in capitals or empty (not done)."""

    subject: str
    day: date | None
    place: str
    result: str
    row: Row

    @property
    def is_positive(self) -> bool:
        """Was the virus found?"""
        return self.result == POSITIVE

    @property
    def is_negative(self) -> bool:
        """Was the virus looked for and not found?"""
        return self.result == NEGATIVE


def read_swabs(record: Record, item: str) -> dict[str, list[Swab]]:
    """Swabs by subject, earliest first, those without a date last; rows that hold another measure (a cycle number) are no swabs."""
    found: dict[str, list[Swab]] = {}
    for row in values(record, item):
        result = (row["TEXT"] or "").strip().upper()
        if row["STAT"] or result in _WORDS:
            swab = Swab(row["USUBJID"], day_of(row["DTC"]), row["LOC"] or "", "" if row["STAT"] else result, row)
            found.setdefault(swab.subject, []).append(swab)
    return {subject: sorted(swabs, key=_when) for subject, swabs in found.items()}


def is_a_day_later(first: Swab, later: Swab) -> bool:
    """Are two swabs at least 24 hours apart; one calendar day where a time of day is not known?"""
    start, end = _instant(first), _instant(later)
    if start and end:
        return end - start >= _A_DAY
    return bool(first.day and later.day and (later.day - first.day).days >= 1)


def _when(swab: Swab) -> tuple[date, datetime]:
    day = swab.day or date.max
    return day, _instant(swab) or datetime.combine(day, time())


def _instant(swab: Swab) -> datetime | None:
    known = read_date(swab.row["DTC"])
    if swab.day is None or known.hour is None or known.minute is None:
        return None
    return datetime.combine(swab.day, time()) + timedelta(hours=known.hour, minutes=known.minute)
