"""Log-rank test of two or more groups, as R survdiff and SAS PROC LIFETEST compute it."""

import math
from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.distributions import chi_square_above
from cordside.analysis.statistics.eventtimes import CENSORED, EventTimes, read_event_times
from cordside.words import Number

_METHOD = "log-rank test"


def logrank(time: Sequence[Number | None], status: Sequence[int | None], group: Sequence[Hashable | None]) -> Answer:
    """Whether the groups have the same hazard: chi-square with its degrees of freedom and p.

    time, status: as kaplan_meier; group: any labels. extra holds "observed LABEL" and "expected LABEL" events.
    A group in which no event could be expected carries no information and is left out of the test, as R does.
    Source: Mantel 1966; Peto and Peto 1972; hypergeometric variance. Veteran data by treatment: chi-square 0.00823, p 0.928.
    """
    read = read_event_times(time, status, [group])
    if read.error:
        return Answer(n_missing=read.n_missing, method=_METHOD, error=read.error)
    labels = [group[place] for place in read.kept]
    groups = in_order(set(labels))
    observed, expected, covariance = _scores(read, [groups.index(label) for label in labels], len(groups))
    chi2, df, error = _chi_square(observed - expected, expected, covariance)
    counts = {f"observed {label}": float(count) for label, count in zip(groups, observed, strict=True)}
    means = {f"expected {label}": float(mean) for label, mean in zip(groups, expected, strict=True)}
    return Answer(
        statistic=chi2,
        df=df,
        p=None if chi2 is None else chi_square_above(chi2, df),
        n=len(labels),
        n_missing=read.n_missing,
        method=_METHOD,
        convention="hypergeometric variance, no correction",
        extra={} if error else counts | means,
        error=error,
    )


def in_order(labels: set[Hashable]) -> list[Hashable]:
    """Labels of groups in their own order, or that of their texts where they have none."""
    try:
        return sorted(labels)  # type: ignore[type-var]
    except TypeError:
        return sorted(labels, key=str)


def _scores(read: EventTimes, groups: list[int], size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Observed and expected events of each group, and the covariance of their difference."""
    observed, expected, covariance = np.zeros(size), np.zeros(size), np.zeros((size, size))
    left = np.bincount(groups, minlength=size).astype(float)
    counted = Counter(zip(read.times, groups, read.statuses, strict=True))
    by_time: dict[object, list[tuple[int, int, int]]] = {}
    for (time, place, status), count in sorted(counted.items()):
        by_time.setdefault(time, []).append((place, status, count))
    for rows in by_time.values():
        events = np.zeros(size)
        for place, status, count in rows:
            events[place] += count if status != CENSORED else 0
        total, deaths = left.sum(), events.sum()
        observed, expected = observed + events, expected + deaths * left / total
        if deaths and total > 1:
            share = left / total
            covariance += deaths * (total - deaths) / (total - 1) * (np.diag(share) - np.outer(share, share))
        for place, _, count in rows:
            left[place] -= count
    return observed, expected, covariance


def _chi_square(difference: np.ndarray, expected: np.ndarray, covariance: np.ndarray) -> tuple[float | None, int, str]:
    informative = np.flatnonzero(expected > 0)
    if not len(informative):
        return None, 0, "there is no event"
    if len(informative) < 2:
        return None, 0, "only one group was at risk when events happened"
    used = informative[1:]
    part = covariance[np.ix_(used, used)]
    if np.linalg.matrix_rank(part, hermitian=True) < len(used):
        return None, 0, "the groups were not at risk together when events happened"
    chi2 = float(difference[used] @ np.linalg.solve(part, difference[used]))
    return (chi2, len(used), "") if math.isfinite(chi2) else (None, 0, "the test statistic is not finite")
