"""The report as one page."""

import re
from dataclasses import replace
from html import unescape

from cordside.errors import Problem
from cordside.report.document import write_html
from cordside.report.statements import LIMITS, SINGLE_ARM, forbidden_in
from tests.report.sample import PROTOCOL, a_protocol, a_report, by_subject, sample_rows


def words_of(html: str) -> str:
    """What a reader sees: no style, no drawing, no tags."""
    bare = re.sub(r"<(style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare)))


def test_two_runs_give_the_same_bytes():
    assert write_html(a_report()) == write_html(a_report())


def test_the_page_needs_nothing_beside_it():
    html = write_html(a_report())
    assert not re.search(r"<script|<link|<iframe|@import|url\((?!#)", html)
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
    assert "<script" not in html
    assert "&lt;script&gt;" in html


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
