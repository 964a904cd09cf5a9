"""Many rebuilds of each row of a before/after table: the ranges that the summary leaves open, never a single one."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from cordside.analysis.statistics.ranks import signed_rank
from cordside.appraisal.paper import Paper
from cordside.appraisal.rebuild.change import Pairs
from cordside.appraisal.rebuild.changed import Changed, changed_of, changed_rows, rebuild_row
from cordside.appraisal.rebuild.margins import Steps
from cordside.appraisal.rebuild.outcomes import Outcome

FEWEST = 300
"""Draws below which ranges are not to be shown."""

MEASURES = (
    "mean before",
    "mean after",
    "mean change",
    "correlation",
    "share falling",
    "share rising",
    "largest before",
    "largest after",
    "largest fall",
    "largest rise",
    "signed-rank P",
)
_SHARES = (0.05, 0.95)
_EXACT = 60


@dataclass(frozen=True, slots=True)
class Range:
    """5th and 95th percentile of a measure over the rebuilds that were found."""

    measure: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RowRanges:
    """The ranges of one row; draws: seeds asked, failed: seeds for which nothing was found."""

    row: str
    draws: int
    failed: int
    ranges: tuple[Range, ...]
    why: str = ""


def draw_ranges(paper: Paper, *, seed: int, definition: str, draws: int, rows: Iterable[str] | None = None) -> list[RowRanges]:
    """The ranges of every row with a value before and after, over the seeds from `seed` on.

    rows: names of the rows, all unless given. A seed that fails is counted, and another is not taken for it.
    """
    wanted = None if rows is None else set(rows)
    chosen = [row for row in changed_rows(paper) if wanted is None or row.name in wanted]
    return [_of_row(paper, changed_of(paper, row), seed, definition, draws) for row in chosen]


def rebuilt_pairs(paper: Paper, changed: Changed, *, seed: int, definition: str, draws: int) -> list[Pairs]:
    """The rebuilds of a row that were found for the seeds from `seed` on."""
    found = (rebuild_row(paper.study, changed, definition, seed + turn) for turn in range(draws))
    return [pairs for pairs in found if pairs is not None and changed.prints(pairs, definition)]


def _of_row(paper: Paper, changed: Changed | Outcome, seed: int, definition: str, draws: int) -> RowRanges:
    if isinstance(changed, Outcome):
        return RowRanges(changed.spot.row, draws, draws, (), changed.why)
    found = rebuilt_pairs(paper, changed, seed=seed, definition=definition, draws=draws)
    if not found:
        return RowRanges(changed.row.name, draws, draws, (), "nothing was found for any seed")
    measured = np.array([measures(pairs, float(changed.step)) for pairs in found])
    # A correlation does not exist where one side is constant.
    columns = [(name, column[np.isfinite(column)]) for name, column in zip(MEASURES, measured.T, strict=True)]
    ranges = tuple(Range(name, *map(float, np.quantile(column, _SHARES))) for name, column in columns if len(column))
    return RowRanges(changed.row.name, draws, draws - len(found), ranges)


def measures(pairs: Pairs, step: float) -> list[float]:
    """What the summary leaves open, of one rebuild, in the order of MEASURES."""
    before, after = pairs.both
    changes, n = pairs.changes, len(before)
    return [
        float(pairs.before.mean()) * step,
        float(pairs.after.mean()) * step,
        float(changes.mean()) * step,
        correlation(before, after),
        int((changes < 0).sum()) / n,
        int((changes > 0).sum()) / n,
        int(pairs.before.max()) * step,
        int(pairs.after.max()) * step,
        max(-int(changes.min()), 0) * step,
        max(int(changes.max()), 0) * step,
        signed_rank_p(changes),
    ]


def correlation(before: Steps, after: Steps) -> float:
    """Pearson's correlation; not a number where one side is constant."""
    first, second = before - before.mean(), after - after.mean()
    spread = float(np.sqrt((first @ first) * (second @ second)))
    return float(first @ second) / spread if spread > 0 else float("nan")


def signed_rank_p(changes: Steps) -> float:
    """Two-sided P of Wilcoxon's signed-rank test with zeros as Pratt ranks them: exact up to 60 pairs, else normal."""
    found = signed_rank([int(change) for change in changes], p="exact" if len(changes) <= _EXACT else "normal", zeros="pratt")
    return float("nan") if found.p is None else found.p
