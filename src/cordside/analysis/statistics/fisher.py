"""Fisher's exact test of a table of any size, by enumeration, never by simulation.

Rows are dealt one after another from what is left of each column. Paths that leave the same column totals (in any order)
are one state, which keeps the weights so far with their probability. From the rows still to come the largest and smallest
weight that can follow are known, so that most paths are settled early (the network algorithm of Mehta and Patel, JASA
1983;78:427). The last two rows are dealt at once.
"""

from functools import lru_cache
from itertools import accumulate
from math import comb, log, log1p, prod
from typing import Any

import numpy as np

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.tables import Counts, Crossed, crossed

SLACK = 1e-7
"""A table counts as no more probable than the one seen when its probability is at most this much larger; R's rule."""

MAX_PATHS = 30_000_000
MAX_GRID = 10_000_000
_LARGEST_KEY = 2.0**62
TOO_LARGE = "the table is too large to enumerate; use the chi-square test"
_SAME = 9
"""Decimals of a log weight: paths that agree so far are one, well within SLACK."""

_Deals = tuple[np.ndarray, np.ndarray]
"""Where each deal of one row leads from a state (its number among the states that follow), and the log of the ways to deal it."""

_Paths = tuple[np.ndarray, np.ndarray]
"""Log weights of the paths to a state, and the probability of each."""

_End = tuple[np.ndarray, np.ndarray]
"""The log weights that can follow a state in the last two rows, rising, and the probability of none, one, two, ... of them."""

_Bounds = tuple[np.ndarray, np.ndarray]
"""For every state, the smallest and the largest log weight that can follow."""


def fisher(table: Counts) -> Answer:
    """Exact p of a table of counts: the sum over all tables with its margins that are no more probable than it.

    Gives p, n; extra the probability of the table itself. A table whose enumeration would take minutes is an error that says so.
    Source: Fisher 1934; Freeman and Halton 1951. Tea tasting 3, 1 / 1, 3: 0.4857.
    """
    found = crossed(table)
    common: dict[str, Any] = {"n": found.n, "method": "Fisher's exact test", "convention": "exact", "warning": found.warning}
    if found.fault:
        return Answer(error=found.fault, **common)
    dealt = _oriented(found)
    seen = _log_weight(dealt)
    p = _summed(dealt, seen + log1p(SLACK))
    if p is None:
        return Answer(error=TOO_LARGE, **common)
    return Answer(p=min(1.0, p), extra={"table_probability": float(np.exp(seen - sum(_log_ways(dealt))))}, **common)


def _oriented(table: Crossed) -> Crossed:
    """No more columns than rows, and rows in rising order of their totals, so that few states arise early."""
    rows = table.rows if len(table.rows) >= len(table.rows[0]) else tuple(zip(*table.rows, strict=True))
    return Crossed(tuple(sorted(rows, key=sum)))


def _log_weight(table: Crossed) -> float:
    """log of the ways to deal this very table: the product over rows and columns of C(left in the column, cell)."""
    left, found = table.column_totals, 0.0
    for row in table.rows:
        found += sum(log(comb(there, cell)) for there, cell in zip(left, row, strict=True))
        left = [there - cell for there, cell in zip(left, row, strict=True)]
    return found


def _log_ways(table: Crossed) -> list[float]:
    """log of the ways to deal each row in any manner."""
    left = list(accumulate(reversed(table.row_totals)))[::-1]
    return [log(comb(there, row)) for there, row in zip(left, table.row_totals, strict=True)]


def _summed(table: Crossed, limit: float) -> float | None:
    """Probability of all tables whose log weight is at most the limit; None when there are too many to go through."""
    levels, states = _levels(table)
    if levels is None or sum(prod((state[:-1] + 1).tolist()) for state in states) > MAX_GRID:
        return None
    ends = [_end(state, table.row_totals[-2]) for state in states]
    paths: dict[int, _Paths] = {0: (np.zeros(1), np.ones(1))}
    settled = 0.0
    for level, bounds, log_ways in zip(levels, _bounds(levels, ends), _log_ways(table), strict=False):
        if sum(weights.size * level[state][1].size for state, (weights, _) in paths.items()) > MAX_PATHS:
            return None
        found = [_one_row_on(paths[state], level[state], bounds, log_ways, limit) for state in paths]
        settled += sum(within for _, _, _, within in found)
        paths = _merged(found)
    return settled + sum(_finished(paths[state], ends[state], limit) for state in paths)


def _levels(table: Crossed) -> tuple[list[list[_Deals]] | None, np.ndarray]:
    """The deals of every row but the last two from every state, and the states before these two; None when there are too many."""
    states, levels = np.array([sorted(table.column_totals)]), []
    radix = (table.n + 1) ** np.arange(states.shape[1], dtype=np.float64)
    if radix[-1] * (table.n + 1) > _LARGEST_KEY:
        return None, states
    for total in table.row_totals[:-2]:
        if sum(prod((state[:-1] + 1).tolist()) for state in states) > MAX_GRID:
            return None, states
        dealt = [_dealt(state, total) for state in states]
        left = np.concatenate([np.sort(state - cells, axis=1) for state, (cells, _) in zip(states, dealt, strict=True)])
        keys, first, numbers = np.unique(left @ radix.astype(np.int64), return_index=True, return_inverse=True)
        split = np.cumsum([ways.size for _, ways in dealt])[:-1]
        levels.append([(to, ways) for to, (_, ways) in zip(np.split(numbers, split), dealt, strict=True)])
        states = left[first]
    return levels, states


def _dealt(state: np.ndarray, total: int) -> tuple[np.ndarray, np.ndarray]:
    """Every way to deal a row from what is left of the columns, and the log of the ways to do so."""
    first = np.indices((state[:-1] + 1).tolist()).reshape(len(state) - 1, -1)
    last = total - first.sum(axis=0)
    possible = (last >= 0) & (last <= state[-1])
    cells = np.vstack([first, last])[:, possible]
    return cells.T, sum(_log_choose(int(column))[dealt] for column, dealt in zip(state, cells, strict=True))


def _end(state: np.ndarray, total: int) -> _End:
    """What can follow a state in the last two rows, the first of which has this total."""
    ordered = np.sort(_dealt(state, total)[1])
    upto = np.cumsum(np.exp(ordered - ordered[-1]))
    return ordered, np.concatenate([[0.0], upto / upto[-1]])


def _bounds(levels: list[list[_Deals]], ends: list[_End]) -> list[_Bounds]:
    """The bounds of the states after each row."""
    found = [(np.array([ordered[0] for ordered, _ in ends]), np.array([ordered[-1] for ordered, _ in ends]))]
    for level in reversed(levels[1:]):
        least, most = found[0]
        found.insert(
            0, (np.array([(ways + least[to]).min() for to, ways in level]), np.array([(ways + most[to]).max() for to, ways in level]))
        )
    return found


def _one_row_on(
    paths: _Paths, deals: _Deals, bounds: _Bounds, log_ways: float, limit: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """State, weight and probability of each path after one more row, and the probability of those that stay within the limit anyway."""
    (to, ways), (least, most) = deals, bounds
    weights = paths[0][:, None] + ways
    chances = paths[1][:, None] * np.exp(ways - log_ways)
    within = weights + most[to] <= limit
    open_ = ~within & (weights + least[to] <= limit)
    return np.broadcast_to(to, weights.shape)[open_], weights[open_], chances[open_], float(chances[within].sum())


def _merged(found: list[tuple[np.ndarray, np.ndarray, np.ndarray, float]]) -> dict[int, _Paths]:
    """The paths of each state, those of equal weight together; none when all are settled."""
    if not any(part[0].size for part in found):
        return {}
    states, weights, chances = (np.concatenate([part[place] for part in found]) for place in range(3))
    weights = np.round(weights, _SAME)
    order = np.lexsort((weights, states))
    states, weights, chances = states[order], weights[order], chances[order]
    starts = np.flatnonzero(np.concatenate([[True], (np.diff(states) != 0) | (np.diff(weights) != 0)]))
    states, weights, chances = states[starts], weights[starts], np.add.reduceat(chances, starts)
    numbers, first = np.unique(states, return_index=True)
    return dict(zip(numbers.tolist(), zip(np.split(weights, first[1:]), np.split(chances, first[1:]), strict=True), strict=True))


def _finished(paths: _Paths, end: _End, limit: float) -> float:
    weights, chances = paths
    ordered, upto = end
    return float(chances @ upto[np.searchsorted(ordered, limit - weights, side="right")])


@lru_cache(maxsize=4096)
def _log_choose(n: int) -> np.ndarray:
    """log C(n, k) for k from 0 to n."""
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    return logs[-1] - logs - logs[::-1]
