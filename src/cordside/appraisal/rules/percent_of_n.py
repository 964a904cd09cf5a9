"""A printed percentage is the count out of n, rounded.

100 k / n must lie in the interval that the printed percentage stands for: 80.6 is [80.55, 80.65], so a tie may be
rounded up or to even. n is the paper's, or the row's own denominator (`of`). A percentage without its count must be
possible for some count. Statements that print a count and a percentage of a row are checked in the same way.

Example: "24 of 31 are 77.4 %, yet 74.7 % is printed. Please check the count and the percentage."
"""

from cordside.appraisal.arithmetic.percents import grim_percent, percent_of_n
from cordside.appraisal.paper import Paper, PaperRow, Spot
from cordside.appraisal.printed import Printed, read_printed
from cordside.appraisal.summaries import shown
from cordside.appraisal.verdict import CONTRADICTION, Verdicts

ID = "percent-of-n"
LEVELS = (CONTRADICTION,)


def judge(paper: Paper) -> Verdicts:
    """Percentages of rows and of statements about rows."""
    say = Verdicts(paper, ID)
    for row in paper.rows:
        for cell in row.cells:
            if cell.has("pct"):
                count = int(cell["n"].value) if cell.has("n") else None
                _judge(say, cell.spot, count, cell["pct"], cell.n)
    for statement, spot in paper.statements("quantity"):
        if isinstance(statement.value, dict) and "pct" in statement.value:
            _judge_statement(paper, say, statement.value, spot, statement.quote)
    return say


def _judge_statement(paper: Paper, say: Verdicts, value: dict[str, str], spot: Spot, quote: str) -> None:
    numbers = {name: read_printed(text) for name, text in value.items() if name in ("n", "pct", "of")}
    count, percentage, of = (numbers.get(name) for name in ("n", "pct", "of"))
    n = int(of.value) if of else _denominator(paper.named.get(spot.row))
    if percentage is None or n is None:
        return say.open(spot, "the denominator is not given: no row has this name, and the statement has no `of`")
    return _judge(say, spot, int(count.value) if count else None, percentage, n, quote)


def _denominator(row: PaperRow | None) -> int | None:
    cell = row.cell("value") if row and row.is_count else None
    return cell.n if cell else None


def _judge(say: Verdicts, spot: Spot, count: int | None, percentage: Printed, n: int | None, quote: str = "") -> None:
    if not n:
        return say.open(spot, "the denominator is not known")
    if count is None:
        return _judge_alone(say, spot, percentage, n, quote)
    found = percent_of_n(count, n, percentage)
    exact = shown(found.exact or 0, percentage.decimals)
    if found.consistent:
        return say.right(spot, f"{count} of {n} are {exact} %")
    why = f"{count} of {n} are {exact} %, yet {percentage} % is printed. Please check the count and the percentage."
    return say.found(CONTRADICTION, spot, why, printed=f"{count} ({percentage}%)", expected=f"{exact}%", quote=quote)


def _judge_alone(say: Verdicts, spot: Spot, percentage: Printed, n: int, quote: str) -> None:
    found = grim_percent(percentage, n)
    if found.consistent:
        return say.right(spot, f"{percentage} % is {' or '.join(map(str, found.counts[:5]))} of {n}")
    nearest = " or ".join(f"{shown(one, percentage.decimals)} %" for one in found.nearest)
    why = f"no whole number out of {n} is {percentage} %; the nearest are {nearest}. Please check the percentage and its denominator."
    return say.found(CONTRADICTION, spot, why, printed=f"{percentage}%", expected=nearest, quote=quote)
