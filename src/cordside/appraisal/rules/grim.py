"""A mean of whole numbers is a whole sum over n (GRIM).

Values recorded in steps (`grid`: 1 for whole days, years and scores) have a sum S of whole steps, and S x step / (n
x items) must lie in the interval of the printed mean. There is no power when step / (n x items) is below one
printed step: then every mean passes, and the row is listed as not testable. The step is never guessed. Source:
Brown and Heathers, Soc Psychol Personal Sci 2017;8:363.

Example: "The mean of 28 whole numbers cannot be 5.19: 145/28 is 5.18 and 146/28 is 5.21. Please check the mean and
the number of patients."
"""

from cordside.appraisal.arithmetic.grim import grim
from cordside.appraisal.paper import Paper, PaperCell, PaperRow
from cordside.appraisal.summaries import NO_GRID, cells_with, shown, step_of
from cordside.appraisal.verdict import CONTRADICTION, Verdicts

ID = "grim"
LEVELS = (CONTRADICTION,)


def judge(paper: Paper) -> Verdicts:
    """Every printed mean."""
    say = Verdicts(paper, ID)
    for row, cell in cells_with(paper, "mean"):
        _judge(say, row, cell)
    return say


def _judge(say: Verdicts, row: PaperRow, cell: PaperCell) -> None:
    step, n = step_of(row), cell.n
    if step is None or not n:
        return say.open(cell.spot, NO_GRID if step is None else "the number of patients is not known")
    mean = cell["mean"]
    found = grim(mean, n, items=row.data.items, step=step)
    if not found.testable:
        return say.open(
            cell.spot, f"not testable: means of {n} values differ by {shown(found.grain, mean.decimals + 2)}, finer than printed"
        )
    if found.consistent:
        return say.right(cell.spot, f"{mean} is a possible mean of {n} values in steps of {step}")
    nearest = " or ".join(shown(one, mean.decimals + 1) for one in found.nearest)
    why = (
        f"the mean of {n} values recorded in steps of {step} cannot be {mean}: the nearest are {nearest}. "
        "Please check the mean and the number of patients."
    )
    return say.found(CONTRADICTION, cell.spot, why, printed=str(mean), expected=nearest)
