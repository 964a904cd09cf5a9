"""Counts, means and spreads from a (value, count) table, in fractions, so that no digit is lost."""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from cordside.analysis.tally import Counted, Table, counted

_DIGITS = 50


@dataclass(frozen=True, slots=True)
class Moments:
    """Values used and left out, their mean (exact), standard deviation and standard error; None where there is none."""

    n: int
    n_missing: int
    mean: Fraction | None
    sd: float | None
    se: float | None
    low: Fraction | None
    high: Fraction | None


def moments(table: Table) -> Moments:
    """Mean, SD (divisor n - 1), SE, smallest and largest value; the SD and SE of one value do not exist."""
    rows = table if isinstance(table, Counted) else list(table)
    values = counted(rows)
    n, asked = values.size, values.size if isinstance(rows, Counted) else sum(count for _, count in rows)
    if n == 0:
        return Moments(0, asked, None, None, None, None, None)
    mean, squares = values.mean_and_squares()
    sd, se = (_root(squares / (n - 1)), _root(squares / (n - 1) / n)) if n > 1 else (None, None)
    return Moments(n, asked - n, mean, sd, se, values.value(0), values.value(-1))


def _root(value: Fraction) -> float:
    with localcontext() as context:
        context.prec = _DIGITS
        return float((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())
