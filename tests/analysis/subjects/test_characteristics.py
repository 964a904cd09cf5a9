"""Who the subjects are: counts, means, medians, by arm and in total."""

import pytest

from cordside.analysis.run import analyse
from cordside.record.read import read_study
from cordside.report.drawtables import draw_tables
from cordside.results import find
from tests.support.analysed import analysed, only, texts
from tests.support.folders import a_protocol, a_study

PLAN = """
arms:
  MSC: {label: Cells}
  SOC: {label: Care alone, treated: false}
conventions: {quantiles: SPSS-6}
analyses:
  - kind: characteristics
    id: chars
    title: Characteristics
    by: arm
    rows:
      - {label: Age, item: DM.AGE, show: mean_sd}
      - {label: Age range, item: DM.AGE, show: range}
      - {label: Stay, item: HO.HOSPITAL STAY, show: median_iqr, decimals: 1}
      - {label: Sex, item: DM.SEX, show: n_percent}
      - {label: Women, item: DM.SEX, show: n_percent, value: F, decimals: 0}
      - {label: Hypertension, item: MH.HYPERTENSION, show: n_percent}
      - {label: Fever, item: CE.FEVER, show: n_percent}
      - {label: CRP, item: LB.CRP, show: median_range}
"""
TABLES = {
    "DM": """
        USUBJID | SUBJID | ARMCD | AGE | AGEU  | SEX
        T-1     | 1      | MSC   | 65  | YEARS | F
        T-2     | 2      | MSC   | 69  | YEARS | F
        T-3     | 3      | MSC   | 62  | YEARS | M
        T-4     | 4      | MSC   | 64  | YEARS |
        T-5     | 5      | SOC   | 75  | YEARS | F
    """,
    "HO": """
        USUBJID | HOTERM | HODECOD       | HODUR
        T-1     | Stay   | HOSPITAL STAY | P19D
        T-2     | Stay   | HOSPITAL STAY | P29D
        T-3     | Stay   | HOSPITAL STAY | P35D
        T-4     | Stay   | HOSPITAL STAY | P38D
        T-5     | Stay   | HOSPITAL STAY | P46D
    """,
    "MH": """
        USUBJID | MHTERM       | MHPRESP | MHOCCUR
        T-1     | Hypertension | Y       | Y
        T-2     | Hypertension | Y       | N
        T-5     | Hypertension | Y       | N
    """,
    "CE": """
        USUBJID | CETERM
        T-1     | Fever
        T-5     | Fever
    """,
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("chars"), PLAN, **TABLES)


def shown(rows, label, group, **where):
    return {row.statistic: row.text for row in find(rows, analysis="chars", label=label, group_level=group, **where)}


def test_groups_are_the_arms_in_the_protocols_order_then_all(rows):
    sizes = [(row.group_level, row.value) for row in find(rows, analysis="chars", label="Subjects")]
    assert sizes == [("Cells", 4), ("Care alone", 1), ("Total", 5)]


def test_mean_and_sd_have_one_decimal_more_than_the_values(rows):
    assert shown(rows, "Age", "Cells") == {"n": "4", "mean": "65.0", "sd": "2.9"}
    assert shown(rows, "Age range", "Total") == {"n": "5", "min": "62", "max": "75"}


def test_one_value_has_a_mean_but_no_spread(rows):
    assert shown(rows, "Age", "Care alone") == {"n": "1", "mean": "75.0", "sd": "-"}
    row = only(rows, label="Age", group_level="Care alone", statistic="sd")
    assert (row.value, row.warning, row.error) == (None, "one value has no spread", "")


def test_quartiles_follow_the_named_definition_and_bear_its_name(rows):
    assert shown(rows, "Stay", "Total") == {"n": "5", "median": "35.0", "q1": "24.0", "q3": "42.0"}
    assert {row.convention for row in find(rows, label="Stay", group_level="Total")} == {"", "SPSS-6"}


def test_levels_are_counted_of_those_whose_answer_is_known(rows):
    assert shown(rows, "Sex", "Cells", level="Female") == {"count": "2", "percent": "66.7"}
    row = only(rows, label="Sex", group_level="Cells", level="Male", statistic="percent")
    assert (row.n, row.n_missing, row.unit) == (3, 1, "%")
    assert row.value == pytest.approx(100 / 3)


def test_a_named_value_is_counted_alone(rows):
    assert shown(rows, "Women", "Total") == {"n": "4", "count": "3", "percent": "75"}


def test_what_was_not_asked_is_not_counted_as_absent(rows):
    assert shown(rows, "Hypertension", "Cells") == {"n": "2", "count": "1", "percent": "50.0"}
    assert only(rows, label="Hypertension", group_level="Cells", statistic="count").n_missing == 2


def test_where_no_row_tells_an_absence_all_subjects_count_and_it_is_said(rows):
    assert shown(rows, "Fever", "Cells") == {"n": "4", "count": "1", "percent": "25.0"}
    assert "counts as without" in only(rows, label="Fever", group_level="Total", statistic="count").warning


def test_an_item_without_values_has_its_error_in_every_statistic(rows):
    found = find(rows, label="CRP", group_level="Total")
    assert [(row.statistic, row.text, row.error) for row in found] == [
        ("n", "0", "no value is recorded"),
        ("median", "-", "no value is recorded"),
        ("min", "-", "no value is recorded"),
        ("max", "-", "no value is recorded"),
    ]


def test_units_that_do_not_convert_are_not_summarised_together(tmp_path):
    ddimer = """
        USUBJID | LBTESTCD | LBORRES | LBORRESU
        T-1     | DDIMER   | 200     | ug/L DDU
        T-2     | DDIMER   | 400     | ug/L FEU
    """
    rows = analysed(tmp_path, PLAN.replace("LB.CRP", "LB.DDIMER"), **TABLES, LB=ddimer)
    row = only(rows, label="CRP", group_level="Total", statistic="median")
    assert (row.value, row.text) == (None, "-")
    assert row.error == "units differ (ug/L DDU, ug/L FEU) and are not converted"


def test_a_result_in_words_is_missing_and_named_and_the_baseline_is_taken(tmp_path):
    tables = {
        **TABLES,
        "EX": "USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-10\nT-2 | MSC | 2020-02-10",
        "LB": """
            USUBJID | LBTESTCD | LBORRES | LBORRESU | LBDTC
            T-1     | CRP      | 50      | mg/L     | 2020-02-01
            T-1     | CRP      | 30      | mg/L     | 2020-02-09
            T-1     | CRP      | 5       | mg/L     | 2020-02-20
            T-2     | CRP      | <0.50   | mg/L     | 2020-02-09
        """,
    }
    row = only(analysed(tmp_path, PLAN, **tables), label="CRP", group_level="Total", statistic="median")
    assert (row.value, row.n, row.n_missing, row.warning) == (30, 1, 4, "without a number: <0.50")


def test_one_arm_or_none_has_only_the_total(tmp_path):
    rows = analysed(tmp_path, PLAN.replace("by: arm", "by: none"), **TABLES)
    assert {row.group_level for row in find(rows, analysis="chars")} == {"Total"}


def test_no_subject_gives_one_row_that_says_so(tmp_path):
    row = only(analysed(tmp_path, PLAN), analysis="chars")
    assert (row.statistic, row.value, row.error) == ("n", 0, "no subjects are recorded")


@pytest.mark.parametrize(("policy", "mean"), [("half_up", "65"), ("printf", "64")])
def test_texts_follow_the_rounding_of_the_protocol(tmp_path, policy, mean):
    plan = f"""
conventions: {{rounding: {policy}}}
analyses:
  - {{kind: characteristics, id: c, title: C, rows: [{{label: Age, item: DM.AGE, show: mean_sd, decimals: 0}}]}}
"""
    ages = "USUBJID | AGE | AGEU\nT-1 | 64 | YEARS\nT-2 | 65 | YEARS"
    assert texts(analysed(tmp_path, plan, DM=ages), statistic="mean") == [mean]


COMPARED = """
arms:
  MSC: {label: Cells}
  SOC: {label: Care alone, treated: false}
analyses:
  - kind: characteristics
    id: chars
    title: Characteristics
    by: arm
    standardised_differences: true
    reference: SOC
    zero_alone: true
    rows:
      - {label: Age, item: DM.AGE, show: [n, mean_sd, median_range], layout: lines, test: welch}
      - {label: Age ranks, item: DM.AGE, show: median_iqr, test: mann_whitney}
      - {label: Sex, item: DM.SEX, show: n_percent, levels: [{label: Women, value: F}, {label: Men, value: M}, {label: Other, value: U}],
         test: fisher}
      - {label: Wrong, item: DM.SEX, show: n_percent, test: anova}
"""
TWO_ARMS = """
    USUBJID | ARMCD | AGE | AGEU  | SEX
    T-1     | MSC   | 60  | YEARS | F
    T-2     | MSC   | 64  | YEARS | F
    T-3     | MSC   | 71  | YEARS | M
    T-4     | SOC   | 55  | YEARS | M
    T-5     | SOC   | 58  | YEARS | M
    T-6     | SOC   |     |       | M
"""


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("compared"), COMPARED, DM=TWO_ARMS)


def test_a_test_names_itself_and_counts_the_missing(compared):
    row = only(compared, label="Age", statistic="p")
    # Welch by hand: means 65 and 56.5, variances 31 and 4.5.
    assert only(compared, label="Age", statistic="statistic").value == pytest.approx(8.5 / (31 / 3 + 4.5 / 2) ** 0.5)
    assert (row.method, row.n, row.n_missing, row.group_level) == ("Welch's t test", 5, 1, "")


def test_the_rank_sum_test_is_exact_unless_the_plan_says_otherwise(compared):
    row = only(compared, label="Age ranks", statistic="p")
    assert (row.value, row.convention) == (pytest.approx(0.2), "exact, distance")


def test_counts_are_tested_over_the_levels_shown_and_one_never_seen_is_zero(compared):
    row = only(compared, label="Sex", statistic="p")
    assert row.value == pytest.approx(0.4)
    assert row.warning == "a level never seen is left out"
    assert shown(compared, "Sex", "Cells", level="Other") == {"count": "0", "percent": ""}


def test_a_standardised_difference_names_its_definition_and_reference(compared):
    row = only(compared, label="Age", statistic="smd")
    assert (row.group_level, row.level, row.convention) == ("Cells", "from Care alone", "root of the mean variance (Austin 2009)")
    assert row.value == pytest.approx(8.5 / ((31 + 4.5) / 2) ** 0.5)


def test_a_test_that_does_not_fit_is_a_row_with_its_error(compared):
    row = only(compared, label="Wrong", statistic="p")
    assert (row.value, row.text) == (None, "-")
    assert row.error.startswith("anova compares numbers, not counts")


def test_the_table_has_lines_missing_and_p_in_the_first_line(tmp_path):
    record = read_study(a_study(tmp_path, a_protocol(COMPARED), DM=TWO_ARMS))
    (table,) = draw_tables(analyse(record), record.protocol)
    assert [(row.printed, row.indent) for row in table.rows][:8] == [
        ("Age", 0), ("n", 1), ("Mean", 1), ("SD", 1), ("Median", 1), ("Minimum", 1), ("Maximum", 1), ("Missing", 1),
    ]  # fmt: skip
    texts = {(row, column): cell.text for row, column, cell in table.cells()}
    assert texts["Age: Missing", "Care alone"] == "1"
    assert texts["Sex: Other", "Cells"] == "0"
    assert texts["Age:", "P"] == "0.105"
    assert any("Welch's t test for Age" in note for note in table.footnotes)


def test_p_of_all_rows_is_adjusted_where_the_plan_makes_them_a_family(tmp_path):
    plan = COMPARED.replace("    zero_alone: true\n", "    zero_alone: true\n    family: rows\n")
    record = read_study(a_study(tmp_path, a_protocol(plan), DM=TWO_ARMS))
    rows = analyse(record)
    # Holm by hand: three tests have a P; the smallest is tripled, the next doubled, the largest no smaller than that.
    plain = [only(rows, label=label, statistic="p").value for label in ("Age", "Age ranks", "Sex")]
    adjusted = [only(rows, label=label, statistic="p_adjusted").value for label in ("Age", "Age ranks", "Sex")]
    assert adjusted == pytest.approx([3 * plain[0], 2 * plain[1], max(2 * plain[1], plain[2])])
    (table,) = draw_tables(rows, record.protocol)
    texts = {(row, column): cell.text for row, column, cell in table.cells()}
    assert texts["Age ranks", "p_adjusted"] == "0.400"
    assert "P (Holm): Holm over 3 rows." in table.footnotes


AS_PRINTED = """
analyses:
  - kind: characteristics
    id: chars
    title: Characteristics
    corner: What
    labels: as written
    whole_hundred: true
    rows:
      - {label: Age, section: People, indent: 1, item: DM.AGE, show: mean_sd}
      - {label: Women, section: People, indent: 1, item: DM.SEX, show: n_percent, value: F}
      - {label: Stay, item: HO.HOSPITAL STAY, show: median_iqr}
      - {label: Hypertension, section: [Before, History], indent: 2, item: MH.HYPERTENSION, show: n_percent}
      - {label: Hypertension known, section: Before, indent: 1, item: MH.HYPERTENSION, show: n_percent, value: Y}
      - {label: Stayed, section: [Before, Care], indent: 2, item: HO.HOSPITAL STAY, show: n_percent, value: Y}
"""


@pytest.fixture(scope="module")
def as_printed(tmp_path_factory):
    record = read_study(a_study(tmp_path_factory.mktemp("printed"), a_protocol(AS_PRINTED), **TABLES))
    return draw_tables(analyse(record), record.protocol)[0]


def test_headings_stand_inside_headings_and_are_printed_once_where_they_begin(as_printed):
    headings = [(row.printed, row.indent) for row in as_printed.rows if row.section]
    assert headings == [("People", 0), ("Before", 0), ("History", 1), ("Care", 1)]
    order = [row.printed for row in as_printed.rows]
    assert order[:5] == ["People", "Age", "Women", "Missing", "Stay"]
    assert order.index("Hypertension known") == order.index("Care") - 2  # its own line of the missing lies between


def test_labels_as_written_have_no_words_behind_them_and_a_note_says_what_counts_are(as_printed):
    assert as_printed.columns[0].printed == "What"
    assert not [row.printed for row in as_printed.rows if "n (%)" in row.printed]
    assert any(note.startswith("Counts are n (%). Percentages are") for note in as_printed.footnotes)


def test_a_whole_hundred_has_no_decimals_where_the_plan_says_so(as_printed, rows):
    texts = {row: cell.text for row, column, cell in as_printed.cells() if column == "Total"}
    assert (texts["Stayed"], texts["Women"]) == ("5 (100%)", "3 (75.0%)")
    assert shown(rows, "Women", "Care alone")["percent"] == "100"  # this row is planned without decimals
    assert shown(rows, "Fever", "Care alone")["percent"] == "100.0"


def test_nobody_is_told_that_absence_was_not_asked_where_everybody_has_it(as_printed):
    cells = {row: cell for row, column, cell in as_printed.cells() if column == "Total"}
    assert {result.warning for result in cells["Stayed"].results} == {""}
