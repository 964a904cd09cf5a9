"""A linear programme in fractions: small, exact, and never in a circle."""

from collections.abc import Sequence
from fractions import Fraction

Row = Sequence[Fraction]


class Unbounded(Exception):
    """The sum has no smallest value."""


def minimise(cost: Row, rows: Sequence[Row], limits: Row) -> Fraction | None:
    """The smallest cost · x over x >= 0 with every row · x <= its limit; None when no x obeys all.

    Raises Unbounded when there is no smallest. Two phases with Bland's rule (Bland, Math Oper Res 1977;2:103), so that it ends.
    """
    width = len(cost)
    # One artificial variable, subtracted from every row, makes the start possible.
    table = [[*row, *_unit(place, len(rows)), Fraction(-1), limit] for place, (row, limit) in enumerate(zip(rows, limits, strict=True))]
    basis = [width + place for place in range(len(rows))]
    artificial = width + len(rows)
    if any(limit < 0 for limit in limits):
        lowest = min(range(len(rows)), key=lambda place: limits[place])
        _pivot(table, basis, lowest, artificial)
        if _run(table, basis, [*[Fraction(0)] * artificial, Fraction(1)]) > 0:
            return None
        _drive_out(table, basis, artificial)
    for row in table:
        row[artificial] = Fraction(0)
    return _run(table, basis, [*cost, *[Fraction(0)] * (len(rows) + 1)])


def _unit(place: int, size: int) -> list[Fraction]:
    return [Fraction(int(place == other)) for other in range(size)]


def _run(table: list[list[Fraction]], basis: list[int], cost: Row) -> Fraction:
    """Pivot until no column lowers the cost; the cost then."""
    while (column := _entering(table, basis, cost)) is not None:
        _pivot(table, basis, _leaving(table, basis, column), column)
    return sum((cost[name] * row[-1] for name, row in zip(basis, table, strict=True)), Fraction(0))


def _entering(table: list[list[Fraction]], basis: list[int], cost: Row) -> int | None:
    priced = [(cost[name], row) for name, row in zip(basis, table, strict=True) if cost[name]]
    for column in range(len(cost)):
        if column not in basis and cost[column] < sum((price * row[column] for price, row in priced if row[column]), Fraction(0)):
            return column
    return None


def _leaving(table: list[list[Fraction]], basis: list[int], column: int) -> int:
    ratios = [(row[-1] / row[column], basis[place], place) for place, row in enumerate(table) if row[column] > 0]
    if not ratios:
        raise Unbounded
    return min(ratios)[2]


def _pivot(table: list[list[Fraction]], basis: list[int], place: int, column: int) -> None:
    by = table[place][column]
    table[place] = [cell / by if cell else cell for cell in table[place]]
    for other, row in enumerate(table):
        if other != place and row[column]:
            table[other] = [cell - row[column] * own if own else cell for cell, own in zip(row, table[place], strict=True)]
    basis[place] = column


def _drive_out(table: list[list[Fraction]], basis: list[int], artificial: int) -> None:
    """The artificial variable, now 0, leaves the basis."""
    if artificial in basis:
        place = basis.index(artificial)
        column = next(column for column in range(artificial) if table[place][column])
        _pivot(table, basis, place, column)
