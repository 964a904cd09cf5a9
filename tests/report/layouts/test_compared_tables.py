"""What arms and moments differ by, as tables print it: adjusted P, hazard ratios, paired shares, least-squares means."""

import pytest

from cordside.protocol.read import parse_protocol
from cordside.report.drawtables import draw_tables
from tests.analysis.changes.test_comparison import BALANCED, DM
from tests.analysis.changes.test_shift import fourfold
from tests.analysis.waiting import ARMS, DISCHARGE, drawn
from tests.support.analysed import analysed
from tests.support.folders import a_protocol

WAITED = f"""
{ARMS}
analyses:
  - {{kind: time_to_event, id: t, title: T, event: {DISCHARGE}, tests: [log-rank, gray], hazard_ratio: true, days: [7]}}
  - kind: outcomes
    id: o
    title: O
    compare: [difference, odds_ratio, fisher]
    interval: jeffreys
    rows: [{{outcome: death, label: Dead, day: 7}}]
"""
SHIFT = """
visits: {BEFORE: {day: -1}, AFTER: {day: 7}}
ranges: [{item: LB.K, low: 3.5, high: 5.0, unit: mmol/L}]
analyses:
  - {kind: shift, id: s, title: S, categories: normal_range, before: {take: baseline_flag}, after: {take: last}, mcnemar: exact,
     markers: [{item: LB.K, label: Potassium}]}
"""
COMPARED = """
arms: {A: {label: Cells}, B: {label: Care alone, treated: false}}
visits: {SCREEN: {day: 1}, W2: {day: 14}, W4: {day: 28}}
analyses:
  - {kind: comparison, id: c, title: C, measure: {label: CRP, item: LB.CRP}, visit: W4, baseline: SCREEN, method: mixed, visits: [W2, W4],
     means: true, family: differences, adjust: bh}
  - {kind: comparison, id: r, title: R, measure: {label: CRP, item: LB.CRP}, visit: W4, baseline: SCREEN, method: rank_sum}
"""


def tables(folder, plan, **data):
    return {table.id: table for table in draw_tables(analysed(folder, plan, **data), parse_protocol(a_protocol(plan)))}


def texts(table):
    return {(row, column): cell.text for row, column, cell in table.cells()}


@pytest.fixture(scope="module")
def waited(tmp_path_factory):
    return tables(tmp_path_factory.mktemp("waited"), WAITED, **drawn())


def test_tests_and_hazard_ratio_stand_beneath_the_estimates(waited):
    found = texts(waited["t"])
    assert (found["Log-rank P", "Cells"], found["Gray's P", "Cells"]) == ("0.813", "0.651")
    assert (found["Hazard ratio (95% interval)", "Cells"], found["Hazard ratio (95% interval)", "Placebo"]) == ("", "0.80 (0.13 to 4.93)")
    assert found["Hazard ratio: P", "Placebo"] == "0.814"
    notes = "\n".join(waited["t"].footnotes)
    assert "Gray's test of the cumulative incidences: rho 0." in notes
    assert "takes the ratio of the rates as the same at all times" in notes


def test_shares_of_arms_are_compared_beneath_them(waited):
    found = texts(waited["o"])
    assert found["Dead: Difference of shares, % (95% interval)", "Cells"] == ""
    assert found["Dead: P", "Placebo"] not in ("", "-")
    assert any(note.startswith("Compared are the subjects whose outcome is known: difference of two") for note in waited["o"].footnotes)
    assert "Intervals of shares: Jeffreys, 95%." in waited["o"].footnotes


def test_paired_shares_run_across_the_shift_table(tmp_path):
    table = tables(tmp_path, SHIFT, **fourfold())["s"]
    row = next(row for row in table.rows if row.key == "Potassium: abnormal")
    assert (row.spans, row.cells[0].text) == (True, "26 and 35 of 46; 19.6% (0.0 to 37.7); P = 0.078")
    assert len(row.cells[0].results) == 6
    assert any("McNemar's test (exact; abnormal: Low, High)" in note for note in table.footnotes)


def test_means_differences_and_adjusted_p_stand_in_a_comparison(tmp_path):
    found = tables(tmp_path, COMPARED, DM=DM, LB=BALANCED)
    mixed, ranks = texts(found["c"]), texts(found["r"])
    assert all("(" in mixed["Least-squares mean (SE)", arm] for arm in ("Cells", "Care alone"))
    assert mixed["Cells: P (BH)", "Care alone"] == mixed["Cells: P", "Care alone"]
    assert any(note.endswith("12 values in the model, 0 left out.") for note in found["c"].footnotes)
    assert "P (BH): Benjamini-Hochberg over one of the differences between arms." in found["c"].footnotes
    assert ranks["Cells: 95% confidence interval", "Care alone"].endswith("; 90.0%")
    assert "Cells: Difference (SE)" not in {row.key for row in found["r"].rows}


def test_a_heading_with_a_number_leads_to_the_row_that_counts(tmp_path):
    table = tables(tmp_path, COMPARED, DM=DM, LB=BALANCED)["c"]
    assert [column.heading for column in table.columns] == ["CRP", "Cells (n = 3)", "Care alone (n = 3)"]
    assert [column.results[0].value for column in table.columns[1:]] == [3, 3]
    assert set(table.columns[1].results) <= set(table.results)
