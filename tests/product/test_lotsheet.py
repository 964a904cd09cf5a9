"""The page of a lot: genealogy up to the donor, tests, decisions, outstanding results, holds, recipients."""

from datetime import UTC, datetime

from cordside.product.cellrows import cells_of
from cordside.product.lotsheet import lot_sheet
from cordside.product.lotview import lot_view
from cordside.record.read import read_study
from tests.product.made import AT, CELLS, adds, changed_cells

CELL_ROWS = cells_of(read_study(CELLS))


def blocks(cells, lot, at=AT):
    return {block.title: block for block in lot_sheet(lot_view(cells, lot, at)).blocks}


def test_the_genealogy_runs_from_the_donor_to_the_units_with_passage_and_doublings():
    rows = blocks(CELL_ROWS, "UC-01")["Genealogy"].grid.rows
    assert rows[0] == ("", "donation", "D-01", "CORD-1", "", "")
    assert [row[1] for row in rows] == [
        *("donation", "split", "explant", "passage", "passage", "freeze", "thaw", "passage", "freeze", "thaw", "passage"),
        *("passage", "passage", "pool", "freeze"),
    ]
    assert rows[-1][2:] == ("BULK-1: 420,000,000", "UC-01-1: 100,000,000; and 3 more", "P5", "14.00")


def test_a_result_stands_with_its_unit_and_verdict():
    rows = {row[0]: row for row in blocks(CELL_ROWS, "UC-02")["Tests against the specification"].grid.rows}
    assert rows["Viability"][3:5] == ("68.4 %", "failed")
    assert rows["Sterility"][3:] == ("", "overdue", "yes", "after use, by 2026-01-27")


def test_a_used_unit_says_what_it_was_made_into():
    rows = {row[0]: row for row in blocks(CELL_ROWS, "UC-01")["Containers"].grid.rows}
    assert rows["UC-01-1"][-1] == "used for UC-01-1T"
    assert rows["UC-01-1T"][-1] == "infused into cells-001"
    assert rows["UC-01-4"][-1] == "yes, after the checks at the bedside"


def test_a_decision_that_was_made_before_another_is_not_forgotten(tmp_path):
    later = {"RELID": "REL-9", "LOTID": "UC-01", "SPECVER": "2", "VERDICT": "rejected", "QABY": "Gus", "SECBY": "Hal"}
    cells = changed_cells(tmp_path, release=adds(later | {"RELDTC": "2026-02-01T09:00Z"}))
    found = blocks(cells, "UC-01")
    assert found["Earlier decisions"].checks == ("conditional at 2025-11-14 09:00 UTC (records/release.csv:4)",)
    assert "Earlier decisions" not in blocks(cells, "UC-01", datetime(2026, 1, 20, tzinfo=UTC))


def test_recipients_of_a_sibling_lot_stand_under_look_back():
    rows = blocks(CELL_ROWS, "UC-02")["Recipients and look-back"].grid.rows
    assert rows[0][:3] == ("cells-002", "2026-01-13T14:00", "UC-02-1T")
    assert ("cells-001", "", "", "a lot of the same bank vial") in rows
