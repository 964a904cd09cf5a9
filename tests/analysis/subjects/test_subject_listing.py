"""Rows of a domain as they stand."""

from cordside.analysis.run import analyse
from cordside.record.read import read_study
from cordside.report.drawtables import draw_tables
from cordside.results import find
from tests.support.analysed import analysed, only
from tests.support.folders import a_protocol, a_study

PLAN = """
analyses:
  - kind: subject_listing
    id: list
    title: Serious events
    domain: AE
    variables: [AETERM, AESTDTC, AETOXGR]
    subject: "Case {SUBJID}"
    values: {AESER: Y}
    headings: {AETERM: Event}
"""
AE = """
    USUBJID | AETERM   | AESTDTC    | AETOXGR | AESER
    T-2     | Fever    | 2020-02-03 | 3       | Y
    T-1     | Rash     | 2020-02-01 | 1       | N
    T-1     | Syncope  |            | 4       | Y
    T-1     | Sepsis   | 2020-02    | 4       | Y
"""
DM = "USUBJID | SUBJID\nT-1 | 1\nT-2 | 2"


def test_rows_stand_subject_by_subject_in_the_order_of_the_file(tmp_path):
    rows = find(analysed(tmp_path, PLAN, DM=DM, AE=AE), analysis="list", variable="AE.AETERM")
    assert [(row.group_level, row.level, row.text) for row in rows] == [
        ("Case 1", "1", "Syncope"),
        ("Case 1", "2", "Sepsis"),
        ("Case 2", "3", "Fever"),
    ]
    assert rows[0].source == ("records/ae.csv:4",)


def test_an_empty_value_is_a_dash_that_says_why(tmp_path):
    row = find(analysed(tmp_path, PLAN, DM=DM, AE=AE), analysis="list", variable="AE.AESTDTC")[0]
    assert (row.text, row.warning) == ("-", "not recorded")


def test_a_subject_is_printed_once(tmp_path):
    record = read_study(a_study(tmp_path, a_protocol(PLAN), DM=DM, AE=AE))
    (table,) = draw_tables(analyse(record), record.protocol)
    assert [column.printed for column in table.columns] == ["Subject", "Event", "Start Date/Time", "Standard Toxicity Grade"]
    assert [row.printed for row in table.rows] == ["Case 1", "", "Case 2"]


def test_no_such_row_is_said(tmp_path):
    row = only(analysed(tmp_path, PLAN.replace("AESER: Y", "AESER: X"), DM=DM, AE=AE), analysis="list")
    assert row.error == "no such row is recorded"
