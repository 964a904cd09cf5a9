"""The published records on the road: read, checked, derived, screened."""

from datetime import date

import pytest

from cordside.record.read import read_study
from cordside.record.screen import screen
from tests.studies.folders import RENMIN

RECORD = read_study(RENMIN)
SCREENED = {found.subject: found for found in screen(RECORD)}


def verdict(case: str, criterion: str) -> str:
    """Verdict of one criterion of one case."""
    return next(c.verdict for c in SCREENED[f"renmin-2020-{case}"].criteria if c.id == criterion)


def test_no_row_is_refused_and_only_the_undated_consents_are_queried():
    assert not [problem for problem in RECORD.problems if problem.hard]
    assert {problem.file for problem in RECORD.problems} == {"records/ds.csv"}
    assert len(RECORD.problems) == 5


def test_the_data_reach_to_the_last_swab():
    assert RECORD.as_of == date(2020, 3, 9)


@pytest.mark.parametrize(("case", "expected"), [("1", "unknown"), ("2", "met"), ("3", "met"), ("4", "met"), ("5", "met")])
def test_severity_is_unknown_for_case_1_and_met_for_the_others(case, expected):
    assert verdict(case, "severity") == expected


@pytest.mark.parametrize("criterion", ["age", "in_hospital", "rt_pcr", "ct_pneumonia"])
def test_the_other_inclusions_are_met_by_all(criterion):
    assert {verdict(case, criterion) for case in "12345"} == {"met"}


@pytest.mark.parametrize("criterion", ["shock", "organ_failure", "tumour", "ventilation", "pregnancy", "coinfection"])
def test_exclusions_are_unknown_and_never_assumed(criterion):
    assert {verdict(case, criterion) for case in "12345"} == {"unknown"}


def test_nobody_is_shown_to_be_eligible():
    assert {found.verdict for found in SCREENED.values()} == {"unknown"}


def test_infusions_fall_on_days_1_4_and_7_without_deviations():
    days = RECORD.frame("EX").select("USUBJID", "EXSTDY").rows()
    assert sorted(days) == sorted((f"renmin-2020-{case}", day) for case in "12345" for day in (1, 4, 7))
    assert RECORD.frame("DV").height == 0


def test_every_row_is_published():
    assert {origin for code in RECORD.rows for origin in RECORD.frame(code)["ORIGIN"]} == {"published"}
