"""Which of the nine definitions of quartiles can print these.

Each of type-1 to type-9 (numbered as in R) is asked whether some sample of n recorded values prints this median and
these quartiles. None can: a contradiction. Some can: a note that lists them, for it tells which software was not
used. All can: nothing to say. Only where the recording step is given (`grid`). The median may be the usual one or
follow the definition.

Example: "No definition of quartiles prints 6.0 (3.6 to 8.0) for five whole numbers. Please check the quartiles and
n."
"""

from cordside.appraisal.arithmetic.definitions import possible_definitions
from cordside.appraisal.arithmetic.quartiles import Quartiles, median_grid
from cordside.appraisal.paper import Paper, PaperCell, PaperRow
from cordside.appraisal.summaries import NO_GRID, cells_with, is_in_order, quartiles_of, scale_of, step_of
from cordside.appraisal.verdict import CONTRADICTION, NOTE, Verdicts

ID = "quartile-definition"
LEVELS = (CONTRADICTION, NOTE)
ALL = 9


def judge(paper: Paper) -> Verdicts:
    """Every cell with quartiles."""
    say = Verdicts(paper, ID)
    for row, cell in cells_with(paper, "median", "q1", "q3"):
        quartiles = quartiles_of(cell)
        if quartiles is not None:
            _judge(say, row, cell, quartiles)
    return say


def _judge(say: Verdicts, row: PaperRow, cell: PaperCell, quartiles: Quartiles) -> None:
    step, n = step_of(row), cell.n
    if step is None or not n:
        return say.open(cell.spot, NO_GRID if step is None else "the number of patients is not known")
    grid = step / row.data.items
    if not is_in_order(quartiles) or not median_grid(quartiles.median, n, grid).consistent:
        return say.open(cell.spot, "the quartiles are impossible already: see quartile-order and median-grid")
    least, most = scale_of(row) if cell.name != "change" else (None, None)
    found = possible_definitions(quartiles, n, step=grid, least=least, most=most, median="either")
    printed = f"{quartiles.median} ({quartiles.q1} to {quartiles.q3})"
    if not found.consistent:
        why = f"no definition of quartiles prints {printed} for {n} values in steps of {step}. Please check the quartiles and n."
        return say.found(CONTRADICTION, cell.spot, why, printed=printed, expected="quartiles that one of nine definitions gives")
    if len(found.possible) < ALL:
        names = ", ".join(found.possible)
        why = f"of nine definitions of quartiles only {names} can print {printed} for {n} values in steps of {step}."
        return say.found(NOTE, cell.spot, why, printed=printed, expected=names)
    return say.right(cell.spot, f"all nine definitions of quartiles can print {printed} for {n} values")
