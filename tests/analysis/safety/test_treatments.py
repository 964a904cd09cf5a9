"""Other treatment by class and term, before and after the first infusion."""

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
analyses:
  - {kind: treatments, id: any, title: Medication}
  - {kind: treatments, id: each, title: Medication, period: each, sort: alphabetical}
  - {kind: treatments, id: after, title: Medication, period: after}
  - {kind: treatments, id: procedures, title: Procedures, domain: PR}
"""
TABLES = {
    "DM": "USUBJID | ARMCD\nT-1 | MSC\nT-2 | MSC\nT-3 | SOC",
    "EX": "USUBJID | EXTRT | EXSTDTC\nT-1 | UC-MSC | 2020-02-10\nT-2 | UC-MSC | 2020-02-10",
    "CM": """
        USUBJID | CMTRT     | CMDECOD   | CMCLAS       | CMPRESP | CMOCCUR | CMSTDTC    | CMENDTC
        T-1     | Arbidol   | UMIFENOVIR | ANTIVIRALS  |         |         | 2020-02-01 | 2020-02-20
        T-1     | arbidol   | UMIFENOVIR | ANTIVIRALS  |         |         | 2020-02-21 |
        T-2     | Kaletra   | LOPINAVIR | ANTIVIRALS   |         |         | 2020-01    |
        T-2     | Steroid   |           |              |         |         |            |
        T-3     | Arbidol   | UMIFENOVIR | ANTIVIRALS  |         |         | 2020-02-10 |
        T-3     | Heparin   | HEPARIN   | ANTICOAGULANTS | Y     | N       |            |
    """,
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("cm"), PLAN, **TABLES)


def counts(rows, analysis, label, level, group="Cells"):
    return {row.statistic: row.text for row in find(rows, analysis=analysis, label=label, level=level, group_level=group)}


def test_subjects_are_counted_once_and_rows_each(rows):
    assert counts(rows, "any", "UMIFENOVIR", "term") == {"n": "1", "percent": "50.0", "count": "2"}
    assert counts(rows, "any", "ANTIVIRALS", "system", "Total") == {"n": "3", "percent": "100.0", "count": "4"}


def test_what_was_asked_and_not_given_is_not_counted(rows):
    assert find(rows, analysis="any", label="HEPARIN") == []


def test_a_treatment_without_class_or_term_keeps_its_words(rows):
    assert counts(rows, "any", "Class not stated", "system") == {"n": "1", "percent": "50.0", "count": "1"}
    assert counts(rows, "any", "Steroid", "term")["n"] == "1"


def test_what_ran_across_the_first_infusion_stands_before_and_after(rows):
    assert counts(rows, "each", "UMIFENOVIR", "term / before the first infusion")["count"] == "1"
    assert counts(rows, "each", "UMIFENOVIR", "term / from the first infusion on") == {"n": "1", "percent": "50.0", "count": "2"}
    assert counts(rows, "each", "UMIFENOVIR", "term")["count"] == "2"


def test_a_partial_date_decides_what_it_can_and_no_date_nothing(rows):
    assert counts(rows, "each", "LOPINAVIR", "term / before the first infusion")["n"] == "1"
    assert counts(rows, "each", "Steroid", "term / time not known")["n"] == "1"
    assert find(rows, analysis="after", label="LOPINAVIR") == []


def test_more_common_classes_come_first_unless_sorted_by_name(rows):
    systems = [row.label for row in find(rows, analysis="any", level="system", group_level="Total", statistic="n")]
    assert systems == ["ANTIVIRALS", "Class not stated"]


def test_no_row_gives_one_row_that_says_so(rows):
    row = only(rows, analysis="procedures")
    assert (row.value, row.error) == (0, "no procedures are recorded at this time")


def test_the_table_prints_classes_with_their_terms_and_periods(tmp_path):
    record = read_study(a_study(tmp_path, a_protocol(PLAN), **TABLES))
    table = next(table for table in draw_tables(analyse(record), record.protocol) if table.id == "each")
    texts = {(row, column): cell.text for row, column, cell in table.cells()}
    assert texts["ANTIVIRALS: UMIFENOVIR", "Cells"] == "1 (50.0%) [2]"
    assert texts["ANTIVIRALS: UMIFENOVIR / before the first infusion", "Cells"] == "1 (50.0%) [1]"
    assert [row.indent for row in table.rows if row.key.startswith("ANTIVIRALS: UMIFENOVIR")] == [1, 2, 2, 2]
