"""A table as one frozen object: a layout draws it from result rows, a template prints it, `expected` compares it.

Cells keep the result rows that they print, so that every printed number leads back to the entry it came from.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from cordside.results import Result

_MARKS = "abcdefghijklmnopqrstuvwxyz"
_NOT_RECORDED = "not recorded"
_DASH = "A dash: not recorded."


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: its text, the results it prints, and marks that lead to footnotes.

    kind: "date" when the text is or ends in a date, which is compared as month and day.
    row: the key under which the cell is looked up, where it stands for several rows (a merged cell).
    """

    text: str = ""
    results: tuple[Result, ...] = ()
    kind: Literal["text", "date"] = "text"
    marks: str = ""
    row: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the printed values were collected, each place once."""
        return tuple(dict.fromkeys(source for result in self.results for source in result.source))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key that `expected` looks up, the printed heading, how its cells stand, the results that the heading prints."""

    key: str
    heading: str = ""
    align: Literal["left", "centre", "right"] = "left"
    results: tuple[Result, ...] = ()
    marks: str = ""

    @property
    def printed(self) -> str:
        """The heading as printed."""
        return self.heading or self.key


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its key, its label (the first column), its other cells.

    section: a heading across the table. indent: 0 to 3. begins: a line above it parts it from the rows before.
    spans: the first cell runs across all others. results: those that the label prints.
    """

    key: str
    cells: tuple[Cell, ...] = ()
    label: str | None = None
    section: bool = False
    indent: int = 0
    begins: bool = False
    spans: bool = False
    marks: str = ""
    results: tuple[Result, ...] = ()

    @property
    def printed(self) -> str:
        """The label as printed."""
        return self.key if self.label is None else self.label


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to print. The first column is that of the row labels.

    marked: words that the small letters in cells lead to. empty: why there are no rows. origins: of all results behind the table.
    prose: cells hold sentences. Such a table stays upright, may run over pages, and on a phone its cells stand below one another.
    """

    id: str
    number: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footnotes: tuple[str, ...] = ()
    marked: tuple[tuple[str, str], ...] = field(default=())
    empty: str = ""
    origins: tuple[str, ...] = ()
    prose: bool = False

    @property
    def results(self) -> tuple[Result, ...]:
        """Every result that the table prints, also in its headings."""
        return tuple(result for part in self.parts() for result in part.results)

    def parts(self) -> "Iterator[Cell | Column | Row]":
        """Whatever prints results, in the order of reading."""
        yield from self.columns
        for row in self.rows:
            yield row
            yield from row.cells

    def cells(self) -> Iterator[tuple[str, str, Cell]]:
        """Row key, column key and cell of every cell that stands under a heading."""
        for row in self.rows:
            for column, cell in zip(self.columns[1:], row.cells, strict=False):
                yield cell.row or row.key, column.key, cell


_Printed = Cell | Column | Row


def marked(table: Table) -> Table:
    """The table with a small letter at every cell or heading whose results carry a warning or an error, and the words below.

    The letter stands beside the text, not in it: the text stays what was printed in the source. What was not recorded
    is a dash, and one footnote for all of them.
    """
    words = dict.fromkeys(word for part in table.parts() for word in _words(part))
    letters = {word: _letter(index) for index, word in enumerate(words)}
    columns = tuple(replace(column, marks=_marks(column, letters)) for column in table.columns)
    rows = tuple(
        replace(row, marks=_marks(row, letters), cells=tuple(replace(cell, marks=_marks(cell, letters)) for cell in row.cells))
        for row in table.rows
    )
    dashed = any(result.warning == _NOT_RECORDED for result in table.results)
    footnotes = (*table.footnotes, *([_DASH] if dashed else []))
    return replace(
        table,
        columns=columns,
        rows=rows,
        footnotes=footnotes,
        marked=(*((letter, word) for word, letter in letters.items()), *table.marked),
    )


def _marks(part: _Printed, letters: dict[str, str]) -> str:
    own = [letters[word] for word in dict.fromkeys(_words(part))]
    return ",".join(filter(None, [*own, part.marks]))


def _words(part: _Printed) -> Iterator[str]:
    """Warnings and errors behind a cell or heading that it does not say itself."""
    said = {"", _NOT_RECORDED, part.text.casefold() if isinstance(part, Cell) else part.printed.casefold()}
    yield from (word for result in part.results for word in (result.warning, result.error) if word.casefold() not in said)


def _letter(index: int) -> str:
    turn, place = divmod(index, len(_MARKS))
    return (_MARKS[turn - 1] if turn else "") + _MARKS[place]
