"""Groups compared on one measurement from the record: baseline, end, change, and differences adjusted for the baseline."""

import numpy as np
import pytest

from cordside.results import find
from tests.support.analysed import analysed, only

PLAN = """
arms:
  A: {label: Cells}
  B: {label: Care alone, treated: false}
visits:
  SCREEN: {day: 1}
  W4: {day: 28}
analyses:
  - {kind: comparison, id: crp, title: CRP, measure: {label: CRP, item: LB.CRP}, visit: W4, baseline: SCREEN,
     doses: {A: 1, B: 0}}
  - {kind: comparison, id: raw, title: CRP, measure: {label: CRP, item: LB.CRP}, visit: W4, baseline: SCREEN,
     adjusts_for_baseline: false, response: value}
  - {kind: values_by_visit, id: course, title: CRP, markers: [{label: CRP, item: LB.CRP}], visits: [SCREEN, W4],
     baseline: SCREEN, n: records, total: true}
"""
DM = "USUBJID | ARMCD\nT-1 | A\nT-2 | A\nT-3 | A\nT-4 | B\nT-5 | B\nT-6 | B"
BEFORE = {"T-1": "10.1", "T-2": "20.4", "T-3": "15.2", "T-4": "12.8", "T-5": "30.3", "T-6": "18.0"}
AFTER = {"T-1": "4.8", "T-2": "11.0", "T-3": "9.5", "T-4": "12.1", "T-5": "27.7"}
LB = "USUBJID | LBTESTCD | VISIT | LBORRES | LBORRESU | LBDTC | LBSTAT\n" + "\n".join(
    [f"{subject} | CRP | SCREEN | {value} | mg/L | 2020-02-01 |" for subject, value in BEFORE.items()]
    + [f"{subject} | CRP | W4 | {value} | mg/L | 2020-03-01 |" for subject, value in AFTER.items()]
    + ["T-6 | CRP | W4 | | | 2020-03-01 | NOT DONE"]
)


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("crp"), PLAN, DM=DM, LB=LB)


def shown(rows, analysis, level, group="Cells", **where):
    return {row.statistic: row.text for row in find(rows, analysis=analysis, level=level, group_level=group, **where)}


def test_changes_are_taken_at_recorded_precision(rows):
    assert shown(rows, "crp", "change") == {"n": "3", "mean": "-6.80", "sd": "2.26", "median": "-5.70", "min": "-9.4", "max": "-5.3"}


def test_a_subject_without_a_value_is_missing_not_left_out_in_silence(rows):
    row = only(rows, analysis="crp", level="change", group_level="Care alone", statistic="n")
    assert (row.value, row.n_missing) == (2, 1)


def test_the_difference_is_that_of_least_squares_adjusted_for_the_baseline(rows):
    subjects = ["T-1", "T-2", "T-3", "T-4", "T-5"]
    x = np.array([[1, subject in ("T-4", "T-5"), float(BEFORE[subject])] for subject in subjects], dtype=float)
    y = np.array([float(AFTER[subject]) - float(BEFORE[subject]) for subject in subjects])
    expected = np.linalg.lstsq(x, y, rcond=None)[0][1]
    row = only(rows, analysis="crp", level="minus Cells", group_level="Care alone", statistic="estimate")
    assert row.value == pytest.approx(expected)
    assert (row.n, row.n_missing, row.convention) == (5, 1, "change explained by arm, baseline")


def test_with_two_arms_the_dose_response_has_the_p_of_the_difference(rows):
    difference = only(rows, analysis="crp", level="minus Cells", statistic="p")
    assert only(rows, analysis="crp", level="dose response", statistic="p").value == pytest.approx(difference.value)


def test_values_alone_can_be_compared(rows):
    row = only(rows, analysis="raw", level="minus Cells", statistic="estimate")
    assert row.value == pytest.approx((12.1 + 27.7) / 2 - (4.8 + 11.0 + 9.5) / 3)


def test_records_and_values_are_both_told(rows):
    row = only(rows, analysis="course", visit="W4", level="value", group_level="Care alone", statistic="n")
    assert (row.value, row.n, row.n_missing, row.method) == (3, 2, 1, "n counts records")


def test_there_is_no_change_at_the_baseline(rows):
    assert find(rows, analysis="course", visit="SCREEN", level="change") == []
    assert shown(rows, "course", "change", "Total", visit="W4")["n"] == "6"


def test_one_arm_without_values_gives_errors_and_no_difference(tmp_path):
    only_a = "\n".join(line for line in LB.splitlines() if not line.startswith(("T-4", "T-5", "T-6")))
    rows = analysed(tmp_path, PLAN, DM=DM, LB=only_a)
    assert only(rows, analysis="crp", level="value", group_level="Care alone", statistic="mean").error == "no value is recorded"
    assert find(rows, analysis="crp", statistic="estimate") == []


def test_no_values_give_one_row_that_says_so(tmp_path):
    row = only(analysed(tmp_path, PLAN, DM=DM), analysis="crp")
    assert (row.value, row.error) == (0, "no values of CRP are recorded at W4")


def test_units_that_do_not_convert_are_not_summarised_together(tmp_path):
    lines = ["USUBJID | LBTESTCD | VISIT | LBORRES | LBORRESU | LBDTC"]
    lines += [f"T-{number} | DDIMER | W4 | {100 + number} | ug/L {'DDU' if number % 2 else 'FEU'} | 2020-03-01" for number in range(1, 7)]
    rows = analysed(tmp_path, PLAN.replace("LB.CRP", "LB.DDIMER"), DM=DM, LB="\n".join(lines))
    row = only(rows, analysis="crp", level="value", group_level="Cells", statistic="mean")
    assert (row.value, row.text, row.error) == (None, "-", "no value is recorded")
    assert "units differ" in row.warning
    assert only(rows, analysis="crp", level="minus Cells", statistic="p").error == "no row is complete"


ONE = "kind: comparison, id: c, title: C, measure: {label: CRP, item: LB.CRP}, visit: W4, baseline: SCREEN"


def compared(folder, keys, lb=LB, dm=DM):
    head = PLAN[: PLAN.index("analyses:")].replace("  W4:", "  W2: {day: 14}\n  W4:")
    plan = f"{head}analyses:\n  - {{{ONE}, {keys}}}\n"
    return find(analysed(folder, plan, DM=dm, LB=lb), analysis="c")


def numbers(rows, *names, level="minus Cells", group="Care alone"):
    return [only(rows, level=level, group_level=group, statistic=name).value for name in names]


# R: t.test(b, a), t.test(b, a, var.equal = TRUE), wilcox.test(b, a, exact = TRUE) of the changes.
@pytest.mark.parametrize(
    ("method", "limits", "p"),
    [
        ("welch", [0.0104935777202918, 10.2895064222797], 0.0497514582394429),
        ("pooled", [-0.666374704810106, 10.966374704810102], 0.0668577834374901),
    ],
)
def test_t_tests_compare_the_changes_as_r_does(tmp_path, method, limits, p):
    rows = compared(tmp_path, f"method: {method}")
    assert numbers(rows, "estimate", "conf_low", "conf_high", "p") == pytest.approx([5.15, *limits, p])
    assert (only(rows, level="minus Cells", statistic="p").n, only(rows, level="minus Cells", statistic="p").n_missing) == (5, 1)


def test_the_rank_sum_test_stands_with_the_shift_and_the_level_that_it_attains(tmp_path):
    rows = compared(tmp_path, "method: rank_sum")
    # Differences of -0.7, -2.6 and -5.3, -9.4, -5.7; all six of ten ways to deal are within 80 %.
    assert numbers(rows, "estimate", "conf_low", "conf_high", "p", "attained") == pytest.approx([4.8, 2.7, 8.7, 0.2, 80])
    assert find(rows, statistic="se") == []


def test_least_squares_means_of_two_arms_differ_by_the_difference(tmp_path):
    rows = compared(tmp_path, "means: true")
    means = {row.group_level: row.value for row in find(rows, level="least-squares mean", statistic="estimate")}
    assert means["Care alone"] - means["Cells"] == pytest.approx(numbers(rows, "estimate")[0])


def test_differences_of_several_arms_are_one_family(tmp_path):
    dm = DM.replace("T-6 | B", "T-6 | C").replace("T-3 | A", "T-3 | C")
    lb = LB.replace("T-6 | CRP | W4 | | | 2020-03-01 | NOT DONE", "T-6 | CRP | W4 | 15.5 | mg/L | 2020-03-01 |")
    head = PLAN[: PLAN.index("analyses:")].replace(
        "  B: {label: Care alone, treated: false}", "  B: {label: Care alone}\n  C: {label: Third}"
    )
    plan = head + f"analyses:\n  - {{{ONE}, family: differences, adjust: bonferroni}}\n"
    rows = find(analysed(tmp_path, plan, DM=dm, LB=lb), analysis="c")
    p, adjusted = ([row.value for row in find(rows, statistic=name)] for name in ("p", "p_adjusted"))
    assert adjusted == pytest.approx([min(1, 3 * value) for value in p])
    assert {row.convention for row in find(rows, statistic="p_adjusted")} == {"Bonferroni over 3 differences between arms"}


W2 = {"T-1": "6.0", "T-2": "13.5", "T-3": "9.0", "T-4": "13.5", "T-5": "28.0", "T-6": "17.5"}
BALANCED = (
    LB.replace("T-6 | CRP | W4 | | | 2020-03-01 | NOT DONE", "T-6 | CRP | W4 | 15.5 | mg/L | 2020-03-01 |")
    + "\n"
    + "\n".join(f"{subject} | CRP | W2 | {value} | mg/L | 2020-02-15 |" for subject, value in W2.items())
)


def test_in_a_balanced_study_the_mixed_model_is_the_analysis_of_variance_of_the_textbook(tmp_path):
    """Between and within mean squares, and Satterthwaite's degrees of freedom of their sum, by hand."""
    rows = compared(tmp_path, "method: mixed, visits: [W2, W4], adjusts_for_baseline: false, means: true", lb=BALANCED)
    after = AFTER | {"T-6": "15.5"}
    y = np.array([[float(W2[s]) - float(BEFORE[s]), float(after[s]) - float(BEFORE[s])] for s in BEFORE])
    arms = [y[:3], y[3:]]
    between = 2 * sum(((arm.mean(axis=1) - arm.mean()) ** 2).sum() for arm in arms) / 4
    within = sum(((arm - arm.mean(axis=1, keepdims=True) - arm.mean(axis=0) + arm.mean()) ** 2).sum() for arm in arms) / 4
    variance = (between + within) / 2 * 2 / 3
    df = (between + within) ** 2 / (between**2 / 4 + within**2 / 4)
    assert numbers(rows, "estimate", "se", "df") == pytest.approx(
        [arms[1][:, 1].mean() - arms[0][:, 1].mean(), variance**0.5, df], rel=1e-5
    )
    assert numbers(rows, "estimate", level="least-squares mean", group="Cells") == pytest.approx([arms[0][:, 1].mean()])
    words = "change explained by arm, visit, arm by visit, with a random intercept for each subject; degrees of freedom by Satterthwaite"
    assert only(rows, level="minus Cells", statistic="p").convention == words


def test_a_mixed_model_of_too_little_has_its_reason(tmp_path):
    row = only(compared(tmp_path, "method: mixed, visits: [W2, W4]"), level="minus Cells", statistic="estimate")
    assert (row.value, row.text) == (None, "-")
    assert row.error == "the model needs two subjects or more, and someone with two values or more"


@pytest.mark.parametrize("method", ["welch", "rank_sum", "mixed, visits: [W4]", "ancova, means: true"])
def test_constant_values_give_a_reason_and_never_a_silent_number(tmp_path, method):
    lines = ["USUBJID | LBTESTCD | VISIT | LBORRES | LBORRESU | LBDTC"]
    lines += [f"T-{n} | CRP | {visit} | 5.0 | mg/L | 2020-0{at}-01" for n in range(1, 7) for at, visit in ((2, "SCREEN"), (3, "W4"))]
    rows = compared(tmp_path, f"method: {method}", lb="\n".join(lines))
    assert [row for row in rows if row.value is None and not (row.warning or row.error)] == []
