"""What subjects were given: infusions planned and given, doses, cells, volumes, days between."""

import pytest

from cordside.analysis.run import analyse
from cordside.record.read import read_study
from cordside.report.drawtables import draw_tables
from cordside.results import find
from tests.support.analysed import analysed, only
from tests.support.folders import a_protocol, a_study

PLAN = """
arms:
  MSC: {label: Cells}
  SOC: {label: Care alone, treated: false}
regimen:
  treatment: UC-MSC
  dose: {rule: flat, cells: 1e8, count: viable}
  vehicle: saline
  volume_ml: 50
  route: INTRAVENOUS
  days: [1, 4, 7]
  maximum: not_published
  caps: not_published
  missed_dose: not_published
analyses: [{kind: exposure, id: given, title: Exposure}]
"""
DM = """
    USUBJID | SUBJID | ARMCD
    T-1     | 1      | MSC
    T-2     | 2      | MSC
    T-3     | 3      | SOC
"""
EX = """
    USUBJID | EXTRT  | EXSTDTC    | EXDOSE | EXDOSU | EXVAMT | EXVAMTU | EXHIST
    T-1     | UC-MSC | 2020-02-01 | 100    | 10^6   | 50     | mL      |
    T-1     | UC-MSC | 2020-02-04 | 120    | 10^6   | 40     | mL      |
    T-1     | UC-MSC | 2020-02-08 | 100    | 10^6   | 50     | mL      | Y
    T-2     | UC-MSC | 2020-02-03 |        |        |        |         |
    T-2     | UC-MSC | 2020-02    | 100    | 10^6   | 50     | mL      |
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return find(analysed(tmp_path_factory.mktemp("given"), PLAN, DM=DM, EX=EX), analysis="given")


def shown(rows, label, group="Cells", **where):
    return {row.statistic: row.text for row in find(rows, label=label, group_level=group, **where)}


def test_infusions_planned_and_given_are_counted_and_historical_ones_named(rows):
    assert shown(rows, "Infusions planned") == {"count": "6"}
    assert shown(rows, "Infusions given") == {"count": "5"}
    assert shown(rows, "Historical infusions") == {"count": "1"}


def test_an_untreated_arm_is_planned_without_infusions(rows):
    assert shown(rows, "Infusions planned", "Care alone") == {"count": "0"}
    assert shown(rows, "Subjects treated", "Care alone") == {"count": "0", "percent": "0.0"}


def test_doses_of_one_unit_are_summarised_and_the_missing_counted(rows):
    assert shown(rows, "Dose per infusion", level="10^6") == {
        "n": "4", "mean": "105.0", "sd": "10.0", "median": "100.0", "min": "100", "max": "120",
    }  # fmt: skip
    assert only(rows, label="Dose per infusion", group_level="Cells", level="", statistic="n").n_missing == 1


def test_a_total_of_cells_needs_the_cells_of_every_infusion(rows):
    row = only(rows, label="Total cells per subject", group_level="Cells", statistic="n")
    assert (row.value, row.n_missing) == (1, 1)
    assert only(rows, label="Total cells per subject", group_level="Cells", statistic="median").value == 320_000_000


def test_days_between_are_differences_of_dates_and_partial_dates_have_none(rows):
    assert shown(rows, "Days between infusions") == {"n": "2", "mean": "3.5", "sd": "0.7", "median": "3.5", "min": "3", "max": "4"}
    assert only(rows, label="Days between infusions", group_level="Cells", statistic="n").n_missing == 1


def test_a_group_without_infusions_has_errors_not_numbers(rows):
    row = only(rows, label="Volume per infusion", group_level="Care alone", statistic="median")
    assert (row.value, row.text, row.error) == (None, "-", "no value is recorded")


def test_no_infusion_at_all_is_one_row_that_says_so(tmp_path):
    row = only(analysed(tmp_path, PLAN, DM=DM), analysis="given")
    assert (row.value, row.error) == (0, "no infusions are recorded")


def test_the_table_prints_counts_with_percentages_and_numbers_in_lines(tmp_path):
    record = read_study(a_study(tmp_path, a_protocol(PLAN), DM=DM, EX=EX))
    (table,) = draw_tables(analyse(record), record.protocol)
    texts = {(row, column): cell.text for row, column, cell in table.cells()}
    assert texts["Subjects treated", "Cells"] == "2 (100.0%)"
    assert texts["Subjects by number of infusions: 3", "Cells"] == "1 (50.0%)"
    assert texts["Days between infusions (days): Median (range)", "Cells"] == "3.5 (3 to 4)"
    assert texts["Days between infusions (days): Median (range)", "Care alone"] == ""
