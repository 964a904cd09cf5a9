"""Visits due, done, missed and out of window."""

from datetime import date

import pytest

from cordside.record.timeline import timeline
from tests.support.records import a_record

PLAN = """
arms:
  MSC: {label: Cells}
  SOC: {label: Standard of care, treated: false}
visits:
  SCREEN: {day: -1, window: [-6, 0]}
  D1: {day: 1, infusion: 1}
  D14: {day: 14, window: [-1, 2]}
  LATE: {day: 5, anchor: last infusion}
  WARD: {day: 2, anchor: admission}
  SIGNED: {day: 1, anchor: consent}
  CALL: {day: -2, repeat: {every: 3, times: 2}}
  OPEN: {}
  UNSCHEDULED: {unscheduled: true}
"""
EX = "USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-11\nT-1 | MSC | 2020-02-14"
DS = "USUBJID | DSTERM | DSDECOD | DSCAT | DSSTDTC\nT-1 | X | "
CONSENT = DS + "INFORMED CONSENT OBTAINED | PROTOCOL MILESTONE | 2020-02-05"
HO = "USUBJID | HOTERM | HODECOD | HOSTDTC\nT-1 | Ward | HOSPITAL STAY | 2020-02-03\nT-1 | Ward | HOSPITAL STAY | 2020-03-03"


def statuses(record, at="2020-02-24"):
    return {visit.visit: visit for visit in timeline(record, date.fromisoformat(at) if at else None)}


def test_days_count_from_the_anchor_as_day_1_without_a_day_0(tmp_path):
    found = statuses(a_record(tmp_path, PLAN, EX=EX, HO=HO, DS=CONSENT))
    assert {name: str(visit.due) for name, visit in found.items()} == {
        "SCREEN": "2020-02-10",
        "D1": "2020-02-11",
        "D14": "2020-02-24",
        "LATE": "2020-02-18",
        "WARD": "2020-02-04",
        "SIGNED": "2020-02-05",
        "CALL": "2020-02-09",
        "CALL.2": "2020-02-12",
        "OPEN": "None",
    }
    assert [str(day) for day in found["D14"].window] == ["2020-02-23", "2020-02-26"]
    assert found["OPEN"].status == "unknown"


@pytest.mark.parametrize(
    ("at", "status"),
    [("2020-02-22", "not yet"), ("2020-02-23", "due"), ("2020-02-26", "due"), ("2020-02-27", "missed"), (None, "unknown")],
)
def test_a_visit_without_a_row_is_judged_by_its_window_at_the_date(tmp_path, at, status):
    assert statuses(a_record(tmp_path, PLAN, EX=EX), at)["D14"].status == status


@pytest.mark.parametrize(
    ("row", "done", "status"),
    [
        ("D14 | | 2020-02-22", "2020-02-22", "out of window"),
        ("D14 | | 2020-02-23T10:00", "2020-02-23T10:00", "done"),
        ("D14 | | 2020-02-26", "2020-02-26", "done"),
        ("D14 | | 2020-02-27", "2020-02-27", "out of window"),
        ("D14 | | 2020-02", "2020-02", "done"),
        ("D14 | | ", "undated", "done"),
        ("D14 | N | ", None, "missed"),
        ("D14 | Y | 2020-02-24", "2020-02-24", "done"),
    ],
)
def test_a_visit_with_a_row_is_done_in_or_out_of_its_window(tmp_path, row, done, status):
    table = f"USUBJID | VISIT | SVOCCUR | SVSTDTC | SVPRESP\nT-1 | {row} | Y"
    found = statuses(a_record(tmp_path, PLAN, EX=EX, SV=table), "2020-02-24")["D14"]
    assert (found.done, found.status) == (done, status)


def test_any_row_of_a_visit_tells_that_it_took_place_and_the_earliest_says_when(tmp_path):
    record = a_record(
        tmp_path,
        PLAN,
        EX=EX,
        LB="USUBJID | LBTESTCD | LBORRES | LBORRESU | VISIT | LBDTC\nT-1 | CRP | 5 | mg/L | D14 | 2020-02-26",
        VS="""
            USUBJID | VSTESTCD | VSORRES | VSORRESU  | VISIT | VSDTC
            T-1     | PULSE    | 71      | beats/min | D14   | 2020-02-25
            T-1     | PULSE    | 72      | beats/min | D14   |
        """,
        SV="USUBJID | VISIT | SVOCCUR | SVPRESP\nT-1 | D14 | N | Y",
    )
    assert statuses(record)["D14"].done == "2020-02-25"


def test_the_beginning_of_an_illness_is_not_the_day_of_the_visit_that_asked(tmp_path):
    table = "USUBJID | MHTERM | VISIT | MHSTDTC | MHDTC\nT-1 | Asthma | SCREEN | 1999 | 2020-02-09\nT-1 | Gout | SCREEN | 2001-05-05 |"
    found = statuses(a_record(tmp_path, PLAN, EX=EX, MH=table))["SCREEN"]
    assert (found.done, found.status) == ("2020-02-09", "done")


def test_a_row_of_a_test_not_done_is_no_visit(tmp_path):
    table = "USUBJID | VSTESTCD | VSSTAT | VISIT | VSDTC\nT-1 | PULSE | NOT DONE | D14 | 2020-02-24"
    assert statuses(a_record(tmp_path, PLAN, EX=EX, VS=table), "2020-02-27")["D14"].status == "missed"


def test_who_still_waits_for_the_infusion_has_no_visit_that_counts_from_it(tmp_path):
    found = statuses(a_record(tmp_path, PLAN, DM="USUBJID | ARMCD\nT-1 | MSC", DS=CONSENT), "2020-06-01")
    assert (found["D14"].due, found["D14"].status, found["SIGNED"].status) == (None, "unknown", "missed")


def test_in_an_arm_that_is_not_treated_days_count_from_the_randomisation(tmp_path):
    record = a_record(tmp_path, PLAN, DM="USUBJID | ARMCD\nT-1 | SOC", DS=DS + "RANDOMIZED | PROTOCOL MILESTONE | 2020-02-11")
    found = statuses(record)
    assert str(found["D14"].due) == "2020-02-24"
    assert "D1" not in found


@pytest.mark.parametrize(
    ("left", "still_asked"),
    [
        ("DEATH | DISPOSITION EVENT | 2020-02-22", False),
        ("WITHDRAWAL BY SUBJECT | DISPOSITION EVENT | 2020-02-22", False),
        ("DEATH | DISPOSITION EVENT | 2020-02-23", True),
        ("COMPLETED | DISPOSITION EVENT | 2020-02-22", True),
        ("DISCHARGED | OTHER EVENT | 2020-02-22", True),
        ("DISCHARGED | DISPOSITION EVENT | 2020-02-22", False),
        ("ADVERSE EVENT | DISPOSITION EVENT | 2020-02-20\nT-1 | X | COMPLETED | DISPOSITION EVENT | 2020-03-20", True),
        ("ADVERSE EVENT | DISPOSITION EVENT | 2020-02-20\nT-1 | X | LOST TO FOLLOW-UP | DISPOSITION EVENT | 2020-02-22", False),
        ("COMPLETED | DISPOSITION EVENT | 2020-02-22\nT-1 | X | ADVERSE EVENT | DISPOSITION EVENT | 2020-02-22", True),
        ("DEATH | DISPOSITION EVENT | 2020-02", True),
    ],
)
def test_after_death_or_withdrawal_a_visit_is_neither_due_nor_missed(tmp_path, left, still_asked):
    assert ("D14" in statuses(a_record(tmp_path, PLAN, EX=EX, DS=DS + left), "2020-03-01")) is still_asked


def test_a_visit_after_withdrawal_that_took_place_is_told(tmp_path):
    record = a_record(
        tmp_path, PLAN, EX=EX, DS=DS + "DEATH | DISPOSITION EVENT | 2020-02-20", SV="USUBJID | VISIT | SVSTDTC\nT-1 | D14 | 2020-02-24"
    )
    assert statuses(record)["D14"].status == "done"


def test_a_visit_is_an_object_of_texts(tmp_path):
    found = next(visit for visit in timeline(a_record(tmp_path, PLAN, EX=EX), date(2020, 2, 24)) if visit.visit == "D14")
    assert found.as_dict() == {
        "subject": "T-1",
        "visit": "D14",
        "due": "2020-02-24",
        "window": ["2020-02-23", "2020-02-26"],
        "done": None,
        "status": "due",
    }
