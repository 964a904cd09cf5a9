"""References, tests, spreads, numbers per cell, rows left out: a sound page, a broken one, one that cannot be checked."""

import pytest

from tests.appraisal.papers import BROKEN, LACKING, row, said


def sentence(kind: str, about: str, value: str, quote: str = "words") -> str:
    """One sentence."""
    return f'\nstatements: [{{id: a, kind: {kind}, quote: "{quote}", about: {about}, value: {value}}}]'


PAGE = "table1:\n  - {section: Outcomes}\n  - {row: SARS-CoV-2 clearance, n: 30}\nfigures: {1: {shows: [SpO2, CRP], over: [admission]}}"


@pytest.mark.parametrize(
    ("about", "value", "findings"),
    [
        ("SARS-CoV-2 clearance", "table 1", []),
        ("clearance", "Table 1", []),
        ("outcomes", "table 1", []),
        ("days to clearance", "table 1", [("defect", "days to clearance")]),
        ("SpO2", "figure 1", []),
        ("CRP and SpO2", "Figure 1", []),
        ("CRP and IL-6", "figure 1", [("defect", "CRP and IL-6")]),
        ("anything", "table 7", [("defect", "anything")]),
    ],
)
def test_a_table_or_figure_holds_what_a_sentence_says(about, value, findings):
    assert said("reference-target", PAGE + sentence("reference", about, value)).findings == findings


def test_a_target_that_the_file_cannot_know_is_not_checked():
    assert said("reference-target", PAGE + sentence("reference", "SpO2", "table S1")).not_checked == ["SpO2"]
    assert said("reference-target", sentence("reference", "SpO2", "figure 2")).not_checked == ["SpO2"]


PANELS = """
figures: {3: {shows: [SaO2, SpO2]}}
statements:
  - {id: a, place: caption, kind: reference, quote: q, about: figure 3, value: {A: SaO2, B: SpO2}}
  - {id: b, place: text, kind: reference, quote: q, about: figure 3, value: {A: %s, B: %s}}
"""


def test_a_caption_and_a_description_name_the_same_panels():
    assert said("reference-target", PANELS % ("SaO2", "SpO2")).findings == []
    assert said("reference-target", PANELS % ("SpO2", "SaO2")).findings == [("contradiction", "figure 3")]


def test_a_panel_that_the_figure_does_not_show_is_found():
    page = "figures: {3: {shows: [SaO2]}}" + sentence("reference", "figure 3", "{A: SaO2, B: IL-6}")
    assert said("reference-target", page).findings == [("defect", "figure 3")]


MEDIANS = 'kind: median_iqr, before: [3, 1, 5], after: [2, 1, 4], p: "0.02"'
MEANS = 'kind: mean_sd, before: [3, 1], after: [2, 1], p: "0.02"'


@pytest.mark.parametrize(
    ("keys", "top", "findings"),
    [
        (MEANS, "test: paired t", []),
        (MEDIANS, "test: Wilcoxon signed-rank", []),
        (MEDIANS, "test: paired t", [("defect", "table1")]),
        (MEANS, "place: here", [("defect", "table1")]),
        (MEANS, "test: Fisher", [("defect", "table1")]),
        ('n: 3, p: "0.02"', "test: paired t", [("defect", "table1")]),
        ('n: 3, p: "0.02"', "test: Fisher", []),
        (MEANS, "test: unpaired t test\ncontrol_group: false", [("defect", "table1")]),
        (MEANS + ", test: paired t", "test: Fisher", []),
        ("n: 3", "place: here", []),
    ],
)
def test_a_p_names_a_test_that_fits(keys, top, findings):
    assert said("test-named", f"{top}\n{row(keys)}").findings == findings


def test_a_mean_printed_beside_the_median_lets_the_test_fit():
    keys = 'kind: median_iqr, before: {median: 3, q1: 1, q3: 5, mean: 4}, after: {median: 2, mean: 3}, p: "0.02"'
    assert said("test-named", f"test: paired t\n{row(keys)}").findings == []


def test_a_sentence_that_speaks_of_significance_names_its_test():
    quote = "no significant differences were found"
    assert said("test-named", sentence("claim", "CRP", "none", quote)).findings == [("defect", "CRP")]
    assert said("test-named", "test: paired t" + sentence("claim", "CRP", "none", quote)).findings == []
    assert said("test-named", "test: paired t" + sentence("test", "CRP", "not named", quote)).findings == [("defect", "CRP")]
    assert said("test-named", sentence("claim", "CRP", "fell", "CRP fell")).findings == []


def test_what_follows_a_mean_is_named():
    assert said("spread-named", row("kind: mean_spread, value: [3, 1]")).findings == LACKING
    assert said("spread-named", row("kind: mean_sd, value: [3, 1]")).passed == ["Row"]


def test_error_bars_are_named():
    figure = "figures: {3: {shows: [CRP], error_bars: %s}}"
    assert said("spread-named", figure % "not defined").findings == [("defect", "figure 3")]
    assert said("spread-named", figure % "SD").passed == ["figure 3"]
    assert said("spread-named", figure % "null").not_checked == ["figure 3"]


@pytest.mark.parametrize(
    ("top", "keys", "findings"),
    [
        ("n_per_cell: not published", "", [("defect", "table1")]),
        ("n_per_cell: {table1: not published}", "", [("defect", "table1")]),
        ("n_per_cell: published", "", []),
        ("n_per_cell: not published", ", of: {before: 31, after: 27}", []),
        ("place: here", "", []),
    ],
)
def test_the_patients_of_each_cell_are_printed(top, keys, findings):
    assert said("n-per-cell", f"{top}\n{row(MEANS + keys)}").findings == findings


def test_a_file_that_does_not_say_whether_n_is_printed_is_not_checked():
    assert said("n-per-cell", row(MEANS)).not_checked == ["table1"]


TWO_ROWS = 'table2:\n  - {row: A, n: 3, p: "0.01"}\n  - {row: B, n: 4, p: "0.4"}'


def test_a_row_that_the_text_leaves_out_is_found():
    found = said("selective-report", TWO_ROWS + sentence("quantity", "A", "{n: 3}"))
    assert (found.findings, found.passed) == ([("defect", "B")], ["A"])
    assert "the only row with P above 0.05" in found.why


def test_without_any_sentence_about_a_table_nothing_is_said():
    assert said("selective-report", TWO_ROWS).not_checked == ["table2"]
    assert said("selective-report", row("n: 3")).not_checked == []


CLAIM = """
control_group: %s
statements:
  - {id: a, place: abstract, kind: claim, quote: "%s", about: safety, value: proven}
  - {id: b, place: discussion, kind: limit, quote: "%s", about: %s, value: not determined}
"""


def test_a_limit_about_a_claim_takes_it_back():
    page = CLAIM % ("false", "has proven to be safe", "we were not able to determine the safety", "safety")
    (finding,) = said("claim-vs-limits", page).whole
    assert (finding.level, finding.row) == ("contradiction", "safety")
    assert "has proven to be safe" in finding.quote
    assert "we were not able" in finding.quote


def test_a_limit_about_something_else_is_only_pointed_at():
    page = CLAIM % ("false", "has proven to be safe", "we were not able to determine the safety", "other")
    found = said("claim-vs-limits", page)
    assert (found.findings, found.not_checked) == ([], ["safety"])


@pytest.mark.parametrize(
    ("control", "quote", "findings"),
    [
        ("false", "has proven to be safe", [("defect", "safety")]),
        ("false", "cells cured four patients", [("defect", "safety")]),
        ("true", "has proven to be safe", []),
        ("null", "has proven to be safe", []),
    ],
)
def test_a_claim_of_one_group_uses_no_word_of_effect(control, quote, findings):
    assert said("claim-without-control", CLAIM % (control, quote, "q", "other")).findings == findings


def test_what_the_quartiles_say_of_the_patients_stands_beside_a_claim():
    keys = 'kind: median_iqr, before: ["13.78", "5.69", "25.26"], after: ["8.86", "7.13", "9.19"], normal: [null, "7"]'
    page = row(keys) + CLAIM % ("false", "has proven to be safe", "q", "other")
    why = said("claim-without-control", page).why
    assert "at least 8 of 31 (7 under type-4) had Row of at most 5.69 before" in why
    assert "had Row of at least 7.13 after, above the printed limit 7" in why


def test_the_broken_rows_are_named_as_in_the_file():
    assert said("percent-of-n", row('n: 1, pct: "50"')).findings == BROKEN
