"""Time to an event by arm: who had it, what came in its way, who left before, estimates at given days, the median, the log-rank test."""

from collections.abc import Iterator
from typing import Any

from cordside.analysis.courses.armtests import VARIABLE, compare_arms, compare_hazards
from cordside.analysis.courses.curves import Curves, convention_words, curves_of
from cordside.analysis.courses.timed import CENSORED, EVENT, Timed, Waiting, left_out, notes_of, wait
from cordside.analysis.rows import ABSENT, joined, named, nothing, proof
from cordside.analysis.statistics.answer import Answer
from cordside.protocol.plans.timetoevent import TimeToEvent
from cordside.record.record import Record
from cordside.results import Result
from cordside.words import rounded

NOT_REACHED = "not reached"


def summarise(record: Record, planned: TimeToEvent) -> list[Result]:
    """Cautions, then each group, then the tests between arms and hazard ratios, then every subject's time."""
    waiting = wait(record, planned)
    if not any(entry.days is not None for entry in waiting.everybody):
        return nothing(planned, left_out(waiting.everybody) or "no subjects are recorded")
    return [
        *cautions(waiting, named(planned)),
        *(row for label, timed in waiting.groups for row in _of_group(record, waiting, label, timed)),
        *compare_arms(record, waiting, named(planned)),
        *compare_hazards(record, waiting, named(planned)),
        *(_of_subject(waiting, entry) for entry in waiting.everybody),
    ]


def cautions(waiting: Waiting, columns: dict[str, Any]) -> list[Result]:
    """What a reader must know of the whole, a row a sentence."""
    return [Result(**columns, variable=VARIABLE, statistic="note", text=words, warning=words) for words in waiting.cautions]


def _of_group(record: Record, waiting: Waiting, label: str, timed: tuple[Timed, ...]) -> Iterator[Result]:
    used, planned = [entry for entry in timed if entry.days is not None], waiting.planned
    columns: dict[str, Any] = {
        **named(planned),
        "group": "arm",
        "group_level": label,
        "variable": VARIABLE,
        "n": len(used),
        "n_missing": len(timed) - len(used),
        **proof(row for entry in used for row in entry.rows),
    }
    warning = joined([left_out(timed), *notes_of(used)])
    yield Result(**columns, label="Subjects", statistic="n", value=len(used), text=str(len(used)), warning=warning)
    yield from _counts(waiting, columns, timed)
    curves = curves_of(waiting, timed)
    yield from median(record, curves, columns)
    for day in planned.days:
        yield from at_day(record, curves, columns, day)


def _counts(waiting: Waiting, columns: dict[str, Any], timed: tuple[Timed, ...]) -> Iterator[Result]:
    order = [EVENT, *range(2, len(waiting.labels)), CENSORED]
    levels = {EVENT: "event", CENSORED: "censored"}
    for status in order:
        own = [entry for entry in timed if entry.status == status]
        found = {**columns, **proof(row for entry in own for row in entry.rows)}
        word = levels.get(status, "competing")
        yield Result(**found, label=waiting.labels[status], level=word, statistic="count", value=len(own), text=str(len(own)))


def median(record: Record, curves: Curves, columns: dict[str, Any]) -> Iterator[Result]:
    """The median and its limits, in days."""
    answer = curves.median()
    missing = ABSENT if answer.error else NOT_REACHED
    numbers = {"median": answer.estimate, "conf_low": answer.low, "conf_high": answer.high}
    for statistic, value in numbers.items():
        yield Result(
            **{**columns, "label": "Median", "level": "median", "method": answer.method, "convention": answer.convention},
            statistic=statistic,
            value=value,
            text=_days(value, record) if value is not None else missing if statistic == "median" else ABSENT,
            unit="days",
            warning=answer.warning if statistic == "median" else "",
            error=answer.error,
        )


def at_day(record: Record, curves: Curves, columns: dict[str, Any], day: int) -> Iterator[Result]:
    """Those at risk and the estimate with its limits, in per cent, at a day after the start."""
    answer = curves.at(day)
    place = {**columns, "label": f"Day {day}", "level": str(day)}
    at_risk = curves.at_risk(day)
    yield Result(**place, statistic="at_risk", value=at_risk, text=str(at_risk))
    yield from estimates(record, curves, answer, place)


def estimates(record: Record, curves: Curves, answer: Answer, place: dict[str, Any]) -> Iterator[Result]:
    """`estimate`, `conf_low` and `conf_high` of an answer, in per cent."""
    decimals = record.protocol.conventions.printing.percent_decimals(len(curves.times))
    policy = record.protocol.conventions.rounding
    for statistic, share in {"estimate": answer.estimate, "conf_low": answer.low, "conf_high": answer.high}.items():
        yield Result(
            **{**place, **_method(curves, answer)},
            statistic=statistic,
            value=None if share is None else 100 * share,
            text=ABSENT if share is None else rounded(100 * share, decimals, policy),
            unit="%",
            warning=answer.warning if statistic == "estimate" else "",
            error=answer.error,
        )


def _method(curves: Curves, answer: Answer) -> dict[str, str]:
    return {"method": answer.method, "convention": convention_words(curves.planned)}


def _days(value: float, record: Record) -> str:
    return rounded(value, 0 if value == int(value) else 1, record.protocol.conventions.rounding)


def _of_subject(waiting: Waiting, entry: Timed) -> Result:
    columns = {**named(waiting.planned), **entry.known.subject.columns, "variable": VARIABLE, "unit": "days"}
    if entry.days is None or entry.status is None:
        return Result(**columns, label="Left out", level="left out", statistic="value", text=ABSENT, n=0, n_missing=1, warning=entry.why)
    label = waiting.labels[entry.status]
    level = {EVENT: "event", CENSORED: "censored"}.get(entry.status, "competing")
    since = f" [{entry.not_before}, {entry.days}]" if entry.not_before is not None else ""
    text = f"{entry.days}+" if entry.status == CENSORED else f"{entry.days}{since}"
    notes = joined(entry.notes)
    return Result(
        **columns,
        label=label,
        level=level,
        statistic="value",
        value=entry.days,
        text=text,
        n=1,
        n_missing=0,
        warning=notes,
        **proof(entry.rows),
    )
