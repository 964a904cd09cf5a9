"""The product section: drawn from result rows only; what was not recorded is printed, never left out."""

from cordside.report.document import compose
from cordside.report.drawtables import PRODUCT, draw_standing
from cordside.report.pieces import PlacedTable
from cordside.report.tables import Table
from tests.report.sample import a_protocol, a_report, a_row, by_subject, sample_rows


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


def test_powers_of_ten_are_raised():
    rows = [a_row("product", level="Dose", variable="Dose: Rule", label="Rule", text="1 × 10^6 viable cells per kg")]
    assert cells(drawn("product", rows))["Dose: Rule", "recorded"] == "1 × 10⁶ viable cells per kg"


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


def historical(subject, number, day, dose="30 × 10^6 cells"):
    """Result rows of an infusion of which only day and dose are known; sample subjects are few, so it names its own."""
    known = {"DAY": day, "LOT": "historical, no lot known", "CONTAINER": "not recorded", "DOSE": dose}
    columns = {"group": "subject", "group_level": subject, "subject": subject, "level": number}
    return [a_row("product_infusions", **columns, variable=name, label=name.capitalize(), text=text) for name, text in known.items()]


def test_infusions_of_which_nothing_was_measured_stand_together_when_they_read_alike():
    names = ("T-1", "T-2", "T-3", "T-4")
    given = [(name, number, day) for name in names for number, day in (("1", "D1"), ("2", "D5" if name == "T-3" else "D4"))]
    rows = [row for one in given for row in historical(*one)]
    table = drawn("product_infusions", rows)
    assert [(row.printed, *(cell.text for cell in row.cells)) for row in table.rows] == [
        ("all 4 subjects", "1", "D1", "historical, no lot known", "30 × 10⁶ cells"),
        ("T-1, T-2, T-4", "2", "D4", "historical, no lot known", "30 × 10⁶ cells"),
        ("T-3", "2", "D5", "historical, no lot known", "30 × 10⁶ cells"),
    ]
    assert [len(row.cells[1].results) for row in table.rows] == [4, 3, 1]


def test_few_subjects_keep_a_row_for_each_infusion():
    rows = [row for name in ("T-1", "T-2") for row in historical(name, "1", "D1")]
    assert [row.printed for row in drawn("product_infusions", rows).rows] == ["T-1", "T-2"]


def received(subject, number, date, lot="historical, no lot known", released="not known", container="not recorded"):
    known = {"CONTAINER": container, "DATE": date, "RELEASED": released, "STATE": released, "HOLDS": "not known"}
    columns = {"group": "lot", "group_level": lot, "subject": subject, "level": number}
    return [a_row("product_recipients", **columns, variable=name, text=text) for name, text in known.items()]


def test_infusions_without_any_lot_are_counted_in_one_line():
    rows = received("T-1", "1", "2020-02-14") + received("T-1", "2", "2020-02-17") + received("T-2", "1", "not recorded")
    table = drawn("product_recipients", rows)
    assert [(row.printed, *(cell.text for cell in row.cells)) for row in table.rows] == [
        (
            "historical, no lot known",
            "not recorded",
            "3 infusions in 2 subjects",
            "2020-02-14 to 2020-02-17; 1 not recorded",
            *["not known"] * 3,
        )
    ]
    assert "No lot is known of any infusion: they are counted here, not listed." in table.footnotes
    assert all(len(cell.results) == 3 for cell in table.rows[0].cells)


def test_one_known_lot_or_container_keeps_every_infusion_listed():
    unknown = received("T-1", "1", "2020-02-14") + received("T-1", "2", "2020-02-17")
    for more in ({"lot": "L-1", "released": "released"}, {"container": "B-7"}):
        assert len(drawn("product_recipients", unknown + received("T-2", "1", "2020-02-18", **more)).rows) == 3


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
