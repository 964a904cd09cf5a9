"""An SD fits the scale, the range, the median, the standard error and the interval of the mean.

SD^2 <= (M - min)(max - M) n / (n - 1) on a scale or range; range <= SD sqrt(2 (n - 1)); abs(mean - median) <= SD
sqrt((n - 1) / n); SE = SD / sqrt n; interval = mean +- t SE (or z SE, as some programs print).

Example: "On a scale from 0 to 30, 12 values with the mean 18 have an SD of at most 15.4, yet 16.2 is printed.
Please check the SD."
"""

from fractions import Fraction

from cordside.appraisal.arithmetic.spread import mean_interval, mean_median_sd, range_vs_sd, sd_bound, standard_error
from cordside.appraisal.paper import Paper, PaperCell, PaperRow
from cordside.appraisal.printed import Printed, exactly
from cordside.appraisal.summaries import cells_with, is_binary, limits_of, scale_of
from cordside.appraisal.verdict import CONTRADICTION, Verdicts

ID = "sd-bound"
LEVELS = (CONTRADICTION,)


def judge(paper: Paper) -> Verdicts:
    """Every SD against what else is printed of the same values."""
    say = Verdicts(paper, ID)
    for row, cell in cells_with(paper, "sd"):
        if not cell.n or cell.n < 2:
            say.open(cell.spot, "the number of patients is not known, or is one")
            continue
        checks = [_on_scale(say, row, cell, cell.n), _range(say, cell, cell.n), _median(say, cell, cell.n), *_error(say, row, cell, cell.n)]
        if not any(checks):
            say.open(cell.spot, "neither ends of a scale nor range, median, standard error or interval are printed beside the SD")
    return say


def _on_scale(say: Verdicts, row: PaperRow, cell: PaperCell, n: int) -> bool:
    if cell.name == "change" or not cell.has("mean") or is_binary(row):
        return False
    limits = limits_of(row, cell) or _from_below(row, cell, n)
    if limits is None:
        return False
    low, high = limits[0].lo, limits[1].hi
    found = sd_bound(cell["mean"], cell["sd"], n, low, high)
    bound = "none, for the mean lies outside" if found.sd_max_possible is None else f"at most {found.sd_max_possible:.4g}"
    words = (
        f"{n} values from {float(limits[0].value):.6g} to {float(limits[1].value):.6g} with the mean {cell['mean']} have an SD of {bound}, "
        f"and {cell['sd']} is printed"
    )
    _say(say, cell, found.consistent, words, f"SD {cell['sd']}", bound)
    return True


def _from_below(row: PaperRow, cell: PaperCell, n: int) -> tuple[Printed, Printed] | None:
    """Limits of values with a lowest possible one: the largest is that of a patient who has all that the others have not."""
    low = scale_of(row)[0]
    return None if low is None else (exactly(low), exactly(low + n * max(cell["mean"].hi - low, Fraction(0))))


def _range(say: Verdicts, cell: PaperCell, n: int) -> bool:
    if not cell.has("min", "max"):
        return False
    found = range_vs_sd(cell["sd"], n, cell["min"], cell["max"])
    words = (
        f"{n} values with the SD {cell['sd']} span at most {found.range_max:.4g}, and the range {cell['min']} to {cell['max']} is printed"
    )
    _say(say, cell, found.consistent, words, f"{cell['min']} to {cell['max']}", f"a range of at most {found.range_max:.4g}")
    return True


def _median(say: Verdicts, cell: PaperCell, n: int) -> bool:
    if not cell.has("mean", "median"):
        return False
    found = mean_median_sd(cell["mean"], cell["median"], cell["sd"], n)
    words = f"mean {cell['mean']} and median {cell['median']} may differ by at most {found.allowed:.4g} with the SD {cell['sd']}"
    _say(
        say, cell, found.consistent, words, f"mean {cell['mean']}, median {cell['median']}", f"a difference of at most {found.allowed:.4g}"
    )
    return True


def _error(say: Verdicts, row: PaperRow, cell: PaperCell, n: int) -> list[bool]:
    """The standard error and the interval of the mean, as far as printed."""
    if cell.has("se"):
        error = standard_error(cell["sd"], cell["se"], n)
        words = f"SD {cell['sd']} of {n} has the standard error {error.expected:.4g}, and {cell['se']} is printed"
        _say(say, cell, error.consistent, words, f"SE {cell['se']}", f"{error.expected:.4g}")
    if not cell.has("mean", "low", "high"):
        return [cell.has("se")]
    interval = mean_interval(cell["mean"], cell["sd"], n, cell["low"], cell["high"], float(row.data.level))
    expected = f"{interval.expected_low:.4g} to {interval.expected_high:.4g}"
    words = f"mean {cell['mean']} with SD {cell['sd']} of {n} has the interval {expected}, and {cell['low']} to {cell['high']} is printed"
    _say(say, cell, interval.consistent, words, f"{cell['low']} to {cell['high']}", expected)
    return [True]


def _say(say: Verdicts, cell: PaperCell, consistent: bool, words: str, printed: str, expected: str) -> None:
    if consistent:
        say.right(cell.spot, words)
    else:
        say.found(
            CONTRADICTION, cell.spot, f"{words}: this does not fit. Please check these numbers and n.", printed=printed, expected=expected
        )
