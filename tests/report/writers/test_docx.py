"""The report as Word opens it: read back with python-docx."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from cordside.report.pieces import Document
from cordside.report.tables import Row
from cordside.report.writers.docx import write
from tests.report.writers.documents import CHINESE, STRANGE, a_document, a_table, with_tables


def opened(document: Document) -> docx.document.Document:
    return docx.Document(io.BytesIO(write(document)))


@pytest.fixture(scope="module")
def sample() -> docx.document.Document:
    return opened(a_document())


def captions(word: docx.document.Document) -> list[str]:
    return [line.text for line in word.paragraphs if line.style.name == "Caption"]


def test_two_runs_give_the_same_bytes_and_no_clock_is_in_them():
    made = write(a_document())
    assert made == write(a_document())
    with zipfile.ZipFile(io.BytesIO(made)) as members:
        assert {member.date_time[:3] for member in members.infolist()} == {(1980, 1, 1)}
        assert b"dcterms" not in members.read("docProps/core.xml").split(b"coreProperties", 1)[1].split(b">", 1)[1]


def test_every_table_with_rows_is_a_real_table_and_every_one_has_a_caption(sample):
    document = a_document()
    assert len(sample.tables) == 1 + sum(not placed.table.empty for placed in document.tables)
    said = [f"{placed.table.number}. {placed.table.title}" for placed in document.tables]
    said += [f"{placed.figure.number}. {placed.figure.title}" for placed in document.figures]
    assert sorted(captions(sample)) == sorted(said)


def test_heads_repeat_on_every_page_and_no_row_is_cut(sample):
    for table in sample.tables[1:]:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert [row for row in table.rows if row._tr.trPr.find(qn("w:cantSplit")) is None] == []


def test_lines_stand_above_and_below_only(sample):
    for table in sample.tables:
        assert [line.tag for line in table._tbl.tblPr.find(qn("w:tblBorders"))] == [qn("w:top"), qn("w:bottom")]


def test_cells_print_what_the_table_holds(sample):
    placed = next(placed for placed in a_document().tables if placed.table.id == "table1")
    table = next(table for table in sample.tables if table.cell(0, 1).text == "Case 1" and table.cell(1, 0).text == "Age")
    printed = [[cell.text for cell in row.cells] for row in table.rows if len(set(row._tr.tc_lst)) > 1]
    held = [[row.printed, *(cell.text + cell.marks for cell in row.cells)] for row in placed.table.rows if not row.section]
    assert printed[1:] == held


def test_marks_are_raised(sample):
    raised = [
        run.text
        for table in sample.tables
        for row in table.rows
        for cell in row.cells
        for run in cell.paragraphs[0].runs
        if run.font.superscript
    ]
    assert "a" in raised


def test_figures_are_pictures_sharp_enough_to_print(sample):
    assert len(sample.inline_shapes) == len(a_document().figures)
    for shape in sample.inline_shapes:
        picture = sample.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed].image
        assert picture.content_type == "image/png"
        assert picture.px_width / shape.width.inches >= 200
        assert shape._inline.docPr.get("descr")


def test_every_page_of_a_simulated_study_says_so():
    plain, simulated = opened(a_document()), opened(a_document(origin="simulated"))
    assert [section.header.paragraphs[0].text for section in plain.sections] == [""] * len(plain.sections)
    assert {section.header.paragraphs[0].text[:10] for section in simulated.sections} == {"SIMULATED:"}


def test_pages_are_numbered(sample):
    for section in sample.sections:
        fields = [field.get(qn("w:instr")) for field in section.footer.paragraphs[0]._p.iter(qn("w:fldSimple"))]
        assert fields == [" PAGE ", " NUMPAGES "]


def test_a_wide_table_stands_on_a_turned_page_in_parts_and_what_follows_upright():
    word = opened(with_tables(a_table(30, 4, "{row}2345.{column}"), a_table(2, 2)))
    assert [section.orientation for section in word.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    assert captions(word)[0].endswith("(part 1 of 2)")
    assert {table.cell(0, 0).text for table in word.tables} == {"Subject"}
    assert len(word.tables) == 3


def test_a_long_table_is_one_table():
    word = opened(with_tables(a_table(7, 3000)))
    assert len(word.tables[0]._tbl.tr_lst) == 3001


@pytest.mark.parametrize("text", [STRANGE, CHINESE, "two\nlines", "\x00\x0b", "\u2028"])
def test_every_text_is_text(text):
    safe = text.replace("\x00", "\ufffd").replace("\x0b", "\ufffd")
    word = opened(
        with_tables(a_table(1, 1, text.replace("{", "{{").replace("}", "}}"), title=text, footnotes=(text,), marked=(("a", text),)))
    )
    assert word.tables[0].cell(1, 1).text == safe
    assert safe in captions(word)[0]
    assert safe in [line.text for line in word.paragraphs if line.style.name == "Table Note"]


def test_a_theme_sets_type_and_the_place_of_titles():
    word = opened(a_document("lancet"))
    assert word.styles["Normal"].font.name == "Times New Roman"
    assert "Table 1: Values by subject" in captions(word)
    body = [element.tag.rpartition("}")[2] for element in word.element.body]
    texts = ["".join(element.itertext()) for element in word.element.body]
    assert body[next(at for at, text in enumerate(texts) if text.startswith("Table 1: Values")) - 1] == "tbl"


def test_a_heading_inside_a_heading_is_set_in():
    table = replace(a_table(1, 1), rows=(Row("Outer", section=True), Row("Inner", section=True, indent=1)))
    outer, inner = (row.cells[0].paragraphs[0].paragraph_format.left_indent for row in opened(with_tables(table)).tables[-1].rows[1:])
    assert not outer and inner
