"""What an editor would read: plain sentences, the printed labels, nothing said twice."""

import pytest

from cordside.appraisal.appraise import appraise
from cordside.appraisal.names import shown_label, shown_place
from tests.appraisal.papers import a_paper, row, said

LYM = 'kind: median_iqr, before: ["1.09", "0.68", "1.35"], printed_unit: 10^9/mL, unit: 10^9/L, as: {domain: LB, testcd: LYM}'
SERIES = (
    'labels: {stay_days: "Hospital stay (days)"}\n'
    'patients: [{case: 1, stay_days: "12"}, {case: 2, stay_days: "20"}]\n'
    "captions: {table1: Patients}\n"
)
MARKERS = """control_group: false
table1:
  - {row: Interleukin-6, kind: median_iqr, before: ["13", "5", "25"], after: ["4", "2", "8"], normal: [null, "7"]}
  - {row: D-dimer, kind: median_iqr, before: ["495", "320", "727"], after: ["288", "197", "537"], normal: [null, "243"]}
  - {row: CRP, kind: median_iqr, before: ["13", "1", "38"], after: ["0", "0", "6"], normal: [null, "10"]}
statements: [{id: c, kind: claim, quote: "%s", about: it, value: improve}]"""


@pytest.mark.parametrize(
    ("place", "words"),
    [("table2", "table 2"), ("text", "the text"), ("caption of figure 3", "the caption of figure 3"), ("table 2, note", "table 2, note")],
)
def test_a_place_is_called_as_a_reader_calls_it(place, words):
    assert shown_place(place) == words


@pytest.mark.parametrize(
    ("name", "label", "words"),
    [("stay_days", "Duration of stay (days)", "Duration of stay"), ("Age", "Age, median (IQR), years", "Age"), ("rr", None, "rr")],
)
def test_a_row_is_called_by_its_printed_label(name, label, words):
    assert shown_label(name, label) == words


def test_where_only_the_unit_differs_that_is_said_once():
    told = '{id: t, kind: quantity, quote: q, about: Row, unit: 10^9/L, value: {before: ["1.09", "0.68", "1.35"]}}'
    found = said("cross-source", f"{row(LYM)}\nstatements: [{told}]")
    assert found.why.startswith("the unit differs beside the same numbers: 10^9/mL in table 1, 10^9/L in the text.")


def test_a_computed_mean_is_not_spelt_otherwise():
    told = "{id: t, kind: quantity, quote: q, about: stay_days, value: {mean: 16, median: 16}}"
    assert said("cross-source", f"{SERIES}statements: [{told}]", 2).findings == []


def test_a_computed_median_between_two_whole_days_may_be_rounded_either_way():
    page = SERIES.replace('"20"', '"21"') + "statements: [{id: t, kind: quantity, quote: q, about: stay_days, value: {median: %s}}]"
    assert [said("cross-source", page % median, 2).findings for median in ("16", "17")] == [[], []]
    assert said("cross-source", page % "18", 2).findings == [("contradiction", "stay_days")]


def test_what_a_table_holds_is_called_as_printed():
    told = "{id: t, kind: reference, quote: q, about: oxygen, value: table 1}"
    found = said("reference-target", f"{SERIES}statements: [{told}]", 2)
    assert "table 1 holds Hospital stay, and" in found.why
    assert [finding.row for finding in found.whole] == ["oxygen"]


@pytest.mark.parametrize(
    ("quote", "held", "left_out"),
    [
        ("cytokine storms improve", "Interleukin-6", "D-dimer"),
        ("D-dimer did improve", "D-dimer", "CRP"),
        ("all improve", "16 of 31", "CRP"),
    ],
)
def test_beside_a_claim_stand_the_rows_it_speaks_of_or_the_two_with_most(quote, held, left_out):
    why = said("claim-without-control", MARKERS % quote).why.partition("Beside it")[2]
    assert held in why
    assert left_out not in why
    assert why.count("at least") <= 4


@pytest.mark.parametrize(
    ("keys", "n", "rule"),
    [
        ('kind: mean_sd, value: ["0.19", "0.35"], grid: 1, min: 0, max: 1', 1683, "debit"),
        ('kind: mean_sd, value: ["0.5", "0.9"], grid: 1, min: 0, max: 1', 10, "debit"),
        ('kind: mean_sd, value: ["0.25", "0.45"], grid: 1, min: 0, max: 1', 10, "grim"),
        ('kind: mean_sd, value: ["18", "16.2"], grid: 1, min: 0, max: 30', 12, "sd-bound"),
        ('kind: mean_sd, value: ["5.19", "1.50"], grid: 1, min: 0, max: 10', 28, "grim"),
        ('kind: mean_sd, value: ["1.00", "3.06"], grid: 1', 4, "reachable"),
        ('kind: mean_sd, before: ["6.72", "2.62"], after: ["6.43", "1.72"], p: "0.003", test: paired t', 31, "change-p-range"),
        ('kind: median_iqr, before: ["6", "5", "8"], after: ["62.5", "55", "70"], grid: 1', 25, "median-grid"),
    ],
)
def test_one_error_is_found_once(keys, n, rule):
    found = appraise(a_paper(row(keys), n)).of_level("contradiction")
    assert [finding.rule for finding in found] == [rule]


def test_a_part_counted_of_its_whole_is_found_once():
    page = "table1:\n  - {row: Whole, n: 4}\n  - {row: Part, parent: Whole, of: Whole, n: 5}"
    assert said("count-in-n", page).findings == [("contradiction", "Part")]
