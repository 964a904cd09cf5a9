"""The product section: drawn from result rows only; what was not recorded is printed, never left out."""

from cordside.report.document import compose
from cordside.report.drawtables import PRODUCT, draw_standing
from cordside.report.pieces import PlacedTable
from cordside.report.tables import Table
from tests.report.sample import a_protocol, a_report, by_subject, sample_rows


def drawn(name: str, rows=None) -> Table:
    return draw_standing(name, sample_rows() if rows is None else rows, a_protocol())


def cells(table: Table) -> dict[tuple[str, str], str]:
    return {(row, column): cell.text for row, column, cell in table.cells()}


def test_lines_stand_under_their_groups_with_what_is_recorded():
    table = drawn("product")
    assert [row.key for row in table.rows if row.section] == ["Source", "Dose"]
    assert cells(table) == {
        ("Source: Tissue", "recorded"): "Umbilical cord",
        ("Source: Donors", "recorded"): "not recorded",
        ("Dose: Rule", "recorded"): "not published",
    }


def test_a_line_that_was_not_recorded_is_no_dash_and_needs_no_footnote():
    table = drawn("product")
    assert (table.footnotes, table.marked) == ((), ())


def test_a_test_stands_with_limit_result_and_verdict_under_its_lot():
    printed = {column: text for (row, column), text in cells(drawn("product_tests")).items() if row == "L-1: 1"}
    assert printed == {
        "test": "Viability",
        "stage": "bank",
        "method": "7-AAD",
        "limit": "≥ 70 %",
        "result": "94.2 %",
        "verdict": "passed",
        "due": "before use",
    }


def test_what_no_infusion_has_is_named_below_instead_of_an_empty_column():
    table = drawn("product_infusions")
    assert [column.key for column in table.columns] == ["", "number", "DAY", "LOT", "THAW"]
    assert table.footnotes == ("Recorded of no infusion: viability.",)
    assert cells(table)["Case 2 / 1", "LOT"] == "historical, no lot known"


def test_many_infusions_of_a_subject_stand_below_one_heading():
    rows = [by_subject("product_infusions", "T-1", level=level, variable="LOT", label="Lot", text="L-1") for level in ("1", "2")]
    assert [row.printed for row in drawn("product_infusions", rows).rows] == ["Case 1", ""]


def test_each_lot_stands_with_the_subjects_who_received_it():
    assert cells(drawn("product_recipients"))["L-1: T-1 / 1", "SUBJECT"] == "T-1, 1"
    assert cells(drawn("product_recipients"))["L-1: T-1 / 1", "HOLDS"] == "none"


def test_every_printed_line_leads_to_its_source():
    for name in PRODUCT:
        assert all(cell.sources for _, column, cell in drawn(name).cells() if column not in ("number", "stage"))


def test_the_section_stands_in_a_report_that_has_such_rows_and_in_no_other():
    def tables(report):
        return [piece.table.id for piece in compose(report).pieces if isinstance(piece, PlacedTable)]

    assert [name for name in tables(a_report()) if name in PRODUCT] == list(PRODUCT)
    without = [row for row in sample_rows() if row.analysis not in PRODUCT]
    assert not set(PRODUCT) & set(tables(a_report(without)))
    assert "cells" not in [section.id for section in compose(a_report(without)).sections]
