"""A table in its parts: headings of the columns and the rows below them."""

from dataclasses import dataclass

from cordside.appraisal.start.cells import is_nothing, read_cell
from cordside.appraisal.start.grid import grid_of
from cordside.appraisal.start.labels import Heading, read_heading


@dataclass(frozen=True)
class Table:
    """A table in its parts: headings of the columns after the first, and the rows below."""

    corner: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def is_before_after(self) -> bool:
        """Whether the columns are before, after and perhaps P."""
        return sorted(heading.role for heading in self.headings if heading.role not in ("p", "")) == ["after", "before"]

    @property
    def has_groups(self) -> bool:
        """Whether several columns hold values of different patients, or of more than two times."""
        return not self.is_before_after and sum(heading.role not in ("p", "") for heading in self.headings) > 1


def read_table(text: str) -> Table:
    """The parts of a table; the first line is a heading unless it holds values."""
    grid = grid_of(text)
    if not grid:
        return Table("", (), ())
    first = grid[0]
    has_heading = len(first) > 1 and not any(_is_value(cell) for cell in first[1:] if read_heading(cell).role != "p")
    headings = tuple(_heading(cell) for cell in first[1:]) if has_heading else _unnamed(len(first) - 1)
    return Table(first[0] if has_heading else "", headings, tuple(tuple(row) for row in grid[has_heading:]))


def _heading(cell: str) -> Heading:
    # What stands in a column without a heading belongs to no group that could be named.
    return read_heading(cell) if cell.strip() else Heading("", "")


def _unnamed(columns: int) -> tuple[Heading, ...]:
    """The columns of a table without headings: all patients, or groups that are only counted."""
    return (Heading("", "all"),) if columns == 1 else tuple(Heading(f"column {place}", "group") for place in range(1, columns + 1))


def _is_value(cell: str) -> bool:
    return not is_nothing(cell) and read_cell(cell, "", None).kind != ""
