"""The change of each subject."""

import pytest

from cordside.results import find
from tests.analysis.changes.test_paired import pairs
from tests.support.analysed import analysed, only

PLAN = """
visits: {{BEFORE: {{day: -1}}, AFTER: {{day: 7}}}}
arms: {{A: {{label: Alpha}}, B: {{label: Beta}}}}
analyses:
  - kind: waterfall
    id: falls
    title: Falls
    before: {{visit: BEFORE}}
    after: {{visit: AFTER}}
    change: {change}
    thresholds: [-50]
    markers: [{{item: LB.CRP, label: CRP}}]
"""


def made(folder, change, tables):
    return [row for row in analysed(folder, PLAN.format(change=change), **tables) if row.analysis == "falls"]


@pytest.mark.parametrize(
    ("change", "texts", "unit"),
    [("difference", ["-0.5", "1.0", "-"], "mg/L"), ("percent", ["-33.3", "100.0", "-"], "%")],
)
def test_every_subject_has_a_change_or_the_reason_why_not(tmp_path, change, texts, unit):
    rows = made(tmp_path, change, pairs(("1.5", "1.0", "3.0"), ("1.0", "2.0", None)))
    values = find(rows, statistic="value")
    assert [row.text for row in values] == texts
    assert [row.level for row in values] == ["Beta", "Alpha", "Beta"]
    assert {row.unit for row in values} == {unit}
    assert values[2].warning == "no value at AFTER"


def test_nought_before_has_no_change_in_percent(tmp_path):
    rows = made(tmp_path, "percent", pairs(("0", "1"), ("1", "2")))
    row = only(rows, subject="T-1", statistic="value")
    assert (row.value, row.text, row.warning) == (None, "-", "the value before is 0, so that there is no change in percent")


def test_pairs_are_counted_by_arm(tmp_path):
    rows = made(tmp_path, "difference", pairs(("1", "2", "3"), ("2", "2", None)))
    assert [(row.group_level, row.n, row.n_missing) for row in find(rows, statistic="n")] == [("Alpha", 1, 0), ("Beta", 1, 1)]


def test_nobody_with_both_gives_one_row(tmp_path):
    row = only(made(tmp_path, "difference", pairs(("1", None), (None, "2"))), analysis="falls")
    assert (row.statistic, row.value, row.error) == ("n", 0, "no subject has CRP both before and after")
