"""Boxes with their points: quartiles by the protocol's definition, extremes as recorded, every subject a row."""

import pytest

from cordside.results import find
from tests.analysis.changes.test_paired import drawn
from tests.support.analysed import analysed, only

PLAN = """
visits: {BEFORE: {day: -1}, AFTER: {day: 7}}
arms: {A: {label: Alpha}, B: {label: Beta}}
analyses:
  - kind: box_points
    id: boxes
    title: Boxes
    by: arm
    visits: [BEFORE, AFTER]
    markers: [{item: LB.CRP, label: CRP}]
"""


def made(folder, tables, plan=PLAN):
    return [row for row in analysed(folder, plan, **tables) if row.analysis == "boxes"]


def shown(rows, **wanted):
    return {row.statistic: row.text for row in find(rows, subject="", **wanted)}


def test_a_box_has_five_numbers_and_n(tmp_path):
    tables = drawn(("BEFORE", "2020-02-09", ("1", "2", "4", "8", "16", "3")))
    rows = made(tmp_path, tables, PLAN.replace("by: arm", "by: none"))
    # R 4.2.2: quantile(c(1, 2, 4, 8, 16, 3), type = 7)
    assert shown(rows, visit="BEFORE") == {"n": "6", "min": "1", "q1": "2.3", "median": "3.5", "q3": "7.0", "max": "16"}
    assert only(rows, visit="BEFORE", statistic="q1").value == 2.25
    assert only(rows, visit="BEFORE", statistic="q1").convention == "R-7"
    assert only(rows, visit="AFTER", statistic="median").error == "no value at this visit"
    assert [row.level for row in find(rows, statistic="value")] == [""] * 6


def test_each_arm_has_a_box_and_each_point_its_arm(tmp_path):
    rows = made(tmp_path, drawn(("BEFORE", "2020-02-09", ("1", "2", "<0.5", None))))
    assert [(row.group_level, row.text, row.n_missing) for row in find(rows, visit="BEFORE", statistic="n")] == [
        ("Alpha", "1", 1),
        ("Beta", "1", 1),
    ]
    values = [(row.subject, row.level, row.text) for row in find(rows, statistic="value")]
    assert values == [("T-1", "Beta", "1"), ("T-2", "Alpha", "2"), ("T-3", "Beta", "<0.5")]
    assert only(rows, subject="T-3").warning == "without a number: <0.5"


@pytest.mark.parametrize("values", [("5",), ("5", "5", "5", "5"), ("0", "0")])
def test_one_value_and_equal_values_have_a_box(tmp_path, values):
    rows = made(tmp_path, drawn(("BEFORE", "2020-02-09", values)), PLAN.replace("by: arm", "by: none"))
    found = [row.value for row in find(rows, visit="BEFORE") if row.statistic in ("min", "q1", "median", "q3", "max")]
    assert found == [float(values[0])] * 5


def test_nothing_recorded_gives_one_row(tmp_path):
    row = only(made(tmp_path, {"DM": "USUBJID\nT-1"}), analysis="boxes")
    assert (row.statistic, row.value, row.error) == ("n", 0, "no values of CRP are recorded at BEFORE, AFTER")
