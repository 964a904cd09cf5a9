"""From category to category: every subject is counted once, the unknown and the missing too."""

import pytest

from cordside.results import find
from tests.support.analysed import analysed, only

PLAN = """
visits: {{BEFORE: {{day: -1}}, AFTER: {{day: 7}}}}
arms: {{A: {{label: Alpha}}, B: {{label: Beta}}}}
ranges: [{{item: LB.K, low: 3.5, high: 5.0, unit: mmol/L}}]
analyses:
  - kind: shift
    id: shift
    title: Shift
    categories: {categories}
    before: {{take: baseline_flag}}
    after: {{take: {after}}}
    {more}
    markers: [{marker}]
"""
DM = "USUBJID | ARMCD\n" + "\n".join(f"T-{n} | {'AB'[n % 2]}" for n in range(1, 7))
EX = "USUBJID | EXTRT | EXSTDTC\n" + "\n".join(f"T-{n} | MSC | 2020-02-10" for n in range(1, 7))
LB = """
    USUBJID | LBTESTCD | LBORRES | LBORRESU | LBDTC
    T-1     | K        | 4.0     | mmol/L   | 2020-02-09
    T-1     | K        | 5.6     | mmol/L   | 2020-02-12
    T-1     | K        | 3.2     | mmol/L   | 2020-02-13
    T-1     | K        | 4.1     | mmol/L   | 2020-02-14
    T-2     | K        | 3.0     | mmol/L   | 2020-02-09
    T-2     | K        | 4.0     | mmol/L   | 2020-02-12
    T-3     | K        | 5.2     | mmol/L   | 2020-02-09
    T-4     | K        | 4.4     | mmol/L   | 2020-02-12
    T-5     | K        | 4.5     | mmol/L   | 2020-02-09
    T-5     | K        | <2.0    | mmol/L   | 2020-02-12
"""


def made(folder, *, categories="normal_range", after="worst", marker="{item: LB.K, label: Potassium}", more="", **tables):
    plan = PLAN.format(categories=categories, after=after, marker=marker, more=more)
    return [row for row in analysed(folder, plan, **{"DM": DM, "EX": EX, "LB": LB, **tables}) if row.analysis == "shift"]


def counts(rows, **wanted):
    """Counts that are not nought, without totals."""
    found = find(rows, statistic="count", **wanted)
    return {row.level: row.value for row in found if row.value and "Total" not in row.level}


@pytest.mark.parametrize(
    ("worse", "after"),
    [("either", "Low and high"), ("higher", "High"), ("lower", "Low")],
)
def test_the_worst_value_is_that_of_the_worse_side(tmp_path, worse, after):
    rows = made(tmp_path, marker=f"{{item: LB.K, label: Potassium, worse: {worse}}}")
    assert counts(rows) == {
        f"Normal → {after}": 1,
        "Low → Normal": 1,
        "High → Missing": 1,
        "Missing → Missing": 2,
        "Normal → Unknown": 1,
    }


def test_the_last_value_can_be_taken_instead(tmp_path):
    rows = made(tmp_path, after="last")
    assert counts(rows)["Normal → Normal"] == 1
    assert not [row for row in rows if "Low and high" in row.level]


def test_totals_and_percentages_are_of_all_subjects(tmp_path):
    rows = made(tmp_path)
    everybody = only(rows, level="Total → Total", statistic="count")
    assert (everybody.value, everybody.n, everybody.n_missing) == (6, 6, 3)
    assert only(rows, level="Missing → Total", statistic="percent").text == "33.3"
    parts = [row.value for row in find(rows, statistic="percent") if "Total" not in row.level]
    assert sum(parts) == pytest.approx(100)


def test_each_arm_and_all_together(tmp_path):
    rows = made(tmp_path, more="by: arm")
    assert [(row.group_level, row.value) for row in find(rows, level="subjects")] == [("Alpha", 3), ("Beta", 3), ("Total", 6)]
    assert counts(rows, group_level="Alpha") == {"Low → Normal": 1, "Missing → Missing": 2}


def test_an_arm_with_nobody_has_its_reason(tmp_path):
    dm = "USUBJID | ARMCD\n" + "\n".join(f"T-{n} | A" for n in range(1, 7))
    row = only(made(tmp_path, more="by: arm", DM=dm), group_level="Beta", level="Low → Low", statistic="percent")
    assert (row.value, row.text, row.error) == (None, "-", "nobody is in this group")


def test_grades_go_by_the_term_and_zero_is_a_grade(tmp_path):
    rows = made(tmp_path, categories="ctcae", marker="{item: LB.K, label: Potassium, term: Hyperkalemia}")
    assert counts(rows) == {
        "Grade 0 → Grade 2": 1,
        "Grade 0 → Grade 0": 1,
        "Grade 1 → Missing": 1,
        "Missing → Missing": 2,
        "Grade 0 → Unknown": 1,
    }
    low = made(tmp_path / "low", categories="ctcae", marker="{item: LB.K, label: Potassium, term: Hypokalemia}")
    assert counts(low)["Grade 0 → Grade 1"] == 1


def test_without_a_range_a_category_is_unknown_unless_a_number_decides(tmp_path):
    plain = LB.replace("| 3.0 ", "| 2.4 ")
    marker = "{item: LB.K, label: Potassium, term: Hypokalemia}"
    plan = PLAN.replace("ranges: [{{item: LB.K, low: 3.5, high: 5.0, unit: mmol/L}}]\n", "")
    rows = analysed(tmp_path, plan.format(categories="ctcae", after="worst", marker=marker, more=""), DM=DM, EX=EX, LB=plain)
    found = counts(find(rows, analysis="shift"))
    assert found["Grade 4 → Unknown"] == 1
    assert found["Unknown → Unknown"] == 2


@pytest.mark.parametrize(
    ("marker", "said"),
    [
        ("{item: LB.K, label: Potassium}", "several terms in CTCAE (Hypokalemia, Hyperkalemia)"),
        ("{item: LB.K, label: Potassium, term: Anemia}", "Anemia is no term of Potassium"),
        ("{item: LB.CRP, label: CRP, term: Anemia}", "no values of CRP are recorded"),
        ("{item: VS.PULSE, label: Pulse}", "no values of Pulse are recorded"),
    ],
)
def test_what_cannot_be_graded_says_why(tmp_path, marker, said):
    row = only(made(tmp_path, categories="ctcae", marker=marker), analysis="shift")
    assert (row.statistic, row.value) == ("n", 0)
    assert said in row.error


def test_a_test_without_grades_says_so(tmp_path):
    lb = LB.replace("| K  ", "| CRP").replace("mmol/L", "mg/L  ")
    row = only(made(tmp_path, categories="ctcae", marker="{item: LB.CRP, label: CRP}", LB=lb), analysis="shift")
    assert row.error == "CRP has no grades in CTCAE that a number decides"


def test_unknown_values_beside_known_ones_are_said(tmp_path):
    more = LB + "    T-5     | K        | 4.6     | mmol/L   | 2020-02-13\n"
    row = only(made(tmp_path, LB=more), level="subjects")
    assert "1 values of unknown category are left out" in row.warning


# Twenty abnormal both times, fifteen after only, six before only, five never: Tango 1998 and the exact binomial of 15 and 6.
def fourfold(both=20, gained=15, lost=6, neither=5):
    pairs = [("6.0", "6.0")] * both + [("4.0", "6.0")] * gained + [("6.0", "4.0")] * lost + [("4.0", "4.0")] * neither
    names = [f"T-{number}" for number in range(1, len(pairs) + 1)]
    lines = ["USUBJID | LBTESTCD | LBORRES | LBORRESU | LBDTC"]
    for name, (before, after) in zip(names, pairs, strict=True):
        lines += [f"{name} | K | {before} | mmol/L | 2020-02-09", f"{name} | K | {after} | mmol/L | 2020-02-12"]
    ex = "USUBJID | EXTRT | EXSTDTC\n" + "\n".join(f"{name} | MSC | 2020-02-10" for name in names)
    return {"DM": "USUBJID\n" + "\n".join(names), "EX": ex, "LB": "\n".join(lines)}


def test_mcnemar_stands_with_the_difference_of_the_paired_shares(tmp_path):
    rows = made(tmp_path, after="last", more="mcnemar: exact", **fourfold())
    found = {row.statistic: row for row in find(rows, level="abnormal")}
    limits = [found[name].value for name in ("estimate", "conf_low", "conf_high")]
    assert limits == pytest.approx([19.5652, 0.04, 37.72], abs=0.01)
    assert found["p"].value == pytest.approx(0.078353881835937)
    assert (found["p"].n, found["p"].method) == (46, "McNemar's test")
    assert found["p"].convention == "exact; abnormal: Low, High"
    assert (only(rows, level="abnormal before").value, only(rows, level="abnormal after").value) == (26, 35)


@pytest.mark.parametrize(
    ("way", "p"),
    [
        ("chi2", 0.0495346134356268),
        (
            "chi2_cc",
            0.0808555983700521,
        ),
    ],
)
def test_mcnemar_is_done_as_the_plan_says(tmp_path, way, p):
    rows = made(tmp_path, after="last", more=f"mcnemar: {way}\n    interval: newcombe", **fourfold())
    assert only(rows, level="abnormal", statistic="p").value == pytest.approx(p)
    assert only(rows, level="abnormal", statistic="estimate").convention.startswith("Newcombe")


def test_what_counts_as_abnormal_can_be_named(tmp_path):
    rows = made(tmp_path, after="last", more="mcnemar: exact\n    abnormal: [Low]", **fourfold())
    row = only(rows, level="abnormal", statistic="p")
    assert (row.value, row.text, row.warning) == (1, ">0.999", "no pair changed")


def test_mcnemar_without_anybody_known_has_its_reason(tmp_path):
    after = [line for line in fourfold(1, 0, 0, 1)["LB"].splitlines() if not line.endswith("2020-02-12")]
    rows = made(tmp_path, after="last", more="mcnemar: exact", **fourfold(1, 0, 0, 1) | {"LB": "\n".join(after)})
    found = find(rows, level="abnormal")
    assert {(row.value, row.text, row.error) for row in found} == {(None, "-", "nobody has a known category before and after")}


def test_a_share_that_rounds_to_nothing_is_not_printed_as_nothing(tmp_path):
    rows = made(tmp_path, after="last", more="", **fourfold(0, 1, 0, 2400))
    assert only(rows, level="Normal → High", statistic="percent").text == "<0.1"
