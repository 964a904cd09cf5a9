"""Outcomes worked by hand: what is known, what is not, and why."""

import pytest

from cordside.results import find
from tests.analysis.waiting import ARMS, drawn, on, table
from tests.support.analysed import analysed, only

PR = ["USUBJID", "PRTRT", "PRSTDTC", "PRENDTC"]
IMV, LOW, AIR = "INVASIVE MECHANICAL VENTILATION", "LOW-FLOW OXYGEN THERAPY", "ROOM AIR"


def outcomes(folder, rows, *more, courses, arms="", **tables):
    listed = "".join(f"      - {{{row}}}\n" for row in rows)
    keys = "".join(f"    {key}\n" for key in ("id: o", "title: O", *more))
    plan = f"{arms}\nanalyses:\n  - kind: outcomes\n{keys}    rows:\n{listed}"
    return find(analysed(folder, plan, **drawn(courses, **tables)), analysis="o")


def episodes(*lines):
    return table(
        PR, [(subject, what, "" if start is None else on(start), "" if end is None else on(end)) for subject, what, start, end in lines]
    )


def own(rows, subject, **where):
    return only(rows, subject=subject, statistic="value", **where)


DEATH = "outcome: death, label: Dead"


def test_death_by_a_day_counts_who_is_known_and_names_who_is_not(tmp_path):
    rows = outcomes(tmp_path, [DEATH], courses="1 A 28 d | 2 A 29 d | 3 A 28 c | 4 A 27 c")
    assert [own(rows, f"T-{n}").value for n in (1, 2, 3, 4)] == [1, 0, 0, None]
    size = only(rows, statistic="n")
    assert (size.value, size.n_missing, size.warning) == (3, 1, "unknown: not followed to day 28 (1)")
    assert (only(rows, statistic="count").text, only(rows, statistic="percent").text) == ("1", "33.3")
    # Clopper-Pearson of 1 of 3, from R's binom.test: 0.008403759, 0.9057007.
    assert only(rows, statistic="conf_low").value == pytest.approx(0.8403759, abs=1e-5)
    assert only(rows, statistic="conf_high").value == pytest.approx(90.57007, abs=1e-5)


def test_a_death_on_an_unknown_day_is_unknown_unless_the_subject_was_seen_later(tmp_path):
    tables = drawn("1 A 40 c | 2 A 20 c")
    tables["DM"] = table(["USUBJID", "DTHFL"], [("T-1", "Y"), ("T-2", "Y")])
    plan = f"analyses:\n  - {{kind: outcomes, id: o, title: O, rows: [{{{DEATH}}}]}}\n"
    rows = find(analysed(tmp_path, plan, **tables), analysis="o")
    assert own(rows, "T-1").value == 0
    assert own(rows, "T-2").warning == "the day of death is not known"


@pytest.mark.parametrize(
    ("rule", "value", "warning"), [("unknown", None, "not followed to day 28"), ("alive and free of support", 0, "taken as alive")]
)
def test_what_follows_a_discharge_is_unknown_unless_the_plan_says_otherwise(tmp_path, rule, value, warning):
    rows = outcomes(tmp_path, [DEATH], f"after_discharge: {rule}", courses="1 A 10 e | 2 A 30 c")
    assert own(rows, "T-1").value == value
    assert warning in own(rows, "T-1").warning


def test_arms_and_the_total_have_a_column_each(tmp_path):
    rows = outcomes(tmp_path, [DEATH], courses="1 A 5 d | 2 A 30 c | 3 B 30 c", arms=ARMS)
    assert [(row.group_level, row.text, row.n) for row in find(rows, statistic="count")] == [
        ("Cells", "1", 2),
        ("Placebo", "0", 1),
        ("Total", "1", 3),
    ]


def test_an_arm_of_which_nothing_is_known_is_a_dash_with_its_reason(tmp_path):
    rows = outcomes(tmp_path, [DEATH], courses="1 A 30 c | 2 B 3 c", arms=ARMS)
    row = only(rows, group_level="Placebo", statistic="percent")
    assert (row.value, row.text, row.error) == (None, "-", "no value is known")


# Days 1 to 28 after the infusion; the day on which an episode ends has support.
@pytest.mark.parametrize(
    ("lines", "course", "rule", "expected"),
    [
        ([("T-1", IMV, -3, 7)], "1 A 30 c", "", 21),
        ([("T-1", IMV, 0, 0)], "1 A 30 c", "", 28),
        ([("T-1", IMV, 5, 5)], "1 A 30 c", "", 27),
        ([("T-1", IMV, -3, 7), ("T-1", IMV, 10, 12)], "1 A 30 c", "", 18),
        ([("T-1", IMV, -3, 7), ("T-1", IMV, 10, 12)], "1 A 30 c", ", count: after the last episode", 16),
        ([("T-1", IMV, 2, 6), ("T-1", IMV, 4, 9)], "1 A 30 c", "", 20),
        ([("T-1", IMV, -3, 40)], "1 A 50 c", "", 0),
        ([("T-1", IMV, 30, 40)], "1 A 50 c", "", 28),
        ([("T-1", IMV, -3, 7)], "1 A 20 d", "", 0),
        ([("T-1", IMV, -3, 7)], "1 A 28 d", "", 0),
        ([("T-1", IMV, -3, 7)], "1 A 29 d", "", 21),
        ([("T-1", IMV, -3, 7)], "1 A 20 d", ", death: days alive", 12),
        ([("T-1", LOW, -3, 7)], "1 A 30 c", "", 28),
        ([("T-1", IMV, -3, None)], "1 A 30 c", "", 0),
    ],
)
def test_ventilator_free_days_as_counted_by_hand(tmp_path, lines, course, rule, expected):
    rows = outcomes(tmp_path, [f"outcome: free_days, label: Free, of: ventilator{rule}"], courses=course, PR=episodes(*lines))
    assert own(rows, "T-1").value == expected


@pytest.mark.parametrize(
    ("lines", "course", "why"),
    [
        ([("T-2", IMV, -3, 7)], "1 A 30 c | 2 A 30 c", "nothing is recorded of such episodes"),
        ([("T-1", IMV, None, 7)], "1 A 30 c", "an episode without a full date of its start has no place"),
        ([("T-1", IMV, -3, 7)], "1 A 27 c", "not followed to day 28"),
    ],
)
def test_free_days_are_unknown_where_the_record_cannot_tell(tmp_path, lines, course, why):
    rows = outcomes(tmp_path, ["outcome: free_days, label: Free, of: ventilator"], courses=course, PR=episodes(*lines))
    assert (own(rows, "T-1").value, own(rows, "T-1").warning) == (None, why)


def test_an_open_end_is_counted_to_the_last_day_known_and_said(tmp_path):
    rows = outcomes(tmp_path, ["outcome: free_days, label: Free, of: ventilator"], courses="1 A 30 c", PR=episodes(("T-1", IMV, 3, None)))
    assert own(rows, "T-1").value == 2
    assert "without a full date of its end" in only(rows, statistic="n").warning


def test_an_end_may_follow_from_the_duration_and_no_from_the_answer(tmp_path):
    asked = f"""
        USUBJID | PRTRT | PRPRESP | PROCCUR | PRSTDTC | PRDUR
        T-1     | {IMV} |         |         | {on(1)} | P4D
        T-2     | {IMV} | Y       | N       |         |
    """
    rows = outcomes(tmp_path, ["outcome: free_days, label: Free, of: ventilator"], courses="1 A 30 c | 2 A 30 c", PR=asked)
    assert (own(rows, "T-1").value, own(rows, "T-2").value) == (23, 28)


def test_free_days_of_a_group_name_their_rule_and_the_dead(tmp_path):
    lines = [("T-1", IMV, -3, 7), ("T-2", IMV, -3, 14), ("T-3", IMV, -1, 5)]
    rows = outcomes(
        tmp_path, ["outcome: free_days, label: Free, of: ventilator"], courses="1 A 30 c | 2 A 30 c | 3 A 9 d", PR=episodes(*lines)
    )
    assert [only(rows, group_level="Total", statistic=name).value for name in ("median", "q1", "q3")] == [14, 7, 17.5]
    assert only(rows, level="died").value == 1
    assert "death by day 28 counts as 0 days" in only(rows, statistic="median").method


def test_days_out_of_intensive_care_come_from_stays(tmp_path):
    stays = table(
        ["USUBJID", "HOTERM", "HODECOD", "HOSTDTC", "HOENDTC"],
        [
            ("T-1", "ICU", "INTENSIVE CARE UNIT STAY", on(-2), on(8)),
            ("T-2", "Ward", "GENERAL WARD STAY", on(-2), on(8)),
        ],
    )
    rows = outcomes(tmp_path, ["outcome: free_days, label: Free, of: intensive care"], courses="1 A 30 c | 2 A 30 c | 3 A 30 c", HO=stays)
    assert [own(rows, f"T-{n}").value for n in (1, 2, 3)] == [20, 28, None]


def test_room_air_is_the_end_of_the_last_support_with_death_in_its_way(tmp_path):
    lines = [
        *(("T-1", IMV, -3, 4), ("T-1", LOW, 4, 9), ("T-1", AIR, 9, None)),
        *(("T-2", LOW, -3, 6), ("T-2", LOW, 8, 15)),
        *(("T-3", IMV, -3, 11),),
        *(("T-4", AIR, -3, None),),
        *(("T-5", LOW, -3, None),),
    ]
    rows = outcomes(
        tmp_path,
        ["outcome: room_air, label: Room air"],
        courses="1 A 30 c | 2 A 30 c | 3 A 11 d | 4 A 30 c | 5 A 21 c | 6 A 30 c",
        PR=episodes(*lines),
    )
    assert [own(rows, f"T-{n}").text for n in (1, 2, 3, 4, 5, 6)] == ["9", "15", "11", "0", "21+", "-"]
    assert own(rows, "T-3").level == "Death"
    assert [only(rows, statistic="count", level=level).value for level in ("reached", "died first", "censored")] == [3, 1, 1]
    # 0, 9, 15 of five whom death does not censor: 3/5 have reached it at 15.
    assert only(rows, statistic="median").value == 15
    assert only(rows, statistic="n").warning.startswith("unknown: nothing is recorded of such episodes (1)")


RS = ["USUBJID", "RSTESTCD", "RSCAT", "RSORRES", "RSDTC"]


def scores(*lines, scale="WHO CPS 2020"):
    return table(RS, [(subject, "WHOCPS", scale, str(score), on(day)) for subject, score, day in lines])


SCALE = "outcome: scale, label: Scale, days: [7, 14], window: [-1, 2]"


def test_the_scale_takes_the_nearest_score_of_the_window_and_the_dead_have_theirs(tmp_path):
    told = scores(("T-1", 6, 5), ("T-1", 5, 6), ("T-1", 4, 9), ("T-2", 7, 7), ("T-1", 3, 14))
    rows = outcomes(tmp_path, [SCALE], courses="1 A 30 c | 2 A 10 d | 3 A 30 c", RS=told)
    assert [own(rows, f"T-{n}", visit="day 7").value for n in (1, 2, 3)] == [5, 7, None]
    assert [own(rows, f"T-{n}", visit="day 14").value for n in (1, 2, 3)] == [3, 10, None]
    assert [(row.level, row.text) for row in find(rows, visit="day 14", statistic="count")] == [
        ("3", "1"),
        ("5", "0"),
        ("7", "0"),
        ("10", "1"),
    ]
    assert only(rows, visit="day 14", statistic="n").warning == "unknown: no score is recorded in the window (1)"


def test_two_versions_of_a_scale_are_never_mixed(tmp_path):
    told = scores(("T-1", 6, 7)) + "\nT-2 | WHOCPS | WHO ORDINAL SCALE 0-8 | 5 | " + on(7)
    row = only(outcomes(tmp_path, [SCALE], courses="1 A 30 c | 2 A 30 c", RS=told))
    assert row.error == "scores of several scales: WHO CPS 2020, WHO ORDINAL SCALE 0-8"


DISCHARGE = (
    "outcome: discharge, label: Discharged, day: 14, criteria: ["
    "{label: Swabs, cleared: {item: MB.SAR2RNA, rule: two-negatives}}, {label: No fever, when: {item: VS.TEMP, below: 37.3, unit: C}}, "
    f"{{label: Off oxygen, ended: [PR.{LOW}]}}]"
)


def test_criteria_of_discharge_are_judged_on_what_was_known_that_day(tmp_path):
    swabs = table(
        ["USUBJID", "MBTESTCD", "MBTSTDTL", "MBORRES", "MBDTC"],
        [
            ("T-1", "SAR2RNA", "DETECTION", result, on(day))
            for day, result in {1: "POSITIVE", 5: "NEGATIVE", 7: "NEGATIVE", 20: "POSITIVE"}.items()
        ],
    )
    signs = table(
        ["USUBJID", "VSTESTCD", "VSORRES", "VSORRESU", "VSDTC"],
        [("T-1", "TEMP", "36.5", "C", on(9)), ("T-1", "TEMP", "39", "C", on(12)), ("T-2", "TEMP", "38", "C", on(3))],
    )
    rows = outcomes(
        tmp_path,
        [DISCHARGE],
        courses="1 A 10 e | 2 A 12 e | 3 A 20 e | 4 A 9 d",
        MB=swabs,
        VS=signs,
        PR=episodes(("T-1", LOW, -2, 8), ("T-2", LOW, -2, 20)),
    )
    assert [own(rows, f"T-{n}").value for n in (1, 2, 3, 4)] == [1, 1, 0, 0]
    found = {row.label: [] for row in find(rows, variable="criterion")}
    for row in find(rows, variable="criterion"):
        found[row.label].append((row.level, row.value))
    assert found == {
        "Swabs": [("met", 1), ("not met", 0), ("unknown", 1)],
        "No fever": [("met", 1), ("not met", 1), ("unknown", 0)],
        "Off oxygen": [("met", 1), ("not met", 1), ("unknown", 0)],
    }


def test_a_discharge_without_a_date_is_unknown(tmp_path):
    tables = drawn("1 A 10 e | 2 A 30 c")
    tables["DS"] = tables["DS"].replace(on(10), "")
    plan = "analyses:\n  - {kind: outcomes, id: o, title: O, rows: [{outcome: discharge, label: Discharged}]}\n"
    rows = find(analysed(tmp_path, plan, **tables), analysis="o")
    assert own(rows, "T-1").warning == "the day of discharge is not known"


def test_a_study_without_infusions_gives_one_row_with_the_reason(tmp_path):
    tables = drawn("1 A 5 e")
    del tables["EX"]
    plan = f"analyses:\n  - {{kind: outcomes, id: o, title: O, rows: [{{{DEATH}}}]}}\n"
    row = only(analysed(tmp_path, plan, **tables), analysis="o")
    assert (row.statistic, row.value, row.error) == ("n", 0, "no day of a first infusion is recorded")


TWO_ARMS = (
    "1 A 3 d | 2 A 9 d | 3 A 28 o | 4 A 28 o | 5 A 28 o | 6 A 28 o | 7 B 5 d | 8 B 28 o | 9 B 28 o | 10 B 28 o | 11 B 28 o | 12 B 28 o"
)


def test_shares_of_two_arms_are_compared_as_planned(tmp_path):
    more = ("compare: [difference, odds_ratio, odds_ratio_conditional, fisher]", "reference: B")
    rows = outcomes(tmp_path, [DEATH], *more, courses=TWO_ARMS, arms=ARMS)
    difference = {row.statistic: row for row in find(rows, level="difference")}
    # Two of six and one of six: Newcombe's limits from the Wilson limits 0.0968, 0.7000 and 0.0301, 0.5635.
    assert difference["estimate"].value == pytest.approx(100 / 6)
    wilson = (100 / 3 - 9.6771, 56.3503 - 100 / 6), (70.0007 - 100 / 3, 100 / 6 - 3.0053)
    low, high = (sum(part**2 for part in parts) ** 0.5 for parts in wilson)
    assert difference["conf_low"].value == pytest.approx(100 / 6 - low, abs=0.01)
    assert difference["conf_high"].value == pytest.approx(100 / 6 + high, abs=0.01)
    # R: fisher.test, whose root search stops at 1e-4; the sample odds ratio is 2 x 5 / (4 x 1).
    assert only(rows, level="odds ratio", statistic="estimate").value == pytest.approx(2.5)
    assert only(rows, level="odds ratio, conditional", statistic="estimate").value == pytest.approx(2.31595332989925, rel=1e-4)
    p = only(rows, level="Fisher", statistic="p")
    assert (p.value, p.group_level, p.n, p.n_missing, p.convention) == (pytest.approx(1), "Cells", 12, 0, "exact, against Placebo")


@pytest.mark.parametrize(
    ("courses", "error"),
    [
        ("1 A 3 d | 2 A 28 o", "an arm has nobody whose outcome is known"),
        ("1 A 28 o | 2 B 28 o", "nobody, or everybody, had it in both arms"),
    ],
)
def test_arms_that_cannot_be_compared_have_their_reason(tmp_path, courses, error):
    rows = outcomes(tmp_path, [DEATH], "compare: [difference, odds_ratio, fisher]", courses=courses, arms=ARMS)
    assert {row.error for row in find(rows, level="odds ratio")} == {error}
    assert only(rows, level="Fisher", statistic="p").text == "-"


@pytest.mark.parametrize(
    ("interval", "low", "high"),
    [("jeffreys", 7.677014003, 71.357699075), ("wilson", 9.67714, 70.00067), ("clopper_pearson", 4.3271869, 77.7221904)],
)
def test_the_interval_of_a_share_is_the_planned_one(tmp_path, interval, low, high):
    rows = outcomes(tmp_path, [DEATH], f"interval: {interval}", courses=TWO_ARMS, arms=ARMS)
    found = [only(rows, group_level="Cells", statistic=name, level="").value for name in ("conf_low", "conf_high")]
    assert found == pytest.approx([low, high], abs=1e-4)
