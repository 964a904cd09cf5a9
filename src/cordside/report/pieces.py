"""What a report is made of, ready to print: sections of headings, paragraphs, lists, tables and figures.

A writer knows these and nothing else. They are frozen, and every word in them is decided; a writer only lays out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from cordside.report.drawfigures import Figure
from cordside.report.summary import Fact
from cordside.report.tables import Table
from cordside.report.themes import Theme
from cordside.results import Result


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a notice stands in a frame, a warning in one that nobody overlooks."""

    kind: ClassVar[str] = "paragraph"
    text: str
    look: Literal["plain", "notice", "warning"] = "plain"


@dataclass(frozen=True, slots=True)
class Facts:
    """Counts side by side."""

    kind: ClassVar[str] = "facts"
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences; small where there may be very many."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A word, what it is here, and whether that is a code to be copied."""

    label: str
    text: str
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """Words with what they are here."""

    kind: ClassVar[str] = "terms"
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table in its place; badges: SIMULATED and the like beside its title; foot: origin of data, study and cut."""

    kind: ClassVar[str] = "table"
    table: Table
    badges: tuple[str, ...]
    foot: str


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure in its place, with the same words around it as a table."""

    kind: ClassVar[str] = "figure"
    figure: Figure
    badges: tuple[str, ...]
    foot: str


Piece = Heading | Paragraph | Facts | Bullets | Terms | PlacedTable | PlacedFigure


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report: its id, its short name in the contents, its heading, its pieces; wide: better on a turned page."""

    id: str
    name: str
    heading: str
    pieces: tuple[Piece, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report ready to be written in any form.

    mark: what stands on every page, empty where all rows come from patients. source: what the document is drawn from, a cut or
    a file; digest: of that source. name: what the document is, in one word.
    """

    study: str
    title: str
    lead: str
    subtitle: str
    badges: tuple[str, ...]
    mark: str
    digest: str
    footer: str
    theme: Theme
    sections: tuple[Section, ...]
    name: str = "report"
    source: str = "cut"

    @property
    def running_foot(self) -> str:
        """What stands at the foot of every page."""
        return f"{self.study} · {self.source} {self.digest[:12]}"

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Every piece, in order."""
        return tuple(piece for section in self.sections for piece in section.pieces)

    @property
    def tables(self) -> tuple[PlacedTable, ...]:
        """Every table, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, PlacedTable))

    @property
    def figures(self) -> tuple[PlacedFigure, ...]:
        """Every figure, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, PlacedFigure))

    def texts(self) -> Iterator[str]:
        """Every text that is printed, in tables and around them, and the names that figures bear."""
        yield from (self.title, self.subtitle, self.footer)
        for piece in self.pieces:
            yield from _texts(piece)
        yield from (word for result in self.results for word in (result.group_level, result.label))

    @property
    def results(self) -> tuple[Result, ...]:
        """Every result row that is printed, each once, in the order of printing."""
        facts = [result for piece in self.pieces if isinstance(piece, Facts) for fact in piece.facts for result in fact.results]
        printed = [result for placed in self.tables for result in placed.table.results]
        return tuple(dict.fromkeys([*facts, *printed]))


def _texts(piece: Piece) -> Iterator[str]:
    match piece:
        case Heading(text) | Paragraph(text):
            yield text
        case Facts(facts):
            yield from (word for fact in facts for word in (fact.label, fact.text, fact.note))
        case Bullets(items):
            yield from items
        case Terms(terms):
            yield from (word for term in terms for word in (term.label, term.text))
        case PlacedFigure(figure):
            yield from (figure.title, *figure.footnotes)
        case PlacedTable(table):
            yield from (table.title, *(column.printed for column in table.columns), *table.footnotes)
            yield from (text for row in table.rows for text in (row.printed, *(cell.text for cell in row.cells)))
            yield from (words for _, words in table.marked)
