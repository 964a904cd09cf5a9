"""Sheets onto pages: what does not fit on one A4 goes on as a second sheet, with the same head."""

from collections.abc import Iterator
from dataclasses import replace

from cordside.results import Block, Field, Grid, Sheet

# Millimetres, as the style sheet of a page prints them; measured, and rounded up.
_PAGE = 271.0
_HEAD, _SIGNATURES, _FOOTNOTE = 16.0, 13.5, 4.5
_TITLE, _FIELD, _CHECK, _GRID_HEAD, _GRID_ROW, _NOTE, _LINE = 8.2, 7.3, 5.2, 6.2, 6.8, 4.5, 3.9
_PICTURE = 13.0
_COLUMNS_IN_ONE_LINE = 6
_CHARACTERS_A_LINE, _CHARACTERS_A_HALF, _CHARACTERS_A_PAGE = 44, 48, 104


def paged(sheet: Sheet) -> list[Sheet]:
    """The sheet, or the sheets that it takes: ids `id`, `id-2`, ...; titles say the page."""
    room = _PAGE - _HEAD - _SIGNATURES * bool(sheet.signatures) - _FOOTNOTE * len(sheet.footnotes)
    pages: list[list[Block]] = [[]]
    left = room
    for block in sheet.blocks:
        for part in _parts(block, room):
            if pages[-1] and height(part) > left:
                pages.append([])
                left = room
            pages[-1].append(part)
            left -= height(part)
    return [_page(sheet, blocks, number, len(pages)) for number, blocks in enumerate(pages, 1)]


def height(block: Block) -> float:
    """Millimetres that a block takes, at most."""
    wide = [field for field in block.fields if is_wide(field)]
    lines = len(wide) + -(-(len(block.fields) - len(wide)) // 2)
    wrapped = sum((_length(field) - 1) // _CHARACTERS_A_PAGE for field in wide)
    grid = _head_height(block.grid) + sum(map(_row_height, block.grid.rows)) + _NOTE * bool(block.grid.note) if block.grid else 0.0
    wrapped += sum((len(check) - 1) // _CHARACTERS_A_PAGE for check in block.checks)
    beside = _PICTURE * bool(block.picture) + _NOTE * len(block.notes) + _CHECK * len(block.checks)
    return _TITLE + lines * _FIELD + wrapped * _LINE + grid + beside


def _head_height(grid: Grid) -> float:
    """Narrow columns break their headings in two."""
    return _GRID_HEAD + _LINE * (len(grid.columns) > _COLUMNS_IN_ONE_LINE)


def is_wide(field: Field) -> bool:
    """Does a field need the whole width of the page?"""
    return _length(field) > _CHARACTERS_A_HALF


def _length(field: Field) -> int:
    """Characters of a label, a value and boxes, each box counted as five."""
    return len(field.label) + len(field.value) + len(field.unit) + sum(len(choice) + 5 for choice in field.choices)


def _row_height(row: tuple[str, ...]) -> float:
    return _GRID_ROW + _LINE * ((max(map(len, row), default=0) - 1) // _CHARACTERS_A_LINE)


def _parts(block: Block, room: float) -> Iterator[Block]:
    """A block, cut between rows of its grid or between fields where it is longer than a page."""
    if height(block) <= room:
        yield block
        return
    grid, fields = block.grid, block.fields
    if grid and len(grid.rows) > 1:
        half = len(grid.rows) // 2
        yield from _parts(replace(block, grid=Grid(grid.title, grid.columns, grid.rows[:half])), room)
        yield from _parts(Block(block.title, grid=replace(grid, rows=grid.rows[half:])), room)
    elif len(fields) > 1:
        yield from _parts(replace(block, fields=fields[: len(fields) // 2]), room)
        yield from _parts(Block(block.title, fields=fields[len(fields) // 2 :]), room)
    else:
        yield block


def _page(sheet: Sheet, blocks: list[Block], number: int, pages: int) -> Sheet:
    if pages == 1:
        return sheet
    name = sheet.id if number == 1 else f"{sheet.id}-{number}"
    return replace(sheet, id=name, title=f"{sheet.title} ({number} of {pages})", blocks=tuple(blocks))
