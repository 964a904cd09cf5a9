"""Documents to write: the sample, and tables that no page can hold."""

from dataclasses import replace
from functools import cache

from cordside.report.document import compose
from cordside.report.pieces import Document, PlacedTable, Section
from cordside.report.tables import Cell, Column, Row, Table
from tests.report.sample import a_protocol, a_report, sample_rows

STRANGE = r"""#let x = $a_1$ *b* _c_ <d> @e \f "g" 'h' `i` [j] {k} ~l // m /* n */ = o - p + q &amp; </w:t> %s {0}"""
CHINESE = "武汉大学人民医院 间充质干细胞"


@cache
def a_document(theme: str = "plain", origin: str = "published", **lines: str) -> Document:
    """The document of the sample."""
    protocol = a_protocol(conventions=f"conventions: {{dates: month.day, theme: {theme}}}", **lines)
    rows = [row for row in sample_rows(origin) if origin != "published" or row.origin == "published"]
    return compose(a_report(rows, protocol=protocol))


def with_tables(*tables: Table) -> Document:
    """A document of one section that holds tables."""
    placed = tuple(PlacedTable(table, (), "Origin of data: published.") for table in tables)
    return replace(a_document(), sections=(Section("all", "All", "All tables", placed),))


def a_table(columns: int, rows: int, text: str = "{row}.{column}", **changes: object) -> Table:
    """A table of so many columns beside the row labels; text: of each cell, with its row and column."""
    heads = (Column("", "Subject"), *(Column(f"c{at}", f"Heading {at}") for at in range(columns)))
    body = tuple(Row(f"r{row}", tuple(Cell(text.format(row=row, column=at)) for at in range(columns)), f"Row {row}") for row in range(rows))
    return replace(Table("t", "Table T", "Drawn", heads, body), **changes)  # type: ignore[arg-type]
