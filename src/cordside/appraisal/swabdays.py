"""Days of a table of swabs, counted from the doses, in the real calendar."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

_HALF_A_YEAR = 6
_EARLY = timedelta(days=60)
"""A day so long before the study's period belongs to the next year."""


@dataclass(frozen=True, slots=True)
class Swab:
    """One swab: its day (None: not printed, or no day of the calendar), specimen and result."""

    day: date | None
    printed: str | None
    specimen: str
    result: str

    @property
    def is_positive(self) -> bool:
        """Whether the result is positive."""
        return self.result.strip().casefold() == "positive"


@dataclass(frozen=True, slots=True)
class CaseDays:
    """One patient: first positive, first and last dose, swabs; what is not printed is None."""

    case: str
    positive: date | None
    d1: date | None
    last_dose: date | None
    swabs: tuple[Swab, ...]
    unreal: tuple[str, ...] = ()

    def days(self, start: date | None, *, result: str | None = None) -> list[int]:
        """Days after `start` of the swabs, each once, rising; result: of those with this result only."""
        swabs = [swab for swab in self.swabs if result is None or swab.result.strip().casefold() == result]
        return sorted({(swab.day - start).days for swab in swabs if swab.day is not None}) if start else []

    @property
    def gap(self) -> int | None:
        """Days from the first positive to the first dose."""
        return (self.d1 - self.positive).days if self.d1 and self.positive else None


def case_days(rows: Sequence[Mapping[str, Any]], start: date, dose_days: Sequence[int]) -> list[CaseDays]:
    """The patients of a table of swabs.

    rows: {case, positive, d1, swabs: [[day, specimen, result]]}, days as 02-17 or 2020-02-17; start: first day of the study's
    period, which gives the year; dose_days: days of the doses counted from the first, which is day 1.
    """
    return [_case(row, start, dose_days) for row in rows]


def _case(row: Mapping[str, Any], start: date, dose_days: Sequence[int]) -> CaseDays:
    d1 = day_of(row.get("d1"), start)
    # Days of one patient lie within months of each other, also around New Year.
    by = (lambda text: _near(text, d1)) if d1 else (lambda text: day_of(text, start))
    positive = by(row.get("positive"))
    last = d1 + timedelta(days=max(dose_days) - 1) if d1 and dose_days else None
    swabs = tuple(Swab(by(day), day, specimen, result) for day, specimen, result in row.get("swabs") or [])
    printed = [row.get("positive"), row.get("d1"), *(swab.printed for swab in swabs)]
    unreal = tuple(dict.fromkeys(text for text in printed if text and (by(text) if text != row.get("d1") else d1) is None))
    return CaseDays(str(row["case"]), positive, d1, last, swabs, unreal)


def day_of(text: str | None, start: date) -> date | None:
    """A day as printed; without its year it lies in the year of `start`, or the next when that would be long before it."""
    if not text:
        return None
    *given, month, day = (int(part) for part in text.split("-"))
    early = start - _EARLY
    begins = (early.month, early.day) if early.year == start.year else (1, 1)
    year = given[0] if given else start.year + ((month, day) < begins)
    return _real(year, month, day)


def _near(text: str | None, other: date) -> date | None:
    """A day as printed; without its year it lies in the one that brings it within half a year of another day."""
    if not text:
        return None
    *given, month, day = (int(part) for part in text.split("-"))
    months = month - other.month
    return _real(given[0] if given else other.year - (months > _HALF_A_YEAR) + (months < -_HALF_A_YEAR), month, day)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def first_day(period: Sequence[str] | None) -> date | None:
    """The first day of a period printed as month or day; None without one."""
    if not period:
        return None
    year, month, day = [*map(int, period[0].split("-")), 1, 1][:3]
    return date(year, month, day)


def readings(first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """How a window of days may be read: as it stands, and as about its last day, give or take one or two days."""
    yield first, last, f"on day {first}" if first == last else f"in days {first} to {last}"
    for slack in (1, 2):
        yield last - slack, last + slack, f"in days {last - slack} to {last + slack}"
