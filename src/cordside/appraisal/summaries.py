"""What several rules ask of rows and cells: which hold a mean or quartiles, on which recording step, with which test."""

import re
from collections.abc import Iterator
from fractions import Fraction

from cordside.appraisal.arithmetic.quartiles import Quartiles, quartile_order
from cordside.appraisal.formtexts import NOT_SIGNIFICANT
from cordside.appraisal.paper import Paper, PaperCell, PaperRow
from cordside.appraisal.printed import Printed, exactly, read_p
from cordside.appraisal.testnames import is_named
from cordside.words import rounded

Pair = tuple[PaperRow, PaperCell]
NO_GRID = "no recording step is given (grid), and none is guessed"
IS_BINARY = "0/1 data: see debit"
TOO_COARSE = "the mean is printed so coarsely that too many sums print it"
MOST_SUMS = 100_000
NO_TEST = "no test is named, so no rule on P is applied"


def cells_with(paper: Paper, *names: str) -> Iterator[Pair]:
    """Every cell that prints all of these numbers, with its row."""
    for row in paper.rows:
        for cell in row.cells:
            if cell.has(*names):
                yield row, cell


def step_of(row: PaperRow) -> Fraction | None:
    """The recording step of the row's values."""
    return None if row.data.grid is None else Fraction(row.data.grid)


def has_too_many_sums(row: PaperRow, cell: PaperCell) -> bool:
    """Whether a mean is printed so coarsely that more sums print it than could be gone through."""
    mean, step = cell["mean"], step_of(row)
    return step is not None and (mean.hi - mean.lo) * (cell.n or 0) * row.data.items > MOST_SUMS * step


def scale_of(row: PaperRow) -> tuple[Fraction | None, Fraction | None]:
    """The lowest and highest value that the row's scale allows."""
    low, high = row.data.min, row.data.max
    return (None if low is None else Fraction(low), None if high is None else Fraction(high))


def is_binary(row: PaperRow) -> bool:
    """Whether the row's values are 0 or 1."""
    return scale_of(row) == (Fraction(0), Fraction(1)) and step_of(row) == 1 and row.data.items == 1


def limits_of(row: PaperRow, cell: PaperCell) -> tuple[Printed, Printed] | None:
    """The narrowest known limits of the values: the range of the sample, else the scale."""
    if cell.has("min", "max"):
        return cell["min"], cell["max"]
    low, high = scale_of(row)
    return None if low is None or high is None else (exactly(low), exactly(high))


def quartiles_of(cell: PaperCell) -> Quartiles | None:
    """The quartiles of a cell, if they are printed."""
    return Quartiles(cell["median"], cell["q1"], cell["q3"]) if cell.has("median", "q1", "q3") else None


def is_in_order(quartiles: Quartiles) -> bool:
    """Whether Q1, median and Q3 rise."""
    return quartile_order([("q1", quartiles.q1), ("median", quartiles.median), ("q3", quartiles.q3)]).consistent


def p_of(row: PaperRow) -> Printed | None:
    """The printed P of a row, if it is a number."""
    text = row.data.p
    return None if text is None or text.casefold() in NOT_SIGNIFICANT else read_p(text)


def test_of(paper: Paper, row: PaperRow) -> str | None:
    """The test behind a row's P: its own, else the paper's; None where none is named."""
    test = row.data.test or paper.published.test
    return test if is_named(test) else None


def is_paired_t(test: str | None) -> bool:
    """Whether a test is the paired t test."""
    words = (test or "").casefold()
    return "unpaired" not in words and re.search(r"\b(paired|dependent|matched)\b.*\bt\b", words) is not None


def is_signed_rank(test: str | None) -> bool:
    """Whether a test is Wilcoxon's signed-rank test."""
    words = (test or "").casefold().replace("-", " ")
    return "signed rank" in words or "matched pairs" in words or "wilcoxon paired" in words or "paired wilcoxon" in words


def shown(value: Fraction | float, decimals: int) -> str:
    """A number in a sentence."""
    return rounded(value, max(decimals, 0))
