"""The looks of a Word document: page, type, styles, and what stands at the head and foot of every page."""

from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section as Pages
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from cordside.report.pieces import Document
from cordside.report.themes import Theme
from cordside.report.writers.layout import LANDSCAPE_MM, PORTRAIT_MM
from cordside.report.writers.wordtable import plain

_INK, _GREY, _WARN = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x5A, 0x5F, 0x66), RGBColor(0xB0, 0x00, 0x20)
_SHORT, _LONG, _MARGIN = 210, 297, 15
_THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def style(word: Word, theme: Theme) -> None:
    """Set the styles that the report uses, and add its own: Table Text, Table Note."""
    accent = RGBColor.from_string(theme.accent.lstrip("#").upper())
    _set(word, "Normal", theme, 9.5, after=4)
    _set(word, "Title", theme, 18, after=4, bold=True)
    _set(word, "Heading 1", theme, 13, before=16, after=6, bold=True, colour=accent)
    _set(word, "Heading 2", theme, 10, before=8, after=3, bold=True)
    _set(word, "Caption", theme, 9.5, before=12, after=3, bold=True)
    _set(word, "List Bullet", theme, 9.5, after=2)
    for name in ("Table Text", "Table Note"):
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _set(word, name, theme, 8, after=0)
    _without_line(word.styles["Title"])


def _set(
    word: Word,
    name: str,
    theme: Theme,
    points: float,
    *,
    before: float = 0,
    after: float = 0,
    bold: bool = False,
    colour: RGBColor = _INK,
) -> None:
    chosen = word.styles[name]
    assert isinstance(chosen, ParagraphStyle)
    chosen.font.name, chosen.font.size, chosen.font.bold, chosen.font.italic = theme.word, Pt(points), bold, False
    chosen.font.color.rgb = colour
    chosen.paragraph_format.space_before, chosen.paragraph_format.space_after = Pt(before), Pt(after)
    chosen.paragraph_format.line_spacing = 1.0
    letters = chosen.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in _THEME_FONTS:
        letters.attrib.pop(qn(f"w:{attribute}"), None)
    letters.set(qn("w:cs"), theme.word)


def _without_line(title: ParagraphStyle) -> None:
    lines = title.element.get_or_add_pPr().find(qn("w:pBdr"))
    if lines is not None:
        lines.getparent().remove(lines)


def set_page(pages: Pages, turned: bool) -> None:
    """A4 with margins of 15 mm, upright or turned."""
    pages.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    pages.page_width, pages.page_height = (Mm(_LONG), Mm(_SHORT)) if turned else (Mm(_SHORT), Mm(_LONG))
    pages.left_margin = pages.right_margin = Mm(_MARGIN)
    pages.top_margin, pages.bottom_margin = Mm(18), Mm(17)
    pages.header_distance = pages.footer_distance = Mm(8)


def head_and_foot(pages: Pages, document: Document, turned: bool) -> None:
    """The running mark above, the cut and the page's number below."""
    pages.header.is_linked_to_previous = pages.footer.is_linked_to_previous = False
    head, foot = pages.header.paragraphs[0], pages.footer.paragraphs[0]
    if document.mark:
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        said = head.add_run(document.mark)
        said.bold, said.font.size, said.font.color.rgb = True, Pt(8), _WARN
    # The template's own foot has a stop in the middle.
    foot.style = "Normal"
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(LANDSCAPE_MM if turned else PORTRAIT_MM), WD_TAB_ALIGNMENT.RIGHT)
    _small(foot, plain(f"{document.running_foot}\t"))
    _field(foot, "PAGE")
    _small(foot, " / ")
    _field(foot, "NUMPAGES")


def _small(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(7.5), _GREY


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that Word fills in when it shows the page."""
    field = parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:rPr><w:sz w:val="15"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
    )
    paragraph._p.append(field)


def frame(paragraph: Paragraph, colour: str) -> None:
    """A notice: a line at the left, a pale ground. colour: #rrggbb."""
    about = paragraph._p.get_or_add_pPr()
    line = colour.lstrip("#").upper()
    about.append(parse_xml(f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="6" w:color="{line}"/></w:pBdr>'))
    about.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="F4F5F7"/>'))
    about.append(parse_xml(f'<w:spacing {nsdecls("w")} w:before="80" w:after="80"/>'))
    about.append(parse_xml(f'<w:ind {nsdecls("w")} w:left="150"/>'))


def warn(run_of: Paragraph, words: str) -> None:
    """A word in capitals, white on red."""
    run = run_of.add_run(f"\u00a0{words}\u00a0")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(7.5), RGBColor(0xFF, 0xFF, 0xFF)
    run._r.get_or_add_rPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="B00020"/>'))
