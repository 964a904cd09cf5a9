"""Before and after: the size of the change, its interval and test, who was used and who was dropped.

The reference numbers are R 4.2.2's (t.test, wilcox.test, binom.test, coin, exactRankTests) on the eight differences.
"""

import pytest

from cordside.results import find
from tests.support.analysed import analysed, only

PLAN = """
visits:
  BEFORE: {{day: -1}}
  AFTER: {{day: 7}}
{more}
analyses:
  - kind: paired
    id: table2
    title: Before and after
    subject: Case {{SUBJID}}
    before: {before}
    after: {after}
    {options}
    markers:
      - {{item: LB.CRP, label: CRP, show: median_iqr, {marker}}}
"""
BEFORE = ("13.4", "1.3", "38.9", "5.0", "60.2", "7.7", "12.0", "22.5")
AFTER = ("0.5", "0.9", "6.4", "5.0", "3.1", "8.4", "2.2", "4.5")


def a_plan(
    *, options="test: paired_t\n    ranks: exact-pratt", before="{visit: BEFORE}", after="{visit: AFTER}", marker="decimals: 2", more=""
):
    return PLAN.format(options=options, before=before, after=after, marker=marker, more=more)


def drawn(*moments, unit="mg/L"):
    """LB and DM of subjects 1, 2, ...; moments: visit, date and the subjects' results, None where there is none."""
    lines = ["USUBJID | LBTESTCD | LBORRES | LBORRESU | VISIT | LBDTC"]
    lines += [
        f"T-{number} | CRP | {text} | {unit} | {visit} | {day}"
        for visit, day, texts in moments
        for number, text in enumerate(texts, 1)
        if text is not None
    ]
    count = max(len(texts) for _, _, texts in moments)
    dm = "\n".join(["USUBJID | SUBJID | ARMCD", *(f"T-{number} | {number} | {'AB'[number % 2]}" for number in range(1, count + 1))])
    return {"DM": dm, "LB": "\n".join(lines)}


def pairs(before, after, **more):
    return drawn(("BEFORE", "2020-02-09", before), ("AFTER", "2020-02-17", after), **more)


def shown(rows, level, **more):
    return {row.statistic: row.text for row in find(rows, level=level, subject="", **more)}


def made(folder, plan, tables):
    return [row for row in analysed(folder, plan, **tables) if row.analysis == "table2"]


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return made(tmp_path_factory.mktemp("paired"), a_plan(), pairs(BEFORE, AFTER))


def test_both_moments_are_summed_up_over_the_pairs(rows):
    assert shown(rows, "before") == {"n": "8", "median": "12.70", "q1": "7.03", "q3": "26.60"}
    assert shown(rows, "after") == {"n": "8", "median": "3.80", "q1": "1.88", "q3": "5.35"}
    assert only(rows, level="before", statistic="q1").convention == "R-7"


def test_the_change_has_its_interval_and_the_chosen_test(rows):
    assert shown(rows, "change") == {
        "estimate": "-16.25",
        "conf_low": "-32.94",
        "conf_high": "0.44",
        "statistic": "-2.302",
        "df": "7",
        "p": "0.055",
        "skewness": "-1.41",
    }
    change = {row.statistic: row for row in find(rows, level="change", subject="")}
    assert change["p"].value == pytest.approx(0.0548541491601264)
    assert change["conf_low"].value == pytest.approx(-32.944302240798)
    assert (change["estimate"].unit, change["p"].unit, change["p"].method) == ("mg/L", "", "paired t test")
    assert change["skewness"].value == pytest.approx(-1.41172588435178)


def test_ranks_stand_beside_the_t_test_of_skewed_differences(rows):
    beside = {row.statistic: row for row in find(rows, level="by ranks", subject="")}
    assert beside["p"].value == pytest.approx(0.046875)
    assert beside["p"].convention == "exact, zeros ranked, then dropped (Pratt)"
    assert beside["zeros"].text == "1"
    limits = [beside[name].value for name in ("estimate", "conf_low", "conf_high", "attained")]
    assert limits == pytest.approx([-13.4, -35, 0, 96.09375])
    assert beside["attained"].text == "96.1"


def test_differences_that_are_not_skewed_have_no_ranks_beside(tmp_path):
    rows = made(tmp_path, a_plan(), pairs(("1", "2", "3", "4", "5"), ("2", "4", "6", "8", "10")))
    assert find(rows, level="by ranks") == []
    assert only(rows, statistic="skewness").text == "0.00"


@pytest.mark.parametrize(("beside", "there"), [("always", True), ("never", False)])
def test_ranks_beside_are_printed_always_or_never_where_the_plan_says_so(tmp_path, beside, there):
    plan = a_plan(options=f"test: paired_t\n    beside: {beside}\n    ranks: exact-drop")
    rows = made(tmp_path, plan, pairs(("1", "2", "3", "4"), ("2", "4", "6", "8")))
    assert bool(find(rows, level="by ranks")) is there


@pytest.mark.parametrize(
    ("ranks", "p", "convention", "lehmann"),
    [
        ("exact-pratt", 0.046875, "exact, zeros ranked", (-13.4, -35, 0, 96.09375)),
        ("exact-drop", 0.046875, "exact, zeros dropped", (-13.4, -35, 0, 96.09375)),
        ("R-4.5", 0.0519129649350183, "R-4.5: normal_cc, zeros dropped", (-15.675, -37.55, -0.4, 95.3125)),
        ("coin", 0.046875, "coin: exact", (-13.4, -35, 0, 96.09375)),
    ],
)
def test_a_signed_rank_test_names_its_convention_and_zeros(tmp_path, ranks, p, convention, lehmann):
    rows = made(tmp_path, a_plan(options=f"test: signed_rank\n    ranks: {ranks}"), pairs(BEFORE, AFTER))
    change = {row.statistic: row for row in find(rows, level="change", subject="")}
    assert change["p"].value == pytest.approx(p)
    assert change["p"].convention.startswith(convention)
    assert [change[name].value for name in ("estimate", "conf_low", "conf_high", "attained")] == pytest.approx(lehmann)
    assert change["zeros"].text == "1"
    assert find(rows, statistic="skewness") == []


def test_a_sign_test_stands_with_the_median_and_its_attained_level(tmp_path):
    rows = made(tmp_path, a_plan(options="test: sign"), pairs(BEFORE, AFTER))
    assert shown(rows, "change") == {
        "estimate": "-11.35",
        "conf_low": "-57.10",
        "conf_high": "0.70",
        "attained": "99.22",
        "statistic": "1.000",
        "p": "0.125",
        "zeros": "1",
    } | {"attained": "99.2"}


def test_without_a_test_the_size_stands_alone(tmp_path):
    rows = made(tmp_path, a_plan(options="test: none"), pairs(BEFORE, AFTER))
    assert set(shown(rows, "change")) == {"estimate", "conf_low", "conf_high", "attained"}


def test_a_ratio_is_that_of_geometric_means(tmp_path):
    rows = made(tmp_path, a_plan(options="test: paired_t\n    beside: never\n    change: ratio"), pairs(BEFORE, AFTER))
    change = {row.statistic: row for row in find(rows, level="change", subject="")}
    limits = [change[name].value for name in ("estimate", "conf_low", "conf_high", "p")]
    assert limits == pytest.approx([0.233226283192557, 0.0797744656019637, 0.681853507401946, 0.0148852759567168])
    assert (change["estimate"].text, change["estimate"].unit) == ("0.23", "ratio")


def test_differences_are_taken_at_recorded_precision(tmp_path):
    # In doubles 5.1 - 4.8 and 6.3 - 6.0 are no tie.
    rows = made(tmp_path, a_plan(options="test: signed_rank\n    ranks: exact-drop"), pairs(("4.8", "6.0", "1.0"), ("5.1", "6.3", "0.7")))
    assert [row.text for row in find(rows, level="change", statistic="value")] == ["0.3", "0.3", "-0.3"]
    assert only(rows, level="change", statistic="statistic").value == 4


def test_who_is_dropped_is_named_with_the_reason(tmp_path):
    rows = made(tmp_path, a_plan(), pairs(("1", "2", "3", None, "5"), ("2", "3", "<0.50", "1", None)))
    row = only(rows, level="pairs")
    assert (row.text, row.n, row.n_missing) == ("2", 2, 3)
    assert row.warning == (
        "without a pair: Case 3 (after is <0.50, which is no number), Case 4 (no value at BEFORE), Case 5 (no value at AFTER)"
    )
    assert shown(rows, "before")["n"] == "2"
    assert {row.text for row in find(rows, subject="T-3", statistic="value")} == {"3", "<0.50", "-"}


def test_every_number_leads_to_its_rows(rows):
    assert only(rows, level="change", statistic="p").source[:2] == ("records/lb.csv:2", "records/lb.csv:10")
    assert all(row.source for row in rows)


def test_arms_stand_apart_and_together(tmp_path):
    plan = a_plan(more="arms: {A: {label: Alpha}, B: {label: Beta}, C: {label: Gamma}}").replace("    before:", "    by: arm\n    before:")
    rows = made(tmp_path, plan, pairs(BEFORE, AFTER))
    assert [row.group_level for row in find(rows, level="pairs")] == ["Alpha", "Beta", "Gamma", "Total"]
    assert [row.text for row in find(rows, level="pairs")] == ["4", "4", "0", "8"]
    nobody = only(rows, group_level="Gamma", level="change", statistic="p")
    assert (nobody.value, nobody.text, nobody.error) == (None, "-", "no subject has CRP both before and after")


def test_values_can_be_printed_in_another_unit(tmp_path):
    rows = made(tmp_path, a_plan(marker="unit: mg/dL, decimals: 3"), pairs(BEFORE, AFTER))
    assert shown(rows, "before")["median"] == "1.270"
    assert only(rows, level="change", statistic="estimate").unit == "mg/dL"
    assert only(rows, level="before", subject="T-1", statistic="value").text == "1.34"


def test_a_unit_that_leads_nowhere_is_an_error_in_every_number(tmp_path):
    rows = made(tmp_path, a_plan(marker="unit: mmHg"), pairs(BEFORE, AFTER))
    assert {row.text for row in find(rows, level="change", subject="")} == {"-"}
    assert "no conversion" in only(rows, level="change", statistic="p").error


BAD = {
    "no pairs": ((None, "1"), ("2", None)),
    "one pair": (("1",), ("2",)),
    "two equal pairs": (("1", "1"), ("3", "3")),
    "all ties": (("1", "2", "3", "4"), ("2", "3", "4", "5")),
    "all zero": (("1", "2", "3"), ("1", "2", "3")),
    "constant": (("5", "5", "5"), ("5", "5", "5")),
    "words": (("NEGATIVE", "POSITIVE"), ("1", "2")),
}


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("test", ["paired_t\n    beside: always", "signed_rank", "sign", "none"])
@pytest.mark.parametrize("ranks", ["exact-pratt", "R-4.5", "SAS"])
def test_bad_input_gives_a_reason_and_never_a_silent_number(tmp_path, bad, test, ranks):
    rows = made(tmp_path, a_plan(options=f"test: {test}\n    ranks: {ranks}"), pairs(*BAD[bad]))
    silent = [row for row in rows if row.value is None and not (row.warning or row.error)]
    assert rows
    assert silent == []
    assert {row.text for row in rows if row.value is None and row.statistic != "value"} <= {"-"}


def test_differences_of_zero_are_no_evidence_and_say_so(tmp_path):
    rows = made(tmp_path, a_plan(options="test: signed_rank\n    ranks: exact-pratt"), pairs(*BAD["all zero"]))
    row = only(rows, level="change", statistic="p")
    assert (row.value, row.warning) == (1, "every difference is zero")


def test_one_pair_has_a_size_and_no_interval(tmp_path):
    rows = made(tmp_path, a_plan(), pairs(*BAD["one pair"]))
    assert only(rows, level="change", statistic="estimate").value == 1
    assert only(rows, level="change", statistic="conf_low").warning == "one value has no standard deviation, so no interval and no test"


def test_a_ratio_with_a_zero_before_is_an_error(tmp_path):
    plan = a_plan(options="test: none\n    change: ratio")
    row = only(made(tmp_path, plan, pairs(("0", "1"), ("1", "2"))), level="change", statistic="estimate")
    assert (row.value, row.error) == (None, "a value is not above zero, so that it has no logarithm")


def test_an_unpublished_convention_leaves_the_ranks_with_their_reason(tmp_path):
    rows = made(tmp_path, a_plan(options="test: paired_t\n    ranks: not_published"), pairs(BEFORE, AFTER))
    assert only(rows, level="by ranks", statistic="p").error == "the protocol names no convention of the signed-rank test"
    assert only(rows, level="by ranks", statistic="estimate").text == "-13.40"


def test_nothing_recorded_gives_one_row(tmp_path):
    row = only(made(tmp_path, a_plan(), {"DM": "USUBJID\nT-1"}), analysis="table2")
    assert (row.statistic, row.value, row.error) == ("n", 0, "no values of CRP are recorded")


def test_p_is_adjusted_over_the_markers_where_the_plan_says_so(tmp_path):
    plan = a_plan(options="test: paired_t\n    beside: never\n    family: parameters\n    adjust: bh")
    plan += "      - {item: LB.CRP, label: Again, show: mean_sd}\n"
    rows = made(tmp_path, plan, pairs(BEFORE, AFTER))
    row = only(rows, label="CRP", statistic="p_adjusted")
    assert (row.value, row.convention) == (pytest.approx(0.0548541491601264), "Benjamini-Hochberg over 2 markers of Total")
    holm = made(tmp_path / "holm", plan.replace("bh", "holm"), pairs(BEFORE, AFTER))
    assert only(holm, label="Again", statistic="p_adjusted").value == pytest.approx(2 * 0.0548541491601264)
