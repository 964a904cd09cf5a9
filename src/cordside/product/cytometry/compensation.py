"""Compensation: what each dye would have given, had its light not spilled into the other detectors.

Observed = dyes × spillover, so dyes = observed × inverse. The sums are made in a fixed order without a linear algebra
library, so that every machine gives the same last digit.
"""

from dataclasses import dataclass
from functools import cached_property

from cordside.errors import CannotDo

Matrix = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Spillover:
    """A spillover (or spectrum) matrix: a row a dye, a column a detector.

    inverted: the matrix holds the answer already, a row a detector and a column a dye.
    """

    dyes: tuple[str, ...]
    detectors: tuple[str, ...]
    matrix: Matrix
    inverted: bool = False

    def __post_init__(self) -> None:
        rows, columns = len(self.dyes), len(self.detectors)
        if self.inverted:
            rows, columns = columns, rows
        if len(self.matrix) != rows or any(len(row) != columns for row in self.matrix) or not rows:
            raise CannotDo(f"the spillover matrix is not {rows} × {columns}; give a row a dye and a column a detector.")
        if len(self.dyes) > len(self.detectors):
            raise CannotDo(f"{len(self.dyes)} dyes cannot be told apart by {len(self.detectors)} detectors; give at least as many.")

    @cached_property
    def answer(self) -> Matrix:
        """Detectors × dyes: what the observed values are multiplied by. A spectrum with more detectors is solved by least squares."""
        if self.inverted:
            return self.matrix
        if len(self.dyes) == len(self.detectors):
            return inverse(self.matrix)
        turned = tuple(zip(*self.matrix, strict=True))
        return product(turned, inverse(product(self.matrix, turned)))

    def column(self, name: str) -> int | None:
        """Place of a dye, or of the dye that belongs to a detector of this name; None when the matrix knows neither."""
        if name in self.dyes:
            return self.dyes.index(name)
        place = self.detectors.index(name) if name in self.detectors else len(self.dyes)
        return place if place < len(self.dyes) else None

    def weights(self, column: int) -> tuple[float, ...]:
        """What each detector counts for a dye."""
        return tuple(row[column] for row in self.answer)


def product(left: Matrix, right: Matrix) -> Matrix:
    """Two matrices multiplied."""
    return tuple(tuple(sum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*right, strict=True)) for row in left)


def inverse(matrix: Matrix) -> Matrix:
    """The inverse of a square matrix by Gauss and Jordan with partial pivoting; CannotDo when it has none."""
    size = len(matrix)
    rows = [[float(value) for value in row] + [float(place == at) for place in range(size)] for at, row in enumerate(matrix)]
    for step in range(size):
        best = max(range(step, size), key=lambda at: abs(rows[at][step]))
        if not 1e-12 < abs(rows[best][step]) < float("inf"):
            raise CannotDo("the spillover matrix has no inverse: two dyes look alike in it, or a value is no number; mend the matrix.")
        rows[step], rows[best] = rows[best], rows[step]
        pivot = rows[step][step]
        rows[step] = [value / pivot for value in rows[step]]
        for at in range(size):
            if at != step and rows[at][step]:
                factor = rows[at][step]
                rows[at] = [value - factor * other for value, other in zip(rows[at], rows[step], strict=True)]
    return tuple(tuple(row[size:]) for row in rows)
