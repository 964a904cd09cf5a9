"""Drawn tables against the cells that were printed: expected/<table id>.csv with row, column, text.

Compared after Unicode NFKC, blanks removed, every dash and minus as one, the leading zero of P restored, and dates as
month and day in cells that hold one. An expected cell that no table has is a difference, never left out.
expected/text/<table id>.csv holds numbers that the source prints in its text: they are compared alike and counted apart.
"""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cordside.errors import CannotDo
from cordside.report.tables import Cell, Table

_HEADER = ["row", "column", "text"]
_DASHES = re.compile("[\u00ad\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")
# No digit, letter or point before it: the point of 10.05 or v1.05 is not the start of a number.
_BARE_POINT = re.compile(r"(?<![\w.])\.(?=[0-9])")
_DATE = re.compile(r"(?<![0-9.])(?:[0-9]{4}[-/.])?(0?[1-9]|1[0-2])[-/.](3[01]|[12][0-9]|0?[1-9])(?![0-9.])")


@dataclass(frozen=True, slots=True)
class Difference:
    """An expected cell that was not printed so: where it stands, what was expected, what is printed instead."""

    table: str
    row: str
    column: str
    expected: str
    printed: str | None
    place: str

    def __str__(self) -> str:
        found = "no such cell is drawn" if self.printed is None else f"drawn is {self.printed!r}"
        return f"{self.place}: {self.table}: {self.row} / {self.column}: expected {self.expected!r}; {found}."


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many of the expected cells are reproduced, and every one that is not."""

    matched: int
    total: int
    differences: tuple[Difference, ...]

    @property
    def is_complete(self) -> bool:
        """Was there something to compare, and was all of it reproduced?"""
        return self.total > 0 and self.matched == self.total


def compare(tables: Iterable[Table], folder: Path) -> Comparison:
    """Compare tables with every file of a folder of expected cells.

    tables: drawn tables; folder: holds <table id>.csv with the columns row, column, text. A folder that does not exist expects
    nothing. Raises CannotDo when a file there cannot be read as such a table.
    """
    drawn = {table.id: table for table in tables}
    found = [
        judged for path in sorted(folder.glob("*.csv")) for judged in _judge(path, _places(drawn[path.stem]) if path.stem in drawn else {})
    ]
    differences = tuple(difference for difference in found if difference is not None)
    return Comparison(len(found) - len(differences), len(found), differences)


def same_cell(expected: str, printed: str, kind: str = "text") -> bool:
    """Do two printed texts say the same?"""
    return normal(expected, kind) == normal(printed, kind)


def normal(text: str, kind: str = "text") -> str:
    """A printed text without what printers differ in."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    if kind == "date":
        plain = _DATE.sub(lambda found: f"{int(found[1]):02d}-{int(found[2]):02d}", plain)
    return _BARE_POINT.sub("0.", re.sub(r"\s", "", plain))


def _places(table: Table) -> dict[tuple[str, str], Cell]:
    """Cells by the names of row and column: their keys, else the words that are printed, where these name one cell only."""
    found = {(_name(row), _name(column)): cell for row, column, cell in table.cells()}
    printed = [
        ((_name(row_name), _name(column_name)), cell)
        for row in table.rows
        for column, cell in zip(table.columns[1:], row.cells, strict=False)
        for row_name in {cell.row or row.key, row.printed}
        for column_name in {column.key, column.printed}
    ]
    named = Counter(place for place, _ in printed)
    return {place: cell for place, cell in printed if named[place] == 1} | found


def _judge(path: Path, cells: dict[tuple[str, str], Cell]) -> Iterator[Difference | None]:
    """One entry an expected cell: None where it is reproduced."""
    for line, (row, column, text) in _read(path):
        cell = cells.get((_name(row), _name(column)))
        if cell is not None and same_cell(text, cell.text, cell.kind):
            yield None
        else:
            yield Difference(path.stem, row, column, text, cell.text if cell else None, f"{_shown(path)}:{line}")


def _read(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotDo(f"{_shown(path)}: cannot be read as UTF-8 text ({error.__class__.__name__}); save it again as UTF-8.") from None
    reader = csv.reader(text.splitlines(keepends=True))
    if next(reader, None) != _HEADER:
        raise CannotDo(f"{_shown(path)}:1: the header is not {','.join(_HEADER)}; write this header.")
    for cells in reader:
        if cells and len(cells) != len(_HEADER):
            raise CannotDo(
                f"{_shown(path)}:{reader.line_num}: {len(cells)} fields; allowed are row, column, text; quote texts with commas."
            )
        if cells:
            yield reader.line_num, cells


def _shown(path: Path) -> str:
    return f"expected/{'text/' if path.parent.name == 'text' else ''}{path.name}"


def _name(text: str) -> str:
    """A row or column name as it is looked up: blanks and case do not count, and a date may be part of it."""
    return normal(text, "date").casefold()
