"""Moments: dates of the record and of the product files as spans of instants.

A date that is known in part may be any instant of a span, and decides only what all of them decide. A local time without a zone is
an instant of its site's zone; where that is not known either, the span is as wide as the zones of the earth.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cordside.domains.kinds import PartialDate
from cordside.record.dates import read_date

_OFFSET = re.compile(r"(?<=\d)(?:(?P<utc>Z)|(?P<sign>[+-])(?P<hours>\d{2}):(?P<minutes>\d{2}))\s*$")
_EARLIEST, _LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_EAST, _WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))


@dataclass(frozen=True, slots=True)
class Span:
    """The instants that a moment may be, from the first to the last, both UTC."""

    first: datetime
    last: datetime

    @property
    def is_known(self) -> bool:
        """True when the moment is known to the minute or better."""
        return self.first == self.last


EVER = Span(_EARLIEST, _LATEST)
"""Of a moment nothing is known."""


def span_of(text: str | None, zone: tzinfo | None = None) -> Span:
    """The span of a date as collected; EVER when it is empty, unreadable or without a year.

    zone: of a time that names none itself; None where it is not known.
    """
    known = read_date(text)
    if known.year is None:
        return EVER
    own = _offset(text or "") or zone
    first, last = _bounds(known)
    if own is not None:
        return Span(first.replace(tzinfo=own).astimezone(UTC), last.replace(tzinfo=own).astimezone(UTC))
    return Span(first.replace(tzinfo=_EAST).astimezone(UTC), last.replace(tzinfo=_WEST).astimezone(UTC))


def instant(text: str | None) -> datetime | None:
    """An instant of a product file; None when it is empty or not readable. One that is known in part is taken at its beginning."""
    found = span_of(text, UTC)
    return None if found is EVER else found.first


def shown(moment: datetime) -> str:
    """An instant as people read it: 2026-01-05 14:30 UTC."""
    precise = "seconds" if moment.second else "minutes"
    return moment.astimezone(UTC).isoformat(sep=" ", timespec=precise).replace("+00:00", " UTC")


@lru_cache(maxsize=256)
def zone_of(name: str | None) -> tzinfo | None:
    """The zone of a name such as Asia/Shanghai; None where there is no such zone."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _offset(text: str) -> tzinfo | None:
    match = _OFFSET.search(text) if "T" in text else None
    if match is None:
        return None
    if match["utc"]:
        return UTC
    distance = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"]))
    return timezone(-distance if match["sign"] == "-" else distance) if distance < timedelta(hours=24) else None


def _bounds(known: PartialDate) -> tuple[datetime, datetime]:
    """First and last local time; parts from the first unknown one on are as early, and as late, as they can be."""
    parts = list(known.parts)
    certain = parts.index(None) if None in parts else len(parts)
    year, month, day, hour, minute, second = (part if place < certain else None for place, part in enumerate(parts))
    first = _at(year or 1, month or 1, day or 1, hour or 0, minute or 0, second or 0)
    if minute is not None:
        return first, first
    return first, _after(first, month, day, hour) - timedelta(seconds=1)


def _after(first: datetime, month: int | None, day: int | None, hour: int | None) -> datetime:
    """The beginning of the next year, month, day or hour."""
    if hour is not None:
        return first + timedelta(hours=1)
    if day is not None:
        return first + timedelta(days=1)
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following if month is not None else _at(min(first.year + 1, 9990), 1, 1, 0, 0, 0)


def _at(year: int, month: int, day: int, hour: int, minute: int, second: int) -> datetime:
    return datetime(min(max(year, 2), 9990), month, day) + timedelta(hours=hour, minutes=minute, seconds=second)  # noqa: DTZ001
