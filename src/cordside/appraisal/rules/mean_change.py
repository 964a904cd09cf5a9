"""A printed change of means is after minus before.

Only when every patient has both values (`pairs: complete`, or both cells are made of all n patients by `of`):
otherwise the change is that of fewer patients. The intervals of the three printed means must meet. Days between
events are checked alike: where two other rows give the mean of a duration as sum or difference, its own mean must
agree.

Example: "9.8 minus 13.4 is -3.6, yet -4.2 is printed as the change. Please check the three means, or say how many
pairs were used."
"""

from cordside.appraisal.arithmetic.changes import mean_change
from cordside.appraisal.durations import means_between
from cordside.appraisal.paper import Paper, PaperRow
from cordside.appraisal.summaries import cells_with, shown
from cordside.appraisal.verdict import CONTRADICTION, Verdicts

ID = "mean-change"
LEVELS = (CONTRADICTION,)


def judge(paper: Paper) -> Verdicts:
    """Every printed change of a mean, and every mean of days that two others give."""
    say = Verdicts(paper, ID)
    for row in paper.rows:
        if row.cell("change") is not None:
            _judge(say, row, paper)
    for row, cell in cells_with(paper, "mean"):
        if cell.name == "value":
            for low, high, names in dict.fromkeys(means_between(paper, row, cell)):
                mean, words = cell["mean"], f"by {names} the mean is {shown((low + high) / 2, cell['mean'].decimals)}"
                if mean.hi < low or mean.lo > high:
                    why = f"{words}, yet {mean} is printed. Please check the three rows."
                    say.found(CONTRADICTION, cell.spot, why, printed=str(mean), expected=f"{float(low):.4g} to {float(high):.4g}")
                else:
                    say.right(cell.spot, f"{words}, as printed")
    return say


def _judge(say: Verdicts, row: PaperRow, paper: Paper) -> None:
    before, after, change = row.cell("before"), row.cell("after"), row.cell("change")
    if before is None or after is None or change is None or not all(cell.has("mean") for cell in (before, after, change)):
        return say.open(
            (change or before or after or row).spot, "three means are not printed; the change of medians is no median of changes"
        )
    if row.data.pairs is None and not (isinstance(row.data.of, dict) and before.n == after.n == paper.n):
        return say.open(change.spot, "it is not said that every patient has both values (pairs: complete)")
    found = mean_change(before["mean"], after["mean"], change["mean"])
    expected = shown(after["mean"].value - before["mean"].value, change["mean"].decimals)
    words = f"{after['mean']} minus {before['mean']} is {expected}"
    if found.consistent:
        return say.right(change.spot, f"{words}, and {change['mean']} is printed")
    why = f"{words}, yet {change['mean']} is printed as the change. Please check the three means, or say how many pairs were used."
    return say.found(CONTRADICTION, change.spot, why, printed=str(change["mean"]), expected=expected)
