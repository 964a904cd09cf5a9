"""Dates as collected → calendar days and study days. Day 1 is the reference day; there is no day 0."""

from datetime import date
from functools import lru_cache

import polars as pl

from cordside.domains.kinds import PartialDate, Unreadable, dtc

UNKNOWN = PartialDate(None)


@lru_cache(maxsize=100_000)
def read_date(text: str | None) -> PartialDate:
    """A collected date, all parts unknown when it is empty or unreadable."""
    try:
        return dtc.read(text) if text else UNKNOWN
    except Unreadable:
        return UNKNOWN


def derive_dates(texts: pl.Series) -> pl.Series:
    """Collected dates (String) → calendar days (Date); null while year, month or day is unknown."""
    known = {text: read_date(text).date for text in texts.drop_nulls().unique()}
    return texts.replace_strict(known, default=None, return_dtype=pl.Date)


def day_of(text: str) -> date | None:
    """The calendar day of a collected date; None while year, month or day is unknown."""
    return read_date(text).date


def clock_of(text: str | None) -> str | None:
    """The time of day of a collected date as far as it is known (08, 08:30, 08:30:15); None without one. Zones are left out."""
    known = read_date(text)
    if known.date is None or known.hour is None:
        return None
    parts = [f"{part:02}" for part in known.parts[3:] if part is not None]
    return ":".join(parts)


def study_day(when: date | None, reference: date | None) -> int | None:
    """Study day of a date: 1 on the reference day, -1 the day before."""
    if when is None or reference is None:
        return None
    days = (when - reference).days
    return days + 1 if days >= 0 else days


def study_days(when: pl.Expr, reference: pl.Expr) -> pl.Expr:
    """study_day for columns of dates, as Int32."""
    days = (when - reference).dt.total_days()
    return (days + (days >= 0)).cast(pl.Int32)
