"""Quartiles bound the mean from below.

With a lowest possible value, the least mean that a median and quartiles allow is found by linear programme, under
the most generous of the nine definitions, the median being the usual one or following the definition; with a
highest one, the greatest. It is compared with a printed mean of the same values, and, for days between events (`as:
{days_from, days_to}`), with the difference of two printed means: days from onset to therapy minus days from onset
to admission are the days between. Days begin at 0.

Example: "A median of 10 with quartiles 6 and 22 makes the mean at least 9.8 days, yet the means of the two other
rows differ by 7.1."
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from cordside.analysis.conventions import TYPES
from cordside.appraisal.arithmetic.meanbounds import MeanBounds, mean_bounds
from cordside.appraisal.arithmetic.places import USUAL
from cordside.appraisal.arithmetic.quartiles import Quartiles
from cordside.appraisal.durations import events_of, means_between
from cordside.appraisal.paper import Paper, PaperCell, PaperRow
from cordside.appraisal.summaries import cells_with, is_in_order, quartiles_of, scale_of, shown
from cordside.appraisal.verdict import CONTRADICTION, Verdicts

ID = "quartile-mean"
LEVELS = (CONTRADICTION,)
Means = tuple[Fraction, Fraction, str]


def judge(paper: Paper) -> Verdicts:
    """Every cell with quartiles whose mean is printed, or follows from two others."""
    say = Verdicts(paper, ID)
    for row, cell in cells_with(paper, "median", "q1", "q3"):
        quartiles = quartiles_of(cell)
        if quartiles is not None:
            _judge(say, row, cell, quartiles, _means(paper, row, cell))
    return say


def _means(paper: Paper, row: PaperRow, cell: PaperCell) -> list[Means]:
    printed = [(cell["mean"].lo, cell["mean"].hi, "the printed mean")] if cell.has("mean") else []
    between = means_between(paper, row, cell) if cell.name == "value" else ()
    return printed + list(dict.fromkeys((low, high, f"the means of {names}") for low, high, names in between))


def _judge(say: Verdicts, row: PaperRow, cell: PaperCell, quartiles: Quartiles, means: list[Means]) -> None:
    if not means or not cell.n:
        return say.open(cell.spot, "no mean of the same values is printed")
    if not is_in_order(quartiles):
        return say.open(cell.spot, "the quartiles are out of order: see quartile-order")
    floor, ceiling = _ends(row, cell)
    if floor is None and ceiling is None:
        return say.open(cell.spot, "the lowest possible value is not given (min), so the quartiles bound no mean")
    for mean in means:
        _compare(say, cell, quartiles, _bounds(quartiles, cell.n, floor, ceiling), mean)
    return None


def _compare(say: Verdicts, cell: PaperCell, quartiles: Quartiles, bounds: Iterable[MeanBounds], mean: Means) -> None:
    """A mean against the bounds of the definitions, one after the other until one allows it."""
    low, high, name = mean
    places = quartiles.median.decimals + 1
    printed, given = f"{quartiles.median} ({quartiles.q1} to {quartiles.q3})", shown((low + high) / 2, places)
    refused = []
    for found in bounds:
        if _allows(found, low, high):
            return say.right(cell.spot, f"quartiles {printed} make the mean {_words([found], places)}; by {name} it is {given}")
        refused.append(found)
    if not refused:
        return say.open(cell.spot, "no definition gives these quartiles: see quartile-definition")
    words = _words(refused, places)
    why = f"quartiles {printed} of {cell.n} values make the mean {words}, yet by {name} it is {given}. Please check these rows."
    return say.found(CONTRADICTION, cell.spot, why, printed=printed, expected=f"a mean {words}")


def _allows(found: MeanBounds, low: Fraction, high: Fraction) -> bool:
    """Whether a mean between low and high is possible."""
    return (found.least is None or high >= found.least) and (found.greatest is None or low <= found.greatest)


def _words(found: list[MeanBounds], places: int) -> str:
    """The widest of some bounds in words."""
    least, greatest = [one.least for one in found], [one.greatest for one in found]
    lowest = None if None in least else min(one for one in least if one is not None)
    highest = None if None in greatest else max(one for one in greatest if one is not None)
    ends = (("least", lowest), ("most", highest))
    return " and ".join(f"at {side} {shown(end, places)}" for side, end in ends if end is not None) or "anything"


def _ends(row: PaperRow, cell: PaperCell) -> tuple[Fraction | None, Fraction | None]:
    """The lowest and highest possible value."""
    low, high = scale_of(row) if cell.name != "change" else (None, None)
    low = cell["min"].lo if cell.has("min") else low
    high = cell["max"].hi if cell.has("max") else high
    return (Fraction(0) if low is None and events_of(row) and cell["q1"].lo >= 0 else low), high


def _bounds(quartiles: Quartiles, n: int, floor: Fraction | None, ceiling: Fraction | None) -> Iterator[MeanBounds]:
    """The bounds under each definition that can give the quartiles; a linear programme each, so only as many as are asked for."""
    pairs = ((definition, median) for definition in TYPES for median in (USUAL, definition))
    found = (mean_bounds(quartiles, n, definition, floor=floor, ceiling=ceiling, median=median) for definition, median in pairs)
    return (bounds for bounds in found if bounds.feasible)
