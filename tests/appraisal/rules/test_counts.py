"""Counts and percentages: a sound page, a broken one, one that cannot be checked."""

import pytest

from tests.appraisal.papers import BROKEN, row, said


@pytest.mark.parametrize(
    "keys", ['n: 25, pct: "80.6"', 'n: 31, pct: "100"', 'n: 12, pct: "40.0", of: 30', 'pct: "80.6"', 'n: 0, pct: "0%"']
)
def test_a_percentage_of_n_is_right(keys):
    found = said("percent-of-n", row(keys))
    assert (found.findings, found.passed) == ([], ["Row"])


@pytest.mark.parametrize("keys", ['n: 24, pct: "74.7"', 'n: 25, pct: "80.6", of: 30', 'pct: "80.5"'])
def test_a_percentage_that_is_not_the_count_of_n_is_found(keys):
    assert said("percent-of-n", row(keys)).findings == BROKEN


def test_the_arithmetic_of_a_wrong_percentage_stands_in_the_finding():
    (finding,) = said("percent-of-n", row('n: 24, pct: "74.7"')).whole
    assert "24 of 31 are 77.4 %" in finding.why
    assert (finding.printed, finding.expected, finding.where) == ("24 (74.7%)", "77.4%", "table1.Row")


def test_a_tie_may_be_rounded_either_way():
    assert said("percent-of-n", row('n: 1, pct: "0.05", of: 2001')).findings == []
    assert said("percent-of-n", row('n: 1, pct: "12", of: 8') + '\n  - {row: B, n: 1, pct: "13", of: 8}').findings == []


def test_a_sentence_with_a_count_is_checked_with_its_rows_denominator():
    page = row("n: 25") + '\nstatements: [{id: a, kind: quantity, quote: q, about: Row, value: {n: 25, pct: "81.6"}}]'
    found = said("percent-of-n", page)
    assert found.findings == BROKEN
    assert found.whole[0].quote == "q"


def test_a_sentence_about_nothing_in_a_table_has_no_denominator():
    page = 'statements: [{id: a, kind: quantity, quote: q, about: other, value: {n: 4, pct: "80"}}]'
    assert said("percent-of-n", page).not_checked == ["other"]


@pytest.mark.parametrize(
    ("keys", "findings"), [("n: 31", []), ("n: 0", []), ("n: 32", BROKEN), ("n: -1", BROKEN), ("n: 31, of: 30", BROKEN)]
)
def test_a_count_lies_within_n(keys, findings):
    assert said("count-in-n", row(keys)).findings == findings


def test_a_part_is_no_larger_than_its_whole():
    page = (
        "table1:\n  - {row: Antivirals, n: 18}\n  - {row: Arbidol, n: 20, parent: Antivirals}\n  - {row: Other, n: 18, parent: Antivirals}"
    )
    found = said("count-in-n", page)
    assert found.findings == [("contradiction", "Arbidol")]
    assert "Other" in found.passed


def test_a_row_below_a_heading_is_no_part_of_the_row_before_it():
    page = "table1:\n  - {section: S}\n  - {row: A, n: 3}\n  - {row: B, n: 20}"
    assert said("count-in-n", page).findings == []


PARTS = "table1:\n  - {row: Whole, n: 20}\n  - {row: A, n: 9, parent: Whole}\n  - {row: B, n: %s, parent: Whole}\npartitions: [[A, B]]"


@pytest.mark.parametrize(("other", "findings"), [("11", []), ("22", [("contradiction", "A")]), ("10", [("contradiction", "A")])])
def test_a_partition_adds_to_its_parent_row(other, findings):
    assert said("partition-sum", PARTS % other).findings == findings


def test_a_partition_without_a_parent_row_adds_to_n():
    page = "table1:\n  - {row: A, n: 23}\n  - {row: B, n: 8}\npartitions: [[A, B]]"
    assert said("partition-sum", page).passed == ["A", "B"]
    assert said("partition-sum", page, n=30).findings == [("contradiction", "A")]


def test_a_partition_of_some_patients_adds_to_their_number():
    page = "table1:\n  - {row: A, n: 4, of: 10}\n  - {row: B, n: 6, of: 10}\npartitions: [[A, B]]"
    assert said("partition-sum", page).findings == []


def test_percentages_that_add_to_a_little_more_are_no_finding():
    page = 'table1:\n  - {row: A, n: 1, pct: "33.4"}\n  - {row: B, n: 2, pct: "66.7"}\npartitions: [[A, B]]'
    assert said("partition-sum", page, n=3).findings == []


def test_a_partition_with_a_missing_count_is_not_checked():
    page = 'table1:\n  - {row: A, n: 4}\n  - {row: B, pct: "10"}\npartitions: [[A, B]]'
    assert said("partition-sum", page).not_checked == ["A"]
