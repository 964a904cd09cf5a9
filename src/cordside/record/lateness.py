"""Hours from the start of the last infusion to an adverse event (AELATH): an event is judged by what went before it."""

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta

import polars as pl

from cordside.record.dates import read_date
from cordside.record.record import DomainRows

_ZONE = re.compile(r"(?<=\d)(?:Z|[+-]\d{2}:\d{2})(?=\s*$)")
_Instant = tuple[str, datetime]


def with_latency(rows: dict[str, DomainRows]) -> None:
    """Fill AELATH where event and infusion both have a time of day; elsewhere it stays unknown."""
    if "AE" not in rows or "EX" not in rows:
        return
    starts: dict[str, list[_Instant]] = defaultdict(list)
    for subject, text in rows["EX"].frame.select("USUBJID", "EXSTDTC").iter_rows():
        if (start := _instant(text)) is not None:
            starts[subject].append(start)
    events = rows["AE"].frame
    hours = [_hours(_instant(text), starts[subject]) for subject, text in events.select("USUBJID", "AESTDTC").iter_rows()]
    rows["AE"] = replace(
        rows["AE"], frame=events.with_columns(pl.coalesce(pl.Series("AELATH", hours, dtype=pl.Float64), pl.col("AELATH")).alias("AELATH"))
    )


def _instant(text: str | None) -> _Instant | None:
    """Zone as written and local time to the minute; None where less is known."""
    known = read_date(text)
    if known.date is None or known.hour is None or known.minute is None:
        return None
    zone = _ZONE.search(text or "")
    midnight = datetime(known.date.year, known.date.month, known.date.day)  # noqa: DTZ001
    return zone[0] if zone else "", midnight + timedelta(hours=known.hour, minutes=known.minute, seconds=known.second or 0)


def _hours(event: _Instant | None, starts: list[_Instant]) -> float | None:
    # Local texts are never converted: times of different zones have no difference.
    if event is None or any(zone != event[0] for zone, _ in starts):
        return None
    ordered = sorted(start for _, start in starts)
    before = bisect_right(ordered, event[1])
    return (event[1] - ordered[before - 1]).total_seconds() / 3600 if before else None
