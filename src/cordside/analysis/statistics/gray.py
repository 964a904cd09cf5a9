"""Gray's test: do the groups have the same cumulative incidence of a cause, while other causes compete with it?

The log-rank test compares rates among those still at risk; Gray's test compares the shares that the curves show.
"""

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.distributions import chi_square_above
from cordside.analysis.statistics.eventtimes import CENSORED, read_event_times
from cordside.analysis.statistics.logrank import in_order
from cordside.words import Number

_METHOD = "Gray's test of the cumulative incidences"
_MOST_CAUSES = 20
_FEW = 5


@dataclass(slots=True)
class _Sums:
    """What is gathered over the times, one entry or row a group.

    score: events of the cause less those expected; weight: of the later times, in what an earlier event does to the score;
    square, cross, plain: variance of the martingales behind it, times the weights 1, with a group's share, and its square.
    """

    score: np.ndarray
    weight: np.ndarray
    square: np.ndarray
    cross: np.ndarray
    plain: np.ndarray


@dataclass(slots=True)
class _State:
    """Just before a time: at risk, S of all causes and incidence of the cause by group, and the incidence of all together."""

    at_risk: np.ndarray
    survival: np.ndarray
    incidence: np.ndarray
    overall: float = 0.0


def gray(
    time: Sequence[Number | None], status: Sequence[int | None], group: Sequence[Hashable | None], *, cause: int = 1, causes: int = 2
) -> Answer:
    """Whether the groups have the same cumulative incidence of a cause: chi-square with its degrees of freedom and p.

    Warns where fewer than 5 events of the cause are expected in a group, for then the chi-square distribution is far off.
    time: as kaplan_meier; status: 0 censored, 1 to causes the event that came first; group: any labels, two or more.
    Source: Gray, Ann Stat 1988;16:1141, with rho 0 and its variance for ties, as R's cmprsk computes it.
    Times 3 5 5 8 12 14 and 2 4 7 7 9 15, status 1 2 0 1 1 0 and 2 1 1 0 2 1: chi-square 0.2051, p 0.6507.
    """
    if causes not in range(1, _MOST_CAUSES + 1) or cause not in range(1, causes + 1):
        return Answer(method=_METHOD, error=f"{cause} of {causes} is no cause")
    read = read_event_times(time, status, [group], highest_status=causes)
    if read.error:
        return Answer(n_missing=read.n_missing, method=_METHOD, error=read.error)
    labels = [group[place] for place in read.kept]
    groups = in_order(set(labels))
    common = {"n": len(labels), "n_missing": read.n_missing, "method": _METHOD, "convention": "rho 0"}
    kinds = [0 if status == CENSORED else 1 if status == cause else 2 for status in read.statuses]
    if len(groups) < 2 or 1 not in kinds:
        error = "there is one group only" if len(groups) < 2 else "nobody had the event"
        return Answer(**common, error=error)  # type: ignore[arg-type]
    with np.errstate(all="ignore"):
        score, variance = _scored(read.times, kinds, [groups.index(label) for label in labels], len(groups))
        chi2, df, error = _chi_square(score, variance)
    p = None if chi2 is None else chi_square_above(chi2, df)
    found = Answer(statistic=chi2, df=df if p is not None else None, p=p, error=error, **common)  # type: ignore[arg-type]
    observed = np.bincount([groups.index(label) for label, kind in zip(labels, kinds, strict=True) if kind == 1], minlength=len(groups))
    few = float((observed - score).min()) < _FEW
    return replace(found, warning=f"fewer than {_FEW} events are expected in a group: P is rough" if few and not error else "")


def _scored(times: Sequence[object], kinds: Sequence[int], places: Sequence[int], size: int) -> tuple[np.ndarray, np.ndarray]:
    """The score of each group and their covariance."""
    counted: dict[object, Counter[tuple[int, int]]] = {}
    for time, kind, place in zip(times, kinds, places, strict=True):
        counted.setdefault(time, Counter())[kind, place] += 1
    state = _State(np.bincount(places, minlength=size).astype(float), np.ones(size), np.zeros(size))
    sums = _Sums(np.zeros(size), np.zeros((size, size)), np.zeros((size, size)), np.zeros((size, size)), np.zeros(size))
    for time in sorted(counted):  # type: ignore[type-var]
        found = np.array([[counted[time][kind, place] for place in range(size)] for kind in range(3)], dtype=float)
        if found[1:].any():
            _step(state, sums, found[1], found[2])
        state.at_risk = state.at_risk - found.sum(axis=0)
    crossed = sums.weight @ sums.cross.T
    return sums.score, sums.square + (sums.weight * sums.plain) @ sums.weight.T + crossed + crossed.T


def _step(state: _State, sums: _Sums, own: np.ndarray, other: np.ndarray) -> None:
    """One time with events: `own` of the cause, `other` of the causes that compete, by group."""
    here = state.at_risk > 0
    at_risk, before = state.at_risk, state.survival
    share = np.where(here, at_risk / before, 0.0)
    waiting = share * np.where(here, 1 - state.incidence, 0.0)
    events, total = own.sum(), share.sum()
    after = np.where(here, before * (at_risk - own - other) / np.where(here, at_risk, 1), before)
    overall = state.overall + events / total
    spread = np.diag(share) - np.outer(share, share) / total
    sums.weight += spread * events / (total * (1 - state.overall))
    sums.score += np.where(here, own - events * waiting / waiting.sum(), 0.0)
    ratio = np.where(after > 0, (1 - overall) / np.where(after > 0, after, 1), 0.0)
    if events:
        tied = 1 - (events - 1) / (total * before - 1) if events > 1 else np.ones_like(before)
        noise = np.where(here, tied * before * events / (total * np.where(here, at_risk, 1)), 0.0)
        _add(sums, spread, 1 - ratio, noise)
    if other.any():
        tied = np.where(other > 1, 1 - (other - 1) / np.where(at_risk > 1, at_risk - 1, 1), 1.0)
        noise = np.where(here & (after > 0), tied * before**2 * other / np.where(here, at_risk, 1) ** 2, 0.0)
        _add(sums, np.zeros_like(spread), -ratio, noise)
    grown = np.where(here, before * own / np.where(here, at_risk, 1), 0.0)
    state.survival, state.incidence, state.overall = after, state.incidence + grown, overall


def _add(sums: _Sums, spread: np.ndarray, change: np.ndarray, noise: np.ndarray) -> None:
    """Adds the noise of one kind of event; change: how much it moves what a group's later events weigh."""
    moved = spread - sums.weight * change
    sums.square += (moved * noise) @ moved.T
    sums.cross += moved * change * noise
    sums.plain += change**2 * noise


def _chi_square(score: np.ndarray, variance: np.ndarray) -> tuple[float | None, int, str]:
    """The quadratic form of all groups but the last, whose scores it determines."""
    part, rest = variance[:-1, :-1], score[:-1]
    if not np.isfinite(part).all() or np.linalg.matrix_rank(part, hermitian=True) < len(rest):
        return None, 0, "the groups were not at risk together when events happened"
    chi2 = float(rest @ np.linalg.solve(part, rest))
    return (chi2, len(rest), "") if math.isfinite(chi2) and chi2 >= 0 else (None, 0, "the test statistic is not finite")
