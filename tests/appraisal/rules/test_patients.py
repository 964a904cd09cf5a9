"""Patients against criteria, and swabs against sentences about days: a sound page, a broken one, one that cannot be checked."""

import pytest

from tests.appraisal.papers import said


def patients(criteria: str, *rows: str) -> str:
    """A patient-level table with criteria."""
    listed = ", ".join(f"{{case: {place}, {row}}}" for place, row in enumerate(rows, 1))
    return f"patients: [{listed}]\neligibility: {{{criteria}}}"


@pytest.mark.parametrize(
    ("criterion", "value", "findings"),
    [
        ("18 <= age <= 75", "age: 75", []),
        ("18 <= age <= 75", "age: 76", [("contradiction", "case 1")]),
        ("18 < age < 75", "age: 75", [("contradiction", "case 1")]),
        ("age >= 18", "age: 17", [("contradiction", "case 1")]),
        ("sex = F", "sex: f", []),
        ("sex != F", "sex: f", [("contradiction", "case 1")]),
        ("spo2 <= 93 on room air", "spo2: 93, support: null", []),
        ("spo2 <= 93 on room air", "spo2: 95, support: room air", [("contradiction", "case 1")]),
        ("spo2 <= 93 on room air", "spo2: 95, support: mask", [("defect", "case 1")]),
        ("spo2 <= 93 on room air", "spo2: 95", [("defect", "case 1")]),
        ("spo2 <= 93", "spo2: 95", [("contradiction", "case 1")]),
    ],
)
def test_a_printed_row_meets_a_criterion(criterion, value, findings):
    known = "age: 50, sex: M, spo2: 90" if criterion.startswith("sex !=") else "age: 50, sex: F, spo2: 90"
    assert said("eligibility-row", patients(f'include: {{all: ["{criterion}"]}}', value, known), 2).findings == findings


ANY = 'include: {any: ["rr >= 30", "spo2 <= 93 on room air"]}'


def test_one_part_of_several_is_enough():
    assert said("eligibility-row", patients(ANY, "rr: 30, spo2: 99", "rr: 20, spo2: 93"), 2).findings == []


def test_a_criterion_whose_parts_all_fail_is_not_met():
    found = said("eligibility-row", patients(ANY, "rr: 20, spo2: 95, support: room air", "rr: 30, spo2: 93"), 2)
    assert found.findings == [("contradiction", "case 1")]


def test_a_part_that_is_unknown_leaves_it_open():
    found = said("eligibility-row", patients(ANY, "rr: 21, spo2: 98", "rr: 17, spo2: 93"), 2)
    assert found.findings == [("defect", "case 1")]
    assert "rr not met, spo2 unknown" in found.why


@pytest.mark.parametrize("criteria", ['include: {all: ["weight > 50"]}', "include: {all: [informed consent]}", "exclude: [{item: shock}]"])
def test_what_is_unknown_for_all_is_not_checked(criteria):
    found = said("eligibility-row", patients(criteria, "age: 3", "age: 4"), 2)
    assert (found.findings, len(found.not_checked)) == ([], 1)


def test_an_exclusion_that_a_row_shows_is_found():
    found = said("eligibility-row", patients("exclude: [{item: pregnant = Y}]", "pregnant: Y", "pregnant: N"), 2)
    assert (found.findings, found.passed) == ([("contradiction", "case 1")], ["case 2"])


def test_a_value_of_all_patients_comes_from_the_text():
    criteria = "include: {all: [pcr = POSITIVE], values: {pcr: {value: POSITIVE, quote: all were}}}"
    assert said("eligibility-row", patients(criteria, "age: 3"), 1).passed == ["case 1"]


def swabs(statement: str, *cases: str, more: str = "") -> str:
    """A table of swabs with a sentence about days."""
    listed = ", ".join(f"{{case: {place}, {case}}}" for place, case in enumerate(cases, 1))
    sentence = f"{{id: a, kind: date, quote: words, about: retest, value: {{{statement}}}}}"
    return f'period: ["2020-02", "2020-03"]\nregimen: {{days: [1, 4, 7]}}\npcr: [{listed}]\n{more}\nstatements: [{sentence}]'


ONE = 'd1: "02-23", swabs: [["03-07", nasal, NEGATIVE]]'
TWO = 'd1: "02-13", swabs: [["02-25", nasal, POSITIVE], ["02-26", nasal, NEGATIVE]]'
WEEK = "event: swab, after: last dose, days: 7, cases: %s"


def test_days_are_counted_in_the_calendar_with_its_leap_day():
    found = said("date-statement", swabs(WEEK % 2, ONE, TWO), 2)
    assert found.findings == []
    assert "retest" in found.passed


@pytest.mark.parametrize(
    ("more", "case", "level"),
    [
        ("", 'd1: "02-13", swabs: [["02-21", nasal, NEGATIVE]]', "contradiction"),
        ("pcr_partial: true", 'd1: "02-13", swabs: [["02-21", nasal, NEGATIVE]]', "defect"),
        ("", 'd1: "02-13", swabs: [[null, nasal, NEGATIVE]]', "defect"),
        ("", "d1: null, swabs: []", "defect"),
    ],
)
def test_a_sentence_that_the_dates_break_is_found(more, case, level):
    assert said("date-statement", swabs(WEEK % "all", ONE, case, more=more), 2).findings == [(level, "retest")]


def test_patients_without_dates_make_it_a_defect():
    assert said("date-statement", swabs(WEEK % "all", ONE, TWO), 3).findings == [("defect", "retest")]


def test_a_sentence_that_holds_for_one_reading_of_its_days_is_a_remark():
    positive = "event: positive swab, after: last dose, days: [1, 7], cases: 1"
    early = 'd1: "02-11", swabs: [["02-21", nasal, POSITIVE], ["02-25", nasal, NEGATIVE]]'
    found = said("date-statement", swabs(positive, TWO, early), 2)
    assert found.findings == [("note", "retest")]
    assert "in days 6 to 8" in found.why


def test_days_may_be_counted_from_another_date():
    assert said("date-statement", swabs("event: swab, after: first dose, days: [12, 13], cases: 2", ONE, TWO), 2).findings == []
    assert said("date-statement", swabs("event: swab, after: the moon, days: 1, cases: 2", ONE, TWO), 2).not_checked == ["retest"]


def test_a_day_that_no_calendar_has_is_found():
    broken = 'd1: "02-13", swabs: [["02-30", nasal, NEGATIVE]]'
    assert ("contradiction", "case 1") in said("date-statement", swabs(WEEK % 0, broken, ONE), 2).findings


def test_without_a_year_nothing_is_counted():
    page = swabs(WEEK % 2, ONE, TWO).replace('period: ["2020-02", "2020-03"]', "")
    assert said("date-statement", page, 2).not_checked == ["retest"]


def test_a_year_that_turns_is_followed():
    page = 'd1: "12-28", swabs: [["01-10", nasal, NEGATIVE]]'
    text = swabs(WEEK % 1, page).replace('"2020-02", "2020-03"', '"2019-12", "2020-01"')
    assert said("date-statement", text, 1).findings == []
