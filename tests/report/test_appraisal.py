"""The page of an appraisal: every finding in every form, what holds, what is open, and the limits."""

import io
import re
from dataclasses import replace
from html import unescape
from importlib import import_module

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from cordside.report.appraisal import appraisal_document
from cordside.report.appraised import Appraised
from cordside.results import LEVELS, Checked, Finding
from tests.report.writers.documents import CHINESE, STRANGE

FORMS = ("html", "docx", "pdf")
RULES = {
    "grim": "A mean of whole numbers is a whole sum over n.",
    "n-per-cell": "n of each cell is printed.",
    "p-vs-ci": "P and interval agree.",
}


def a_finding(level: str, row: str, **parts: str) -> Finding:
    """A finding whose every part can be told from those of the others."""
    words = {part: f"{part} of {row}" for part in ("printed", "expected", "quote", "why")} | parts
    return Finding(study="T-1", file="folder/paper.yaml", rule="grim", level=level, row=row, where=f"table1.{row}", **words)


def an_appraisal(*findings: Finding, **changes: object) -> Appraised:
    """What the rules say of one page."""
    passed = [
        Checked("n-per-cell", "table 2", "table2", "n is printed"),
        *(Checked("grim", f"R{at}", f"table1.R{at}", "possible") for at in range(3)),
    ]
    opened = [Checked("p-vs-ci", "topic", "statements.x", "no interval is printed")]
    made = Appraised(
        study="T-1",
        file="paper.yaml",
        digest="0123456789abcdef" * 4,
        findings=findings,
        passed=passed,
        not_checked=opened,
        rules=RULES,
        software="cordside 9.9",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


MIXED = an_appraisal(*(a_finding(level, f"{level} row {at}") for at in (1, 2) for level in reversed(LEVELS)))


def written(appraised: Appraised, form: str) -> bytes:
    return import_module(f"cordside.report.writers.{form}").write(appraisal_document(appraised))


def text_of(content: bytes, form: str) -> str:
    """The text that a reader sees, without blanks, which lines may add or take."""
    if form == "html":
        page = content.decode()
        text = unescape(re.sub(r"<[^>]*>", "", page[page.index("<body>") : page.index('<aside id="trace"')]))
    elif form == "docx":
        text = "".join(part.text or "" for part in docx.Document(io.BytesIO(content)).element.body.iter(qn("w:t")))
    else:
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return bare(text)


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b\xad]", "", text)


@pytest.mark.parametrize("form", FORMS)
def test_two_runs_give_the_same_bytes(form):
    assert written(MIXED, form) == written(MIXED, form)


@pytest.mark.parametrize("form", FORMS)
def test_every_part_of_every_finding_and_check_stands_in_each_form(form):
    text = text_of(written(MIXED, form), form)
    said = [part for one in MIXED.findings for part in (one.row, one.where, one.rule, one.printed, one.expected, one.quote, one.why[1:])]
    said += [part for one in (*MIXED.passed, *MIXED.not_checked) for part in (one.rule, one.where, one.why)]
    assert [words for words in said if bare(words) not in text] == []


@pytest.mark.parametrize("form", FORMS)
def test_study_file_digest_and_software_stand_in_each_form(form):
    text = text_of(written(MIXED, form), form)
    for words in ("T-1", "paper.yaml", MIXED.digest, "cordside 9.9", "taken from a publication"):
        assert bare(words) in text
    assert "folder/" not in text


def test_findings_are_ordered_by_level_and_numbered_through():
    tables = [placed.table for placed in appraisal_document(MIXED).tables][:3]
    assert [table.id for table in tables] == ["contradictions", "defects", "notes"]
    names = [row.printed.splitlines()[0] for table in tables for row in table.rows]
    assert names == [
        f"{number}. {level} row {at}" for number, (level, at) in enumerate(((level, at) for level in LEVELS for at in (1, 2)), 1)
    ]


def test_the_summary_counts_levels_and_checks():
    facts = {fact.label: fact.text for fact in appraisal_document(MIXED).sections[0].pieces[0].facts}
    assert facts == {"Contradictions": "2", "Defects": "2", "Notes": "2", "Checks passed": "4", "Not checked": "1"}


def test_a_page_without_findings_says_so_and_what_that_does_not_mean():
    document = appraisal_document(an_appraisal())
    assert [placed.table.empty for placed in document.tables][:3] == ["None."] * 3
    assert "No contradiction was found" in " ".join(document.texts())
    assert "No contradiction was found" not in " ".join(appraisal_document(MIXED).texts())


@pytest.mark.parametrize("form", FORMS)
def test_an_appraisal_that_says_nothing_at_all_is_written(form):
    text = text_of(written(an_appraisal(passed=(), not_checked=(), rules={}, software=""), form), form)
    assert bare("No check passed.") in text


def test_checks_are_grouped_by_rule_with_their_number_and_like_ones_share_a_row():
    passed = next(placed.table for placed in appraisal_document(MIXED).tables if placed.table.id == "checks-passed")
    assert [(row.printed, [cell.text for cell in row.cells]) for row in passed.rows] == [
        ("grim (3)", []),
        ("table1.R0; table1.R1; table1.R2", ["possible"]),
        ("n-per-cell (1)", []),
        ("table 2 (table2)", ["n is printed"]),
    ]


def test_every_rule_is_explained_and_counted():
    rules = next(placed.table for placed in appraisal_document(MIXED).tables if placed.table.id == "all-rules")
    assert [row.printed for row in rules.rows] == list(RULES)
    assert [[cell.text for cell in row.cells[1:]] for row in rules.rows] == [["6", "3", ""], ["", "1", ""], ["", "", "1"]]


def test_a_name_of_the_file_keeps_its_small_letter():
    found = (
        a_finding("note", "A", why="before.median: table 1"),
        a_finding("note", "B", why="swab on day 7"),
        a_finding("note", "C", why="p: .001"),
        a_finding("note", "D", why="table2 prints no n"),
    )
    why = [row.cells[-1].text for row in appraisal_document(an_appraisal(*found)).tables[2].table.rows]
    assert why == ["before.median: table 1", "Swab on day 7", "p: .001", "Table2 prints no n"]


def test_what_the_quote_or_the_arithmetic_says_is_not_printed_twice():
    found = (
        a_finding("note", "A", quote="the mean was 10.7", printed="10.7"),
        a_finding("note", "B", quote="the mean was 10.7", printed="12", why="it is 12"),
        a_finding("note", "C", quote="the mean was 10.7", printed="12"),
        a_finding("note", "D", quote="", printed="12", why="it is 12"),
    )
    printed = [row.cells[0].text for row in appraisal_document(an_appraisal(*found)).tables[2].table.rows]
    assert printed == ["“the mean was 10.7”", "“the mean was 10.7”", "“the mean was 10.7”\n12", "12"]


@pytest.mark.parametrize("form", FORMS)
def test_strange_and_chinese_words_are_only_words(form):
    text = text_of(written(an_appraisal(a_finding("defect", STRANGE, quote=CHINESE)), form), form)
    assert bare(STRANGE) in text
    if form != "pdf":
        assert bare(CHINESE) in text


def test_a_finding_longer_than_a_page_runs_over_pages():
    words = [f"word{number}" for number in range(3000)]
    found = a_finding("contradiction", "Long", why=" ".join(words), quote=" ".join(words[:1500]))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(written(an_appraisal(found), "pdf"))).pages]
    with_words = [page for page in pages if "word" in page]
    assert len(with_words) > 4
    assert all("Finding" in page and "Why, and what to ask" in page for page in with_words)
    assert [word for word in words if word not in " ".join(pages)] == []


def test_many_findings_take_several_upright_pages_with_their_head_and_number():
    found = [a_finding("defect", f"Row {at}", why="the sum is not the sum. " * 12) for at in range(40)]
    pages = PdfReader(io.BytesIO(written(an_appraisal(*found), "pdf"))).pages
    texts = [page.extract_text() for page in pages]
    assert all(page.mediabox.width < page.mediabox.height for page in pages)
    assert all(f"{number} / {len(texts)}" in text for number, text in enumerate(texts, 1))
    assert all("Why, and what to ask" in text for text in texts if "The sum is not the sum" in text)
    assert [at for at in range(40) if f"{at + 1}. Row {at}" not in " ".join(texts)] == []


def test_word_repeats_the_head_and_cuts_only_rows_longer_than_a_page():
    found = (a_finding("defect", "Short"), a_finding("defect", "Long", why="many words " * 200))
    word = docx.Document(io.BytesIO(written(an_appraisal(*found), "docx")))
    rows = next(table.rows for table in word.tables if "2. Long" in table.rows[-1].cells[0].text)
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows] == [True, True, False]


def test_on_a_phone_a_cell_says_which_column_it_is_of():
    page = written(MIXED, "html").decode()
    assert page.count('data-head="Expected"') == len(MIXED.findings)
    assert "<title>T-1: appraisal</title>" in page


def test_no_motive_is_named():
    text = " ".join(appraisal_document(an_appraisal()).texts()).casefold()
    assert [word for word in ("fraud", "fabricat", "manipulat", "mislead", "dishonest") if word in text] == []
