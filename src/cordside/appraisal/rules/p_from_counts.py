"""Which test of a two-by-two table prints the P.

From the counts (`counts: [[a, b], [c, d]]`) P is recomputed by Fisher's exact test, chi-square, and chi-square with
continuity correction; of paired counts (`test: McNemar`) by McNemar's tests. The note says which of them print the
P, and whether the choice between them crosses 0.05. It is always a note, for the paper may have used another test.
Where no test is named (`test`) nothing is said.

Example: "10 of 20 against 4 of 20: chi-square gives 0.047 as printed, Fisher's test 0.096. The choice of test
decides significance."
"""

from cordside.appraisal.arithmetic.counts import PFromCounts, mcnemar_from_counts, p_from_counts
from cordside.appraisal.paper import Paper, PaperRow
from cordside.appraisal.printed import Printed
from cordside.appraisal.summaries import NO_TEST, p_of, test_of
from cordside.appraisal.verdict import NOTE, Verdicts

ID = "p-from-counts"
LEVELS = (NOTE,)


def judge(paper: Paper) -> Verdicts:
    """Every row with a table of counts and a P."""
    say = Verdicts(paper, ID)
    for row in paper.rows:
        p = p_of(row)
        test = test_of(paper, row)
        if row.data.counts is not None and p is not None:
            _judge(say, row, p, row.data.counts, test) if test else say.open(row.spot, NO_TEST)
        elif row.data.counts is not None:
            say.open(row.spot, "no P is printed as a number")
        elif p is not None and row.is_count:
            say.open(row.spot, "the four counts behind P are not given (counts)")
    return say


def _judge(say: Verdicts, row: PaperRow, p: Printed, counts: list[list[int]], test: str) -> None:
    paired = "mcnemar" in test.casefold()
    found = mcnemar_from_counts(counts[0][1], counts[1][0], p) if paired else p_from_counts(counts, p)
    words = ", ".join(f"{name.replace('_', ' ')} {value:.4g}" for name, value in found.ps.items())
    if len(found.prints_as_reported) == len(found.ps) or (found.prints_as_reported and not found.crosses_005):
        return say.right(row.spot, f"P {p} is printed by {', '.join(found.prints_as_reported)}; {words}")
    return say.found(NOTE, row.spot, f"from the counts {counts}: {words}. {_said(found, p)}", printed=f"P {p}", expected=words)


def _said(found: PFromCounts, p: Printed) -> str:
    by = f"P {p} is that of {', '.join(found.prints_as_reported)}" if found.prints_as_reported else f"none of them prints P {p}"
    return f"{by}." + (" The choice of the test decides on which side of 0.05 P lies." if found.crosses_005 else "")
