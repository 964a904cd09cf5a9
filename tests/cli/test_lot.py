"""lot prints every lot with genealogy, tests, verdict, containers, look-back and recall, and is fine whatever the verdicts."""

from datetime import UTC, datetime

import pytest

from tests.cli.commands import files_in, json_of, status_of
from tests.product.made import CELLS, a_cells_study, sets

AT = "2026-02-02T10:00+01:00"


def lots(capsys, study, *more):
    """The lots of a study by name."""
    return {lot["lot"]: lot for lot in json_of(capsys, "lot", study, "--at", AT, *more)["lots"]}


def test_every_lot_has_state_verdict_tests_recipients_and_holds(capsys):
    found = lots(capsys, CELLS)
    assert {name: (lot["state"], lot["verdict"]) for name, lot in found.items()} == {
        "MCB-01": ("released", "released"),
        "WCB-01": ("released", None),
        "UC-01": ("released", "released"),
        "UC-02": ("conditional", "conditional"),
        "UC-03": ("rejected", "rejected"),
        "UC-04": ("released", "released"),
    }
    assert {name: lot["recipients"] for name, lot in found.items() if lot["recipients"]} == {"UC-01": ["cells-001"], "UC-02": ["cells-002"]}
    assert {"lot", "state", "verdict", "tests", "recipients", "holds"} <= set(found["UC-01"])


def test_a_master_bank_is_not_said_to_lack_a_bank_vial(capsys):
    assert status_of("lot", CELLS, "--lot", "MCB-01", "--at", AT) == 0
    said = capsys.readouterr().out
    assert "from donor D-01\n" in said and "bank vial not" not in said
    assert status_of("lot", CELLS, "--lot", "UC-01", "--at", AT) == 0
    assert "from donor D-01; bank vial WCB-1\n" in capsys.readouterr().out


def test_a_test_has_its_limit_as_text_and_passes_fails_or_is_outstanding(capsys):
    tests = {one["test"]: one for one in lots(capsys, CELLS, "--lot", "UC-02")["UC-02"]["tests"]}
    keys = ("test", "value", "unit", "operator", "limit", "blocking", "passed")
    assert [tests["Viability"][key] for key in keys] == ["Viability", "68.4", "%", ">=", "70", True, False]
    assert [tests["HLA-DR"][key] for key in keys] == ["HLA-DR", "3.1", "%", "<=", "2", False, False]
    assert [tests["Sterility"][key] for key in keys] == ["Sterility", None, None, "negative", None, True, None]
    assert tests["Sterility"]["overdue"] is True
    assert (tests["Passage"]["value"], tests["Passage"]["passed"]) == ("5", True)


def test_who_may_be_infused_is_said_container_by_container(capsys):
    containers = {one["container"]: one for lot in lots(capsys, CELLS).values() for one in lot["containers"]}
    assert (containers["UC-01-3T"]["subject"], containers["UC-01-3T"]["refused"]) == ("cells-004", [])
    assert containers["UC-01-1T"]["infused"] == ["cells-001"]
    assert containers["UC-03-1"]["refused"] == ["lot_not_released"]
    assert containers["UC-04-1"]["refused"] == ["on_hold"]
    assert containers["UC-01-3T"]["expiry"] == "2026-02-02T14:00:00Z"
    assert containers["UC-01-3T"]["cum_pd_from"] == "P0 harvest"


def test_a_recall_lists_recipients_siblings_and_what_is_blocked(tmp_path, capsys):
    study = a_cells_study(tmp_path, testresult=sets("TRSID", "R27", ORRES="growth"))
    found = lots(capsys, study, "--lot", "UC-01")["UC-01"]
    assert (found["state"], found["verdict"]) == ("recalled", "recalled")
    assert found["recall"]["subjects_of_lot"] == ["cells-001"]
    assert found["recall"]["subjects_of_siblings"] == ["cells-002"]
    assert "UC-01-3T" in found["recall"]["blocked_containers"] and "UC-01-1T" not in found["recall"]["blocked_containers"]
    assert [hold["automatic"] for hold in found["holds"]] == [True]
    assert status_of("lot", study, "--at", AT) == 0
    assert "recalled: tell cells-001" in capsys.readouterr().out


def test_the_page_of_a_lot_is_written_whole_and_never_over_another(tmp_path, capsys):
    out = tmp_path / "out"
    assert status_of("lot", CELLS, "--lot", "UC-02", "--at", AT, "--out", out) == 0
    files = files_in(out)
    assert set(files) == {"lot-UC-02.html", "lot-UC-02.pdf"}
    page = files["lot-UC-02.html"].decode()
    assert "No other lot fits the subject" in page and "overdue" in page and "cells-002" in page
    assert status_of("lot", CELLS, "--lot", "UC-02", "--at", AT, "--out", out) == 2
    assert files_in(out) == files


def test_a_lot_that_is_not_there_and_a_time_without_offset_are_said(capsys):
    assert status_of("lot", CELLS, "--lot", "UC-1") == 2
    assert "did you mean UC-01" in capsys.readouterr().err
    assert status_of("lot", CELLS, "--at", "2026-02-02T10:00") == 2
    assert "--at" in capsys.readouterr().err


def test_a_study_without_lots_is_fine(capsys):
    assert status_of("lot", "renmin-2020") == 0


def test_now_is_the_time_unless_another_is_given(capsys):
    found = {lot["lot"]: lot for lot in json_of(capsys, "lot", CELLS)["lots"]}
    expected = "conditional" if datetime.now(UTC) > datetime(2025, 11, 20, 9, tzinfo=UTC) else "quarantine"
    assert found["UC-02"]["state"] == expected


@pytest.mark.parametrize("command", ["check", "screen", "cut"])
def test_the_study_goes_every_other_road_too(tmp_path, capsys, command):
    more = ["--out", tmp_path / "cut"] if command == "cut" else []
    assert status_of(command, CELLS, *more) == 0
    if command == "cut":
        first = lots(capsys, CELLS)
        assert lots(capsys, tmp_path / "cut") == first
