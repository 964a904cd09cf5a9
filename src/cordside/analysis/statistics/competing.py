"""Cumulative incidence with competing events (Aalen-Johansen), in exact fractions.

Where death stands in the way of discharge or clearance, censoring the deaths overstates the event; here it is a cause of its own.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.distributions import two_sided_z
from cordside.analysis.statistics.eventtimes import (
    SLACK,
    is_finite,
    moments_in_time,
    read_event_times,
    shortened,
)
from cordside.analysis.statistics.named import check_name
from cordside.analysis.statistics.sample import level_fault
from cordside.analysis.tally import exact
from cordside.words import Number

BEYOND = ("carry", "not-estimable")

_MOST_CAUSES = 20
_METHOD = "Aalen-Johansen cumulative incidence"


@dataclass(frozen=True, slots=True)
class Step:
    """A distinct time: at risk just before it, events by cause (1, 2 ...), and from it on S and the incidence of each cause."""

    time: Fraction
    at_risk: int
    events: tuple[int, ...]
    censored: int
    before: Fraction
    survival: Fraction
    incidence: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Incidence:
    """Cumulative incidence curves of every cause, or the error why there are none."""

    steps: tuple[Step, ...] = ()
    causes: int = 0
    n: int = 0
    n_missing: int = 0
    error: str = ""


def cumulative_incidence(time: Sequence[Number | None], status: Sequence[int | None], causes: int) -> Incidence:
    """The share that has had each cause first, and has had none (S); they add up to 1 exactly.

    time: as kaplan_meier; status: 0 censored, 1 to causes the event that came first; None is missing and counted.
    Source: Aalen and Johansen, Scand J Stat 1978;5:141. Times 1 (cause 1), 2 (cause 2), 3 (censored): 1/3, 1/3, S 1/3.
    """
    if causes not in range(1, _MOST_CAUSES + 1):
        return Incidence(error=f"{causes} is no number of causes; it is 1 to {_MOST_CAUSES}")
    read = read_event_times(time, status, highest_status=int(causes))
    if read.error:
        return Incidence(n_missing=read.n_missing, error=read.error)
    survival, incidence, steps = Fraction(1), (Fraction(0),) * int(causes), []
    for moment in moments_in_time(read.times, read.statuses):
        events = tuple(moment.events.get(cause, 0) for cause in range(1, int(causes) + 1))
        before = survival
        incidence = tuple(shortened(earlier + before * count / moment.at_risk) for earlier, count in zip(incidence, events, strict=True))
        survival = 1 - sum(incidence, Fraction(0))
        steps.append(Step(moment.time, moment.at_risk, events, moment.censored, before, survival, incidence))
    return Incidence(tuple(steps), int(causes), len(read.times), read.n_missing)


def incidence_at(curves: Incidence, cause: int, time: Number, *, beyond_last: str, level: Number = 0.95) -> Answer:
    """The cumulative incidence of a cause at a time, with its log-log interval; extra holds se, at_risk and the cause's events.

    beyond_last: carry, or not-estimable beyond the last time unless nobody is left without an event.
    Variance: the delta method after Gaynor et al., JASA 1993;88:400 (PROC LIFETEST ERROR=DELTA); with one cause it is Greenwood's.
    Interval: Choudhury, Stat Med 2002;21:1129. No event of the cause so far: no interval.
    Four of ten at risk with the cause, nobody censored: 0.4, se 0.1549.
    """
    check_name(beyond_last, BEYOND, "rule beyond the last time")
    if error := curves.error or _refused(curves, cause, time, beyond_last, level):
        return Answer(n=curves.n, n_missing=curves.n_missing, method=_METHOD, error=error)
    at = exact(time)
    steps = [step for step in curves.steps if step.time <= at]
    incidence = steps[-1].incidence[cause - 1] if steps else Fraction(0)
    se = math.sqrt(_variance(steps, cause)) if 0 < float(incidence) < 1 else None
    low, high = (None, None) if se is None else _limits(float(incidence), se, two_sided_z(float(level)))
    return Answer(
        estimate=float(incidence),
        low=low,
        high=high,
        level=float(level),
        n=curves.n,
        n_missing=curves.n_missing,
        method=_METHOD,
        convention=f"log-log interval, delta-method variance; beyond the last time {beyond_last}",
        extra={
            "se": se,
            "at_risk": next((step.at_risk for step in curves.steps if step.time >= at), 0),
            "events": sum(step.events[cause - 1] for step in curves.steps),
        },
        warning="" if se is not None else "no interval: " + ("no event of this cause so far" if incidence == 0 else "everybody has had it"),
    )


def incidence_quantile(curves: Incidence, cause: int, p: Number) -> Answer:
    """The first time by which the share p of all subjects has had the cause; None with a warning when it is not reached.

    A competing event counts against it: subjects who died never are discharged. Times 1, 2, 3 (causes 1, 2, 1): 0.5 at 3.
    """
    error = curves.error or _refused(curves, cause, p, BEYOND[0], 0.95)
    if error or not 0 < p < 1:
        return Answer(n=curves.n, n_missing=curves.n_missing, method=_METHOD, error=error or f"{p} is no share between 0 and 1")
    target = exact(p) - SLACK
    found = next((step.time for step in curves.steps if step.incidence[cause - 1] >= target), None)
    return Answer(
        estimate=None if found is None else float(found),
        n=curves.n,
        n_missing=curves.n_missing,
        method=f"{_METHOD}, quantile",
        extra={"p": float(p)},
        warning="" if found is not None else f"not reached: fewer than {float(p):.0%} have had the event within the time observed",
    )


def _refused(curves: Incidence, cause: int, number: Number, beyond_last: str, level: Number) -> str:
    if cause not in range(1, curves.causes + 1):
        return f"{cause} is none of the causes 1 to {curves.causes}"
    if fault := level_fault(level) or ("" if is_finite(number) else f"{number} is not a finite number"):
        return fault
    last = curves.steps[-1]
    if beyond_last == "not-estimable" and exact(number) > last.time and last.survival > SLACK:
        return f"nothing is estimated beyond the last observed time, {float(last.time):g}"
    return ""


def _variance(steps: list[Step], cause: int) -> float:
    """Gaynor's delta-method variance of the incidence after the last of these steps."""
    now = float(steps[-1].incidence[cause - 1])
    return max(0.0, math.fsum(_term(step, cause, now - float(step.incidence[cause - 1])) for step in steps))


def _term(step: Step, cause: int, later: float) -> float:
    """What one time adds; later: incidence that came after it. With nobody left nothing came later."""
    n, all_events, own, before = step.at_risk, sum(step.events), step.events[cause - 1], float(step.before)
    leaving = later**2 * all_events / (n * (n - all_events)) if n > all_events else 0.0
    return leaving + before**2 * own * (n - own) / n**3 - 2 * later * before * own / n**2


def _limits(incidence: float, se: float, z: float) -> tuple[float, float]:
    factor = math.exp(min(z * se / -(incidence * math.log(incidence)), 700.0))
    return incidence**factor, incidence ** (1 / factor)
