"""The odds ratio of a 2 x 2 table: as it is seen, or as Fisher's exact distribution estimates it, with exact limits."""

from math import comb, exp, inf, log

import numpy as np

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.named import check_name
from cordside.analysis.statistics.sample import level_fault
from cordside.analysis.statistics.solve import crossing
from cordside.analysis.statistics.tables import Counts, crossed
from cordside.words import Number

ESTIMATES = ("sample", "conditional")
_WIDEST = 700.0
"""log of the largest odds ratio that is looked for."""


def odds_ratio(table: Counts, *, estimate: str, level: Number = 0.95) -> Answer:
    """Odds ratio a d / (b c) of a 2 x 2 table a, b / c, d, with exact conditional limits.

    estimate: sample (the ratio seen) or conditional (maximum likelihood given the margins; R prints this one). A limit at
    infinity is None with a warning. R's own root search stops early; these limits solve the equation.
    Source: Fisher 1935; Cornfield 1956. 3, 2 / 1, 9: sample 13.5, conditional 10.659 (0.5536 to 784.48).
    """
    check_name(estimate, ESTIMATES, "estimate of an odds ratio")
    rows = [tuple(row) for row in table]
    found = crossed(rows)
    method, convention = "odds ratio, exact limits", estimate
    wrong_size = "" if len(rows) == 2 and len(rows[0]) == 2 else "an odds ratio needs a table of 2 x 2"
    if fault := found.fault or wrong_size or level_fault(level):
        return Answer(error=fault, n=found.n, method=method, convention=convention)
    (a, b), (c, d) = found.rows
    sample = a * d / (b * c) if b * c else inf
    tail = (1 - float(level)) / 2
    dealt = _Dealt(a + b, a + c, found.n)
    low, high = dealt.low_limit(a, tail), dealt.high_limit(a, tail)
    return Answer(
        estimate=sample if estimate == "sample" else dealt.likeliest(a),
        low=low,
        high=high,
        level=float(level),
        n=found.n,
        method=method,
        convention=convention,
        warning="the upper limit is infinite" if high == inf else "",
    )


class _Dealt:
    """The first cell of a table with given margins, as it falls for any odds ratio (Fisher's noncentral hypergeometric)."""

    def __init__(self, row: int, column: int, n: int) -> None:
        self.cells = np.arange(max(0, row + column - n), min(row, column) + 1)
        self.logs = np.array([log(comb(column, k)) + log(comb(n - column, row - k)) for k in self.cells.tolist()])

    def _shares(self, log_ratio: float) -> np.ndarray:
        logs = self.logs + self.cells * log_ratio
        weights = np.exp(logs - logs.max())
        return weights / weights.sum()

    def likeliest(self, seen: int) -> float:
        """The odds ratio under which the cell seen is the mean."""
        if seen == self.cells[0]:
            return 0.0
        if seen == self.cells[-1]:
            return inf
        return exp(crossing(lambda at: float(self._shares(at) @ self.cells) - seen, -_WIDEST, _WIDEST))

    def low_limit(self, seen: int, tail: float) -> float:
        """The odds ratio under which so many or more have this probability."""
        if seen == self.cells[0]:
            return 0.0
        return exp(crossing(lambda at: float(self._shares(at)[self.cells >= seen].sum()) - tail, -_WIDEST, _WIDEST))

    def high_limit(self, seen: int, tail: float) -> float:
        """The odds ratio under which so many or fewer have this probability."""
        if seen == self.cells[-1]:
            return inf
        return exp(crossing(lambda at: float(self._shares(at)[self.cells <= seen].sum()) - tail, -_WIDEST, _WIDEST))
