"""Hours from the start of the last infusion to an adverse event (AELATH): an event is judged by what went before it."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from datetime import datetime

import polars as pl

from cordside.record.dates import read_date
from cordside.record.record import DomainRows


def with_latency(rows: dict[str, DomainRows]) -> None:
    """Fill AELATH where event and infusion both have a time of day; elsewhere it stays unknown."""
    if "AE" not in rows or "EX" not in rows:
        return
    starts: dict[str, list[datetime]] = defaultdict(list)
    for subject, text in rows["EX"].frame.select("USUBJID", "EXSTDTC").iter_rows():
        if (start := _instant(text)) is not None:
            starts[subject].append(start)
    events = rows["AE"].frame
    hours = [_hours(_instant(text), sorted(starts[subject])) for subject, text in events.select("USUBJID", "AESTDTC").iter_rows()]
    rows["AE"] = replace(
        rows["AE"], frame=events.with_columns(pl.coalesce(pl.Series("AELATH", hours, dtype=pl.Float64), pl.col("AELATH")).alias("AELATH"))
    )


def _instant(text: str | None) -> datetime | None:
    known = read_date(text)
    if known.date is None or known.hour is None or known.hour == 24:
        return None
    return datetime(known.date.year, known.date.month, known.date.day, known.hour, known.minute or 0, known.second or 0)  # noqa: DTZ001


def _hours(event: datetime | None, starts: list[datetime]) -> float | None:
    if event is None:
        return None
    before = bisect_right(starts, event)
    return (event - starts[before - 1]).total_seconds() / 3600 if before else None
