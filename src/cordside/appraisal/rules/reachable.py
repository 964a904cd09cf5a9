"""An exact search finds a sample with the printed mean and SD.

For recorded values (`grid`) of few patients (n up to 20), or on a scale with both ends (`min`, `max`), every sample
is gone through: for each sum, the sums of squares that can be reached are kept as the bits of one number, and a
patient is added by shifting. Without ends, ten or more patients need no search: a sample exists when GRIMMER
passes. What GRIM or GRIMMER refuses is reported there. A search that would take too long is not made, and says so.

Example: "No four whole numbers have the mean 1.00 and the SD 3.06, though each alone is possible. Please check
both."
"""

from fractions import Fraction

from cordside.appraisal.arithmetic.grimmer import grimmer
from cordside.appraisal.arithmetic.reachable import reachable
from cordside.appraisal.arithmetic.spread import sd_bound
from cordside.appraisal.paper import Paper, PaperCell, PaperRow
from cordside.appraisal.summaries import IS_BINARY, NO_GRID, TOO_COARSE, cells_with, has_too_many_sums, is_binary, scale_of, step_of
from cordside.appraisal.verdict import CONTRADICTION, Verdicts

ID = "reachable"
LEVELS = (CONTRADICTION,)
FEW = 20
MANY = 10
"""From so many patients on, whole numbers without ends that pass GRIMMER exist. Values next to the mean then hold four pairs of
equal ones; moving a pair apart by d adds 2 d^2 to the squares, and every number is the sum of four squares (Lagrange)."""


def judge(paper: Paper) -> Verdicts:
    """Means and SDs of few patients, or on a bounded scale."""
    say = Verdicts(paper, ID)
    for row, cell in cells_with(paper, "mean", "sd"):
        _judge(say, row, cell)
    return say


def _judge(say: Verdicts, row: PaperRow, cell: PaperCell) -> None:
    step, n = step_of(row), cell.n
    if step is None or not n or n < 2:
        return say.open(cell.spot, NO_GRID if step is None else "the number of patients is not known, or is one")
    if is_binary(row) and cell.name != "change":
        return say.open(cell.spot, IS_BINARY)
    least, most = scale_of(row)
    if cell.name == "change" and least is not None and most is not None:
        least, most = least - most, most - least
    elif cell.name == "change":
        least = most = None
    if n > FEW and (least is None) != (most is None):
        return say.open(cell.spot, f"{n} patients and a scale with one end: the search would have no end")
    return _search(say, row, cell, (least, most), step)


def _search(say: Verdicts, row: PaperRow, cell: PaperCell, ends: tuple[Fraction | None, Fraction | None], step: Fraction) -> None:
    mean, sd, n, items = cell["mean"], cell["sd"], cell.n or 0, row.data.items
    if has_too_many_sums(row, cell):
        return say.open(cell.spot, TOO_COARSE)
    if not grimmer(mean, sd, n, items=items, step=step).consistent:
        return say.open(cell.spot, "mean and SD are impossible already: see grim and grimmer")
    least, most = ends
    if least is not None and most is not None and not sd_bound(mean, sd, n, least, most).consistent:
        return say.open(cell.spot, "the SD is impossible on the scale already: see sd-bound")
    if ends == (None, None) and n >= MANY:
        return say.right(cell.spot, f"{n} values without ends of a scale have the mean {mean} and the SD {sd}, for GRIMMER passes")
    found = reachable(mean, sd, n, least=ends[0], most=ends[1], step=step, items=items)
    if found.reachable is None:
        return say.open(cell.spot, found.why or "not testable")
    scale = "".join(f" {word} {end}" for word, end in (("from", ends[0]), ("to", ends[1])) if end is not None)
    if found.reachable:
        return say.right(cell.spot, f"a sample of {n} values{scale} with the mean {mean} and the SD {sd} exists")
    why = f"no {n} values{scale} in steps of {step} have the mean {mean} and the SD {sd}, by a search of all samples. Please check both."
    return say.found(CONTRADICTION, cell.spot, why, printed=f"{mean} ({sd})", expected="a mean and an SD that some sample has")
