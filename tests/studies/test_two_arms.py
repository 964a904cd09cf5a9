"""A second study, of other cells, in two arms and at two sites, with bad news in it: only its protocol is new."""

from datetime import date

import pytest

from cordside.record.items import values_of
from cordside.record.read import read_study
from cordside.record.screen import screen
from cordside.record.timeline import timeline
from tests.studies.folders import TWO_ARMS, records_of

RECORD = read_study(TWO_ARMS)


def test_nothing_is_refused_and_each_breach_is_queried():
    assert not [problem for problem in RECORD.problems if problem.hard]
    assert sorted((problem.file, problem.row) for problem in RECORD.problems) == [("records/ex.csv", row) for row in (6, 9, 11)]


@pytest.mark.parametrize(
    ("subject", "code"),
    [("duo-103", "consent_not_active"), ("duo-201", "out_of_window"), ("duo-202", "infusion_after_death")],
)
def test_a_breach_that_happened_is_a_deviation(subject, code):
    found = {(row["USUBJID"], row["DVDECOD"]) for row in RECORD.frame("DV").iter_rows(named=True)}
    assert (subject, code) in found


def test_every_infusion_is_kept_however_wrong_it_was():
    assert RECORD.frame("EX").height == len(records_of(TWO_ARMS, "EX")) == 10


def test_the_second_infusion_is_due_three_days_after_the_first():
    planned = {visit.subject: visit.due for visit in timeline(RECORD, RECORD.as_of) if visit.visit == "INF2"}
    assert (planned["duo-101"], planned["duo-201"]) == (date(2026, 3, 8), date(2026, 3, 26))


def test_the_arm_without_cells_has_no_infusion_visits_and_counts_from_consent():
    visits = {visit.visit: visit for visit in timeline(RECORD, RECORD.as_of) if visit.subject == "duo-104"}
    assert "INF1" not in visits
    assert (visits["W4"].due, visits["W4"].status) == (date(2026, 4, 13), "done")


def test_only_the_subject_with_an_infection_is_not_eligible():
    assert {found.subject for found in screen(RECORD) if found.verdict != "met"} == {"duo-203"}


def test_results_of_two_laboratories_meet_in_standard_units():
    found = values_of(RECORD, "LB.HGB")
    assert set(found["COLLECTED_UNIT"]) == {"g/L", "g/dL"}
    assert set(found["UNIT"]) == {"g/L"}
    assert 80 < min(found["NUMBER"]) < max(found["NUMBER"]) < 130


def test_a_range_depends_on_sex_and_on_the_date():
    rows = {(row["USUBJID"], row["VISIT"], row["LBTESTCD"]): row for row in RECORD.frame("LB").iter_rows(named=True)}
    assert rows[("duo-101", "SCREEN", "HGB")]["LBSTNRHI"] == 150
    assert rows[("duo-102", "SCREEN", "HGB")]["LBSTNRHI"] == 175
    assert rows[("duo-102", "SCREEN", "CRP")]["LBSTNRHI"] == 5
    assert rows[("duo-102", "W4", "CRP")]["LBSTNRHI"] == 8


def test_a_limit_and_a_missing_result_are_no_numbers():
    rows = {(row["USUBJID"], row["VISIT"], row["LBTESTCD"]): row for row in RECORD.frame("LB").iter_rows(named=True)}
    assert (rows[("duo-104", "W2", "CRP")]["LBORRES"], rows[("duo-104", "W2", "CRP")]["LBSTRESN"]) == ("<0.50", None)
    assert (rows[("duo-201", "W4", "DDIMER")]["LBSTAT"], rows[("duo-201", "W4", "DDIMER")]["LBSTRESN"]) == ("NOT DONE", None)
