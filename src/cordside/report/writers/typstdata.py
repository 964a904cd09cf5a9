"""A document as data for the program that sets the pages: plain mappings and lists, every one of them JSON."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from cordside.report.pieces import Bullets, Document, Facts, Heading, Paragraph, Piece, PlacedFigure, PlacedTable, Section, Terms
from cordside.report.tables import Cell, Column, Row
from cordside.report.writers.layout import Part, breakable, is_long, parts_of

TYPE_POINTS, SMALL_POINTS = 7.8, 7.0
_SMALL_FROM = 9
"""More columns than these are printed in the small type."""


def data_of(document: Document, families: list[str]) -> dict[str, Any]:
    """The document for `report.typ`. families: the type, in the order in which a letter is looked for."""
    theme = document.theme
    return {
        "study": document.study,
        "title": document.title,
        "lead": document.lead,
        "subtitle": document.subtitle,
        "badges": list(document.badges),
        "mark": document.mark,
        "footer": document.running_foot,
        "end": document.footer,
        "families": families,
        "theme": {
            "accent": theme.accent,
            "band": theme.band,
            "rule": theme.rule,
            "hair": theme.hair,
            "table_title": theme.table_title,
            "figure_title": theme.figure_title,
        },
        "runs": list(_runs(document)),
    }


def points_of(columns: int) -> float:
    """The size of type of a table with so many columns."""
    return TYPE_POINTS if columns <= _SMALL_FROM else SMALL_POINTS


def _runs(document: Document) -> Iterator[dict[str, Any]]:
    """Pieces in runs that share upright or turned pages; a heading goes with what it stands above."""
    drawn = [data for section in document.sections for data in _section(section, document)]
    turned = [data.get("turned", False) for data in drawn]
    turned = [turned[at + 1] if data["kind"] == "section" else turned[at] for at, data in enumerate(drawn)]
    for side, run in groupby(zip(turned, drawn, strict=True), key=itemgetter(0)):
        yield {"turned": side, "pieces": [data for _, data in run]}


def _section(section: Section, document: Document) -> Iterator[dict[str, Any]]:
    yield {"kind": "section", "text": section.heading}
    for piece in section.pieces:
        yield from _piece(piece, document)


def _piece(piece: Piece, document: Document) -> list[dict[str, Any]]:
    match piece:
        case Heading(text):
            return [{"kind": "heading", "text": text}]
        case Paragraph(text, look):
            return [{"kind": "paragraph", "text": text, "look": look}]
        case Bullets(items, small):
            return [{"kind": "bullets", "items": list(items), "small": small}]
        case Facts(facts):
            return [{"kind": "facts", "facts": [{"label": fact.label, "text": fact.text, "note": fact.note} for fact in facts]}]
        case Terms(terms):
            return [{"kind": "terms", "terms": [{"label": term.label, "text": term.text, "code": term.is_code} for term in terms]}]
        case PlacedFigure():
            return [_figure(piece, document)]
        case PlacedTable():
            return _table(piece, document)


def _figure(placed: PlacedFigure, document: Document) -> dict[str, Any]:
    figure = placed.figure
    words = {"title": figure.title, "badges": list(placed.badges), "notes": list(figure.footnotes), "foot": placed.foot}
    return {"kind": "figure", "number": _number(figure.number, document), "svg": figure.svg, **words}


def _table(placed: PlacedTable, document: Document) -> list[dict[str, Any]]:
    points = points_of(len(placed.table.columns))
    parts = [None] if placed.table.empty else parts_of(placed.table, points)
    return [_part(placed, part, points, document) for part in parts]


def _part(placed: PlacedTable, part: Part | None, points: float, document: Document) -> dict[str, Any]:
    table = part.table if part else placed.table
    several = f" (part {part.number} of {part.of})" if part and part.of > 1 else ""
    return {
        "kind": "table",
        "number": _number(table.number, document),
        "title": table.title + several,
        "badges": list(placed.badges),
        "empty": table.empty,
        "points": points,
        "turned": bool(part and part.turned),
        "prose": table.prose,
        "together": not table.prose and not any(map(is_long, table.rows)),
        "widths": list(part.widths) if part else [],
        "columns": [{"text": breakable(column.printed), "marks": column.marks, "align": column.align} for column in table.columns],
        "rows": [_row(row, table.columns) for row in table.rows],
        "notes": list(table.footnotes),
        "marked": [list(pair) for pair in table.marked],
        "foot": placed.foot,
    }


def _row(row: Row, columns: tuple[Column, ...]) -> dict[str, Any]:
    if row.section:
        return {"section": row.printed, "marks": row.marks, "indent": row.indent}
    cells = row.cells[:1] if row.spans else row.cells
    stub = {"text": breakable(row.printed), "marks": row.marks, "indent": row.indent}
    return {"begins": row.begins, "spans": row.spans, "long": is_long(row), "stub": stub, "cells": [_cell(cell) for cell in cells]}


def _cell(cell: Cell) -> dict[str, str]:
    return {"text": breakable(cell.text), "marks": cell.marks}


def _number(number: str, document: Document) -> str:
    return number + document.theme.after_number if number else ""
