"""The protocol's own tables: printed from the protocol alone."""

import pytest

from cordside.report.layouts.activities import draw_activities, draw_panels
from cordside.report.layouts.criteria import draw_criteria
from cordside.report.layouts.glance import draw_glance, window_words
from cordside.report.tables import Table
from tests.report.sample import a_protocol
from tests.support.folders import a_protocol as an_empty_protocol


def cells(table: Table) -> dict[tuple[str, str], str]:
    return {(row, column): cell.text for row, column, cell in table.cells()}


def test_a_cross_stands_where_a_panel_is_asked():
    printed = cells(draw_activities(a_protocol()))
    crosses = {key for key, text in printed.items() if text == "×"}
    assert crosses == {("signs", "BEFORE"), ("heart", "BEFORE"), ("signs", "D1"), ("signs", "D28"), ("history", "D28"), ("signs", "EXTRA")}


def test_days_windows_and_infusions_stand_above_the_crosses():
    printed = cells(draw_activities(a_protocol()))
    assert [printed["day", visit] for visit in ("BEFORE", "D1", "CALL", "CALL.2", "EXTRA")] == ["−1", "1", "90", "180", "any"]
    assert [printed["window", visit] for visit in ("BEFORE", "D1", "D28", "EXTRA")] == ["−6 to 0", "exact day", "±3", "–"]
    assert printed["infusion", "D1"] == "1"


def test_a_conditional_panel_is_footnoted_with_its_condition():
    table = draw_activities(a_protocol())
    assert next(row.marks for row in table.rows if row.key == "heart") == "p1"
    assert table.marked == (("p1", "only of subjects for whom it is known that: Coronary heart disease is recorded"),)


def test_a_visit_that_is_not_counted_from_the_first_infusion_says_from_what():
    table = draw_activities(a_protocol())
    day = next(row for row in table.rows if row.key == "day")
    assert [cell.marks for cell in day.cells] == ["", "", "d1", "", "", ""]
    assert any(note.startswith("d1: counted from the last infusion") for note in table.footnotes)


def test_a_panel_that_no_visit_asks_says_so():
    assert next(row.printed for row in draw_activities(a_protocol()).rows if row.key == "unused") == "Never asked (at no planned visit)"


def test_visits_that_were_not_published_give_a_table_that_says_so():
    protocol = a_protocol(an_empty_protocol())
    assert draw_activities(protocol).empty == "the visits are not published"
    assert cells(draw_glance(protocol))["Regimen: Regimen", "plan"] == "not published"
    assert set(cells(draw_criteria(protocol)).values()) == {"not published"}


def test_the_glance_prints_what_was_not_published_and_skips_what_was_left_out():
    printed = cells(draw_glance(a_protocol()))
    assert printed["Regimen: Dose", "plan"] == "3 × 10⁷ cells, viable or total not stated"
    assert printed["Regimen: Vehicle", "plan"] == "not published"
    assert ("Study: Sponsor", "plan") not in printed


def test_panels_are_printed_with_units_and_specimens():
    printed = cells(draw_panels(a_protocol()))
    assert printed["signs", "asks"] == "Respiratory Rate (breaths/min); SpO2 (%)"
    assert "(nasopharynx)" in printed["history", "asks"]


def test_criteria_say_how_they_are_judged():
    printed = cells(draw_criteria(a_protocol()))
    assert printed["Inclusion: age", "judged"] == "Age between 18 to 75"
    assert printed["Before each infusion: no_shock", "judged"] == "Shock is recorded as absent"


@pytest.mark.parametrize(
    ("window", "words"), [([0, 0], "exact day"), ([-3, 3], "±3"), ([-1, 3], "−1 to +3"), ([0, 1], "0 to +1"), ([-6, 0], "−6 to 0")]
)
def test_windows_are_printed_as_days_around(window, words):
    assert window_words(window) == words
