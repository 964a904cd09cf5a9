"""No start is authorised in breach, and every breach that was entered all the same becomes a deviation."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cordside.product.breaches import with_product
from cordside.product.refusals import CODES
from cordside.product.start import start_refusals_of
from cordside.record.read import read_study
from tests.product.made import AT, a_changed_record, adds, changed_cells, deviations, drops, sets

ASKED = {"subject": "cells-004", "container": "UC-01-3T", "order": "O-4", "wristband": "004", "checkers": ("Lea", "Mo"), "at": AT}
HOLD = {"HLDID": "H-9", "HLDREAS": "Alarm", "OPENDTC": "2026-01-01T00:00Z", "OPENBY": "Gus", "PROPAG": "Y"}


def codes(cells, **asked):
    """Codes of the gate for the infusion of cells-004, with some of what is asked changed."""
    return [refusal.code for refusal in start_refusals_of(cells, **(ASKED | asked))]


def test_a_start_that_keeps_every_rule_is_authorised(tmp_path):
    assert codes(changed_cells(tmp_path)) == []


BROKEN = {
    "consent_not_active": {"ds": drops("USUBJID", "cells-004")},
    "consent_not_active ": {"ds": sets("USUBJID", "cells-004", DSSTDTC="2026-02-03")},
    "consent_not_active  ": {
        "ds": adds({"USUBJID": "cells-004", "DSTERM": "Left", "DSDECOD": "WITHDRAWAL BY SUBJECT", "DSSTDTC": "2026-02-01"})
    },
    "not_eligible": {"dm": sets("USUBJID", "cells-004", AGE="17")},
    "not_eligible ": {"mh": drops("USUBJID", "cells-004")},
    "no_go": {"ce": sets("USUBJID", "cells-004", CEOCCUR="Y")},
    "no_go ": {"vs": sets("USUBJID", "cells-004", VSORRES="39.0")},
    "go_unknown": {"ce": drops("USUBJID", "cells-004")},
    "study_on_hold": {"hold": adds(HOLD | {"TRGTYPE": "study", "TRGID": "cells"})},
    "study_on_hold ": {"hold": adds(HOLD | {"TRGTYPE": "arm", "TRGID": "MSC"})},
    "out_of_window": {"order": sets("ORDID", "O-4", WINTO="2026-02-02T08:59Z")},
    "lot_not_released": {"release": drops("RELID", "REL-3")},
    "lot_not_released ": {"release": sets("RELID", "REL-3", SECBY="Gus")},
    "lot_recalled": {"testresult": sets("TSTCD", "Sterility", ORRES="growth")},
    "on_hold": {"hold": adds(HOLD | {"TRGTYPE": "donor", "TRGID": "D-01"})},
    "on_hold ": {"hold": adds(HOLD | {"TRGTYPE": "material", "TRGID": "MCB-1"})},
    "order_not_verified": {"order": sets("ORDID", "O-4", ORDSTAT="ordered")},
    "order_not_verified ": {"order": sets("ORDID", "O-4", VERBY="")},
    "container_of_another_subject": {"material": sets("MATID", "UC-01-3T", USUBJID="cells-002")},
    "container_of_another_order": {"order": sets("ORDID", "O-4", MATID="UC-01-4")},
    "container_not_available": {"material": sets("MATID", "UC-01-3T", MATSTAT="disposed")},
    "container_already_infused": {
        "ex": adds({"USUBJID": "cells-002", "EXTRT": "UC-MSC", "EXSTDTC": "2026-02-02T09:30", "EXCONT": "UC-01-3T"})
    },
    "expired": {"transform": sets("TRFID", "T33", TRFDTC="2026-02-02T03:00Z")},
    "would_end_after_expiry": {"transform": sets("TRFID", "T33", TRFDTC="2026-02-02T03:10Z")},
    "two_people_needed": {"order": sets("ORDID", "O-4", VERBY="dr. ito")},
}


@pytest.mark.parametrize("code", BROKEN)
def test_no_start_is_authorised_in_breach_of_one_rule(tmp_path, code):
    found = codes(changed_cells(tmp_path, **BROKEN[code]))
    assert code.strip() in found
    assert found == sorted(found, key=CODES["start"].index)


BEDSIDE = {
    "subject_mismatch": {"wristband": "cells-001"},
    "subject_mismatch ": {"wristband": None},
    "two_people_needed": {"checkers": ("Lea", "lea")},
    "two_people_needed ": {"checkers": ("Lea", None)},
    "two_people_needed  ": {"checkers": None},
    "container_of_another_order": {"container": "UC-01-4"},
    "container_of_another_subject": {"container": "UC-01-1T"},
    "container_not_available": {"container": "nowhere"},
    "order_not_verified": {"order": None},
    "expired": {"at": AT + timedelta(hours=5)},
    "would_end_after_expiry": {"end": AT + timedelta(hours=5)},
}


@pytest.mark.parametrize("code", BEDSIDE)
def test_no_start_is_authorised_when_the_bedside_disagrees(tmp_path, code):
    assert code.strip() in codes(changed_cells(tmp_path), **BEDSIDE[code])


def test_the_moment_of_expiry_is_too_late_and_the_one_before_is_not(tmp_path):
    cells, thawed = changed_cells(tmp_path), AT.replace(hour=8)
    expiry = thawed + timedelta(hours=6)
    assert "expired" in codes(cells, at=expiry, end=expiry)
    assert codes(cells, at=expiry - timedelta(minutes=30), end=expiry - timedelta(seconds=1)) == []
    assert codes(cells, at=expiry - timedelta(minutes=30), end=expiry) == ["would_end_after_expiry"]


def test_a_planned_dose_is_not_asked_what_only_the_bedside_can_answer(tmp_path):
    cells = changed_cells(tmp_path, ce=drops("USUBJID", "cells-004"))
    assert codes(cells, order=None, wristband=None, checkers=None) == []


FACTS = {
    "consent_not_active": {"ds": drops("USUBJID", "cells-002")},
    "not_eligible": {"dm": sets("USUBJID", "cells-002", AGE="17")},
    "no_go": {"vs": sets("USUBJID", "cells-002", VSORRES="39.5")},
    "go_unknown": {"ce": drops("USUBJID", "cells-002")},
    "study_on_hold": {"hold": adds(HOLD | {"TRGTYPE": "study", "TRGID": "cells"})},
    "out_of_window": {"order": sets("ORDID", "O-3", WINTO="2026-01-13T12:00Z")},
    "lot_not_released": {"release": drops("RELID", "REL-4")},
    "lot_recalled": {
        "testresult": adds(
            {"TRSID": "R99", "TRGTYPE": "lot", "TRGID": "UC-02", "TSTCD": "Sterility", "METHOD": "Culture", "STAGE": "frozen product"}
            | {"RESDTC": "2026-01-12T08:00Z", "ORRES": "growth", "RESBY": "Eva", "REVBY": "Fay", "RESSTAT": "reviewed"}
        )
    },
    "on_hold": {"hold": adds(HOLD | {"TRGTYPE": "lot", "TRGID": "UC-02"})},
    "order_not_verified": {"order": sets("ORDID", "O-3", ORDSTAT="ordered")},
    "subject_mismatch": {"ex": sets("EXREFID", "002-1", EXWRIST="cells-001")},
    "container_of_another_subject": {"material": sets("MATID", "UC-02-1T", USUBJID="cells-001")},
    "container_of_another_order": {"order": sets("ORDID", "O-3", MATID="UC-02-2")},
    "container_not_available": {
        "transform": adds({"TRFID": "T90", "TRFKIND": "dispose", "TRFDTC": "2026-01-13T10:00Z", "TRFBY": "Cleo", "LOSSCELL": "92000000"}),
        "input": adds({"TRFID": "T90", "MATID": "UC-02-1T", "CELLS": "92000000"}),
    },
    "container_already_infused": {
        "ex": adds({"USUBJID": "cells-003", "EXREFID": "003-0", "EXTRT": "UC-MSC", "EXSTDTC": "2026-01-13T13:00", "EXCONT": "UC-02-1T"})
    },
    "expired": {"transform": sets("TRFID", "T32", TRFDTC="2026-01-13T06:00Z")},
    "would_end_after_expiry": {"transform": sets("TRFID", "T32", TRFDTC="2026-01-13T07:10Z")},
    "two_people_needed": {"ex": sets("EXREFID", "002-1", EXCHK2="Lea")},
    "dose_out_of_tolerance": {"ex": sets("EXREFID", "002-1", EXVGIVEN="60", EXVREST="40")},
    "over_volume_cap": {"ex": sets("EXREFID", "002-1", EXVAMT="130", EXVGIVEN="121", EXVREST="1")},
    "over_rate_cap": {"ex": sets("EXREFID", "002-1", EXENDTC="2026-01-13T14:10")},
    "weight_too_old": {"order": sets("ORDID", "O-3", WTDTC="2026-01-01T08:00Z")},
}


@pytest.mark.parametrize("code", FACTS)
def test_a_breach_that_is_entered_afterwards_is_stored_queried_and_a_deviation(tmp_path, code):
    record = a_changed_record(tmp_path, **FACTS[code])
    assert record.hard_problems == ()
    assert "002-1" in record.frame("EX")["EXREFID"].to_list()
    assert ("cells-002", code, "002-1", "records/ex.csv:4") in deviations(record, code)
    told = [row for row in record.frame("DV").iter_rows(named=True) if (row["USUBJID"], row["DVDECOD"]) == ("cells-002", code)]
    assert all(row["DVTERM"] and row["DVSTDTC"].startswith("2026-01-13") for row in told)


def test_the_untouched_study_has_only_the_breach_that_is_meant(tmp_path):
    record = a_changed_record(tmp_path)
    assert deviations(record) == []
    assert record.frame("DV").select("USUBJID", "DVDECOD", "DVREFID").rows() == [("cells-001", "two_people_needed", "001-2")]


def test_a_deviation_that_a_person_entered_is_not_found_again(tmp_path):
    row = {"USUBJID": "cells-001", "DVTERM": "One checker", "DVDECOD": "two_people_needed", "DVREFID": "001-2", "DVSTDTC": "2026-01-15"}
    place = tmp_path / "cells"
    record = a_changed_record(tmp_path)
    (place / "records" / "dv.csv").write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    again = with_product(read_study(place))
    assert again.frame("DV").select("DVTERM").rows() == [("One checker",)]
    assert len(record.problems) == len(again.problems) + 1


def test_what_is_about_the_lot_is_unknown_of_a_historical_infusion(tmp_path):
    record = a_changed_record(tmp_path, release=lambda rows: [], hold=adds(HOLD | {"TRGTYPE": "donor", "TRGID": "D-01"}))
    assert not [row for row in deviations(record) if row[0] == "cells-003"]


def test_an_infusion_of_a_day_without_a_time_is_wrong_only_where_the_whole_day_is(tmp_path):
    early, day = sets("TRFID", "T32", TRFDTC="2026-01-13T06:00Z"), sets("EXREFID", "002-1", EXSTDTC="2026-01-13", EXENDTC="")
    thawed = {"transform": early, "ex": day}
    assert deviations(a_changed_record(tmp_path / "same", **thawed), "expired") == []
    late = thawed | {"ex": sets("EXREFID", "002-1", EXSTDTC="2026-01-14", EXENDTC="")}
    assert [row[0] for row in deviations(a_changed_record(tmp_path / "next", **late), "expired")] == ["cells-002"]


def merged(changes):
    """Several sets of changes as one: the changes of a file one after another."""
    found = {}
    for change in changes:
        for name, one in change.items():
            before = found.get(name)
            found[name] = one if before is None else lambda rows, first=before, then=one: done(then, done(first, rows))
    return found


def done(change, rows):
    """The rows as a change leaves them."""
    made = change(rows)
    return rows if made is None else made


SAME_CELL = {"no_go", "order_not_verified ", "expired"}
"""Changes that write into a cell that another change of the list writes into as well."""
ALONE = [code for code in BROKEN if code.strip() not in ("lot_not_released", "consent_not_active") and code not in SAME_CELL]
"""Rules that can be broken together without one hiding another."""


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(ALONE), min_size=1, max_size=5, unique_by=str.strip))
def test_whatever_rules_are_broken_together_all_are_told_and_nothing_starts(wanted):
    with tempfile.TemporaryDirectory() as folder:
        found = codes(changed_cells(Path(folder), **merged([BROKEN[code] for code in wanted])))
    assert {code.strip() for code in wanted} <= set(found)


HIDING = ("lot_not_released", "consent_not_active", "over_volume_cap", "dose_out_of_tolerance", "expired")
TOGETHER = [code for code in FACTS if code not in HIDING]


@example(["subject_mismatch", "container_of_another_subject", "container_of_another_order"])
@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(TOGETHER), min_size=1, max_size=5, unique=True))
def test_whatever_breaches_are_entered_together_each_becomes_a_deviation(wanted):
    with tempfile.TemporaryDirectory() as folder:
        record = a_changed_record(Path(folder), **merged([FACTS[code] for code in wanted]))
    assert set(wanted) <= {code for subject, code, infusion, _ in deviations(record) if (subject, infusion) == ("cells-002", "002-1")}
    assert record.frame("EX").height >= 4
