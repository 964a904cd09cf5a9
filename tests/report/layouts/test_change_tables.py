"""Tables of changes as they print: size with interval, test, pairs, the caution, and a dash with its footnote."""

import pytest

from cordside.analysis.run import analyse
from cordside.protocol.protocol import Protocol
from cordside.protocol.read import parse_protocol
from cordside.record.read import read_study
from cordside.report import statements
from cordside.report.drawtables import draw_numbers, draw_tables
from cordside.report.tables import Table
from tests.analysis.changes.test_paired import AFTER, BEFORE, a_plan, pairs
from tests.analysis.changes.test_shift import DM, EX, LB
from tests.analysis.changes.test_shift import PLAN as SHIFT
from tests.support.folders import a_protocol, a_study

RANGES = """ranges:
  - {item: LB.CRP, high: 10, unit: mg/L}
  - {item: LB.LDH, low: 120, high: 250, unit: U/L}
"""


def drawn(folder, plan, tables, *, control_group="false") -> tuple[dict[str, Table], Protocol]:
    text = a_protocol(plan + f"control_group: {control_group}\n")
    record = read_study(a_study(folder, text, **tables))
    results = analyse(record)
    protocol = parse_protocol(text)
    return {table.id: table for table in (*draw_tables(results, protocol), *draw_numbers(results, protocol))}, protocol


def cells(table: Table) -> dict[tuple[str, str], str]:
    return {(row, column): cell.text for row, column, cell in table.cells()}


def test_a_before_after_table_prints_size_interval_test_and_pairs(tmp_path):
    table = drawn(tmp_path, a_plan(), pairs((*BEFORE, "4"), (*AFTER, None)))[0]["table2"]
    assert cells(table) == {
        ("CRP", "before"): "12.70 (7.03–26.60)",
        ("CRP", "after"): "3.80 (1.88–5.35)",
        ("CRP", "change"): "-16.25 (-32.94 to 0.44)",
        ("CRP", "p"): "0.055",
        ("CRP", "pairs"): "8 (1 dropped)",
        ("CRP: by ranks", "before"): "",
        ("CRP: by ranks", "after"): "",
        ("CRP: by ranks", "change"): "-13.40 (-35.00 to 0.00; 96.1%)",
        ("CRP: by ranks", "p"): "0.047",
        ("CRP: by ranks", "pairs"): "",
    }
    assert [column.printed for column in table.columns] == ["Marker", "Before", "After", "Change (95% CI)", "P", "Pairs"]
    assert table.marked == (("a", "without a pair: Case 9 (no value at AFTER)"),)


def test_its_footnotes_name_methods_conventions_and_the_caution(tmp_path):
    notes = " ".join(drawn(tmp_path, a_plan(), pairs(BEFORE, AFTER))[0]["table2"].footnotes)
    assert statements.SINGLE_ARM in notes
    assert "P: Paired t test; Wilcoxon signed-rank test (exact, zeros ranked, then dropped (Pratt))." in notes
    assert "skewness G1 of the differences lies above 1 or below -1" in notes
    assert "by R-7" in notes
    assert statements.forbidden_in(notes) == []


@pytest.mark.parametrize(
    ("control_group", "caution"),
    [("true", statements.WITHIN_AN_ARM), ("false", statements.SINGLE_ARM), ("not_published", statements.COMPARISON_NOT_STATED)],
)
def test_the_caution_fits_the_design(tmp_path, control_group, caution):
    assert drawn(tmp_path, a_plan(), pairs(BEFORE, AFTER), control_group=control_group)[0]["table2"].footnotes[0] == caution


@pytest.mark.parametrize(
    ("marker", "label"),
    [
        ("normal_range: true", "CRP (mg/L; normal range < 10)"),
        ("normal_range: true, unit: mg/dL", "CRP (mg/dL; normal range < 1)"),
        ("decimals: 0", "CRP (mg/L)"),
    ],
)
def test_a_label_has_the_unit_and_where_asked_the_normal_range(tmp_path, marker, label):
    table = drawn(tmp_path, RANGES + a_plan(marker=marker), pairs(BEFORE, AFTER))[0]["table2"]
    assert table.rows[0].printed == label


def test_a_plan_without_a_test_has_no_column_of_p(tmp_path):
    table = drawn(tmp_path, a_plan(options="test: none"), pairs(BEFORE, AFTER))[0]["table2"]
    assert [column.key for column in table.columns[1:]] == ["before", "after", "change", "pairs"]


def test_a_statistic_that_failed_is_a_dash_with_its_footnote(tmp_path):
    table = drawn(tmp_path, a_plan(), pairs(("1", None), (None, "2")))[0]["table2"]
    assert [cells(table)["CRP", name] for name in ("before", "change", "p")] == ["-", "-", "-"]
    assert "no subject has CRP both before and after" in dict(table.marked).values()


def test_one_pair_prints_its_size_and_a_dash_for_the_interval(tmp_path):
    table = drawn(tmp_path, a_plan(), pairs(("1",), ("2",)))[0]["table2"]
    assert cells(table)["CRP", "change"] == "1.00 (-)"


def test_arms_are_rows_of_their_own(tmp_path):
    plan = a_plan(more="arms: {A: {label: Alpha}, B: {label: Beta}}").replace("    before:", "    by: arm\n    before:")
    printed = cells(drawn(tmp_path, plan, pairs(BEFORE, AFTER))[0]["table2"])
    assert printed["CRP: Alpha", "pairs"] == "4"
    assert printed["CRP: Total", "p"] == "0.055"


VISITS = """
visits: {BEFORE: {day: -1}, AFTER: {day: 7, label: After}}
analyses:
  - kind: change_by_visit
    id: visits
    title: Visits
    before: {visit: BEFORE}
    test: paired_t
    ranks: exact-pratt
    visits: [AFTER]
    markers: [{item: LB.CRP, label: CRP, show: mean_sd, decimals: 1}, {item: LB.LDH, label: LDH, show: mean_sd}]
  - kind: waterfall
    id: falls
    title: Falls
    before: {visit: BEFORE}
    after: {visit: AFTER}
    markers: [{item: LB.CRP, label: CRP}]
  - kind: box_points
    id: boxes
    title: Boxes
    visits: [BEFORE, AFTER]
    markers: [{item: LB.CRP, label: CRP}]
"""


def test_change_by_visit_prints_a_line_a_statistic(tmp_path):
    table = drawn(tmp_path, VISITS, pairs((*BEFORE, "4"), (*AFTER, None)))[0]["visits"]
    printed = {row: text for (row, column), text in cells(table).items() if column == "AFTER"}
    assert printed == {
        "CRP: n": "8",
        "CRP: Missing": "1",
        "CRP: Mean ± SD": "3.9 ± 2.7",
        "CRP: Pairs": "8",
        "CRP: Change (95% CI)": "-16.3 (-32.9 to 0.4)",
        "CRP: P": "0.055",
        "CRP: P (Holm)": "0.055",
        "CRP: By ranks: change": "-13.4 (-35.0 to 0.0; 96.1%)",
        "CRP: By ranks: P": "0.047",
        "LDH: none": "",
    }
    assert cells(table)["CRP: n", "baseline"] == "9"
    assert "P (Holm): Holm over one of the visits of CRP." in table.footnotes
    assert "no values of LDH are recorded" in dict(table.marked).values()


def test_the_numbers_of_boxes_and_bars_are_printed(tmp_path):
    tables = drawn(tmp_path, VISITS, pairs(("2", "1", "8", "4"), ("1", "3", None, "4")))[0]
    assert [row.key for row in tables["falls-numbers"].rows] == ["CRP:", "CRP: T-2", "CRP: T-4", "CRP: T-1", "CRP: T-3"]
    assert cells(tables["falls-numbers"])["CRP: T-3", "change"] == "-"
    boxes = cells(tables["boxes-numbers"])
    assert (boxes["CRP: Median", "BEFORE"], boxes["CRP: Missing", "AFTER"]) == ("3.0", "1")


def test_a_shift_table_has_before_down_and_after_across(tmp_path):
    plan = SHIFT.format(categories="normal_range", after="worst", more="", marker="{item: LB.K, label: Potassium}")
    table = drawn(tmp_path, plan, {"DM": DM, "EX": EX, "LB": LB})[0]["shift"]
    printed = cells(table)
    assert [column.key for column in table.columns[1:]] == ["Low", "Normal", "High", "Low and high", "Unknown", "Missing", "Total"]
    assert printed["Potassium: Normal", "Low and high"] == "1 (16.7%)"
    assert printed["Potassium: Normal", "Unknown"] == "1 (16.7%)"
    assert printed["Potassium: High", "High"] == "0"
    assert printed["Potassium: Total", "Total"] == "6 (100.0%)"


def test_what_has_no_grade_is_a_row_with_its_footnote(tmp_path):
    marker = "{item: LB.K, label: Potassium, term: Hypokalemia}, {item: LB.CRP, label: CRP}"
    plan = SHIFT.format(categories="ctcae", after="worst", more="", marker=marker)
    lb = LB + "    T-1     | CRP      | 3.2     | mg/L     | 2020-02-13\n"
    table = drawn(tmp_path, plan, {"DM": DM, "EX": EX, "LB": lb})[0]["shift"]
    assert "CRP has no grades in CTCAE that a number decides" in dict(table.marked).values()


def test_headings_are_those_of_the_plan(tmp_path):
    plan = a_plan(options="test: paired_t\n    ranks: exact-pratt\n    corner: Characteristics\n    p_label: P value")
    table = drawn(tmp_path, plan, pairs(BEFORE, AFTER))[0]["table2"]
    assert [column.printed for column in table.columns][0::4] == ["Characteristics", "P value"]
    assert table.columns[4].key == "p"
