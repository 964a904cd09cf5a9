"""Tables of times and outcomes as they print: counts, estimates with those at risk, the unknown, cautions, dashes with footnotes."""

import pytest

from cordside.analysis.run import analyse
from cordside.protocol.read import parse_protocol
from cordside.record.read import read_study
from cordside.report import statements
from cordside.report.drawtables import draw_tables
from cordside.report.tables import Table
from tests.analysis.courses.test_outcomes import IMV, episodes, scores
from tests.analysis.waiting import ARMS, DEATH, DISCHARGE, drawn
from tests.support.folders import a_protocol, a_study


def a_table(folder, item, *, courses=None, arms=ARMS, **more) -> Table:
    text = a_protocol(f"{arms}\nanalyses:\n  - {item}\n")
    tables = (drawn(courses) if courses else drawn()) | more
    results = analyse(read_study(a_study(folder, text, **tables)))
    return draw_tables(results, parse_protocol(text))[0]


def a_time(event, *more):
    return "{" + ", ".join(["kind: time_to_event, id: t, title: T", f"event: {event}", *more]) + "}"


def cells(table: Table, column: str) -> dict[str, str]:
    return {row: cell.text for row, heading, cell in table.cells() if heading == column}


@pytest.fixture(scope="module")
def discharged(tmp_path_factory):
    return a_table(tmp_path_factory.mktemp("t"), a_time(DISCHARGE, "days: [5, 10]"))


# R 4.2.2, survival 3.5-3: survfit(Surv(t, factor(s, 0:2)) ~ 1, conf.type = "log-log"), discharge:
# 0.1667 (0.0265 to 0.4130) and 0.3762 (0.1115 to 0.6468).
def test_a_time_prints_counts_median_estimates_and_those_at_risk(discharged):
    found = cells(discharged, "Total")
    assert [found[key] for key in ("Subjects", "Discharge", "Death first", "Censored")] == ["12", "6", "3", "3"]
    assert found["Median, days (95% interval)"] == "15 (7 to -)"
    assert found["Day 5"] == "16.7 (2.7 to 41.3); 9"
    assert found["Day 10"] == "37.6 (11.1 to 64.7); 3"
    assert cells(discharged, "Cells")["Log-rank P"] == "0.813"


def test_its_footnotes_name_start_censoring_estimator_convention_and_test(discharged):
    notes = " ".join(discharged.footnotes)
    for words in ("Days count from the first infusion", "Aalen-Johansen", "log-log", "as SAS", "cause-specific hazards", "inverting"):
        assert words in notes
    assert statements.forbidden_in(notes) == []


def test_kaplan_meier_of_a_discharge_has_the_warning_beneath(tmp_path):
    table = a_table(tmp_path, a_time(DISCHARGE, "estimate: kaplan-meier", "by: none"), arms="")
    assert any("overstates" in note for note in table.footnotes)
    assert any("share with discharge" in row.key for row in table.rows)


def test_a_failed_estimate_is_a_dash_with_its_footnote(tmp_path):
    table = a_table(tmp_path, a_time(DEATH, "days: [90]"), arms="")
    assert cells(table, "Total")["Day 90"] == "-; 0"
    assert any("beyond the last observed time" in words for _, words in table.marked)


def test_who_is_left_out_has_a_line(tmp_path):
    tables = drawn("1 A 5 e | 2 A 9 c")
    tables["DS"] = tables["DS"].replace("2020-02-06", "2020-02")
    table = a_table(tmp_path, a_time(DISCHARGE), arms="", **tables)
    assert cells(table, "Total")["Left out"] == "1"
    assert any("the day of discharge is not known (1)" in words for _, words in table.marked)


ROWS = """{kind: outcomes, id: o, title: O, rows: [
      {outcome: death, label: Dead by day 28, section: Death},
      {outcome: free_days, label: Ventilator-free days, of: ventilator, section: Support},
      {outcome: room_air, label: Days to room air, section: Support},
      {outcome: scale, label: WHO scale, days: [7], section: Scale},
      {outcome: discharge, label: Discharged, day: 14, named: Our criteria,
       criteria: [{label: Off the ventilator, ended: [PR.INVASIVE MECHANICAL VENTILATION]}]}]}"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    courses = "1 A 30 c | 2 A 12 d | 3 B 13 e | 4 B 30 c"
    lines = [("T-1", IMV, -3, 7), ("T-2", IMV, -1, None), ("T-3", IMV, -1, 4)]
    return a_table(tmp_path_factory.mktemp("o"), ROWS, courses=courses, PR=episodes(*lines), RS=scores(("T-1", 6, 7), ("T-3", 5, 7)))


def test_outcomes_print_the_known_of_the_known_and_a_line_for_the_unknown(outcomes):
    found = cells(outcomes, "Placebo")
    assert found["Dead by day 28"] == "0/1 (0.0%) [0.0 to 97.5]"
    assert found["Dead by day 28: Unknown"] == "1"
    assert cells(outcomes, "Cells")["Dead by day 28"] == "1/2 (50.0%) [1.3 to 98.7]"
    assert cells(outcomes, "Cells")["Ventilator-free days"] == "10.5 (5.3–15.8)"
    assert cells(outcomes, "Cells")["Ventilator-free days: Died by the day"] == "1"


def test_the_scale_and_the_criteria_have_their_lines(outcomes):
    assert cells(outcomes, "Total")["WHO scale, day 7"] == "n = 2"
    assert cells(outcomes, "Total")["WHO scale, day 7: 6"] == "1 (50.0%)"
    assert cells(outcomes, "Placebo")["Discharged: Off the ventilator"] == "1 / 0 / 0"


def test_the_rules_stand_beneath(outcomes):
    notes = " ".join(outcomes.footnotes)
    for words in (
        "death by day 28 counts as 0 days",
        "After a discharge alive nothing is taken for granted",
        "Clopper-Pearson",
        "Our criteria",
    ):
        assert words in notes
    assert "A death is known at once" in notes
    assert statements.forbidden_in(notes) == []


def test_a_row_of_which_nothing_is_known_is_a_dash(tmp_path):
    table = a_table(
        tmp_path, "{kind: outcomes, id: o, title: O, rows: [{outcome: free_days, label: Free, of: oxygen}]}", courses="1 A 30 c", arms=""
    )
    assert cells(table, "Total")["Free"] == "-"
    assert any("nothing is recorded of such episodes" in words for _, words in table.marked)


def test_a_mixed_scale_is_one_dash_with_the_reason(tmp_path):
    mixed = scores(("T-1", 6, 7)) + "\nT-2 | WHOCPS | WHO ORDINAL SCALE 0-8 | 5 | 2020-02-08"
    table = a_table(
        tmp_path, "{kind: outcomes, id: o, title: O, rows: [{outcome: scale, label: S, days: [7]}, {outcome: death, label: D}]}", RS=mixed
    )
    assert next(iter(table.rows)).cells[0].text == "-"
    assert any("several scales" in words for _, words in table.marked)
