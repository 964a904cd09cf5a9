"""Counts of rows that exclude one another add to n.

Only rows that the file names as a partition: symptoms overlap, severity classes do not, and a program cannot know.
When all of them stand beneath one row they add to that row's count, else to their denominator. Percentages may add
to 99.8 or 100.1: rounding, and no finding.

Example: "10 + 9 + 4 patients are 23, and 24 were treated. Please say where the other one is."
"""

from cordside.appraisal.arithmetic.percents import partition
from cordside.appraisal.paper import Paper, PaperRow
from cordside.appraisal.verdict import CONTRADICTION, Verdicts

ID = "partition-sum"
LEVELS = (CONTRADICTION,)


def judge(paper: Paper) -> Verdicts:
    """Every partition of the file."""
    say = Verdicts(paper, ID)
    for names in paper.published.partitions:
        rows = [paper.named[name] for name in names]
        if rows:
            _judge(say, rows)
    return say


def _judge(say: Verdicts, rows: list[PaperRow]) -> None:
    counts = [row.count for row in rows]
    known = [count for count in counts if count is not None]
    whole, of = _whole(rows)
    if len(known) < len(counts) or whole is None:
        missing = [row.title for row in rows if row.count is None]
        return say.open(
            rows[0].spot, f"no count is printed for {', '.join(missing)}" if missing else "the rows have different denominators"
        )
    found = partition(known, whole)
    words = f"{' + '.join(map(str, known))} = {found.total}"
    if found.consistent:
        for row in rows:
            say.right(row.spot, f"{words}: all {of}")
        return None
    names = ", ".join(row.title for row in rows)
    why = f"{names} exclude one another, yet {words}, and they should make up all {of}. Please check the counts."
    return say.found(CONTRADICTION, rows[0].spot, why, printed=words, expected=str(whole))


def _whole(rows: list[PaperRow]) -> tuple[int | None, str]:
    """What the rows should add to, in a number and in words."""
    parent = rows[0].parent
    if parent is not None and parent.count is not None and all(row.parent is parent for row in rows):
        return parent.count, f"{parent.count} with {parent.title}"
    denominators = {cell.n for row in rows if (cell := row.cell("value"))}
    whole = denominators.pop() if len(denominators) == 1 else None
    return whole, f"{whole} patients"
