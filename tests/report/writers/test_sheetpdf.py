"""Sheets as PDF and HTML: a page each, labels to cut out, pictures drawn, and no text read as a program."""

import io
import re

from pypdf import PdfReader

from cordside.report.sheets import write_sheet
from cordside.report.writers.sheetpdf import write_sheets_pdf
from cordside.results import Block, Field, Grid, Sheet

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1" width="20mm" height="10mm"><path d="M0 0h1v1h-1z"/></svg>'
STEPS = Grid("", ("Step", "Amount", "Done", "Checked"), (("Draw", "28 mL", "", ""),), "A note.")
BLOCK = Block(
    "Container",
    fields=(
        Field("Code", "C1"),
        Field("A long label that needs the whole width", "and a value that is long too"),
        Field("Rest", choices=("Kept", "Gone")),
    ),
    grid=STEPS,
    checks=("Intact",),
    picture=SVG,
    notes=("Below.",),
)


def a_sheet(layout, **given):
    return Sheet("one", "Preparation #box[a] <b>", "T · C1", (BLOCK,), ("Prepared by",), ("A footnote $x$.",), layout=layout, **given)


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_each_sheet_has_a_page_and_the_bytes_are_the_same():
    sheets = [a_sheet("page"), a_sheet("compact"), a_sheet("labels")]
    first = write_sheets_pdf(sheets)
    assert pages(first) == 3
    assert write_sheets_pdf(sheets) == first


def test_a_table_that_runs_over_a_page_prints_its_headings_again():
    rows = tuple((f"C{number}", "", "10", "2022-01-01 00:00", "used for another container", "-") for number in range(90))
    grid = Grid("", ("HEADINGHERE", "For", "mL", "Expiry", "May be infused", "More"), rows)
    found = write_sheets_pdf([Sheet("one", "Lot", "", (Block("Containers", grid=grid),))])
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(found)).pages]
    assert len(texts) > 1 and all("HEADINGHERE" in text for text in texts)


def test_html_draws_the_picture_and_escapes_every_word():
    for layout in ("page", "compact", "labels"):
        html = write_sheet([a_sheet(layout)])
        assert html.count(SVG) == 1
        assert "<b>" not in html.partition("<body>")[2].partition('class="label-card"')[0]
        assert f'class="sheet {layout}"' in html


def test_a_label_holds_its_lines_and_notes_and_a_page_does_not_look_like_one():
    label, page = write_sheet([a_sheet("labels")]), write_sheet([a_sheet("page")])
    assert label.partition("<body>")[2].count("label-card") == 1
    assert "label-card" not in page.partition("<body>")[2]
    assert "Below." in label and "Below." in page
