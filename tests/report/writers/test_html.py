"""The report as one page."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape

import pytest

from cordside.errors import Problem
from cordside.report.document import compose
from cordside.report.source import Report
from cordside.report.statements import LIMITS, SINGLE_ARM, forbidden_in
from cordside.report.tables import Row
from cordside.report.writers.html import write
from tests.report.sample import PROTOCOL, a_protocol, a_report, by_subject, sample_rows
from tests.report.writers.documents import a_table, with_tables


def write_html(report: Report) -> str:
    """The page of a report."""
    return write(compose(report)).decode()


def words_of(html: str) -> str:
    """What a reader sees: no style, no drawing, no tags."""
    bare = re.sub(r"<(style|svg|script)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare)))


def test_two_runs_give_the_same_bytes():
    assert write_html(a_report()) == write_html(a_report())


def test_the_page_needs_nothing_beside_it():
    html = write_html(a_report())
    assert not re.search(r"<script[^>]*\bsrc|<link|<iframe|@import|url\((?!#)|\bfetch\(|XMLHttpRequest|\son\w+=", html)
    addresses = re.findall(r'\b(?:src|href)="([^"]*)"', html)
    assert [address for address in addresses if not address.startswith(("#", "data:"))] == []


def test_every_link_leads_somewhere():
    html = write_html(a_report())
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= ids


def test_no_id_stands_twice():
    ids = re.findall(r'\bid="([^"]+)"', write_html(a_report()))
    assert len(ids) == len(set(ids))


def test_every_table_and_figure_has_a_number_an_origin_and_the_digest():
    html = write_html(a_report())
    pieces = html.split('class="piece')[1:]
    assert len(pieces) > 18
    for piece in pieces:
        assert '<span class="number">' in piece
        assert "cut 0123456789ab" in piece
        assert "Origin of data: " in piece or "From the protocol" in piece


def test_a_table_with_simulated_rows_bears_the_word():
    plain, marked = write_html(a_report(sample_rows())), write_html(a_report(sample_rows("simulated")))
    caption = r"Numbers of Figure 4\.</span> Before and after (.*?)</p>"
    assert "SIMULATED" not in re.search(caption, plain, re.DOTALL)[1]
    assert "SIMULATED" in re.search(caption, marked, re.DOTALL)[1]


def test_a_patients_text_is_text():
    strange = "<script>alert('x')</script>"
    rows = [*sample_rows(), by_subject("table1", "T-1", variable="DM.AGE", label="Age", text="1")]
    rows = [replace(row, text=strange, warning=strange) if row.analysis in ("table1", "schedule", "flow") else row for row in rows]
    problem = Problem("records/ae.csv", 2, "AETERM", strange)
    html = write_html(a_report(rows, problems=(problem,)))
    assert re.findall("<script[^>]*>", html) == ['<script type="application/json" id="results">', "<script>"]
    assert "&lt;script&gt;" in html
    assert strange not in html


def test_the_summary_says_what_a_single_arm_cannot_show():
    assert SINGLE_ARM in words_of(write_html(a_report()))


def test_limits_are_always_printed():
    words = words_of(write_html(a_report(rows=[])))
    assert all(limit in words for limit in LIMITS)


def test_what_the_report_itself_writes_makes_no_claim():
    remarks = PROTOCOL[PROTOCOL.index("remarks:") :]
    silent = a_report(protocol=a_protocol(PROTOCOL.replace(remarks, "")))
    assert forbidden_in(words_of(write_html(silent))) == []


def test_counts_in_the_summary_are_those_of_the_rows():
    words = words_of(write_html(a_report()))
    for said in ("Subjects recorded 5", "Subjects treated 5", "Infusions 2", "Deaths 0", "Adverse events 1"):
        assert said in words


def test_what_is_not_recorded_is_not_nought():
    words = words_of(write_html(a_report(rows=[])))
    assert "Deaths – not recorded" in words


def test_queries_are_listed_with_their_place():
    problem = Problem("records/ex.csv", 4, "EXSTDTC", "the infusion was given after the window", "day 4", "check the date")
    assert "records/ex.csv:4: EXSTDTC: the infusion was given after the window" in words_of(write_html(a_report(problems=(problem,))))


def test_very_many_queries_are_counted_not_hidden():
    problems = tuple(Problem("records/lb.csv", row, "LBORRES", "odd") for row in range(2, 800))
    assert "298 more are not printed" in words_of(write_html(a_report(problems=problems)))


def test_remarks_about_a_domain_stand_under_its_name():
    assert "Adverse events The source reports nausea of no named patient." in words_of(write_html(a_report()))


def test_numbers_lead_to_their_source_on_a_screen():
    assert 'title="records/lb.csv:2"' in write_html(a_report())


def test_table_heads_repeat_and_rows_stay_whole_on_paper():
    html = write_html(a_report())
    assert "display: table-header-group" in html
    assert re.search(r"tr, [^{]*\{ break-inside: avoid", html)


def results_of(html: str) -> dict[str, list]:
    """The result rows that a page holds."""
    return json.loads(re.search(r'<script type="application/json" id="results">(.*?)</script>', html, re.DOTALL)[1])


def test_every_number_of_a_table_leads_to_its_result_rows():
    html = write_html(a_report())
    cell = re.search(r'<tr><th scope="row">Age</th><td data-r="([0-9]+)"[^>]*>60</td>', html)
    held = results_of(html)
    row = dict(zip(held["columns"], held["rows"][int(cell[1])], strict=True))
    words = {name: held["texts"][row[name]] for name in ("statistic", "text", "label", "source")}
    assert words == {"statistic": "value", "text": "60", "label": "Age", "source": "records/lb.csv:2"}
    assert row["value"] == 60


def test_every_cell_that_prints_a_result_can_be_asked():
    document = compose(a_report())
    html = write(document).decode()
    printing = [
        cell for placed in document.tables for row in placed.table.rows for cell in row.cells[: 1 if row.spans else None] if cell.results
    ]
    headings = [one for placed in document.tables for one in (*placed.table.columns, *placed.table.rows) if one.results]
    facts = [fact for piece in document.pieces if piece.kind == "facts" for fact in piece.facts if fact.results]
    assert html.count(" data-r=") == len(printing) + len(facts) + len(headings) > 100
    assert {"Total (n = 5)"} <= {heading.printed for heading in headings}


def test_a_simulated_study_says_so_on_every_page_and_an_entered_one_does_not():
    simulated, entered = write_html(a_report(sample_rows("simulated"))), write_html(a_report([]))
    assert re.search(r'@page \{ @top-center \{ content: "SIMULATED: [^"]+"', simulated)
    assert '<p class="mark" role="note">SIMULATED: ' in simulated
    assert "@top-center" not in entered
    assert 'class="mark"' not in entered


def test_published_rows_in_a_simulated_study_are_told_apart():
    words = words_of(write_html(a_report(sample_rows("simulated"))))
    figure1 = words[words.index("Figure 1. Timelines") :]
    assert "Origin of data: published rows only; the study also holds simulated rows." in figure1[:200]


@pytest.mark.parametrize("theme", ["plain", "jama", "lancet", "nejm"])
def test_a_theme_changes_looks_and_keeps_words(theme):
    html = write_html(a_report(protocol=a_protocol(conventions=f"conventions: {{dates: month.day, theme: {theme}}}")))
    assert ("Table 1: " in words_of(html)) == (theme == "lancet")
    caption, table = html.index('">Table 1'), html.index("Values by subject")
    heads = html.index("<thead>", html.index('id="table1"'))
    assert (min(caption, table) > heads) == (theme == "lancet")


@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium: a browser is asked where there is one")
def test_a_browser_shows_the_rows_behind_a_number(tmp_path):
    html = write_html(a_report())
    number = len(re.findall(" data-r=", html[: html.index('<th scope="row">Age</th>')])) + 1
    (tmp_path / "report.html").write_text(html, encoding="utf-8")
    asked = f"file://{tmp_path}/report.html#number-{number}"
    command = ["chromium", "--headless", "--no-sandbox", f"--user-data-dir={tmp_path}/profile", "--dump-dom", asked]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout
    panel = words_of(shown[shown.index("<aside") : shown.index("</aside>")])
    assert (
        "Table 1 · Age · Case 1 of Case 1, Age statistic value value 60 as printed 60 origin published source rows records/lb.csv:2"
        in panel
    )


def test_a_heading_inside_a_heading_is_set_in():
    table = replace(a_table(1, 1), rows=(Row("Outer", section=True), Row("Inner", section=True, indent=1)))
    html = write(with_tables(table)).decode()
    assert re.search(r'<th scope="rowgroup" colspan="2">Outer', html)
    assert re.search(r'<th scope="rowgroup" colspan="2" class="i1">Inner', html)
