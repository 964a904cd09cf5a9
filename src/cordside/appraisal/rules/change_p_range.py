"""The SDs before and after bound the SD of the change, and so the P of a paired t test.

SD of the change lies in [abs(s1 - s2), s1 + s2], so t = D sqrt(n) / SD of the change has a range, and P with it;
the ends are taken at the corners of the rounding intervals. A printed P outside is impossible, which is the same as
an implied correlation outside [-1, 1]. A printed SD of the change is checked in the same way. n is the number of
patients unless the row says how many pairs there are (`of`).

Example: "With means 6.72 and 6.43 and SDs 2.62 and 1.72 of 31 pairs, a paired t test gives P from 0.070 to 0.723;
0.91 is printed."
"""

from fractions import Fraction

from cordside.appraisal.arithmetic.changes import change_p_range, implied_correlation
from cordside.appraisal.paper import Paper, PaperCell, PaperRow
from cordside.appraisal.printed import Printed
from cordside.appraisal.summaries import NO_TEST, is_paired_t, p_of, test_of
from cordside.appraisal.verdict import CONTRADICTION, Verdicts

ID = "change-p-range"
LEVELS = (CONTRADICTION,)
Pair = tuple[PaperCell, PaperCell]


def judge(paper: Paper) -> Verdicts:
    """Every row with means before and after."""
    say = Verdicts(paper, ID)
    for row in paper.rows:
        before, after = row.cell("before"), row.cell("after")
        if before is not None and after is not None:
            _sd_of_change(say, row, (before, after))
            _p(say, paper, row, (before, after))
    return say


def _sd_of_change(say: Verdicts, row: PaperRow, pair: Pair) -> None:
    change = row.cell("change")
    if change is None or not change.has("sd") or not all(cell.has("sd") for cell in pair):
        return
    (one, other), printed = (cell["sd"] for cell in pair), change["sd"]
    low, high = max(one.lo - other.hi, other.lo - one.hi, Fraction(0)), one.hi + other.hi
    words = f"SDs {one} and {other} leave the SD of the change between {float(low):.4g} and {float(high):.4g}"
    if low <= printed.hi and printed.lo <= high:
        say.right(change.spot, f"{words}; {printed} is printed")
    else:
        why = f"{words}, yet {printed} is printed. Please check the three SDs, or say how many pairs were used."
        say.found(CONTRADICTION, change.spot, why, printed=str(printed), expected=f"{float(low):.4g} to {float(high):.4g}")


def _p(say: Verdicts, paper: Paper, row: PaperRow, pair: Pair) -> None:
    p, test, spot = p_of(row), test_of(paper, row), row.spot
    if p is None or test is None:
        return say.open(spot, "no P is printed as a number" if p is None else NO_TEST)
    if not is_paired_t(test):
        return say.open(spot, f"the test is {test}; means and SDs bound the P of a paired t test only")
    if not all(cell.has("mean", "sd") for cell in pair):
        return say.open(spot, "means and SDs are not printed; medians with quartiles bound no paired t test")
    if pair[0].n is None or pair[0].n != pair[1].n or pair[0].n < 2:
        return say.open(spot, "the number of pairs is not known")
    return _range(say, row, pair, p, pair[0].n)


def _range(say: Verdicts, row: PaperRow, pair: Pair, p: Printed, n: int) -> None:
    before, after = ((cell["mean"], cell["sd"]) for cell in pair)
    found = change_p_range(n, before, after, p)
    if not found.testable:
        return say.open(row.spot, "not testable: every P is possible")
    words = f"with means {before[0]} and {after[0]} and SDs {before[1]} and {after[1]} of {n} pairs a paired t test gives P from"
    limits = f"{found.p_min:.3f} to {found.p_max:.3f}"
    if found.consistent:
        implied = implied_correlation(n, before, after, p)
        known = implied.r_low is not None and implied.r_high is not None
        correlation = f"; it implies a correlation of {implied.r_low:.2f} to {implied.r_high:.2f}" if known else ""
        return say.right(row.spot, f"{words} {limits}, and {p} lies within{correlation}")
    fewer = next((pairs for pairs in range(n - 1, 1, -1) if change_p_range(pairs, before, after, p).consistent), None)
    hint = f" At most {fewer} pairs would allow it." if fewer else " No smaller number of pairs allows it."
    why = f"{words} {limits}, yet {p} is printed.{hint} Please check the numbers, the test and the number of pairs."
    return say.found(CONTRADICTION, row.spot, why, printed=f"P {p}", expected=f"P from {limits}")
