"""EX rows from the infusion: lot, cells, cells per kg and minutes since thaw, beside what was collected."""

from cordside.product.cellrows import cells_of
from cordside.product.infused import infused
from cordside.record.read import read_study
from tests.product.made import CELLS, a_cells_study, a_changed_record, sets


def ex_of(record):
    return {row["EXREFID"]: row for row in record.frame("EX").iter_rows(named=True)}


def test_lot_cells_cells_per_kg_and_minutes_since_thaw_follow_from_the_container(tmp_path):
    row = ex_of(a_changed_record(tmp_path, ex=sets("EXREFID", "001-1", EXLOT="")))["001-1"]
    assert row["EXLOT"] == "UC-01"
    assert (row["EXVCELLS"], row["EXTCELLS"]) == (69_079_626, 74_761_500)
    assert row["EXVCKG"] == round(69_079_626 / 70)
    assert row["EXTHMIN"] == 60


def test_what_is_computed_changes_no_digest(tmp_path):
    change = sets("EXREFID", "001-1", EXLOT="")
    folder = a_cells_study(tmp_path / "plain", ex=change)
    assert a_changed_record(tmp_path / "told", ex=change).digest == read_study(folder).digest


def test_an_entered_lot_stands(tmp_path):
    row = ex_of(a_changed_record(tmp_path, ex=sets("EXREFID", "001-1", EXLOT="another")))["001-1"]
    assert row["EXLOT"] == "another"


def test_a_historical_infusion_has_no_lot_and_no_cells(tmp_path):
    row = ex_of(a_changed_record(tmp_path))["003-1"]
    assert [row[name] for name in ("EXLOT", "EXVCELLS", "EXTCELLS", "EXVCKG", "EXTHMIN")] == [None] * 5
    (one,) = [one for one in infused(cells_of(read_study(CELLS))) if one.is_historical]
    assert one.lot_words == "historical, no lot known"


def test_a_start_before_the_thaw_has_no_time_since_thaw(tmp_path):
    record = a_changed_record(tmp_path, transform=sets("TRFID", "T30", TRFDTC="2026-01-12T23:00Z"))
    assert ex_of(record)["001-1"]["EXTHMIN"] is None


def test_the_thaw_entered_at_the_bedside_counts_where_no_transform_tells(tmp_path):
    changed = sets("EXREFID", "003-1", EXHIST="", EXSTDTC="2026-01-07T12:00", EXTHDTC="2026-01-07T11:15")
    assert ex_of(a_changed_record(tmp_path, ex=changed))["003-1"]["EXTHMIN"] == 45


def test_infusions_are_numbered_by_date_within_a_subject():
    found = [(one.row["EXREFID"], one.number, one.day, one.planned) for one in infused(cells_of(read_study(CELLS)))]
    assert found == [("001-1", 1, 1, 1), ("001-2", 2, 4, 4), ("002-1", 1, 1, 1), ("003-1", 1, 1, 1)]


def test_a_weight_for_doses_per_kg_is_the_orders_else_the_last_one_measured():
    found = {one.row["EXREFID"]: one for one in infused(cells_of(read_study(CELLS)))}
    assert (found["001-1"].weight, found["001-1"].weight_source) == (70, "records/order.csv:2")
    assert (found["003-1"].weight, found["003-1"].weight_kind) == (60, "actual")
