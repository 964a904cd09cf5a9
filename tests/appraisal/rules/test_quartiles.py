"""Medians and quartiles: a sound page, a broken one, one that cannot be checked."""

import pytest

from tests.appraisal.papers import BROKEN, REMARK, row, said


def median(numbers: str, more: str = "grid: 1") -> str:
    """A row with a median and quartiles."""
    return row(f"kind: median_iqr, value: [{numbers}], {more}")


@pytest.mark.parametrize(
    ("numbers", "more", "findings"),
    [
        ('"13.39", "1.30", "38.86"', "unit: mg/L", []),
        ('"0.50", "0.50", "6.40"', "unit: mg/L", []),
        ('"7", "3", "6"', "unit: d", BROKEN),
        ('"5", "3", "6"', 'range: ["4", "9"]', BROKEN),
        ('"5", "3", "6"', 'range: ["1", "9"]', []),
    ],
)
def test_quartiles_and_range_rise(numbers, more, findings):
    assert said("quartile-order", median(numbers, more)).findings == findings


@pytest.mark.parametrize(("number", "n", "findings"), [("70", 31, []), ("62.5", 24, []), ("62.25", 24, BROKEN), ("62.5", 25, BROKEN)])
def test_a_median_lies_on_the_recording_step(number, n, findings):
    assert said("median-grid", median(f'"{number}", "50", "80"'), n).findings == findings


def test_a_median_without_a_recording_step_is_not_checked():
    assert said("median-grid", median('"62.25", "50", "80"', "unit: mg/L")).not_checked == ["Row"]
    assert said("quartile-definition", median('"62.25", "50", "80"', "unit: mg/L")).not_checked == ["Row"]


def test_quartiles_that_some_definitions_cannot_print_are_noted_with_those_that_can():
    found = said("quartile-definition", median('"6.0", "3.5", "8.0"', "grid: 1, min: 0, max: 12"), 5)
    assert found.findings == REMARK
    assert "type-6" in found.whole[0].expected
    assert "type-7" not in found.whole[0].expected


def test_quartiles_that_no_definition_prints_are_found():
    assert said("quartile-definition", median('"6.0", "3.40", "8.0"'), 5).findings == BROKEN


def test_quartiles_that_every_definition_prints_pass():
    assert said("quartile-definition", median('"70", "61", "71"')).passed == ["Row"]


def test_broken_order_is_reported_once():
    assert said("quartile-definition", median('"7", "3", "6"')).not_checked == ["Row"]
    assert said("quartile-mean", median('"7", "3", "6"', 'mean: "1", min: 0')).not_checked == ["Row"]


def days(to_admission: str, to_therapy: str, between: str) -> str:
    """Three rows of days that share their events."""
    return f"""
table1:
  - {{row: To admission, kind: mean_sd, value: [{to_admission}], as: {{domain: HO, days_from: onset, days_to: admission}}}}
  - {{row: To therapy, kind: mean_sd, value: [{to_therapy}], as: {{domain: HO, days_from: onset, days_to: therapy}}}}
  - {{row: Between, {between}, as: {{domain: HO, days_from: admission, days_to: therapy}}}}
"""


QUARTILES = 'kind: median_iqr, value: ["10.0", "6.0", "22.0"]'


def test_quartiles_of_days_agree_with_the_difference_of_two_means():
    found = said("quartile-mean", days('"37.2", "17.6"', '"50.7", "12.6"', QUARTILES))
    assert (found.findings, found.passed) == ([], ["Between"])


def test_quartiles_of_days_that_need_a_larger_mean_are_found():
    found = said("quartile-mean", days('"37.2", "17.6"', '"44.3", "12.6"', QUARTILES))
    assert found.findings == [("contradiction", "Between")]
    assert "7.1" in found.why


def test_a_printed_mean_below_what_the_quartiles_allow_is_found():
    assert said("quartile-mean", median('"10", "6", "22"', 'mean: "8.0", min: 0')).findings == BROKEN
    assert said("quartile-mean", median('"10", "6", "22"', 'mean: "13.0", min: 0')).findings == []
    assert said("quartile-mean", median('"10", "6", "22"', 'mean: "25.0", max: 30')).findings == BROKEN
    assert said("quartile-mean", median('"10", "6", "22"', 'mean: "8.0"')).not_checked == ["Row"]


def test_a_mean_of_days_is_the_difference_of_two_others():
    sound, broken = ('kind: mean_sd, value: ["13.5", "9"]', 'kind: mean_sd, value: ["15.5", "9"]')
    assert said("mean-change", days('"37.2", "17.6"', '"50.7", "12.6"', sound)).findings == []
    assert ("contradiction", "Between") in said("mean-change", days('"37.2", "17.6"', '"50.7", "12.6"', broken)).findings
