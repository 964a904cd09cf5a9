"""Counts, means and spreads from a (value, count) table, in fractions, so that no digit is lost."""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from cordside.analysis.conventions import Table, counted

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
    rows = list(table)
    values = counted(rows)
    n, asked = sum(count for _, count in values), sum(count for _, count in rows)
    if n == 0:
        return Moments(0, asked, None, None, None, None, None)
    mean = sum((value * count for value, count in values), Fraction(0)) / n
    sd, se = _spread(values, n, mean)
    return Moments(n, asked - n, mean, sd, se, values[0][0], values[-1][0])


def _spread(values: list[tuple[Fraction, int]], n: int, mean: Fraction) -> tuple[float | None, float | None]:
    if n < 2:
        return None, None
    variance = sum((count * (value - mean) ** 2 for value, count in values), Fraction(0)) / (n - 1)
    return _root(variance), _root(variance / n)


def _root(value: Fraction) -> float:
    with localcontext() as context:
        context.prec = _DIGITS
        return float((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())
