"""The report as a Word document: real tables, headings, captions. No clock has a part in it."""

import io
import zipfile

import docx
from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Words

from cordside.report.pieces import Bullets, Document, Facts, Heading, Paragraph, Piece, PlacedFigure, PlacedTable, Terms
from cordside.report.writers.layout import Part, parts_of
from cordside.report.writers.picture import WIDTH_MM, png
from cordside.report.writers.typstdata import points_of
from cordside.report.writers.wordstyles import frame, head_and_foot, set_page, style, warn
from cordside.report.writers.wordtable import facts_xml, plain, table_xml

_WARN = "#B00020"
_DATED = ("created", "modified", "lastPrinted")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write(document: Document) -> bytes:
    """The Word file; the same document gives the same bytes."""
    return _Writer(document).written()


class _Writer:
    """A document being written from its first page to its last."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._word: Word = docx.Document()
        self._turned = False
        style(self._word, document.theme)
        set_page(self._word.sections[0], False)
        head_and_foot(self._word.sections[0], document, False)

    def written(self) -> bytes:
        """The bytes of the finished file."""
        self._properties()
        self._title()
        for section in self._document.sections:
            heading: str | None = section.heading
            for piece in section.pieces:
                self._turn(_is_turned(piece))
                if heading:
                    self._word.add_heading(plain(heading), 1)
                    heading = None
                self._draw(piece)
        self._turn(False)
        self._line(self._document.footer, "Table Note")
        return _packed(self._word)

    def _properties(self) -> None:
        about = self._word.core_properties
        about.title, about.subject, about.author = plain(self._document.title), plain(self._document.subtitle), "Cordside"
        about.comments, about.keywords = plain(self._document.mark), plain(f"{self._document.source} {self._document.digest}")
        for element in list(about._element):
            if element.tag.rpartition("}")[2] in _DATED:
                about._element.remove(element)

    def _title(self) -> None:
        self._line(self._document.lead, "Normal")
        self._line(self._document.title, "Title")
        line = self._word.add_paragraph()
        for word in self._document.badges:
            warn(line, word)
            line.add_run(" ")
        line.add_run(plain(self._document.subtitle))

    def _turn(self, turned: bool) -> None:
        """Go on to pages of the other orientation, if the piece to come asks for them."""
        if turned == self._turned:
            return
        self._turned = turned
        pages = self._word.add_section(WD_SECTION.NEW_PAGE)
        set_page(pages, turned)
        head_and_foot(pages, self._document, turned)

    def _draw(self, piece: Piece) -> None:
        match piece:
            case Heading(text):
                self._word.add_heading(plain(text), 2)
            case Paragraph(text, look):
                line = self._line(text, "Normal")
                if look != "plain":
                    frame(line, _WARN if look == "warning" else self._document.theme.accent)
            case Bullets(items):
                for item in items:
                    self._line(item, "List Bullet")
            case Facts():
                self._append(facts_xml(piece))
            case Terms(terms):
                for term in terms:
                    self._word.add_paragraph().add_run(f"{plain(term.label)}: ").bold = True
                    self._word.paragraphs[-1].add_run(plain(term.text))
            case PlacedTable():
                self._table(piece)
            case PlacedFigure():
                self._figure(piece)

    def _table(self, placed: PlacedTable) -> None:
        table, theme = placed.table, self._document.theme
        points = points_of(len(table.columns))
        if table.empty:
            self._caption(placed, "")
            self._line(table.empty, "Normal")
            self._notes(placed)
            return
        for part in parts_of(table, points):
            words = f" (part {part.number} of {part.of})" if part.of > 1 else ""
            if theme.table_title == "above":
                self._caption(placed, words)
            self._append(table_xml(part, theme, points))
            if theme.table_title == "below":
                self._caption(placed, words)
            if _is_last(part):
                self._notes(placed)

    def _figure(self, placed: PlacedFigure) -> None:
        above = self._document.theme.figure_title == "above"
        if above:
            self._caption(placed, "")
        line = self._word.add_paragraph()
        line.paragraph_format.keep_with_next = True
        shown = line.add_run().add_picture(io.BytesIO(png(placed.figure.svg)), width=Mm(WIDTH_MM))
        shown._inline.docPr.set("descr", plain(placed.figure.title))
        shown._inline.docPr.set("name", plain(placed.figure.number or placed.figure.id))
        if not above:
            self._caption(placed, "")
        self._notes(placed)

    def _caption(self, placed: PlacedTable | PlacedFigure, words: str) -> None:
        drawn = placed.table if isinstance(placed, PlacedTable) else placed.figure
        number = f"{drawn.number}{self._document.theme.after_number} " if drawn.number else ""
        line = self._line(f"{number}{drawn.title}{words}", "Caption")
        line.paragraph_format.keep_with_next = True
        if isinstance(placed, PlacedTable) and self._document.theme.table_title == "below":
            line.paragraph_format.space_before = Pt(4)
        for word in placed.badges:
            line.add_run(" ")
            warn(line, word)

    def _notes(self, placed: PlacedTable | PlacedFigure) -> None:
        drawn = placed.table if isinstance(placed, PlacedTable) else placed.figure
        for note in drawn.footnotes:
            self._line(note, "Table Note").paragraph_format.keep_with_next = True
        for mark, said in placed.table.marked if isinstance(placed, PlacedTable) else ():
            line = self._word.add_paragraph(style="Table Note")
            line.add_run(mark).font.superscript = True
            line.add_run(plain(f" {said}"))
        self._line(placed.foot, "Table Note").paragraph_format.space_after = Pt(10)

    def _line(self, text: str, style_name: str) -> Words:
        return self._word.add_paragraph(plain(text), style=style_name)

    def _append(self, element: object) -> None:
        """A table, at the end: before the page's own description, which Word wants last."""
        self._word.element.body._insert_tbl(element)


def _is_turned(piece: Piece) -> bool:
    if not isinstance(piece, PlacedTable) or piece.table.empty:
        return False
    return parts_of(piece.table, points_of(len(piece.table.columns)))[0].turned


def _is_last(part: Part) -> bool:
    return part.number == part.of


def _packed(word: Word) -> bytes:
    """The file with every member dated alike."""
    saved, packed = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as read, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name in read.namelist():
            made.writestr(zipfile.ZipInfo(name, _LONG_AGO), read.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
