"""Kaplan-Meier: the estimate in exact fractions, so that one half is one half and the median does not jump.

R and SAS differ in three conventions, all named by the caller: the interval, a curve that is flat at the quantile, and
what is said beyond the last observed time. Those who died are no censorings of another event: see competing.py.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.distributions import two_sided_z
from cordside.analysis.statistics.eventtimes import (
    EVENT,
    SLACK,
    Moment,
    is_finite,
    moments_in_time,
    read_event_times,
    shortened,
)
from cordside.analysis.statistics.named import check_name
from cordside.analysis.statistics.sample import level_fault
from cordside.analysis.tally import exact
from cordside.words import Number

INTERVALS = ("log", "log-log", "plain")
FLAT = ("midpoint", "midpoint-if-later-event")
BEYOND = ("carry", "not-estimable")

_METHOD = "Kaplan-Meier"
# A limit that equals the level in exact arithmetic may miss it by the noise of a logarithm.
_NOISE = 1e-12


@dataclass(frozen=True, slots=True)
class Step:
    """A distinct time: at risk just before it, what happened at it, S from it on, and Greenwood's running sum d / (n (n - d))."""

    time: Fraction
    at_risk: int
    events: int
    censored: int
    survival: Fraction
    greenwood: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A Kaplan-Meier curve, or the error why there is none."""

    steps: tuple[Step, ...] = ()
    n: int = 0
    n_events: int = 0
    n_missing: int = 0
    error: str = ""

    @property
    def last(self) -> Fraction | None:
        """The last observed time."""
        return self.steps[-1].time if self.steps else None


def kaplan_meier(time: Sequence[Number | None], status: Sequence[int | None]) -> Curve:
    """The product-limit estimate of surviving without the event.

    time: from the start, any unit, not negative; status: 1 event, 0 censored; None in either is missing and counted.
    Source: Kaplan and Meier, JASA 1958;53:457. Times 1, 2, 3 with an event, a censoring and an event: S is 2/3, 2/3, 0.
    """
    read = read_event_times(time, status)
    if read.error:
        return Curve(n_missing=read.n_missing, error=read.error)
    steps = tuple(_steps(moments_in_time(read.times, read.statuses)))
    return Curve(steps, len(read.times), sum(read.statuses), read.n_missing)


def _steps(moments: Iterable[Moment]) -> Iterable[Step]:
    survival, greenwood = Fraction(1), 0.0
    for moment in moments:
        events, left = moment.events.get(EVENT, 0), moment.at_risk - moment.events.get(EVENT, 0)
        survival = shortened(survival * Fraction(left, moment.at_risk))
        greenwood += events / (moment.at_risk * left) if left else math.inf
        yield Step(moment.time, moment.at_risk, events, moment.censored, survival, greenwood)


def numbers_at_risk(curve: Curve, times: Iterable[Number]) -> tuple[int, ...]:
    """How many are at risk at each time: those observed to it or beyond, before the events at it."""
    return tuple(_at_risk(curve, exact(time)) for time in times)


def _at_risk(curve: Curve, time: Fraction) -> int:
    return next((step.at_risk for step in curve.steps if step.time >= time), 0)


def survival_at(curve: Curve, time: Number, *, interval: str, beyond_last: str, level: Number = 0.95, upwards: bool = False) -> Answer:
    """S at a time with its interval; extra holds se (Greenwood) and at_risk.

    interval: log (R), log-log (SAS) or plain; beyond_last: carry (R) or not-estimable (SAS, and ours); upwards: 1 - S, the share
    that has had the event. Without an event so far, and at S = 0, there is no interval.
    Source: Greenwood 1926; Kalbfleisch and Prentice 1980 (log-log). Veteran data at 100 days, log: 0.4180, 0.3425 to 0.5101.
    """
    check_name(interval, INTERVALS, "interval of a survival curve")
    check_name(beyond_last, BEYOND, "rule beyond the last time")
    if error := curve.error or _wrong(time, level):
        return _failed(curve, error)
    at, step = exact(time), _step_at(curve, exact(time))
    gone = step is not None and step.survival == 0
    if at > curve.steps[-1].time and beyond_last == "not-estimable" and not gone:
        return _failed(curve, f"nothing is estimated beyond the last observed time, {float(curve.steps[-1].time):g}")
    limits = _limits(step, interval, two_sided_z(float(level))) if step else None
    low, high = limits or (None, None)
    survival = step.survival if step else Fraction(1)
    se = float(survival) * math.sqrt(step.greenwood) if step and limits else None
    if upwards:
        low, high = (None, None) if low is None or high is None else (1 - high, 1 - low)
    return Answer(
        estimate=float(1 - survival if upwards else survival),
        low=low,
        high=high,
        level=float(level),
        n=curve.n,
        n_missing=curve.n_missing,
        method=f"1 - {_METHOD}" if upwards else _METHOD,
        convention=f"{interval} interval; beyond the last time {beyond_last}",
        extra={"se": se, "at_risk": _at_risk(curve, at), "events": curve.n_events},
        warning="" if limits else "no interval: " + ("nobody is left" if gone else "no event so far"),
    )


def survival_quantile(curve: Curve, p: Number, *, interval: str, flat_at_half: str, level: Number = 0.95) -> Answer:
    """The time by which the share p has had the event (p 0.5: the median), with limits from the limits of S.

    interval: as survival_at; flat_at_half: where S stays at 1 - p, the middle up to the next event; when none follows,
    midpoint (R) goes to the last time and midpoint-if-later-event (SAS, and ours) says not estimable.
    A limit or estimate that S does not reach is None. Source: Brookmeyer and Crowley, Biometrics 1982;38:29.
    Veteran data, log: 80 days, 52 to 105.
    """
    check_name(interval, INTERVALS, "interval of a survival curve")
    check_name(flat_at_half, FLAT, "rule for a flat curve")
    error = curve.error or _wrong(p, level)
    if error or not 0 < p < 1:
        return _failed(curve, error or f"{p} is no share between 0 and 1")
    target, z = 1 - exact(p), two_sided_z(float(level))
    estimate = _reached(curve, target, flat_at_half)
    limits = [(step.time, _limits(step, interval, z)) for step in curve.steps]
    low, high = (next((at for at, pair in limits if pair and pair[side] <= target + _NOISE), None) for side in (0, 1))
    return Answer(
        estimate=_float(estimate),
        low=_float(low),
        high=_float(high),
        level=float(level),
        n=curve.n,
        n_missing=curve.n_missing,
        method=f"{_METHOD} quantile",
        convention=f"{interval} interval; flat curve: {flat_at_half}",
        extra={"p": float(p), "events": curve.n_events},
        warning="" if estimate is not None else f"not reached: {float(p):.0%} have not had the event within the time observed",
    )


def _reached(curve: Curve, target: Fraction, flat: str) -> Fraction | None:
    """First time with S below the target, or the middle of the part on which S equals it."""
    place = next((place for place, step in enumerate(curve.steps) if step.survival <= target + SLACK), None)
    if place is None:
        return None
    first = curve.steps[place]
    if first.survival < target - SLACK:
        return first.time
    following = next((step.time for step in curve.steps[place + 1 :] if step.events), None)
    if following is None and flat == "midpoint":
        following = curve.steps[-1].time
    return None if following is None else (first.time + following) / 2


def _limits(step: Step, interval: str, z: float) -> tuple[float, float] | None:
    """Limits of S after a step; None where Greenwood's variance says nothing (S of 1 or 0)."""
    if not 0 < step.survival < 1:
        return None
    survival, spread = float(step.survival), z * math.sqrt(step.greenwood)
    if interval == "plain":
        return max(0.0, survival - survival * spread), min(1.0, survival + survival * spread)
    if interval == "log":
        return survival * math.exp(-spread), min(1.0, survival * math.exp(spread))
    factor = math.exp(min(spread / -math.log(survival), 700.0))
    return survival**factor, survival ** (1 / factor)


def _step_at(curve: Curve, time: Fraction) -> Step | None:
    return next((step for step in reversed(curve.steps) if step.time <= time), None)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _wrong(number: Number, level: Number) -> str:
    return level_fault(level) or ("" if is_finite(number) else f"{number} is not a finite number")


def _failed(curve: Curve, error: str) -> Answer:
    return Answer(n=curve.n, n_missing=curve.n_missing, method=_METHOD, error=error)
