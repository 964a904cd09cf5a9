"""The release of a lot: every reason against it, what the tests amount to, its state at a time, and its recall."""

from datetime import UTC, datetime

import pytest

from cordside.product import tested as specified
from cordside.product.cellrows import cells_of
from cordside.product.changed import result_digest
from cordside.product.holds import all_holds, holds_over, lot_holds
from cordside.product.recall import reach_of, recalled_at
from cordside.product.release import decision_refusals, lot_state, release_refusals, verdict_of
from tests.product.made import a_changed_record, adds, changed_cells, deviations, drops, queries, sets

RELEASED_AT = datetime(2025, 11, 14, 9, 0, tzinfo=UTC)
AFTER = datetime(2026, 3, 1, tzinfo=UTC)
VIABILITY = {"TRSID": "R99", "TRGTYPE": "lot", "TRGID": "UC-01", "TSTCD": "Viability", "METHOD": "7-AAD", "STAGE": "frozen product"}
REVIEWED = {"ORRESU": "%", "RESBY": "Eva", "REVBY": "Fay", "RESSTAT": "reviewed"}
NEWER = VIABILITY | REVIEWED | {"RESDTC": "2025-12-01T09:00Z", "ORRES": "93", "SUPERSED": "R03"}


def against(cells, lot="UC-01"):
    """Codes against the decision on a lot, at the time when it was made."""
    return list(dict.fromkeys(one.code for one in decision_refusals(cells, cells.releases[lot][0])))


def test_a_release_that_keeps_every_rule_has_nothing_against_it(tmp_path):
    cells = changed_cells(tmp_path)
    assert {lot: against(cells, lot) for lot in cells.releases} == dict.fromkeys(cells.releases, [])


BROKEN = {
    "no_effective_specification": {"release": sets("RELID", "REL-3", SPECVER="1")},
    "no_effective_specification ": {"lot": sets("LOTID", "UC-01", SPECVER="3")},
    "test_missing": {"testresult": drops("TRSID", "R04")},
    "test_missing ": {"testresult": sets("TRSID", "R03", METHOD="Trypan blue")},
    "test_missing  ": {"testresult": sets("TRSID", "R03", ORRES="good")},
    "test_missing   ": {"testresult": sets("TRSID", "R03", RESDTC="2025-11-14T09:01Z", REVDTC="2025-11-14T09:02Z")},
    "test_failed": {"testresult": sets("TRSID", "R04", ORRES="94.996")},
    "result_not_reviewed": {"testresult": sets("TRSID", "R04", RESSTAT="entered")},
    "result_not_reviewed ": {"testresult": sets("TRSID", "R04", REVDTC="2025-11-15T09:00Z")},
    "several_valid_results": {"testresult": adds(NEWER | {"RESDTC": "2025-11-13T09:00Z", "SUPERSED": ""})},
    "donor_not_eligible": {"donor": sets("DNRID", "D-01", ELIG="pending")},
    "donor_not_eligible ": {"donor": sets("DNRID", "D-01", ELIGDTC="2025-12-01T09:00Z")},
    "on_hold": {"hold": sets("HLDID", "H-2", CLOSDTC="2025-12-01T09:00Z")},
    "expired": {"material": sets("MATID", "UC-01-4", EXPDTC="2025-11-14T09:00Z")},
    "two_people_needed": {"release": sets("RELID", "REL-3", QABY="")},
    "qa_performed_the_work": {"release": sets("RELID", "REL-3", QABY="Ben")},
    "exception_incomplete": {"release": sets("RELID", "REL-3", EXCREAS="No other lot")},
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_lot_is_not_released_in_breach_of_one_rule(tmp_path, code):
    record = a_changed_record(tmp_path, **BROKEN[code])
    assert against(cells_of(record)) == [code.strip()]
    assert ("cells-001", code.strip(), "001-1", "records/release.csv:4") in deviations(record, code.strip())
    assert any(f"({code.strip()})" in problem.problem for problem in queries(record, "release"))


def test_outside_the_specification_only_a_whole_exception_helps(tmp_path):
    assert against(changed_cells(tmp_path / "a"), "UC-02") == []
    missing = changed_cells(tmp_path / "b", release=sets("RELID", "REL-4", EXCSPON=""))
    assert against(missing, "UC-02") == ["test_failed", "exception_incomplete"]
    none = changed_cells(tmp_path / "c", release=sets("RELID", "REL-4", EXCSPON="", EXCREAS="", EXCPHYS="", EXCRISK=""))
    assert against(none, "UC-02") == ["test_failed"]


def test_informative_tests_never_block_and_either_marker_will_do(tmp_path):
    cells = changed_cells(tmp_path, testresult=sets("TRSID", "R05", TSTCD="CD79a"))
    rows = {one.row.test: one for one in specified.tested(cells, "UC-01", AFTER)}
    assert rows["CD79a or CD19"].passed is True
    assert [one.passed for one in specified.tested(cells, "UC-02", AFTER) if one.row.test == "HLA-DR"] == [False]
    assert "HLA-DR" not in str(release_refusals(cells, "UC-02", AFTER))


def test_a_result_in_another_unit_is_not_compared(tmp_path):
    cells = changed_cells(tmp_path, testresult=sets("TRSID", "R07", ORRESU="EU/kg"))
    found = next(one for one in specified.tested(cells, "UC-01", AFTER) if one.row.test == "Endotoxin")
    assert found.passed is None and "the limit is in EU/mL" in found.compared[0].remark


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2025-11-11T11:59", "in process"),
        ("2025-11-11T12:00", "quarantine"),
        ("2025-11-14T08:59", "quarantine"),
        ("2025-11-14T09:00", "conditional"),
        ("2026-01-26T16:59", "conditional"),
        ("2026-01-26T17:00", "released"),
    ],
)
def test_the_state_of_a_lot_follows_time(tmp_path, at, state):
    assert lot_state(changed_cells(tmp_path), "UC-01", datetime.fromisoformat(at + ":00+00:00")) == state


def test_a_late_fail_recalls_the_lot_from_the_moment_it_is_known(tmp_path):
    cells = changed_cells(tmp_path, testresult=sets("TRSID", "R27", ORRES="growth", RESSTAT="entered", REVBY="", REVDTC=""))
    known = datetime(2026, 1, 26, 16, 0, tzinfo=UTC)
    assert lot_state(cells, "UC-01", known) == "recalled"
    assert lot_state(cells, "UC-01", datetime(2026, 1, 26, 15, 59, tzinfo=UTC)) == "conditional"
    found = recalled_at(cells, "UC-01", known)
    assert (found.subjects, found.siblings, found.sibling_subjects) == (("cells-001",), ("UC-02",), ("cells-002",))
    assert found.blocked == ("UC-01-1", "UC-01-2", "UC-01-3", "UC-01-4", "UC-01-3T")
    assert [hold.automatic for hold in lot_holds(cells, "UC-01", known)] == [True]
    assert verdict_of(cells, "UC-01", known) == "recalled"


def test_a_container_infused_into_two_and_one_known_by_its_lot_only_are_both_looked_back_to(tmp_path):
    again = {"USUBJID": "cells-003", "EXREFID": "x", "EXTRT": "UC-MSC", "EXSTDTC": "2026-01-12T12:00", "EXCONT": "UC-01-1T"}
    other = {"USUBJID": "cells-004", "EXREFID": "y", "EXTRT": "UC-MSC", "EXSTDTC": "2026-01-20", "EXLOT": "UC-01"}
    assert set(reach_of(changed_cells(tmp_path, ex=adds(again, other)), "UC-01").subjects) == {"cells-001", "cells-003", "cells-004"}


def test_overdue_is_overdue_and_never_passed(tmp_path):
    late = [one for one in specified.tested(changed_cells(tmp_path), "UC-02", AFTER) if one.is_late]
    assert [(one.passed, one.overdue, one.due.date().isoformat()) for one in late] == [(None, True, "2026-01-27")]
    assert lot_state(changed_cells(tmp_path), "UC-02", AFTER) == "conditional"


def test_without_a_listed_date_a_late_test_is_due_so_many_days_after_the_first_use(tmp_path):
    cells = changed_cells(tmp_path, release=sets("RELID", "REL-4", OUTSTND=""))
    late = next(one for one in specified.tested(cells, "UC-02", AFTER) if one.is_late)
    assert late.due == datetime(2026, 1, 27, 13, 0, tzinfo=UTC)
    assert any("Sterility was outstanding and is not listed" in problem.problem for problem in queries(cells.record, "release"))


def test_a_result_replaced_after_the_release_opens_a_hold_by_itself(tmp_path):
    cells = changed_cells(tmp_path, testresult=adds(NEWER))
    assert [(hold.held, hold.automatic, hold.opened.isoformat()) for hold in all_holds(cells)["lot", "UC-01"]] == [
        ("UC-01", True, "2025-12-01T09:00:00+00:00")
    ]
    # While it was open, two infusions were given from the lot and one container was thawed.
    assert {row[2] for row in deviations(cells.record, "on_hold")} == {"001-1", "001-2", "T33"}


@pytest.mark.parametrize("held", [("lot", "UC-01"), ("material", "UC-01-3T")])
def test_a_test_that_fails_once_more_after_the_release_opens_a_hold_by_itself(held, tmp_path):
    fail = {"TRSID": "R90", "TSTCD": "CD73", "METHOD": "Flow cytometry", "STAGE": "frozen product", "ORRES": "80", "ORRESU": "%"}
    fail |= {"TRGTYPE": held[0], "TRGID": held[1], "RESDTC": "2026-01-30T10:00Z", "RESBY": "Eva", "RESSTAT": "entered"}
    cells = changed_cells(tmp_path, testresult=adds(fail))
    before, after = datetime(2026, 1, 30, 9, 59, tzinfo=UTC), datetime(2026, 1, 30, 10, tzinfo=UTC)
    found = [(hold.target, hold.held) for hold in holds_over(cells, "UC-01-3T", after)]
    assert found == [held] and holds_over(cells, "UC-01-3T", before) == []
    assert bool(lot_holds(cells, "UC-01", after)) is (held[0] == "lot")


def test_units_made_after_the_decision_do_not_judge_it(tmp_path):
    cells = changed_cells(tmp_path, input=sets("TRFID", "T30", MATID="UC-XX"))
    assert decision_refusals(cells, cells.releases["UC-01"][0]) == []


def test_a_person_closes_the_hold_that_opened_by_itself(tmp_path):
    closed = {"HLDID": "H-9", "TRGTYPE": "lot", "TRGID": "UC-01", "OPENDTC": "2025-12-02T09:00Z", "OPENBY": "Gus", "CLOSBY": "Gus"}
    cells = changed_cells(tmp_path, testresult=adds(NEWER), hold=adds(closed | {"CLOSDTC": "2025-12-03T09:00Z"}))
    assert lot_holds(cells, "UC-01", AFTER) == []


def test_a_decision_rests_on_the_digest_of_its_results(tmp_path):
    digest = result_digest(changed_cells(tmp_path / "a"), "UC-01", RELEASED_AT)
    assert len(digest) == 64
    sound = changed_cells(tmp_path / "b", release=sets("RELID", "REL-3", RESSHA=digest))
    assert all_holds(sound).get(("lot", "UC-01"), []) == []
    # Reviews and later results leave it; another value of one result does not.
    reviewed = changed_cells(tmp_path / "c", release=sets("RELID", "REL-3", RESSHA=digest), testresult=sets("TRSID", "R27", ORRES="growth"))
    assert result_digest(reviewed, "UC-01", RELEASED_AT) == digest
    edited = changed_cells(tmp_path / "d", release=sets("RELID", "REL-3", RESSHA=digest), testresult=sets("TRSID", "R03", ORRES="94.3"))
    assert [hold.automatic for hold in lot_holds(edited, "UC-01", AFTER)] == [True]


def test_a_bank_is_judged_by_the_rows_of_its_stage(tmp_path):
    cells = changed_cells(tmp_path)
    assert [one.row.test for one in specified.tested(cells, "MCB-01", AFTER)] == ["Sterility"]
    assert specified.tested(cells, "WCB-01", AFTER) == []
    assert len(specified.tested(cells, "UC-01", AFTER)) == 8
