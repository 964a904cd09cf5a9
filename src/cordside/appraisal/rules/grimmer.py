"""Mean and SD of whole numbers are possible together (GRIMMER).

For every whole sum S that prints the mean, a whole sum of squares Q must print the SD: Q = S modulo 2, and Q is at
least the sum of squares of the n values nearest to S / n. One Q for one S is enough. A mean that fails GRIM is
reported there. Passing does not prove that a sample exists; `reachable` does.

Example: "Nine whole numbers with the mean 1.44 have an SD of at least 0.53; 0.17 is printed. Please check the SD."
"""

from cordside.appraisal.arithmetic.grimmer import grimmer
from cordside.appraisal.paper import Paper, PaperCell, PaperRow
from cordside.appraisal.summaries import IS_BINARY, NO_GRID, TOO_COARSE, cells_with, has_too_many_sums, is_binary, step_of
from cordside.appraisal.verdict import CONTRADICTION, Verdicts

ID = "grimmer"
LEVELS = (CONTRADICTION,)


def judge(paper: Paper) -> Verdicts:
    """Every printed mean with its SD."""
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
    mean, sd = cell["mean"], cell["sd"]
    if has_too_many_sums(row, cell):
        return say.open(cell.spot, TOO_COARSE)
    found = grimmer(mean, sd, n, items=row.data.items, step=step)
    if not found.testable:
        return say.open(cell.spot, "not testable: any mean and SD with so few decimals is possible")
    if found.consistent or found.fails_at == "mean":
        words = f"{mean} and {sd} are possible for {n} values in steps of {step}"
        return say.right(cell.spot, words) if found.consistent else say.open(cell.spot, "the mean itself is impossible: see grim")
    least = f"; the least SD with this mean is {found.least_sd:.3g}" if found.least_sd is not None else ""
    why = f"no {n} values recorded in steps of {step} have the mean {mean} and the SD {sd}{least}. Please check the mean, the SD and n."
    return say.found(CONTRADICTION, cell.spot, why, printed=f"{mean} ({sd})", expected="an SD that a whole sum of squares gives")
