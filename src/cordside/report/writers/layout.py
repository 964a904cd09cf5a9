"""Tables on paper: how wide each column must and may be, whether the page is turned, and into which parts a table is cut.

PDF and Word share it, so that the two agree. Widths are those of the letters, near enough to choose by; a long word that
no column can hold is left to the program that breaks the lines.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cordside.report.tables import Row, Table

PORTRAIT_MM, LANDSCAPE_MM = 180.0, 267.0
"""The width of text on A4, upright and turned, with margins of 15 mm."""

_MM_OF_POINT = 25.4 / 72
_NARROW, _WIDE_LETTERS, _FULL = frozenset("iIjlftr.,;:'|!()[]{}/ -–·"), frozenset("mwMW%@—×±"), re.compile("[\u1100-\ufaff\uff00-\uffef]")
_PADDING_MM = 3.6
_INDENT_MM = 3.0
_STUB_FIRST = 1.6
"""How much more room than other columns the row labels may take."""
_BREAKS = re.compile(r"\s+|(?<=[-/–,;\u200b])(?=[^\W\d])|\u200b")
"""Where a line may break: at blanks, and behind a hyphen or stroke before a letter."""
_LONG_WORD, _PIECE = 28, 14
_MOST_LINES = 3.5
"""A table whose rows would take more lines than these stands on a turned page."""
_BOLD = 1.1
_LONG_CELL = 800
"""More characters than these may take more lines than a page has."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table, or the columns of it that one page can hold; widths: of its columns, in mm. turned: on a page on its side."""

    table: Table
    widths: tuple[float, ...]
    turned: bool
    number: int
    of: int


def parts_of(table: Table, points: float) -> list[Part]:
    """The table in as many parts as pages are wide, each with the row labels.

    points: the size of the type. One part where a page upright or turned can hold all columns.
    """
    least, most = _least(table, points), _most(table, points)
    if table.prose and sum(least) <= PORTRAIT_MM:
        return [Part(table, _shared(table, least, points), False, 1, 1)]
    upright = _spread(least, most, PORTRAIT_MM)
    if sum(least) <= PORTRAIT_MM and _lines(table, upright, points) <= _MOST_LINES:
        return [Part(table, upright, False, 1, 1)]
    if sum(least) <= LANDSCAPE_MM:
        return [Part(table, _spread(least, most, LANDSCAPE_MM), True, 1, 1)]
    groups = list(_groups(least))
    return [
        Part(_columns(table, group), _spread(_picked(least, group), _picked(most, group), LANDSCAPE_MM), True, number, len(groups))
        for number, group in enumerate(groups, 1)
    ]


def is_long(row: Row) -> bool:
    """Whether a row may be higher than a page, so that a page may cut it between lines."""
    return any(len(text) > _LONG_CELL for text in (row.printed, *(cell.text for cell in row.cells)))


def breakable(text: str) -> str:
    """The text with room to break a word that no column could hold, such as a digest."""
    if len(text) <= _LONG_WORD:
        return text
    return re.sub(rf"[^\s\u200b]{{{_LONG_WORD + 1},}}", lambda found: "\u200b".join(_pieces(found[0])), text)


def _pieces(word: str) -> list[str]:
    return [word[at : at + _PIECE] for at in range(0, len(word), _PIECE)]


def text_width(text: str, points: float) -> float:
    """About how long a text without line breaks is, in mm."""
    return sum(map(_em, text)) * points * _MM_OF_POINT


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.36
    if letter in _WIDE_LETTERS or letter.isupper():
        return 0.78 if letter.isupper() else 0.95
    return 1.02 if _FULL.match(letter) else 0.63


def _columns_of(table: Table) -> Iterator[tuple[float, list[str]]]:
    """Indent and texts of each column; what spans several columns decides none of them."""
    rows = [row for row in table.rows if not row.section]
    heads = [column.printed + column.marks for column in table.columns]
    deepest = max((row.indent for row in rows), default=0)
    yield deepest * _INDENT_MM, [*_bold(heads[0]), *(breakable(row.printed) + row.marks for row in rows)]
    for at, head in enumerate(heads[1:]):
        cells = [row.cells[at] for row in rows if not row.spans and at < len(row.cells)]
        yield 0.0, [*_bold(head), *(breakable(cell.text) + cell.marks for cell in cells)]


def _bold(text: str) -> list[str]:
    """A heading, with blanks for what bold letters are wider."""
    return [re.sub(r"\S+", lambda found: found[0] + found[0][: round(len(found[0]) * (_BOLD - 1))], breakable(text))]


def _least(table: Table, points: float) -> list[float]:
    """The longest word of each column."""
    return [
        indent + max((text_width(word, points) for text in set(texts) for word in _BREAKS.split(text)), default=0.0) + _PADDING_MM
        for indent, texts in _columns_of(table)
    ]


def _most(table: Table, points: float) -> list[float]:
    """The longest line of each column."""
    return [
        indent + max((text_width(line, points) for text in set(texts) for line in text.splitlines()), default=0.0) + _PADDING_MM
        for indent, texts in _columns_of(table)
    ]


def _spread(least: Sequence[float], most: Sequence[float], room: float) -> tuple[float, ...]:
    """Widths that fill the room: short columns have what their lines need, the long ones share what is left."""
    wanted = [max(pair) for pair in zip(least, most, strict=True)]
    if sum(wanted) <= room:
        return tuple(width * room / sum(wanted) for width in wanted)
    low, high = 0.0, room
    for _ in range(40):
        level = (low + high) / 2
        low, high = (level, high) if sum(_filled(least, wanted, level)) <= room else (low, level)
    filled = _filled(least, wanted, low)
    return tuple(width * room / sum(filled) for width in filled)


def _shared(table: Table, least: Sequence[float], points: float) -> tuple[float, ...]:
    """Widths of columns of sentences: beside its longest word each has room by the root of its length, so that rows are low."""
    lines = [[max(text.splitlines(), key=len, default="") for text in words[1:]] for _, words in _columns_of(table)]
    lengths = [math.sqrt(sum(text_width(line, points) for line in column) + 1.0) for column in lines]
    room = PORTRAIT_MM - sum(least)
    return tuple(word + room * length / sum(lengths) for word, length in zip(least, lengths, strict=True))


def _filled(least: Sequence[float], wanted: Sequence[float], level: float) -> list[float]:
    """Widths of columns that may grow to a level; row labels, which are read first, to more."""
    levels = [level * _STUB_FIRST, *(level for _ in least[1:])]
    return [min(full, max(word, top)) for word, full, top in zip(least, wanted, levels, strict=True)]


def _lines(table: Table, widths: Sequence[float], points: float) -> float:
    """Lines that a row takes on average."""
    columns = [
        [max(1, math.ceil(text_width(text, points) / max(width - _PADDING_MM - indent, 1.0))) for text in texts[1:]]
        for width, (indent, texts) in zip(widths, _columns_of(table), strict=True)
    ]
    heights = [max(lines) for lines in zip(*columns, strict=False)]
    return sum(heights) / len(heights) if heights else 1.0


def _groups(least: Sequence[float]) -> Iterator[list[int]]:
    """Numbers of the columns that a turned page holds beside the row labels."""
    group: list[int] = []
    for at in range(1, len(least)):
        if group and least[0] + sum(least[other] for other in group) + least[at] > LANDSCAPE_MM:
            yield group
            group = []
        group.append(at)
    yield group


def _picked(widths: Sequence[float], group: Sequence[int]) -> list[float]:
    return [widths[0], *(widths[at] for at in group)]


def _columns(table: Table, group: Sequence[int]) -> Table:
    """The table with its row labels and some of its columns; what spans all columns stands in each part."""
    columns = (table.columns[0], *(table.columns[at] for at in group))
    return replace(table, columns=columns, rows=tuple(_cut(row, group) for row in table.rows))


def _cut(row: Row, group: Sequence[int]) -> Row:
    if row.spans or row.section:
        return row
    return replace(row, cells=tuple(row.cells[at - 1] for at in group if at - 1 < len(row.cells)))
