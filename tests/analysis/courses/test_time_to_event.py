"""Time to an event: expected numbers are from R 4.2.2, survival 3.5-3 (survfit, survdiff), on the same times."""

import pytest

from cordside.results import find
from tests.analysis.waiting import ARMS, COURSES, DEATH, DISCHARGE, drawn, on, table
from tests.support.analysed import analysed, only


def a_plan(event, *more, arms=ARMS):
    keys = ", ".join(["kind: time_to_event, id: t, title: T", f"event: {event}", *more])
    return f"{arms}\nanalyses:\n  - {{{keys}}}\n"


def waited(folder, event, *more, courses=COURSES, arms=ARMS, **tables):
    return find(analysed(folder, a_plan(event, *more, arms=arms), **drawn(courses, **tables)), analysis="t")


def numbers(rows, group, level, *statistics):
    return [only(rows, group_level=group, level=level, statistic=name).value for name in statistics]


@pytest.fixture(scope="module")
def discharged(tmp_path_factory):
    return waited(tmp_path_factory.mktemp("d"), DISCHARGE, "days: [5, 10, 15]", "convention: R")


@pytest.fixture(scope="module")
def dead(tmp_path_factory):
    return waited(tmp_path_factory.mktemp("d"), DEATH, "days: [5, 10, 15]")


# R: survfit(Surv(t, factor(s, 0:2)) ~ g), summary(times = c(5, 10, 15))$pstate, the column of discharge.
@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("Total", [16.6666666667, 37.6190476190, 71.9047619048]),
        ("Cells", [16.6666666667, 38.8888888889, 61.1111111111]),
        ("Placebo", [16.6666666667, 33.3333333333, 58.3333333333]),
    ],
)
def test_a_discharge_with_death_in_its_way_is_a_cumulative_incidence_as_r_gives_it(discharged, group, expected):
    found = [only(discharged, group_level=group, level=level, statistic="estimate").value for level in ("5", "10", "15")]
    assert found == pytest.approx(expected)
    assert "Aalen-Johansen" in only(discharged, group_level=group, level="5", statistic="estimate").method


def test_the_counts_add_up_to_the_subjects(discharged):
    counts = {row.label: row.value for row in find(discharged, group_level="Total", statistic="count")}
    assert counts == {"Discharge": 6, "Death": 3, "Censored": 3}
    assert only(discharged, group_level="Total", label="Subjects").value == 12


def test_those_at_risk_are_counted_before_what_happens_on_the_day(discharged):
    assert numbers(discharged, "Total", "5", "at_risk") == [9]
    assert numbers(discharged, "Total", "10", "at_risk") == [3]


def test_the_log_rank_test_of_the_arms_is_rs_with_the_dead_leaving_those_at_risk(discharged):
    test = {row.statistic: row for row in find(discharged, level="test")}
    assert test["statistic"].value == pytest.approx(0.0557985807481)
    assert test["p"].value == pytest.approx(0.813264108544)
    assert (test["p"].text, test["df"].value) == ("0.813", 1)
    assert "cause-specific" in test["p"].method


# R: survfit(Surv(t, s == 2) ~ 1, conf.type = "log-log").
def test_survival_has_the_log_log_limits_of_sas_unless_the_plan_says_r(dead):
    assert numbers(dead, "Total", "5", "estimate", "conf_low", "conf_high") == pytest.approx([81.4814814815, 43.5063746263, 95.0855051918])
    assert numbers(dead, "Placebo", "10", "estimate", "conf_low", "conf_high") == pytest.approx(
        [41.6666666667, 1.12150898758, 84.3089853786]
    )
    assert only(dead, level="test", statistic="p").value == pytest.approx(0.520338083387)


def test_a_median_that_is_not_reached_says_so_and_keeps_its_limit(dead):
    median = only(dead, group_level="Total", statistic="median")
    assert (median.value, median.text) == (None, "not reached")
    assert numbers(dead, "Total", "median", "conf_low", "conf_high") == [5, None]


# R: survfit(Surv(t, s > 0) ~ 1), conf.type "log" and "log-log".
@pytest.mark.parametrize(("convention", "low", "at_ten"), [("R", 5, [34.2857142857, 14.3080000564, 82.1575481865]), ("SAS", 3, None)])
def test_a_composite_takes_whatever_comes_first(tmp_path, convention, low, at_ten):
    both = "{label: Death or discharge, first_of: [{death: true}, {when: {item: DS.DISCHARGED, recorded: true}}]}"
    rows = waited(tmp_path, both, "days: [10]", f"convention: {convention}")
    assert numbers(rows, "Total", "median", "median", "conf_low", "conf_high") == [8, low, None]
    if at_ten:
        assert numbers(rows, "Total", "10", "estimate", "conf_low", "conf_high") == pytest.approx(at_ten)


# R: 1 - S of survfit(Surv(t, s == 1) ~ 1): 1 - 0.561038961039.
def test_kaplan_meier_of_a_discharge_counts_upwards_and_warns(tmp_path):
    rows = waited(tmp_path, DISCHARGE, "days: [10]", "estimate: kaplan-meier", "by: none")
    assert numbers(rows, "Total", "10", "estimate", "conf_low", "conf_high") == pytest.approx([43.8961038961, 18.4807861639, 80.5010940584])
    note = only(rows, statistic="note")
    assert "overstates" in note.text
    assert note.warning == note.text


def test_without_the_event_is_shown_where_the_plan_asks(tmp_path):
    rows = waited(tmp_path, DISCHARGE, "days: [10]", "estimate: kaplan-meier", "counted: without the event", "by: none")
    assert numbers(rows, "Total", "10", "estimate") == pytest.approx([56.1038961039])


def test_beyond_the_last_time_sas_says_nothing_and_r_carries_on(tmp_path):
    none = waited(tmp_path / "a", DEATH, "days: [20]", "by: none")
    row = only(none, level="20", statistic="estimate")
    assert (row.value, row.text) == (None, "-")
    assert "beyond the last observed time" in row.error
    assert numbers(waited(tmp_path / "b", DEATH, "days: [20]", "by: none", "convention: R"), "Total", "20", "estimate") == pytest.approx(
        [61.1111111111]
    )


def test_each_subjects_time_stands_in_a_row_with_its_source(discharged):
    times = {row.subject: row.text for row in discharged if row.subject}
    assert (times["T-1"], times["T-2"], times["T-3"]) == ("3", "5", "5+")
    assert only(discharged, subject="T-1").source == ("records/ds.csv:2",)


def test_the_event_comes_before_what_competes_on_the_same_day(tmp_path):
    tables = drawn("1 A 5 e | 2 A 9 c")
    tables["DM"] = table(["USUBJID", "DTHFL", "DTHDTC"], [("T-1", "Y", on(5)), ("T-2", "", "")])
    rows = find(analysed(tmp_path, a_plan(DISCHARGE, arms=""), **tables), analysis="t")
    assert (only(rows, subject="T-1").level, only(rows, subject="T-1").value) == ("event", 5)


def test_a_day_that_is_not_known_is_left_out_and_counted(tmp_path):
    tables = drawn("1 A 5 e | 2 A 9 c | 3 A 7 d | 4 A 6 e")
    tables["DS"] = tables["DS"].replace(on(5), "2020-02")
    tables["DM"] = tables["DM"].replace(on(7), "2020")
    tables["EX"] = tables["EX"].replace(f"T-4 | MSC | {on(0)}", "T-4 | MSC | ")
    rows = find(analysed(tmp_path, a_plan(DISCHARGE, arms=""), **tables), analysis="t")
    row = only(rows, label="Subjects")
    assert (row.value, row.n_missing) == (1, 3)
    assert row.warning == (
        "left out: no day of a first infusion is recorded (1), the day of death is not known (1), the day of discharge is not known (1)"
    )


def test_a_death_without_a_date_does_not_hide_an_earlier_discharge(tmp_path):
    tables = drawn("1 A 5 e | 2 A 9 c")
    tables["DM"] = table(["USUBJID", "DTHFL"], [("T-1", "Y"), ("T-2", "")])
    rows = find(analysed(tmp_path, a_plan(DISCHARGE, arms=""), **tables), analysis="t")
    assert (only(rows, subject="T-1").level, only(rows, subject="T-1").value) == ("event", 5)


def test_a_subject_still_followed_is_censored_at_the_data_cut_and_said(tmp_path):
    courses = "1 A 5 c | 2 A 30 c | 3 A 6 o"
    rows = waited(tmp_path / "a", DEATH, courses=courses, arms="")
    assert only(rows, subject="T-3").text == "30+"
    assert only(rows, label="Subjects").warning == "no end of participation is recorded: censored at the data cut (1)"
    last = waited(tmp_path / "b", DEATH, "censored_at: last contact", courses=courses, arms="")
    assert only(last, subject="T-3").text == "6+"


def test_what_happens_after_the_end_of_participation_is_not_counted(tmp_path):
    tables = drawn("1 A 5 c | 2 A 9 e")
    tables["DM"] = table(["USUBJID", "DTHFL", "DTHDTC"], [("T-1", "Y", on(8)), ("T-2", "", "")])
    rows = find(analysed(tmp_path, a_plan(DEATH, arms=""), **tables), analysis="t")
    assert (only(rows, subject="T-1").text, only(rows, subject="T-1").warning) == (
        "5+",
        "happened after the end of participation: not counted",
    )


def test_a_cut_off_censors_whatever_comes_later(tmp_path):
    rows = waited(tmp_path, DEATH, "until: 5", "days: [5]", "by: none")
    assert only(rows, label="Death", statistic="count").value == 2
    assert max(row.value for row in rows if row.subject) == 5


def test_time_may_count_from_consent_and_from_admission(tmp_path):
    stays = table(
        ["USUBJID", "HOTERM", "HODECOD", "HOSTDTC", "HOENDTC"],
        [("T-1", "Stay", "HOSPITAL STAY", on(-30), on(-20)), ("T-1", "Stay", "HOSPITAL STAY", on(-4), on(5))],
    )
    tables = drawn("1 A 5 e | 2 A 9 c", HO=stays)
    tables["DS"] += f"\nT-1 | Consent | INFORMED CONSENT OBTAINED | PROTOCOL MILESTONE | {on(-2)}"
    admitted = find(analysed(tmp_path / "a", a_plan(DISCHARGE, "start: admission", arms=""), **tables), analysis="t")
    assert (only(admitted, subject="T-1").value, only(admitted, subject="T-2").warning) == (9, "no day of admission is recorded")
    consented = find(analysed(tmp_path / "b", a_plan(DISCHARGE, "start: consent", arms=""), **tables), analysis="t")
    assert only(consented, subject="T-1").value == 7


def test_an_untreated_arm_counts_from_its_reference_day_and_the_caution_says_so(tmp_path):
    tables = drawn("1 A 5 e | 2 B 9 e")
    tables["EX"] = table(["USUBJID", "EXTRT", "EXSTDTC"], [("T-1", "MSC", on(0))])
    tables["DS"] += f"\nT-2 | Consent | INFORMED CONSENT OBTAINED | PROTOCOL MILESTONE | {on(2)}"
    arms = "arms: {A: {label: Cells}, B: {label: Control, treated: false}}"
    rows = find(analysed(tmp_path, a_plan(DISCHARGE, arms=arms), **tables), analysis="t")
    assert only(rows, subject="T-2").value == 7
    assert "in place of the first infusion" in only(rows, statistic="note").text


SWABS = """
    USUBJID | MBTESTCD | MBTSTDTL  | MBORRES  | MBDTC
    T-1     | SAR2RNA  | DETECTION | POSITIVE | 2020-02-03
    T-1     | SAR2RNA  | DETECTION | NEGATIVE | 2020-02-06
    T-1     | SAR2RNA  | DETECTION | NEGATIVE | 2020-02-08
    T-2     | SAR2RNA  | DETECTION | POSITIVE | 2020-02-05
"""


def test_clearance_is_interval_censored_and_who_is_not_cleared_is_censored_at_the_last_swab(tmp_path):
    cleared = "{label: Clearance, first_of: [{cleared: {item: MB.SAR2RNA, rule: two-negatives}}]}"
    rows = waited(tmp_path, cleared, courses="1 A 20 e | 2 A 25 c | 3 A 9 c", arms="", MB=SWABS)
    assert only(rows, subject="T-1").text == "5 [2, 5]"
    assert only(rows, subject="T-2").text == "4+"
    assert only(rows, subject="T-3").warning == "not tested after the start"
    assert "interval-censored" in only(rows, statistic="note").text


def test_the_first_value_after_the_start_counts_and_an_earlier_one_is_said(tmp_path):
    signs = f"""
        USUBJID | VSTESTCD | VSORRES | VSORRESU | VSDTC
        T-1     | TEMP     | 36.5    | C        | {on(-2)}
        T-1     | TEMP     | 36.6    | C        | {on(0)}
        T-1     | TEMP     | 38.5    | C        | {on(1)}
        T-1     | TEMP     | 36.9    | C        | {on(4)}
        T-2     | TEMP     | 38.9    | C        | {on(3)}
    """
    normal = "{label: Normal temperature, first_of: [{when: {item: VS.TEMP, below: 37.3, unit: C}}]}"
    rows = waited(tmp_path, normal, courses="1 A 20 e | 2 A 25 c", arms="", VS=signs)
    one = only(rows, subject="T-1")
    assert (one.value, one.warning) == (4, "held before the start already: only what came after it counts")
    assert only(rows, subject="T-2").text == "3+"


def test_nobody_with_a_time_is_one_row_with_the_reason(tmp_path):
    tables = drawn("1 A 5 e | 2 A 9 c")
    del tables["EX"]
    row = only(analysed(tmp_path, a_plan(DEATH, arms=""), **tables), analysis="t")
    assert (row.statistic, row.value, row.error) == ("n", 0, "left out: no day of a first infusion is recorded (2)")


def test_an_arm_with_nobody_has_dashes_and_reasons_and_the_test_too(tmp_path):
    rows = waited(tmp_path, DEATH, "days: [5]", courses="1 A 5 d | 2 A 9 c")
    empty = only(rows, group_level="Placebo", level="5", statistic="estimate")
    assert (empty.value, empty.text) == (None, "-")
    assert empty.error
    test = only(rows, level="test", statistic="p")
    assert (test.value, test.text) == (None, "-")
    assert test.error


def test_an_event_that_nobody_had_gives_no_test_and_no_false_interval(tmp_path):
    rows = waited(tmp_path, DEATH, "days: [5]", courses="1 A 5 c | 2 A 9 c | 3 B 6 c | 4 B 8 c")
    assert numbers(rows, "Total", "5", "estimate", "conf_low", "conf_high") == [100, None, None]
    assert only(rows, level="test", statistic="p").error == "there is no event"


# R: cmprsk 2.2-11, cuminc(t, s, g)$Tests.
def test_grays_test_compares_the_incidences_as_cmprsk_does(tmp_path):
    rows = waited(tmp_path, DISCHARGE, "tests: [log-rank, gray]")
    found = {row.statistic: row for row in find(rows, level="gray")}
    assert found["statistic"].value == pytest.approx(0.205131362842772)
    assert (found["p"].value, found["p"].text, found["df"].text) == (pytest.approx(0.650610453635168), "0.651", "1")
    assert (found["p"].n, found["p"].n_missing) == (12, 0)
    assert only(rows, level="test", statistic="p").value == pytest.approx(0.813264108544)


# R: coxph(Surv(t, s == 1) ~ g) and coxph(Surv(t, s == 2) ~ g, ties = "breslow").
def test_the_hazard_ratio_is_coxs_with_the_ties_of_the_convention(tmp_path):
    rows = waited(tmp_path / "a", DISCHARGE, "hazard_ratio: true", "convention: R")
    found = {row.statistic: row for row in find(rows, level="hazard ratio")}
    numbers = [found[name].value for name in ("estimate", "conf_low", "conf_high", "statistic", "p")]
    assert numbers == pytest.approx([0.804041299436491, 0.131191221709389, 4.9277871093509, -0.235785164629027, 0.813599380546767])
    assert (found["estimate"].group_level, found["estimate"].unit, found["estimate"].text) == ("Placebo", "ratio", "0.80")
    assert found["estimate"].convention == "cause-specific hazard, against Cells; efron ties, Wald"
    dead = waited(tmp_path / "b", DEATH, "hazard_ratio: true", "reference: A")
    ratio = only(dead, level="hazard ratio", statistic="estimate")
    assert (ratio.value, ratio.convention) == (pytest.approx(2.15831239120704), "hazard, against Cells; breslow ties, Wald")


def test_the_reference_arm_can_be_named(tmp_path):
    ratio = only(waited(tmp_path, DEATH, "hazard_ratio: true", "reference: B"), level="hazard ratio", statistic="estimate")
    assert (ratio.group_level, ratio.value) == ("Cells", pytest.approx(1 / 2.15831239120704))


def test_one_arm_has_neither_test_nor_ratio(tmp_path):
    rows = waited(tmp_path, DISCHARGE, "hazard_ratio: true", "tests: [log-rank, gray]", "by: none")
    assert not [row for row in rows if row.level in ("test", "gray", "hazard ratio")]


@pytest.mark.parametrize(
    ("courses", "error"),
    [
        ("1 A 3 e | 2 A 5 e", "nobody of Placebo has a time"),
        ("1 A 3 c | 2 B 5 c", "there is no event"),
        ("1 A 3 e | 2 B 5 c", "no finite hazard"),
    ],
)
def test_arms_that_cannot_be_compared_have_their_reason(tmp_path, courses, error):
    rows = waited(tmp_path, DISCHARGE, "hazard_ratio: true", "tests: [log-rank, gray]", courses=courses)
    ratio = only(rows, level="hazard ratio", statistic="p")
    assert (ratio.value, ratio.text) == (None, "-")
    assert ratio.error.startswith(error)
    assert [
        row
        for row in rows
        if row.value is None and not (row.warning or row.error) and row.statistic not in ("note", "conf_low", "conf_high")
    ] == []
