"""A median lies on the recording step, or on half of it.

For odd n the median is a recorded value; for even n the mean of two, so it lies on half a step. Only where the step
is given (`grid`).

Example: "The median of 31 whole days cannot be 10.5, for it is one of them. Please check the median and n."
"""

from cordside.appraisal.arithmetic.quartiles import median_grid
from cordside.appraisal.paper import Paper
from cordside.appraisal.summaries import NO_GRID, cells_with, shown, step_of
from cordside.appraisal.verdict import CONTRADICTION, Verdicts

ID = "median-grid"
LEVELS = (CONTRADICTION,)


def judge(paper: Paper) -> Verdicts:
    """Every printed median."""
    say = Verdicts(paper, ID)
    for row, cell in cells_with(paper, "median"):
        step, n, median = step_of(row), cell.n, cell["median"]
        if step is None or not n:
            say.open(cell.spot, NO_GRID if step is None else "the number of patients is not known")
            continue
        step = step / row.data.items
        found = median_grid(median, n, step)
        grid = "a recorded value" if n % 2 else "a recorded value or the middle of two"
        if found.consistent:
            say.right(cell.spot, f"the median of {n} values in steps of {step} is {grid}: {median}")
            continue
        nearest = " or ".join(shown(one, median.decimals + 1) for one in found.nearest)
        why = f"the median of {n} values in steps of {step} is {grid}, so it cannot be {median}. Please check the median and n."
        say.found(CONTRADICTION, cell.spot, why, printed=str(median), expected=nearest)
    return say
