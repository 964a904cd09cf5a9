"""Expiry: the moment from which a material is not used. An interval is half-open, so the moment itself is too late."""

from datetime import date, datetime, timedelta
from fractions import Fraction

from cordside.errors import CannotDo
from cordside.product.numbers import Quantity, millilitres, not_negative, positive
from cordside.product.refusals import Refusal

_MICROSECONDS = 1_000_000
_LONGEST = timedelta(days=366 * 200)


def is_expired(at: datetime, expiry: datetime | None) -> bool:
    """True from the expiry on; what has no expiry does not expire."""
    return expiry is not None and at >= expiry


def after_thaw(thawed: datetime, shelf_life_hours: Quantity) -> datetime:
    """The expiry of what was thawed; a part of a microsecond is cut off."""
    return thawed + _span(not_negative(shelf_life_hours, "shelf life") * 3600, up=False)


def planned_end(start: datetime, volume_ul: int, ml_per_minute: Quantity) -> datetime:
    """When an infusion ends that runs at a steady rate: 100 mL at 5 mL/min take 20 minutes."""
    minutes = positive(volume_ul, "volume") / 1000 / positive(ml_per_minute, "rate")
    return start + _span(minutes * 60, up=True)


def _span(seconds: Fraction, *, up: bool) -> timedelta:
    ticks = seconds * _MICROSECONDS
    # Too early is safe for an expiry, too late for an end: neither is ever flattered by rounding.
    whole = -(-ticks.numerator // ticks.denominator) if up else ticks.numerator // ticks.denominator
    if whole > _LONGEST // timedelta(microseconds=1):
        raise CannotDo(f"a span of {float(seconds):.0f} seconds: longer than any shelf life or infusion; check hours, volume and rate.")
    return timedelta(microseconds=whole)


def start_refusals(where: str, start: datetime, expiry: datetime | None, end: datetime | None = None) -> list[Refusal]:
    """Why an infusion may not start: expired at its start, or its planned end is not before the expiry."""
    if expiry is None:
        return []
    found, moment = [], _shown(expiry)
    if is_expired(start, expiry):
        why = f"{where}: expired from {moment} on, and it is {_shown(start)}"
        found.append(Refusal("expired", why, f"a start before {moment}", "take another container"))
    if end is not None and is_expired(end, expiry):
        why = f"{where}: a start at {_shown(start)} would end at {_shown(end)}, not before the expiry at {moment}"
        remedy = "start earlier, give faster within the cap, or take another container"
        found.append(Refusal("would_end_after_expiry", why, f"an end before {moment}", remedy))
    return found


def _shown(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="seconds").replace("+00:00", " UTC")


def planned_dates(first: date, days: list[int]) -> list[date]:
    """Calendar dates of planned days, the first of which is `first`.

    Days are stored as planned days, never as days between: 1, 4, 7 and "two days between" agree only for two full days.
    """
    return [first + timedelta(days=day - days[0]) for day in days]


def volume_words(volume_ul: int) -> str:
    """A volume as people read it: 23.5 mL."""
    return f"{millilitres(volume_ul)} mL"
