"""What stands behind ± or an error bar is named: SD, SE or interval.

A cell of the kind `mean_spread` prints a mean ± something that the paper does not name; `error_bars` of a figure
says what its bars are, as the paper does.

Example: "The error bars of figure 3 are not defined. Please say whether they are SD, SE or an interval."
"""

from cordside.appraisal.paper import Paper, Spot
from cordside.appraisal.verdict import DEFECT, Verdicts

ID = "spread-named"
LEVELS = (DEFECT,)
_NOT_NAMED = ("not defined", "not named", "not published", "not stated", "undefined", "unknown", "not explained")
_NO_BARS = ("none", "no error bars", "no")


def judge(paper: Paper) -> Verdicts:
    """Every cell with ±, then every figure with error bars."""
    say = Verdicts(paper, ID)
    for row in paper.rows:
        for cell in row.cells:
            if cell.has("spread"):
                printed = f"{cell.numbers.get('mean', '')} ± {cell['spread']}".strip()
                why = f"{printed} is printed, and what follows ± is not named. Please say whether it is SD or SE."
                say.found(DEFECT, cell.spot, why, printed=printed, expected="SD, SE or interval")
            elif cell.has("mean") and (cell.has("sd") or cell.has("se")):
                say.right(cell.spot, f"what follows the mean is named: {'SD' if cell.has('sd') else 'SE'}")
    for number, figure in paper.published.figures.items():
        _judge_figure(say, paper.spot(f"figure {number}", f"figures.{number}.error_bars", ("figures", number)), figure.error_bars)
    return say


def _judge_figure(say: Verdicts, spot: Spot, bars: str | None) -> None:
    if bars is None or bars.strip().casefold() in _NO_BARS:
        return say.open(spot, "the file does not speak of error bars" if bars is None else "the figure has no error bars")
    if bars.strip().casefold() in _NOT_NAMED:
        why = f"the error bars of {spot.row} are not defined. Please say whether they are SD, SE or an interval."
        return say.found(DEFECT, spot, why, printed=bars, expected="SD, SE or interval")
    return say.right(spot, f"the error bars are named: {bars}")
