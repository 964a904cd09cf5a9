"""All rows of a result table appear in the text, or the text says which are left out.

Of a table with P, each row needs a sentence (a statement `about` the row). When no row of a table has one, the
sentences were not entered, and nothing is said. What is left out is often what did not turn out.

Example: "The text reports six of the seven rows of table 2; white cells, the only row with P above 0.05, are not
named. Please report all rows."
"""

from fractions import Fraction

from cordside.appraisal.names import plain, shown_place
from cordside.appraisal.paper import Paper, PaperRow
from cordside.appraisal.summaries import p_of
from cordside.appraisal.verdict import DEFECT, Verdicts

ID = "selective-report"
LEVELS = (DEFECT,)
_ALPHA = Fraction(1, 20)


def judge(paper: Paper) -> Verdicts:
    """Every table with P."""
    say = Verdicts(paper, ID)
    told = {plain(one.about) for one, _ in paper.statements("quantity", "limit", "claim", "test")}
    for key, rows in paper.tables.items():
        tested = [row for row in rows if row.data.p is not None]
        named = [row for row in tested if told & {plain(row.name), plain(row.data.label or row.name)}]
        if tested and not named:
            say.open(paper.spot(key, key, (key,)), "no sentence about its rows is entered")
        elif tested:
            _judge(say, key, tested, named)
    return say


def _judge(say: Verdicts, key: str, tested: list[PaperRow], named: list[PaperRow]) -> None:
    for row in tested:
        if row in named:
            say.right(row.spot, "the text reports the row")
        else:
            say.found(DEFECT, row.spot, _why(key, tested, named, row), printed=f"P {row.data.p}", expected="a sentence about the row")


def _why(key: str, tested: list[PaperRow], named: list[PaperRow], row: PaperRow) -> str:
    above = [one for one in tested if (p := p_of(one)) is not None and p.lo > _ALPHA]
    only = ", the only row with P above 0.05," if above == [row] else ", with P above 0.05," if row in above else ""
    words = f"the text reports {len(named)} of the {len(tested)} rows of {shown_place(key)}; {row.title}{only} is not among them"
    return f"{words} (P {row.data.p}). Please report all rows, or say which are left out."
