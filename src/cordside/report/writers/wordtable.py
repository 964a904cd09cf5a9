"""A table as WordprocessingML: lines above and below only, a heading that repeats, rows that no page cuts."""

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from cordside.report.pieces import Facts
from cordside.report.tables import Cell, Column, Row, Table
from cordside.report.themes import Theme
from cordside.report.writers.layout import PORTRAIT_MM, Part, breakable, is_long

_UNREADABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""
_WITHIN_DATE = re.compile(r"(?<=\d)-(?=\d)")
_TWIPS_OF_MM = 1440 / 25.4
_INDENT, _PALE, _LINE = 170, "F4F5F7", "C9CED6"
_SIDES = {"left": "left", "centre": "center", "right": "right"}
_KEPT_TOGETHER = 25
"""Tables of so many rows stand on one page."""
_LAST_ROWS = 3
"""Rows of a longer table that stay with the notes below it, so that no page holds a note alone."""


def plain(text: str) -> str:
    """The text with a mark in place of what XML cannot hold."""
    return _UNREADABLE.sub("\ufffd", text)


def table_xml(part: Part, theme: Theme, points: float) -> BaseOxmlElement:
    """One part of a table as an element to stand in a document."""
    table, widths = part.table, [round(width * _TWIPS_OF_MM) for width in part.widths]
    kept = _kept_from(table)
    rows = [_head(table.columns, widths, theme), *(_row(row, table.columns, widths, at >= kept) for at, row in enumerate(table.rows))]
    return _table(widths, "".join(rows), theme.rule, points)


def _kept_from(table: Table) -> int:
    """The number of the first row that stays with what stands below it."""
    if table.prose:
        return len(table.rows) - 1
    return 0 if len(table.rows) <= _KEPT_TOGETHER else len(table.rows) - _LAST_ROWS


def facts_xml(piece: Facts) -> BaseOxmlElement:
    """Counts side by side, as a table of one row."""
    widths = [round(PORTRAIT_MM * _TWIPS_OF_MM / len(piece.facts))] * len(piece.facts)
    cells = []
    for width, fact in zip(widths, piece.facts, strict=True):
        lines = [_paragraph(_run(fact.label, size=14)), _paragraph(_run(fact.text, bold=True, size=26))]
        lines += [_paragraph(_run(fact.note, size=12))] if fact.note else []
        cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(lines)}</w:tc>')
    return _table(widths, f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>", 0.75, 8)


def _table(widths: Sequence[int], rows: str, rule: float, points: float) -> BaseOxmlElement:
    line = f'w:val="single" w:sz="{round(rule * 8)}" w:space="0" w:color="1A1A1A"'
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders><w:top {line}/><w:bottom {line}/></w:tblBorders>"
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>'
        '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:firstRow="1" w:firstColumn="1" w:noHBand="1" w:noVBand="1"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows.replace('{points}', str(round(points * 2)))}</w:tbl>"
    )


def _head(columns: Sequence[Column], widths: Sequence[int], theme: Theme) -> str:
    below = f'<w:tcBorders><w:bottom w:val="single" w:sz="{round(theme.hair * 8)}" w:space="0" w:color="1A1A1A"/></w:tcBorders>'
    band = f'<w:shd w:val="clear" w:color="auto" w:fill="{theme.band.lstrip("#").upper()}"/>' if theme.band else ""
    cells = (
        _cell(
            _run(column.printed, bold=True) + _raised(column.marks),
            width,
            column.align,
            f'{below}{band}<w:vAlign w:val="bottom"/>',
            keep=True,
        )
        for column, width in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(row: Row, columns: Sequence[Column], widths: Sequence[int], keep: bool) -> str:
    cells = _section(row, widths) if row.section else "".join(_cells(row, columns, widths, keep))
    whole = "" if is_long(row) else "<w:trPr><w:cantSplit/></w:trPr>"
    return f"<w:tr>{whole}{cells}</w:tr>"


def _section(row: Row, widths: Sequence[int]) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_PALE}"/>'
    words = _run(row.printed, bold=True) + _raised(row.marks)
    return _cell(words, sum(widths), "left", shade, span=len(widths), indent=row.indent, keep=True)


def _cells(row: Row, columns: Sequence[Column], widths: Sequence[int], keep: bool) -> Iterator[str]:
    above = f'<w:tcBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/></w:tcBorders>' if row.begins else ""
    yield _cell(_run(row.printed) + _raised(row.marks), widths[0], "left", above, indent=row.indent, keep=keep)
    if row.spans:
        yield _cell(_words(row.cells[0]), sum(widths[1:]), columns[1].align, above, span=len(widths) - 1, keep=keep)
        return
    cells = [*row.cells, *(Cell(),) * (len(widths) - 1 - len(row.cells))]
    for cell, column, width in zip(cells, columns[1:], widths[1:], strict=True):
        yield _cell(_words(cell), width, column.align, above, keep=keep)


def _words(cell: Cell) -> str:
    return _run(cell.text) + _raised(cell.marks)


def _cell(runs: str, width: int, align: str, looks: str, *, span: int = 1, indent: int = 0, keep: bool = False) -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    place = f'<w:ind w:left="{indent * _INDENT}"/>' if indent else ""
    side = f'<w:jc w:val="{_SIDES[align]}"/>' if align != "left" else ""
    keeping = "<w:keepNext/>" if keep else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{looks}</w:tcPr>{_paragraph(runs, keeping, place + side)}</w:tc>'


def _paragraph(runs: str, keeping: str = "", place: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{keeping}{place}</w:pPr>{runs}</w:p>'


def _run(text: str, *, bold: bool = False, size: int | None = None) -> str:
    if not text:
        return ""
    lines = "<w:br/>".join(map(_line, breakable(plain(text)).split("\n")))
    points = f'<w:sz w:val="{size}"/>' if size else '<w:sz w:val="{points}"/>'
    return f"<w:r><w:rPr>{'<w:b/>' if bold else ''}{points}</w:rPr>{lines}</w:r>"


def _line(text: str) -> str:
    """A line of a cell; a date is not broken at its hyphens."""
    parts = (f'<w:t xml:space="preserve">{_escaped(part)}</w:t>' for part in _WITHIN_DATE.split(text))
    return "<w:noBreakHyphen/>".join(parts)


def _raised(marks: str) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{_escaped(plain(marks))}</w:t></w:r>' if marks else ""


def _escaped(text: str) -> str:
    return escape(text)
