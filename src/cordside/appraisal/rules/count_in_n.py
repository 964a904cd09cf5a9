"""A count lies from 0 to n, and a part is no larger than its whole.

0 <= k <= n for every count; a row printed beneath another row (`parent`) is part of it, so its count is at most
that row's.

Example: "20 patients took arbidol, yet only 18 took any antiviral. Please check both counts."
"""

from cordside.appraisal.arithmetic.percents import count_in_n
from cordside.appraisal.paper import Paper, PaperRow
from cordside.appraisal.verdict import CONTRADICTION, Verdicts

ID = "count-in-n"
LEVELS = (CONTRADICTION,)


def judge(paper: Paper) -> Verdicts:
    """Counts against their denominator, then against the row above them."""
    say = Verdicts(paper, ID)
    for row in paper.rows:
        for cell in row.cells:
            if cell.has("n") and row.data.kind in (None, "count"):
                _against_n(say, row, int(cell["n"].value), cell.n)
        # A row counted of its parent has been compared with it.
        if row.count is not None and row.parent is not None and row.parent.count is not None and row.data.of != row.parent.name:
            _against_whole(say, row, row.count, row.parent.count)
    return say


def _against_n(say: Verdicts, row: PaperRow, count: int, n: int | None) -> None:
    if n is None:
        return say.open(row.spot, "the denominator is not known")
    if count_in_n(count, n).consistent:
        return say.right(row.spot, f"{count} lies from 0 to {n}")
    why = f"{count} patients of {n} are printed, which cannot be. Please check the count and its denominator."
    return say.found(CONTRADICTION, row.spot, why, printed=str(count), expected=f"0 to {n}")


def _against_whole(say: Verdicts, row: PaperRow, count: int, whole: int) -> None:
    assert row.parent is not None
    if count <= whole:
        return say.right(row.spot, f"{count} of the {whole} with {row.parent.title}")
    why = f"{count} patients are printed under {row.parent.title}, which has only {whole}. Please check both counts."
    return say.found(CONTRADICTION, row.spot, why, printed=str(count), expected=f"at most {whole}")
