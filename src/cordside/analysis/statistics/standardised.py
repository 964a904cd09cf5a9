"""How far apart two groups are in units of their spread, whatever their size: standardised differences."""

import math
from collections.abc import Sequence

import numpy as np

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.sample import Values, root, tallied

_METHOD = "standardised difference"


def standardised_mean_difference(x: Values, y: Values) -> Answer:
    """(mean of x - mean of y) / root of the mean of the two variances.

    n counts both groups. Groups without spread, or with fewer than two values, have none.
    Source: Austin, Commun Stat Simul Comput 2009;38:1228. 1, 2, 3 and 2, 3, 4: -1.
    """
    first, second = tallied(x), tallied(y)
    common = Answer(
        n=first.n + second.n,
        n_missing=first.n_missing + second.n_missing,
        method=f"{_METHOD} of means",
        convention="root of the mean variance (Austin 2009)",
    )
    if fault := first.fault or second.fault or ("" if min(first.n, second.n) > 1 else "a group has fewer than two values, so no spread"):
        return _with(common, error=fault)
    variance = (first.variance + second.variance) / 2
    if variance == 0:
        return _with(common, error="all values of each group are equal, so that there is no spread to divide by")
    difference = first.mean - second.mean
    size = root(difference**2 / variance)
    return _with(common, estimate=size if difference >= 0 else -size)


def standardised_proportion_difference(x: Sequence[int], y: Sequence[int]) -> Answer:
    """Distance of two distributions over the same levels, in units of their mean multinomial covariance.

    x, y: counts by level. Of two levels it is |p - q| / root((p(1-p) + q(1-q)) / 2); it has no sign.
    Source: Yang and Dalton, SAS Global Forum 2012, paper 335. 8 of 10 and 5 of 10: 0.6626.
    """
    kept = [(a, b) for a, b in zip(x, y, strict=True) if a or b]
    totals = [sum(a for a, _ in kept), sum(b for _, b in kept)]
    common = Answer(n=sum(totals), method=f"{_METHOD} of proportions", convention="mean multinomial covariance (Yang and Dalton 2012)")
    if min(totals) == 0:
        return _with(common, error="a group is empty")
    if len(kept) < 2:
        return _with(common, error="only one level was seen, so that there is no spread to divide by")
    p, q = (np.array([pair[side] for pair in kept[1:]], dtype=float) / totals[side] for side in (0, 1))
    covariance = (np.diag(p) - np.outer(p, p) + np.diag(q) - np.outer(q, q)) / 2
    gap = p - q
    if np.linalg.matrix_rank(covariance) < len(gap):
        return _with(common, error="the groups share no level, so that there is no spread to divide by")
    return _with(common, estimate=math.sqrt(max(0.0, float(gap @ np.linalg.solve(covariance, gap)))))


def _with(common: Answer, *, estimate: float | None = None, error: str = "") -> Answer:
    return Answer(
        n=common.n, n_missing=common.n_missing, method=common.method, convention=common.convention, estimate=estimate, error=error
    )
