"""A signed-rank test of few pairs cannot give a small P.

The exact two-sided P of n pairs is at least 2 / 2^n: 4 pairs 0.125, 5 0.0625, 6 0.0313, 7 0.0156. Fewer pairs than
patients only raise it. Where no test is named nothing is said.

Example: "Five pairs cannot give P = 0.03 in a signed-rank test; the least is 0.0625. Please check the test and the
number of pairs."
"""

from cordside.appraisal.arithmetic.pvalues import SignedRankClaim, signed_rank_claim
from cordside.appraisal.paper import Paper, PaperRow
from cordside.appraisal.printed import Printed
from cordside.appraisal.summaries import NO_TEST, is_signed_rank, p_of, test_of
from cordside.appraisal.verdict import CONTRADICTION, Verdicts

ID = "signed-rank-floor"
LEVELS = (CONTRADICTION,)


def judge(paper: Paper) -> Verdicts:
    """Every row whose test is the signed-rank test."""
    say = Verdicts(paper, ID)
    for row in paper.rows:
        p, test = p_of(row), test_of(paper, row)
        if p is not None and test is None:
            say.open(row.spot, NO_TEST)
        elif p is not None and is_signed_rank(test):
            _judge(say, row, p)
    return say


def _judge(say: Verdicts, row: PaperRow, p: Printed) -> None:
    sizes = [cell.n for cell in row.cells if cell.n]
    if not sizes:
        return say.open(row.spot, "the number of pairs is not known")
    found = signed_rank_claim(min(sizes), p)
    floor = f"{float(found.floor):.3g}"
    if found.possible:
        return say.right(row.spot, f"{found.n} pairs give P of at least {floor} in a signed-rank test; {p} is printed")
    why = f"{found.n} pairs cannot give P {p} in a signed-rank test; the least is {floor}.{_hint(found)}"
    why = f"{why} Please check the test and the number of pairs."
    return say.found(CONTRADICTION, row.spot, why, printed=f"P {p}", expected=f"at least {floor}")


def _hint(found: SignedRankClaim) -> str:
    """What may explain the P."""
    could = float(found.p.hi) >= found.normal_floor
    return f" The normal approximation gives {found.normal_floor:.3g} at least, and is not exact for so few pairs." if could else ""
