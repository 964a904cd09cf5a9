"""The report as PDF: its text read back with pypdf."""

import io
import re

import pytest
from pypdf import PdfReader

from cordside.report.pieces import Document
from cordside.report.writers import pdf
from cordside.report.writers.pdf import write
from cordside.report.writers.picture import png
from tests.report.writers.documents import CHINESE, STRANGE, a_document, a_table, with_tables


def pages_of(document: Document) -> list[str]:
    """The text of each page, every run of blanks as one."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(write(document))).pages]


def bare(text: str) -> str:
    """A text without blanks, which lines may add or take."""
    return re.sub(r"[\s\u200b\xad]", "", text)


def test_two_runs_give_the_same_bytes():
    assert write(a_document()) == write(a_document())


def test_no_clock_is_in_it():
    assert "/CreationDate" not in (PdfReader(io.BytesIO(write(a_document()))).metadata or {})


def test_every_cell_is_printed():
    document = a_document()
    printed = bare(" ".join(pages_of(document)))
    cells = [cell.text for placed in document.tables for row in placed.table.rows for cell in row.cells]
    assert len(cells) > 200
    assert [text for text in cells if bare(text) not in printed] == []


def test_every_page_is_numbered_and_a_simulated_study_says_so_on_each():
    plain, simulated = pages_of(a_document()), pages_of(a_document(origin="simulated"))
    assert all(f"{number} / {len(plain)}" in page for number, page in enumerate(plain, 1))
    assert [page for page in simulated if "SIMULATED: this study holds" not in page] == []
    assert not [page for page in plain if "SIMULATED" in page]


def test_a_long_table_repeats_its_head_on_every_page_and_loses_no_row():
    pages = pages_of(with_tables(a_table(7, 3000)))
    assert len(pages) > 30
    assert [page for page in pages if "Subject Heading 0" not in page] == []
    assert [row for row in range(3000) if f"Row {row} {row}.0 {row}.1" not in " ".join(pages)] == []


def test_a_wide_table_is_cut_by_columns_with_its_row_labels_on_turned_pages():
    document = with_tables(a_table(30, 4, "{row}2345.{column}"))
    sides = [page.mediabox.width > page.mediabox.height for page in PdfReader(io.BytesIO(write(document))).pages]
    pages = [page for page in pages_of(document) if "(part" in page]
    assert any(sides)
    assert ["part 1 of 2" in pages[0], "part 2 of 2" in "".join(pages)] == [True, True]
    assert sum(page.count("Row 3") for page in pages) == 2
    printed = bare(" ".join(pages))
    assert [at for at in range(30) if f"32345.{at}" not in printed] == []


@pytest.mark.parametrize(
    "text", [STRANGE, CHINESE, "two\nlines", "--- a -- b", "1. a", "+ b", "\\u{41}", "https://example.org/x_y", "0123456789abcdef" * 5]
)
def test_every_text_is_text(text):
    cell = text.replace("{", "{{").replace("}", "}}")
    document = with_tables(a_table(1, 1, cell, title=text, footnotes=(text,), marked=(("a", text),)), a_table(1, 0, empty=text))
    printed = bare(" ".join(pages_of(document)))
    assert printed.count(bare(text)) >= 4


def test_characters_that_no_page_can_show_do_no_harm():
    assert write(with_tables(a_table(1, 1, "a\x00b\x0bc\u2028d\U0001f642")))


def test_chinese_without_its_font_is_boxes_and_no_crash(monkeypatch):
    with_font = write(with_tables(a_table(1, 1, CHINESE)))
    monkeypatch.setattr(pdf, "cjk_font", lambda: None)
    pdf.fonts.cache_clear()
    try:
        assert write(with_tables(a_table(1, 1, CHINESE))) != with_font
    finally:
        pdf.fonts.cache_clear()


@pytest.mark.parametrize("theme", ["jama", "lancet", "nejm"])
def test_themes_are_set(theme):
    printed = " ".join(pages_of(a_document(theme)))
    title = {"lancet": "Table 1: Values by subject"}.get(theme, "Table 1. Values by subject")
    assert title in printed
    assert (printed.index(title) > printed.index("Subject Case 1 Case 2 Case 3")) == (theme == "lancet")


def test_a_picture_of_a_figure_is_the_same_each_time():
    svg = a_document().figures[0].figure.svg
    assert png(svg) == png(svg)
    assert png(svg).startswith(b"\x89PNG")
