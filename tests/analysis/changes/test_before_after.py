"""Before and after: pairs used and pairs dropped."""

from cordside.results import find
from tests.support.analysed import analysed, only

PLAN = """
visits:
  BEFORE: {day: not_published}
  AFTER: {day: not_published}
analyses:
  - kind: before_after
    id: pairs
    title: Pairs
    subject: Case {SUBJID}
    markers: [{item: LB.LYM, label: Lymphocytes}, {item: LB.NEUT, label: Neutrophils, decimals: 1}]
    before: BEFORE
    after: AFTER
"""
DM = "USUBJID | SUBJID\nT-1 | 1\nT-2 | 2\nT-3 | 3"
LB = """
    USUBJID | LBTESTCD | LBORRES | LBORRESU | LBSTAT   | VISIT
    T-1     | LYM      | 0.80    | 10^9/L   |          | BEFORE
    T-1     | LYM      | 1.10    | 10^9/L   |          | AFTER
    T-2     | LYM      | 0.70    | 10^9/L   |          | BEFORE
    T-2     | LYM      |         |          | NOT DONE | AFTER
    T-3     | LYM      | 0.90    | 10^9/L   |          | AFTER
    T-1     | NEUT     | 5.25    | 10^9/L   |          | BEFORE
"""


def test_values_stand_by_marker_subject_and_visit(tmp_path):
    rows = analysed(tmp_path, PLAN, DM=DM, LB=LB)
    found = [(row.group_level, row.visit, row.text) for row in find(rows, analysis="pairs", label="Lymphocytes", statistic="value")]
    assert found == [
        ("Case 1", "BEFORE", "0.80"),
        ("Case 1", "AFTER", "1.10"),
        ("Case 2", "BEFORE", "0.70"),
        ("Case 2", "AFTER", "-"),
        ("Case 3", "BEFORE", "-"),
        ("Case 3", "AFTER", "0.90"),
    ]
    assert only(rows, label="Neutrophils", subject="T-1", visit="BEFORE").text == "5.3"


def test_pairs_used_and_dropped_are_counted_and_named(tmp_path):
    row = only(analysed(tmp_path, PLAN, DM=DM, LB=LB), analysis="pairs", label="Lymphocytes", statistic="n")
    assert (row.value, row.n, row.n_missing, row.warning) == (1, 1, 2, "without a pair: Case 2, Case 3")
    assert row.source == ("records/lb.csv:2", "records/lb.csv:3")


def test_no_pair_at_all_is_an_error_in_words(tmp_path):
    row = only(analysed(tmp_path, PLAN, DM=DM, LB=LB), analysis="pairs", label="Neutrophils", statistic="n")
    assert (row.value, row.error) == (0, "no subject has Neutrophils at both BEFORE and AFTER")


def test_nothing_recorded_gives_one_row(tmp_path):
    row = only(analysed(tmp_path, PLAN, DM=DM), analysis="pairs")
    assert (row.value, row.error) == (0, "no values of Lymphocytes, Neutrophils at BEFORE or AFTER are recorded")
