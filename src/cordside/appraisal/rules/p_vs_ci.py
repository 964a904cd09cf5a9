"""An estimate lies in its interval, and interval and P agree.

The estimate lies inside its interval; a 95 % interval excludes no difference (0, or 1 of a ratio) exactly when P is
below 0.05; P recomputed from the interval, taken as normal (of a ratio on the log scale), is close to the printed
one (within 0.02 or a quarter of it). One of the first two broken: contradiction. Only the recomputed P differs: a
note, for other methods give other intervals. Without a named test (`test`) only the estimate is checked.

Example: "The 95 % interval 0.45 to 1.09 includes 1, yet P = 0.01 is printed. Please check interval and P."
"""

from cordside.appraisal.arithmetic.pvalues import PVsCi, p_vs_ci
from cordside.appraisal.paper import Paper, PaperCell, PaperRow
from cordside.appraisal.printed import Printed
from cordside.appraisal.summaries import NO_TEST, p_of, test_of
from cordside.appraisal.verdict import CONTRADICTION, NOTE, Verdicts

ID = "p-vs-ci"
LEVELS = (CONTRADICTION, NOTE)
_NEAR, _SHARE = 0.02, 0.25


def judge(paper: Paper) -> Verdicts:
    """Every estimate or mean with an interval."""
    say = Verdicts(paper, ID)
    for row in paper.rows:
        for cell in row.cells:
            middle = "estimate" if cell.has("estimate") else "mean"
            if cell.has(middle, "low", "high"):
                _judge(say, paper, row, cell, middle)
    return say


def _judge(say: Verdicts, paper: Paper, row: PaperRow, cell: PaperCell, middle: str) -> None:
    # The P of a row belongs to its estimate or change, not to a mean before or after.
    p = p_of(row) if middle == "estimate" or cell.name == "change" else None
    if p is not None and test_of(paper, row) is None:
        say.open(cell.spot, NO_TEST)
        p = None
    found = p_vs_ci(cell[middle], cell["low"], cell["high"], p, level=float(row.data.level), scale=row.data.scale)
    printed = f"{cell[middle]} ({cell['low']} to {cell['high']})" + (f", P {p}" if p else "")
    broken = _broken(row, cell, middle, found)
    if broken:
        why = f"{broken}. Please check estimate, interval and P."
        return say.found(CONTRADICTION, cell.spot, why, printed=printed, expected="an estimate inside its interval, and a P on its side")
    if p is not None and found.p_from_interval is not None and not found.p_agrees and not _is_close(found, p):
        why = f"the interval, taken as normal, gives P about {found.p_from_interval:.3f}, and {p} is printed; other methods may explain it."
        return say.found(NOTE, cell.spot, why, printed=printed, expected=f"P about {found.p_from_interval:.3f}")
    return say.right(cell.spot, f"{printed}: the estimate lies in its interval" + (", and P agrees" if p else ""))


def _is_close(found: PVsCi, p: Printed) -> bool:
    """Whether P is near what the interval gives, as it is with the interval of another method."""
    if found.p_low is None or found.p_high is None:
        return True
    slack = max(_NEAR, _SHARE * float(p.value))
    return found.p_low - slack <= float(p.hi) and float(p.lo) <= found.p_high + slack


def _broken(row: PaperRow, cell: PaperCell, middle: str, found: PVsCi) -> str:
    interval = f"the interval {cell['low']} to {cell['high']}"
    if not found.estimate_inside:
        return f"{cell[middle]} lies outside {interval}"
    null = 1 if row.data.scale == "ratio" else 0
    if found.same_side is False:
        side = "includes" if cell["low"].value <= null <= cell["high"].value else "excludes"
        return f"{interval} {side} {null}, yet P {row.data.p} is printed"
    return ""
