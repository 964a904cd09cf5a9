"""The looks of journals as data: type, rules, colours, where a title stands, the decimal point. They round nothing."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from cordside.protocol.printing import PRINTING
from cordside.report.tables import Cell, Table

# A number with decimals standing alone: the 5.0 of v5.0 and a date of three parts are none.
_DECIMAL = re.compile(r"(?<![\w.])(\d+|)\.(\d+)(?![\w.]*\.?\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One look.

    journal: as a reader knows it, empty where there is none. web, word, pdf: the type in each form (pdf: families in order,
    all of them shipped with Cordside's packages). accent, band: colours as #rrggbb; the band lies behind column headings, empty
    for none. rule, hair: points of the lines above and below a table, and below its headings. after_number: between `Table 1`
    and its title.
    """

    name: str
    journal: str = ""
    web: str
    word: str
    pdf: tuple[str, ...]
    accent: str
    band: str = ""
    rule: float = 1.5
    hair: float = 0.75
    table_title: Literal["above", "below"] = "above"
    figure_title: Literal["above", "below"] = "below"
    after_number: str = "."

    @property
    def decimal_point(self) -> str:
        """What stands between a number's whole part and its decimals."""
        return PRINTING[self.name].decimal_point


_SANS = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", "DejaVu Sans", sans-serif'
_SERIF = '"Times New Roman", Times, "Liberation Serif", "DejaVu Serif", serif'
_PDF_SANS, _PDF_SERIF = ("DejaVu Sans",), ("Libertinus Serif", "DejaVu Sans")

THEMES = {
    "plain": Theme(name="plain", web=_SANS, word="Arial", pdf=_PDF_SANS, accent="#0b4f7d"),
    "jama": Theme(
        name="jama", journal="JAMA", web=_SANS, word="Arial", pdf=_PDF_SANS, accent="#7a1f4b", rule=2.0, hair=0.5, figure_title="above"
    ),
    "lancet": Theme(
        name="lancet",
        journal="The Lancet",
        web=_SERIF,
        word="Times New Roman",
        pdf=_PDF_SERIF,
        accent="#00407a",
        rule=0.75,
        hair=0.5,
        table_title="below",
        after_number=":",
    ),
    "nejm": Theme(
        name="nejm", journal="NEJM", web=_SANS, word="Arial", pdf=_PDF_SANS, accent="#9b1c1f", band="#f4ead5", rule=1.0, hair=0.5
    ),
}
"""Looks by the name that `conventions.theme` gives."""


def themed(table: Table, theme: Theme) -> Table:
    """The table with the theme's decimal point in its numbers; dates keep theirs."""
    if theme.decimal_point == ".":
        return table
    rows = tuple(replace(row, cells=tuple(_pointed(cell, theme.decimal_point) for cell in row.cells)) for row in table.rows)
    return replace(table, rows=rows)


def _pointed(cell: Cell, point: str) -> Cell:
    if cell.kind == "date" or not cell.results:
        return cell
    return replace(cell, text=_DECIMAL.sub(lambda found: f"{found[1]}{point}{found[2]}", cell.text))
