"""Tables of counts: the chi-square test, and what every test of a table needs to know about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.distributions import chi_square_above
from cordside.analysis.statistics.sample import real

Counts = Sequence[Sequence[int]]
"""Rows of whole counts, all of one length."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """A table without its empty rows and columns; `fault` says why it cannot be used, `warning` what was left out."""

    rows: tuple[tuple[int, ...], ...]
    fault: str = ""
    warning: str = ""

    @property
    def row_totals(self) -> list[int]:
        """Total of each row."""
        return [sum(row) for row in self.rows]

    @property
    def column_totals(self) -> list[int]:
        """Total of each column."""
        return [sum(column) for column in zip(*self.rows, strict=True)]

    @property
    def n(self) -> int:
        """Total of all."""
        return sum(self.row_totals)

    @property
    def expected(self) -> list[list[Fraction]]:
        """Counts expected when rows and columns are independent."""
        return [[Fraction(row * column, self.n) for column in self.column_totals] for row in self.row_totals]


def crossed(table: Counts) -> Crossed:
    """The table as tests take it: a level that was never seen (an empty row or column) is left out with a warning."""
    rows = [tuple(row) for row in table]
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        return Crossed((), "the rows of the table are not of one length")
    if not all(_is_count(cell) for row in rows for cell in row):
        return Crossed((), "a cell is no count: a whole number from 0")
    kept_rows = [tuple(int(cell) for cell in row) for row in rows if any(row)]
    kept_columns = [column for column in zip(*kept_rows, strict=True) if any(column)]
    kept = tuple(zip(*kept_columns, strict=True))
    warning = "a level never seen is left out" if len(kept) < len(rows) or len(kept_columns) < len(rows[0]) else ""
    if len(kept) < 2 or len(kept_columns) < 2:
        return Crossed(kept, "fewer than two rows or two columns hold a count")
    return Crossed(kept, warning=warning)


def _is_count(cell: object) -> bool:
    if isinstance(cell, float):
        return cell >= 0 and cell.is_integer()
    return isinstance(cell, Integral) and int(cell) >= 0


def chi_square(table: Counts, *, yates: bool) -> Answer:
    """Pearson's chi-square test of independence.

    yates: continuity correction of a 2 x 2 table, the default of R and SciPy for that size only; SAS and we print it plain.
    Gives statistic, df, p, n; extra the smallest expected count. Warns where the approximation is poor: more than a fifth of
    the expected counts below 5, or one below 1 (Cochran 1954). Source: Pearson 1900; Yates 1934.
    12, 7 / 5, 15: 5.770, p 0.0163 plain; 4.322, p 0.0376 corrected.
    """
    found = crossed(table)
    method, convention = "chi-square test", "Yates's correction" if yates else "no correction"
    if found.fault:
        return Answer(error=found.fault, n=found.n, method=method, convention=convention)
    df = (len(found.rows) - 1) * (len(found.rows[0]) - 1)
    # Only a 2 x 2 table is corrected, and never by more than the distance itself.
    chi2 = real(_distance(found, Fraction(1, 2) if yates and df == 1 else Fraction(0)))
    return Answer(
        statistic=chi2,
        df=df,
        p=chi_square_above(chi2, df),
        n=found.n,
        method=method,
        convention=convention,
        extra={"smallest_expected": real(min(min(row) for row in found.expected))},
        warning="; ".join(text for text in (found.warning, _poor(found)) if text),
    )


def _distance(table: Crossed, correction: Fraction) -> Fraction:
    pairs = [(seen, wanted) for row, wants in zip(table.rows, table.expected, strict=True) for seen, wanted in zip(row, wants, strict=True)]
    correction = min(correction, *(abs(seen - wanted) for seen, wanted in pairs))
    return sum(((abs(seen - wanted) - correction) ** 2 / wanted for seen, wanted in pairs), Fraction(0))


def _poor(table: Crossed) -> str:
    expected = [wanted for row in table.expected for wanted in row]
    few = sum(wanted < 5 for wanted in expected)
    return f"{few} of {len(expected)} expected counts are below 5" if 5 * few > len(expected) or min(expected) < 1 else ""
