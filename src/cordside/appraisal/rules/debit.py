"""The SD of 0/1 data follows from their mean (DEBIT).

With k ones among n values, SD^2 = k (n - k) / (n (n - 1)); some k that gives the mean must give the SD. For rows
recorded in steps of 1 on a scale from 0 to 1 (`grid: 1, min: 0, max: 1`); grimmer, reachable and the bound of the
scale leave them to this rule. Source: Heathers and Brown, DEBIT, 2019.

Example: "A share of 0.19 among 1683 patients has the SD 0.39, yet 0.35 is printed. Please check both."
"""

from cordside.appraisal.arithmetic.debit import debit
from cordside.appraisal.arithmetic.grim import grim
from cordside.appraisal.paper import Paper, PaperCell
from cordside.appraisal.summaries import cells_with, is_binary
from cordside.appraisal.verdict import CONTRADICTION, Verdicts

ID = "debit"
LEVELS = (CONTRADICTION,)
_SHOWN = 100


def judge(paper: Paper) -> Verdicts:
    """Means and SDs of 0/1 data."""
    say = Verdicts(paper, ID)
    for row, cell in cells_with(paper, "mean", "sd"):
        if is_binary(row):
            _judge(say, cell)
    return say


def _judge(say: Verdicts, cell: PaperCell) -> None:
    if not cell.n or cell.n < 2 or cell.name == "change":
        return say.open(
            cell.spot, "the number of patients is not known" if cell.name != "change" else "a change of 0/1 data can be -1, 0 or 1"
        )
    mean, sd = cell["mean"], cell["sd"]
    found = debit(mean, sd, cell.n)
    if not found.testable:
        return say.open(cell.spot, "not testable")
    if found.fails_at == "mean" and not grim(mean, cell.n).consistent:
        return say.open(cell.spot, "the mean itself is impossible: see grim")
    if found.consistent:
        return say.right(cell.spot, f"a share of {mean} among {cell.n} has the SD {sd}")
    expected = " or ".join(dict.fromkeys(f"{one:.{max(sd.decimals, 0)}f}" for one in found.sds[:_SHOWN])) or "none"
    said = f"a share of {mean} among {cell.n} has the SD {expected}" if found.sds else f"no count among {cell.n} gives the share {mean}"
    why = f"{said}, yet {sd} is printed. Please check both."
    return say.found(CONTRADICTION, cell.spot, why, printed=f"{mean} ({sd})", expected=expected)
