"""Means and SDs: a sound page, a broken one, one that cannot be checked."""

from random import Random

import pytest

from cordside.appraisal.arithmetic.reachable import reachable
from tests.appraisal.papers import BROKEN, a_paper, row, said


def mean(numbers: str, more: str = "grid: 1") -> str:
    """A row with a mean and an SD."""
    return row(f"kind: mean_sd, value: [{numbers}], {more}")


@pytest.mark.parametrize(
    ("rule", "page", "n"),
    [
        ("grim", mean('"5.21", "1.6"'), 28),
        ("grim", mean('"3.04", "1.6"', 'grid: "0.1"'), 8),
        ("grimmer", mean('"5.21", "1.6"'), 28),
        ("grimmer", mean('"8.9", "2.81"'), 25),
        ("debit", mean('"0.53", "0.50"', "grid: 1, min: 0, max: 1"), 1683),
        ("reachable", mean('"2.2", "1.3"', "grid: 1, min: 1, max: 5"), 20),
        ("reachable", mean('"67.0", "5.15"'), 5),
        ("sd-bound", mean('"18", "15.3"', "min: 0, max: 30"), 12),
        ("sd-bound", mean('"30.0", "35.0"', 'median: "13.4"'), 31),
        ("sd-bound", mean('"6.72", "2.62"', 'se: "0.47"'), 31),
        ("sd-bound", mean('"6.72", "2.62"', 'ci: ["5.76", "7.68"]'), 31),
        ("sd-bound", mean('"20", "5.0"', 'range: ["10", "31"]'), 10),
    ],
)
def test_a_possible_mean_is_right(rule, page, n):
    found = said(rule, page, n)
    assert (found.findings, found.passed[:1], found.not_checked) == ([], ["Row"], [])


@pytest.mark.parametrize(
    ("rule", "page", "n"),
    [
        ("grim", mean('"5.19", "1.6"'), 28),
        ("grim", mean('"3.040", "1.6"', 'grid: "0.1"'), 8),
        ("grimmer", mean('"1.44", "0.17"'), 9),
        ("grimmer", mean('"3.44", "2.47"'), 18),
        ("debit", mean('"0.19", "0.35"', "grid: 1, min: 0, max: 1"), 1683),
        ("reachable", mean('"1.00", "3.06"'), 4),
        ("sd-bound", mean('"18", "16.2"', "min: 0, max: 30"), 12),
        ("sd-bound", mean('"2.0", "9.3"', "min: 0"), 20),
        ("sd-bound", mean('"12.0", "6.0"', 'median: "4.0"'), 20),
        ("sd-bound", mean('"6.72", "2.62"', 'se: "0.74"'), 31),
        ("sd-bound", mean('"6.72", "2.62"', 'ci: ["5.16", "8.28"]'), 31),
        ("sd-bound", mean('"20", "5.0"', 'range: ["10", "33"]'), 10),
    ],
)
def test_an_impossible_mean_or_sd_is_found(rule, page, n):
    assert said(rule, page, n).findings == BROKEN


@pytest.mark.parametrize(
    ("rule", "page"),
    [
        ("grim", mean('"24.5", "2.9"', "unit: kg/m2")),
        ("grim", mean('"37.2", "17.6"')),
        ("grimmer", mean('"24.5", "2.9"', "unit: kg/m2")),
        ("reachable", mean('"24.5", "2.9"', "unit: kg/m2")),
        ("reachable", mean('"37.2", "17.6"', "grid: 1, min: 0")),
        ("sd-bound", mean('"24.5", "2.9"')),
    ],
)
def test_what_would_have_to_be_guessed_is_not_checked(rule, page):
    found = said(rule, page)
    assert (found.findings, found.passed, found.not_checked) == ([], [], ["Row"])


def test_a_mean_that_fails_grim_is_reported_once():
    page = mean('"5.19", "1.50"')
    assert said("grimmer", page, 28).not_checked == ["Row"]
    assert said("reachable", mean('"5.19", "1.50"', "grid: 1, min: 0, max: 10"), 28).not_checked == ["Row"]


def test_the_patients_of_a_cell_are_its_own():
    assert said("grim", mean('"5.19", "1.6"', "grid: 1, of: 31"), 28).findings == []
    before = "table1:\n  - {row: Row, kind: mean_sd, grid: 1, of: {before: 28, after: 31}, before: [%s, 1], after: [%s, 1]}"
    found = said("grim", before % ('"5.19"', '"5.19"'), 31)
    assert [finding.where for finding in found.whole] == ["table1.Row.before"]


def test_a_number_beside_the_tables_is_a_row_too():
    page = 'days_to_clearance: {n: 28, mean: "5.19", sd: "1.6", grid: 1}'
    assert said("grim", page).findings == [("contradiction", "days_to_clearance")]


@pytest.mark.parametrize("seed", range(40))
def test_ten_patients_without_ends_of_a_scale_need_no_search(seed):
    draw = Random(seed)
    n, printed = draw.randint(10, 12), f"{draw.randint(0, 40) / 10:.1f}"
    page = mean(f'"{printed}", "{draw.randint(0, 300) / 100:.2f}"')
    numbers = a_paper(page, n).rows[0].cells[0]
    searched = reachable(numbers["mean"], numbers["sd"], n)
    assert bool(said("reachable", page, n).passed) == searched.reachable
