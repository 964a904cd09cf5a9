"""Times to an event as they come in: read exactly, refused with a reason, gathered by distinct time.

Times are fractions of what is printed (0.1 is one tenth), so that ties are ties. None and NaN are missing, and counted.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from cordside.analysis.tally import exact
from cordside.words import Number

CENSORED = 0
EVENT = 1

_EXACT_BITS = 4096
_GRID = 2**512
SLACK = Fraction(1, 2**256)
"""Two estimates nearer than this are the same: only long curves are rounded at all, and far finer."""


@dataclass(frozen=True, slots=True)
class EventTimes:
    """Subjects with a time and a status, in the order given; kept: their places in the input; error: why there are none."""

    times: tuple[Fraction, ...] = ()
    statuses: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()
    n_missing: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One distinct time: at_risk has a time at or after it; events by status; a censoring here comes after the events."""

    time: Fraction
    at_risk: int
    events: Mapping[int, int] = field(default_factory=dict)
    censored: int = 0

    @property
    def all_events(self) -> int:
        """Events of every cause."""
        return sum(self.events.values())


def is_finite(value: object) -> bool:
    """Whether a value is a number that a double can hold."""
    try:
        return math.isfinite(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return False


def is_missing(value: object) -> bool:
    """Whether a value is None or NaN."""
    return value is None or (value.is_nan() if isinstance(value, Decimal) else bool(value != value))


def read_event_times(
    time: Sequence[Number | None],
    status: Sequence[int | None],
    others: Sequence[Sequence[object]] = (),
    highest_status: int = EVENT,
) -> EventTimes:
    """The subjects that can be used.

    time: from the start, in any unit; status: 0 censored, 1 event (or a cause up to highest_status); others: further columns.
    A subject with anything missing (None, NaN) is left out and counted; a value that cannot be is an error.
    """
    columns = [time, status, *others]
    if len({len(column) for column in columns}) > 1:
        return EventTimes(error="time, status and the other columns are not of one length")
    kept = [place for place in range(len(time)) if not any(is_missing(column[place]) for column in columns)]
    error = next(filter(None, (_problem(time[place], status[place], highest_status) for place in kept)), "")
    missing = len(time) - len(kept)
    if error or not kept:
        return EventTimes(n_missing=missing, error=error or "nobody has a time and a status")
    times = tuple(exact(time[place]) for place in kept)  # type: ignore[arg-type]
    return EventTimes(times, tuple(int(status[place]) for place in kept), tuple(kept), missing)  # type: ignore[arg-type]


def _problem(time: object, status: object, highest_status: int) -> str:
    if not is_finite(time):
        return f"the time {time} is not a finite number"
    if time < 0:  # type: ignore[operator]
        return f"the time {time} lies before the start"
    if not is_finite(status) or status not in range(highest_status + 1):
        return f"the status {status} is none of 0 to {highest_status}"
    return ""


def moments_in_time(times: Sequence[Fraction], statuses: Sequence[int]) -> list[Moment]:
    """Every distinct time in rising order, with those at risk just before it."""
    found: dict[Fraction, Counter[int]] = {}
    for time, status in zip(times, statuses, strict=True):
        found.setdefault(time, Counter())[status] += 1
    left, moments = len(times), []
    for time, counts in sorted(found.items()):
        events = {status: count for status, count in sorted(counts.items()) if status != CENSORED}
        moments.append(Moment(time, left, events, counts[CENSORED]))
        left -= counts.total()
    return moments


def shortened(value: Fraction) -> Fraction:
    """The value itself; one whose fraction has outgrown 1,200 digits is rounded to 150 decimals, so that long curves stay cheap."""
    if value.denominator.bit_length() <= _EXACT_BITS:
        return value
    return Fraction(round(value * _GRID), _GRID)
