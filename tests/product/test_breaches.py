"""Breaches of a whole study: slips of the pen are told with file and row, nothing is refused, and many infusions stay cheap."""

import pytest

from cordside.product import lots, tested
from cordside.product.breaches import with_product
from cordside.product.cellrows import cells_of
from cordside.product.lots import containers_of, infusions_from
from cordside.record.read import read_study
from tests.product.made import CELLS, a_cells_study, a_changed_record, adds, deviations, queries, sets


@pytest.mark.parametrize(
    ("file", "variable", "change"),
    [
        ("input", "VOL", {"input": sets("TRFID", "T30", VOL="1e400")}),
        ("output", "CELLS", {"output": sets("MATID", "UC-01-1T", CELLS="9" * 40)}),
        ("output", "CELLS", {"output": sets("MATID", "UC-01-1T", CELLS="2" + "0" * 18)}),
        ("order", "WEIGHT", {"order": sets("ORDID", "O-1", WEIGHT="1e300")}),
        ("order", "MAXRATE", {"order": sets("ORDID", "O-1", MAXRATE="1e-300")}),
        ("ex", "EXVGIVEN", {"ex": sets("EXREFID", "001-1", EXVGIVEN="1e300")}),
    ],
)
def test_a_number_out_of_all_measure_is_told_where_it_stands(file, variable, change, tmp_path):
    found = [problem for problem in a_changed_record(tmp_path, **change).problems if problem.hard]
    assert {(problem.file, problem.variable) for problem in found} == {(f"records/{file}.csv", variable)}


def test_a_volume_that_is_a_slip_is_a_deviation_and_gives_no_number_of_cells(tmp_path):
    record = a_changed_record(tmp_path, ex=sets("EXREFID", "001-1", EXVGIVEN="1e15"))
    assert ("cells-001", "over_volume_cap", "001-1", "records/ex.csv:2") in deviations(record)
    assert record.frame("EX")["EXVCELLS"].to_list()[0] is None and not record.hard_problems


@pytest.mark.parametrize("percent", ["-5", "150"])
def test_a_tolerance_that_cannot_be_judges_no_dose(percent, tmp_path):
    record = a_changed_record(tmp_path, order=sets("ORDID", "O-3", TOLPCT=percent))
    assert "a tolerance lies between 0 and 100 %" in queries(record, "order")[0].problem
    assert deviations(record, "dose_out_of_tolerance") == []


def test_a_volume_given_to_less_than_a_microlitre_is_asked_about(tmp_path):
    asked = queries(a_changed_record(tmp_path, ex=sets("EXREFID", "001-1", EXVGIVEN="98.4995")), "ex")
    assert any("more than three decimals" in problem.problem for problem in asked)


def test_a_file_that_cannot_be_read_makes_no_row_of_another_wrong(tmp_path):
    place = a_cells_study(tmp_path)
    path = place / "records" / "material.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    record = with_product(read_study(place))
    assert [(problem.file, problem.hard) for problem in record.problems] == [("records/material.csv", True)]


def test_infusions_of_a_lot_are_those_of_its_containers_and_those_known_by_its_number_only(tmp_path):
    known = {"USUBJID": "cells-003", "EXTRT": "UC-MSC", "VISIT": "INF2", "EXLOT": "UC-01", "EXSTDTC": "2026-01-16"}
    cells = cells_of(read_study(a_cells_study(tmp_path, ex=adds(known))))
    for lot in cells.lots:
        own = containers_of(cells, lot)
        wanted = [row for row in cells.infusions if (row["EXCONT"] in own if row["EXCONT"] else row["EXLOT"] == lot)]
        assert infusions_from(cells, lot) == wanted
    assert [row["USUBJID"] for row in infusions_from(cells, "UC-01")] == ["cells-001", "cells-001", "cells-003"]


def test_the_work_for_many_infusions_grows_with_their_number_only(tmp_path, monkeypatch):
    """Counted and not timed: infusions grouped by lot once, and only late tests judged again at the time of each infusion."""
    calls = {"grouped": 0, "judged": 0}
    grouped, judged = lots._infusions_by_lot, tested._tested

    def count_grouped(cells):
        calls["grouped"] += 1
        return grouped(cells)

    def count_judged(*arguments):
        calls["judged"] += 1
        return judged(*arguments)

    monkeypatch.setattr(lots, "_infusions_by_lot", count_grouped)
    monkeypatch.setattr(tested, "_tested", count_judged)
    one = {"USUBJID": "cells-003", "EXTRT": "UC-MSC", "EXCONT": "UC-04-2"}
    more = [one | {"VISIT": f"X{day}", "EXSTDTC": f"2026-02-{day:02}"} for day in range(1, 21)]
    with_product(read_study(CELLS))
    few = calls["judged"]
    calls.update(grouped=0, judged=0)
    with_product(read_study(a_cells_study(tmp_path, ex=adds(*more))))
    assert calls["grouped"] == 1 and calls["judged"] <= few + 2 * len(more)
