"""The curves of a planned time to an event, point by point, with those at risk at the ticks of the axis."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cordside.analysis.courses.armtests import VARIABLE, compare_arms
from cordside.analysis.courses.curves import Curves, curves_of, without_trivial_warning
from cordside.analysis.courses.time_to_event import cautions, estimates, median
from cordside.analysis.courses.timed import CENSORED, EVENT, Timed, Waiting, left_out, wait
from cordside.analysis.rows import TOTAL, named, nothing, proof
from cordside.protocol.plans.timetoevent import KaplanMeier, TimeToEvent
from cordside.record.record import Record
from cordside.results import Result

_STEPS = (1, 2, 5, 7, 10, 14, 20, 28, 30, 50, 60, 90, 100, 180, 365)
_MOST_TICKS = 8


def summarise(record: Record, planned: KaplanMeier) -> list[Result]:
    """For each group: `n`, the points of its curves, `censored` marks, `at_risk` at the ticks, the median; then the test."""
    waiting = wait(record, _planned(record, planned))
    if not any(entry.days is not None for entry in waiting.everybody):
        return nothing(planned, left_out(waiting.everybody) or "no subjects are recorded")
    arms = [group for group in waiting.groups if group[0] != TOTAL]
    # Beside the arms the curve of all would only be in the way.
    shown = [(label, curves_of(waiting, timed), timed) for label, timed in arms or waiting.groups]
    ticks = planned.ticks or _ticks(max(day for _, curves, _ in shown for day in (*curves.times, 1)))
    return [
        *cautions(waiting, named(planned)),
        *(row for label, curves, timed in shown for row in _of_group(record, planned, waiting, label, curves, timed, ticks)),
        *compare_arms(record, waiting, named(planned)),
    ]


def _planned(record: Record, planned: KaplanMeier) -> TimeToEvent:
    return next(item for item in record.protocol.analyses if isinstance(item, TimeToEvent) and item.id == planned.of)


def _ticks(longest: int) -> list[int]:
    """Days from 0 to the longest time, a calendar's step apart."""
    step = next((step for step in _STEPS if longest / step <= _MOST_TICKS), -(-longest // (365 * _MOST_TICKS)) * 365)
    return list(range(0, longest + step, step))


def _of_group(
    record: Record, planned: KaplanMeier, waiting: Waiting, label: str, curves: Curves, timed: tuple[Timed, ...], ticks: list[int]
) -> Iterator[Result]:
    columns: dict[str, Any] = {
        **named(planned),
        "group": "arm",
        "group_level": label,
        "variable": VARIABLE,
        "n": len(curves.times),
        "n_missing": len(timed) - len(curves.times),
        **proof(row for entry in timed if entry.days is not None for row in entry.rows),
    }
    size, why = len(curves.times), left_out(timed)
    yield Result(**columns, label="Subjects", statistic="n", value=size, text=str(size), warning=f"{label}: {why}" if why else "")
    if not size:
        return
    for status in range(EVENT, 1 + (curves.causes if planned.competing else 1)):
        yield from _curve(record, curves, {**columns, "label": waiting.labels[status]}, status)
    for day in curves.moments:
        if gone := curves.counted(CENSORED, day):
            yield Result(**columns, label="Censored", level=str(day), statistic="censored", value=gone, text=str(gone))
    yield from (_at_risk(curves, columns, day) for day in ticks)
    yield from _quiet(median(record, curves, columns))


def _curve(record: Record, curves: Curves, columns: dict[str, Any], cause: int) -> Iterator[Result]:
    """The steps: `estimate` and limits at each day on which anything happens, the day in `level`."""
    yield from estimates(record, curves, without_trivial_warning(curves.at(0, cause)), {**columns, "level": "0"})
    left = {day for day, status in zip(curves.times, curves.statuses, strict=True) if status != CENSORED}
    for day in sorted({*left, curves.moments[-1]} - {0}):
        answer = without_trivial_warning(curves.at(day, cause))
        yield from estimates(record, curves, answer, {**columns, "level": str(day)})


def _at_risk(curves: Curves, columns: dict[str, Any], day: int) -> Result:
    count = curves.at_risk(day)
    return Result(**columns, label="At risk", level=str(day), statistic="at_risk", value=count, text=str(count))


def _quiet(rows: Iterator[Result]) -> Iterator[Result]:
    """A median that is not reached is seen in the drawing."""
    yield from (replace(row, warning="") for row in rows)
