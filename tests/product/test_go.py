"""Go or no-go as the record stood at that moment: met, not met, or not known."""

from datetime import datetime, timedelta

import pytest

from cordside.product.breaches import with_product
from cordside.product.go import go
from cordside.record.read import read_study
from tests.product.made import AT, CELLS, a_changed_record, adds, changed_cells, deviations, sets
from tests.support.folders import a_protocol, a_study

SECOND = datetime.fromisoformat("2026-01-15T10:30:00+01:00")


def verdicts(cells, subject, at):
    """Verdicts of the three criteria."""
    return {one.id: one.verdict for one in go(cells, subject, at)}


def test_each_criterion_comes_with_its_value_row_and_date(tmp_path):
    found = go(changed_cells(tmp_path), "cells-004", AT)
    assert [(one.id, one.verdict, one.date, one.source) for one in found] == [
        ("no_shock", "met", "2026-02-02T09:00", "records/ce.csv:10"),
        ("no_thrombosis", "met", "2026-02-02T09:00", "records/ce.csv:11"),
        ("no_fever", "met", "2026-02-02T09:00", "records/vs.csv:9"),
    ]


def test_an_answer_of_the_first_infusion_does_not_answer_for_the_second(tmp_path):
    cells = changed_cells(tmp_path, ce=lambda rows: [row for row in rows if row["VISIT"] != "INF2"])
    assert verdicts(cells, "cells-001", SECOND)["no_shock"] == "unknown"
    assert {row[1:3] for row in deviations(cells.record)} == {("go_unknown", "001-2")}


def test_what_happened_since_the_last_infusion_counts_and_what_came_after_the_start_does_not(tmp_path):
    shock = {"USUBJID": "cells-001", "CETERM": "Shock", "CEPRESP": "Y", "CEOCCUR": "Y"}
    between = changed_cells(tmp_path / "a", ce=adds(shock | {"CEDTC": "2026-01-13T20:00"}))
    assert verdicts(between, "cells-001", SECOND)["no_shock"] == "not met"
    after = changed_cells(tmp_path / "b", ce=adds(shock | {"CEDTC": "2026-01-15T12:00"}))
    assert verdicts(after, "cells-001", SECOND)["no_shock"] == "met"
    before = changed_cells(tmp_path / "c", ce=adds(shock | {"CEDTC": "2026-01-11T20:00"}))
    assert verdicts(before, "cells-001", SECOND)["no_shock"] == "met"
    assert verdicts(before, "cells-001", SECOND - timedelta(days=3))["no_shock"] == "not met"


def test_of_what_is_measured_the_last_value_before_the_start_counts(tmp_path):
    cells = changed_cells(tmp_path, vs=sets("VISIT", "INF2", VSORRES="39.2"))
    assert verdicts(cells, "cells-001", SECOND)["no_fever"] == "not met"
    assert verdicts(cells, "cells-001", SECOND - timedelta(days=1))["no_fever"] == "met"


@pytest.mark.parametrize(("occurred", "codes"), [("Y", ["no_go"]), ("N", []), ("U", [])])
def test_a_study_without_product_files_is_told_of_a_known_no_go_only(tmp_path, occurred, codes):
    parts = "before_each_infusion: [{id: no_shock, item: CE.SHOCK, recorded: false}]\n"
    shock = f"USUBJID | CETERM | CEPRESP | CEOCCUR | CEDTC\nT-1 | Shock | Y | {occurred} | 2020-02-10"
    folder = a_study(tmp_path, a_protocol(parts), DM="USUBJID\nT-1", CE=shock, EX="USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-11")
    assert with_product(read_study(folder)).frame("DV")["DVDECOD"].to_list() == codes


def test_the_record_alone_knows_no_product(tmp_path):
    assert read_study(CELLS).frame("DV").height == 0
    assert a_changed_record(tmp_path).frame("DV").height == 1
