"""Kinds: how the text of one variable is read.

A kind turns collected text into a typed value or says what is wrong with it. It is asked once per distinct text,
so that the same few lines judge one form and a million rows. The text itself is never changed.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any


class Unreadable(ValueError):
    """A text that is not of its kind: what is wrong, what is allowed, what to do."""

    def __init__(self, problem: str, allowed: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem, self.allowed, self.remedy = problem, allowed, remedy


@dataclass(frozen=True)
class Kind:
    """A kind of value: its name, the words that say what is allowed, and how a non-empty text is read."""

    name: str
    allowed: str
    read: Callable[[str], Any]


_DATE = re.compile(
    r"(?P<year>\d{4}|-)(?:-(?P<month>\d{2}|-)(?:-(?P<day>\d{2}|-)"
    r"(?:T(?P<hour>\d{2}|-)(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)?(?P<zone>Z|[+-]\d{2}:\d{2})?)?)?)?",
    re.ASCII,
)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_DURATION = re.compile(
    r"-?P(?!$)(?:\d+W|(?:\d+(?:\.\d+)?Y)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?D)?(?:T(?=\d)(?:\d+(?:\.\d+)?H)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?S)?)?)",
    re.ASCII,
)
_DURATION_ALLOWED = "an ISO 8601 duration: P19D, PT4H, P2W"
_DATE_ALLOWED = "a date such as 2020-02-11 or 2020-02-11T14:20, or as much as is known: 2020-02"
_INSTANT_ALLOWED = "an instant in UTC such as 2026-01-05T09:00:00Z, or a date as far as it is known"
_COUNT_ALLOWED = "a whole number from 0, such as 30000000"
_MILLILITRES_ALLOWED = "mL from 0 with at most three decimals, such as 28.5"
_LONGEST = 20_000
_LARGEST_EXPONENT = 30
"""Nothing that is measured at a bedside has more digits before or after its point; a slip of the pen must not cost gigabytes."""
_LARGEST_COUNT = 10**18
"""More than anybody counts, and the most that a column of whole numbers holds."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known: year, month, day, hour, minute, second, and None from the first unknown part on.

    A part may also be unknown in the middle (2020---11); then nothing is compared with it.
    """

    year: int | None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None

    @property
    def parts(self) -> tuple[int | None, ...]:
        """The six parts, year first."""
        return (self.year, self.month, self.day, self.hour, self.minute, self.second)

    @property
    def date(self) -> date | None:
        """The calendar day, or None while year, month or day is unknown."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def is_before(self, other: "PartialDate") -> bool:
        """True when this is known to be earlier than the other; an unknown part decides nothing."""
        for mine, theirs in zip(self.parts, other.parts, strict=True):
            if mine is None or theirs is None:
                return False
            if mine != theirs:
                return mine < theirs
        return False


def _read_text(text: str) -> str:
    if len(text) > _LONGEST:
        raise Unreadable(f"a text of {len(text):,} characters", f"at most {_LONGEST:,}", "keep long documents in files/ and name them")
    return text


def _read_number(text: str) -> Decimal:
    plain = text.strip()
    if _NUMBER.fullmatch(plain):
        try:
            return _of_ordinary_size(Decimal(plain))
        except InvalidOperation:
            pass
    raise Unreadable(f"{_shown(text)} is not a number", "a number such as 0.50", _number_remedy(plain))


def _of_ordinary_size(number: Decimal) -> Decimal:
    if number and abs(number.adjusted()) > _LARGEST_EXPONENT:
        allowed = f"at most {_LARGEST_EXPONENT} digits before the point, and as many zeros behind it"
        raise Unreadable(f"{_shown(str(number))} is out of all measure", allowed, "check the number in the source")
    return number


def _number_remedy(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    if folded != text and _NUMBER.fullmatch(folded):
        return f"write {folded} in plain digits"
    if re.fullmatch(r"[+-]?\d+,\d+", folded, re.ASCII):
        return f"write {folded.replace(',', '.')} if the comma is a decimal sign"
    if folded.upper() in {"NA", "N/A", "NAN", "-", "."}:
        return "leave the cell empty"
    return "write digits with a point, or leave the cell empty"


def _read_integer(text: str) -> int:
    number = _read_number(text)
    if number != number.to_integral_value():
        raise Unreadable(f"{_shown(text)} is not a whole number", "a whole number such as 3", "write a whole number")
    return int(number)


def _read_date(text: str) -> PartialDate:
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise Unreadable(f"{_shown(text)} is not a date", _DATE_ALLOWED, _date_remedy(text))
    known = [None if part in (None, "-") else int(part) for part in match.group("year", "month", "day", "hour", "minute", "second")]
    year, month, day, hour, minute, second = known
    if all(part is None for part in known):
        raise Unreadable(f"{_shown(text)} says nothing of the date", _DATE_ALLOWED, "leave the cell empty")
    try:
        date(2000 if year is None else year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise Unreadable(f"{_shown(text)} is not in the calendar", _DATE_ALLOWED, "check day and month in the source") from None
    if (hour or 0) > 24 or (minute or 0) > 59 or (second or 0) > 59 or (hour == 24 and ((minute or 0) + (second or 0)) > 0):
        raise Unreadable(f"{_shown(text)} is not a time of day", _DATE_ALLOWED, "write hours from 00 to 23 and minutes from 00 to 59")
    return PartialDate(year, month, day, hour, minute, second)


def _date_remedy(text: str) -> str:
    match = re.fullmatch(r"(?:(\d{4})[./\s-])?(\d{1,2})[./\s-](\d{1,2})(?:[./\s-](\d{4}))?", text.strip(), re.ASCII)
    if match is None:
        return "write year-month-day with four, two and two digits"
    year = match.group(1) or match.group(4) or "YYYY"
    first, second = int(match.group(2)), int(match.group(3))
    readings = [(first, second)] if match.group(1) else [(first, second), (second, first)]
    sound = [(month, day) for month, day in dict.fromkeys(readings) if 1 <= month <= 12 and 1 <= day <= 31]
    said = [f"{year}-{month:02}-{day:02} for {day} {_MONTHS[month - 1]}" for month, day in sound]
    return "write " + " or ".join(said) if said else "write year-month-day with four, two and two digits"


def _read_duration(text: str) -> str:
    if not _DURATION.fullmatch(text.strip()):
        raise Unreadable(f"{_shown(text)} is not a duration", _DURATION_ALLOWED, "write P, the number and D, W, M or Y")
    return text.strip()


def _read_instant(text: str) -> PartialDate:
    known, plain = _read_date(text), text.strip()
    if known.hour is None or plain.endswith("Z"):
        return known
    raise Unreadable(f"{_shown(plain)} is not in UTC", _INSTANT_ALLOWED, _instant_remedy(plain))


def _instant_remedy(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        return "convert it to UTC and write Z behind it; the site's zone stands in TZ"
    return f"write {moment.astimezone(UTC).isoformat().replace('+00:00', 'Z')}; the site's zone stands in TZ"


def _read_count(text: str) -> int:
    count = _read_integer(text)
    if count < 0:
        raise Unreadable(f"{_shown(text)} is negative", _COUNT_ALLOWED, "check the count in the source")
    if count > _LARGEST_COUNT:
        raise Unreadable(f"{_shown(text)} is more than anybody counts", _COUNT_ALLOWED, "check the count in the source")
    return count


def _read_millilitres(text: str) -> Decimal:
    volume = _read_number(text)
    if volume < 0:
        raise Unreadable(f"{_shown(text)} mL is negative", _MILLILITRES_ALLOWED, "check the volume in the source")
    if (Fraction(volume) * 1000).denominator != 1:
        raise Unreadable(f"{_shown(text)} mL has more than three decimals", _MILLILITRES_ALLOWED, "write whole microlitres as mL")
    return volume


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."


def duration_days(text: str) -> Decimal | None:
    """Length in days of an ISO 8601 duration of weeks, days, hours and minutes; None when it has months or years."""
    if not _DURATION.fullmatch(text) or re.search(r"\d[YM](?!.*T)|Y", text.split("T")[0]):
        return None
    sizes = {"W": Decimal(7), "D": Decimal(1), "H": Decimal(1) / 24, "M": Decimal(1) / 1440, "S": Decimal(1) / 86400}
    total = sum((Decimal(number) * sizes[unit] for number, unit in re.findall(r"(\d+(?:\.\d+)?)([WDHMS])", text)), Decimal(0))
    return -total if text.startswith("-") else total


text = Kind("text", "text", _read_text)
number = Kind("number", "a number such as 0.50", _read_number)
integer = Kind("integer", "a whole number such as 3", _read_integer)
dtc = Kind("date", _DATE_ALLOWED, _read_date)
duration = Kind("duration", _DURATION_ALLOWED, _read_duration)
result = Kind("result", "a result as reported: 6.72, <0.50, NEGATIVE", _read_text)
instant = Kind("instant", _INSTANT_ALLOWED, _read_instant)
deadline = Kind("deadline", _INSTANT_ALLOWED, _read_instant)
"""An instant to come, such as an expiry: it tells nothing of how far the data reach."""
count = Kind("count", _COUNT_ALLOWED, _read_count)
millilitres = Kind("millilitres", _MILLILITRES_ALLOWED, _read_millilitres)
