"""One quantity in several places: what agrees, what cannot, and what is only spelt differently."""

import pytest

from tests.appraisal.papers import BROKEN, REMARK, row, said


def told(value: str, about: str = "Row", more: str = "") -> str:
    """A sentence about a quantity."""
    return f"\nstatements: [{{id: a, kind: quantity, quote: words, about: {about}, value: {value}{more}}}]"


def pair(one: str, other: str) -> str:
    """Two sentences about one topic."""
    sentences = (
        f"{{id: {name}, place: {name}, kind: quantity, quote: {name}, about: topic, value: {value}}}"
        for name, value in (("a", one), ("b", other))
    )
    return f"statements: [{', '.join(sentences)}]"


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ('n: 25, pct: "80.6"', '{n: 25, pct: "80.6"}'),
        ('n: 25, pct: "80.6"', '{n: 25, pct: "81"}'),
        ('n: 25, pct: "80.6"', "25"),
        ('kind: median_iqr, value: ["70", "61", "71"]', '["70", "61", "71"]'),
        ('kind: mean_sd, value: ["24.53", "2.9"]', '{mean: "24.5"}'),
        ('kind: median_iqr, before: [3, 1, 5], after: [2, 1, 4], p: "0.0004"', '{before: [3, 1, 5], p: "< 0.001"}'),
        ("kind: mean_sd, value: [3, 1]", "{sd: 1}"),
    ],
)
def test_what_can_be_one_number_agrees(keys, value):
    found = said("cross-source", row(keys) + told(value))
    assert (found.findings, found.passed) == ([], ["Row"])


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ('n: 25, pct: "80.6"', "{n: 24}"),
        ('n: 25, pct: "80.6"', '{n: 25, pct: "86"}'),
        ('kind: median_iqr, value: ["70", "61", "71"]', '["70", "61", "72"]'),
        ('kind: median_iqr, before: [3, 1, 5], after: [2, 1, 4], p: "0.003"', '{before: [3, 1, 5], p: "< 0.001"}'),
        ('kind: mean_sd, before: ["6.72", "2.62"], after: ["6.43", "1.72"]', '{after: ["6.34", "1.72"]}'),
    ],
)
def test_two_numbers_that_cannot_both_be_true_are_found(keys, value):
    found = said("cross-source", row(keys) + told(value))
    assert found.findings == BROKEN
    assert found.whole[0].quote == "words"


def test_the_same_numbers_in_units_a_thousand_apart_are_found():
    keys = 'kind: mean_sd, value: ["1.09", "0.2"], unit: "10^9/L", printed_unit: "x 10^9/mL", as: {domain: LB, testcd: LYM}'
    assert said("cross-source", row(keys) + told('["1.09", "0.2"]', more=', unit: "10^9/L"')).findings == BROKEN


def test_the_same_amount_in_another_unit_agrees():
    keys = 'kind: mean_sd, value: ["1.09", "0.20"], unit: "10^9/L", as: {domain: LB, testcd: LYM}'
    assert said("cross-source", row(keys) + told('["1090", "200"]', more=', unit: "10^6/L"')).findings == []


def test_a_unit_that_nothing_converts_is_a_remark():
    assert (
        said("cross-source", row('kind: mean_sd, value: ["3", "1"], unit: days') + told('["3", "1"]', more=", unit: weeks")).findings
        == REMARK
    )


def test_a_place_without_unit_is_compared_by_its_numbers():
    keys = 'kind: mean_sd, value: ["3", "1"], unit: mmHg, printed_unit: none'
    assert said("cross-source", row(keys) + told('["3", "1"]', more=", unit: mmHg")).findings == []


def test_another_spelling_of_the_same_p_is_a_remark():
    found = said("cross-source", row('n: 3, p: "< 0.001", printed: {p: "< .001"}') + told('{p: "< 0.001"}'))
    assert found.findings == REMARK


@pytest.mark.parametrize(
    ("one", "other", "findings"),
    [
        ("critical", "severe", [("contradiction", "topic")]),
        ("severe", "severe", []),
        ("critical-care", "critical care", [("note", "topic")]),
        ("low", "very low", [("note", "topic")]),
        ("low", "high", [("contradiction", "topic")]),
        ("none", "0", []),
        ("none", "3", [("contradiction", "topic")]),
        ("five", "5", []),
        ("low", "91", [("note", "topic")]),
        ("[1, 4, 7]", "[1, 4, 7]", []),
        ("[1, 4, 7]", "[1, 4, 8]", [("contradiction", "topic")]),
        ("{min: 18}", "[19, 30]", [("contradiction", "topic")]),
        ("{min: 19, max: 30, mean: 24.5}", "[19, 30]", []),
        ("{mean: 25.6}", "[19, 30]", [("contradiction", "topic")]),
        ("{range: [19, 31]}", "[19, 30]", [("contradiction", "topic")]),
    ],
)
def test_two_sentences_about_one_thing_are_compared(one, other, findings):
    assert said("cross-source", pair(one, other)).findings == findings


def test_what_is_printed_once_is_not_checked():
    assert said("cross-source", told("5", "topic")).not_checked == ["topic"]


def test_numbers_of_different_sorts_are_not_compared():
    assert said("cross-source", row('kind: median_iqr, value: ["70", "61", "71"]') + told('{mean: "64"}')).not_checked == ["Row"]


PATIENTS = "patients: [{case: 1, stay: 19, sex: F}, {case: 2, stay: 29, sex: F}]\nfigures: {1: {shows: [stay], stay: [19, %s]}}"


def test_a_figure_and_a_table_of_patients_are_compared_patient_by_patient():
    assert said("cross-source", PATIENTS % 29, 2).findings == []
    found = said("cross-source", PATIENTS % 30, 2)
    assert found.findings == [("contradiction", "stay")]
    assert "1 of 2 patients differ (2)" in found.why


def test_a_word_about_patients_must_hold_for_all_of_them():
    assert said("cross-source", PATIENTS % 29 + told("F", "sex"), 2).findings == []
    assert said("cross-source", PATIENTS % 29 + told("M", "sex"), 2).findings == [("contradiction", "sex")]


def periods(*given: str) -> str:
    """Sentences that name the study period."""
    sentences = (f"{{id: s{place}, kind: period, quote: q, about: study period, value: [{one}]}}" for place, one in enumerate(given))
    return f"statements: [{', '.join(sentences)}]"


def test_periods_agree_as_exactly_as_both_are_printed():
    assert said("cross-source", periods('"2020-01", "2020-04"', '"2020-01-03", "2020-04-04"')).findings == []
    assert said("cross-source", periods('"2020-02", "2020-03"', '"2020-01", "2020-03"')).findings == [("contradiction", "study period")]
    assert said("cross-source", periods('"2020-02", "2020-03"')).not_checked == ["study period"]
