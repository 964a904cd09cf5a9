"""One bar a subject: ends, episodes, events, and the order of the bars."""

import pytest

from cordside.results import find
from tests.analysis.waiting import ARMS, DISCHARGE, drawn, on, table
from tests.support.analysed import analysed, only

PR = table(
    ["USUBJID", "PRTRT", "PRSTDTC", "PRENDTC"],
    [
        ("T-1", "LOW-FLOW OXYGEN THERAPY", on(-3), on(4)),
        ("T-2", "INVASIVE MECHANICAL VENTILATION", on(-3), ""),
        ("T-3", "LOW-FLOW OXYGEN THERAPY", "", on(4)),
    ],
)
COURSES = "1 B 12 e | 2 A 20 d | 3 A 15 o"


def bars(folder, *more, courses=COURSES, arms=ARMS, **tables):
    keys = ", ".join(["kind: swimmer, id: s, title: S", f"events: [{DISCHARGE}]", *more])
    return find(analysed(folder, f"{arms}\nanalyses:\n  - {{{keys}}}\n", **drawn(courses, **tables)), analysis="s")


@pytest.fixture(scope="module")
def swum(tmp_path_factory):
    return bars(tmp_path_factory.mktemp("s"), PR=PR)


def test_a_bar_ends_with_death_or_participation_or_goes_on(swum):
    ends = {row.subject: (row.level, row.value) for row in find(swum, variable="follow-up", statistic="end")}
    assert ends == {"T-1": ("ended", 12), "T-2": ("died", 20), "T-3": ("goes on", 20)}


def test_an_episode_runs_from_its_start_to_its_end(swum):
    found = find(swum, subject="T-1", variable="PR.LOW-FLOW OXYGEN THERAPY")
    assert [(row.statistic, row.value) for row in found] == [("start", -3), ("end", 4)]
    assert found[0].label == "Low-flow oxygen therapy"


def test_an_episode_without_an_end_is_drawn_to_the_last_day_known_and_says_so(swum):
    end = only(swum, subject="T-2", variable="PR.INVASIVE MECHANICAL VENTILATION", statistic="end")
    assert end.value == 20
    assert end.warning.startswith("no full date of its end")


def test_an_episode_without_a_start_has_no_place_and_is_not_lost(swum):
    row = only(swum, subject="T-3", variable="PR.LOW-FLOW OXYGEN THERAPY")
    assert (row.value, row.n_missing) == (None, 1)
    assert "has no place" in row.warning


def test_infusions_events_and_death_have_their_day(swum):
    assert only(swum, subject="T-3", variable="EX").value == 0
    assert {row.subject: row.value for row in find(swum, variable="event")} == {"T-1": 12, "T-3": 15}
    assert only(swum, variable="death").subject == "T-2"


@pytest.mark.parametrize(
    ("order", "expected"), [("follow-up", ["T-2", "T-3", "T-1"]), ("record", ["T-1", "T-2", "T-3"]), ("arm", ["T-2", "T-3", "T-1"])]
)
def test_the_bars_stand_in_the_planned_order(tmp_path, order, expected):
    rows = bars(tmp_path, f"order: {order}", PR=PR)
    assert list(dict.fromkeys(row.subject for row in rows)) == expected


def test_by_arm_the_protocols_order_comes_first(tmp_path):
    rows = bars(tmp_path, "order: arm", courses="1 B 40 e | 2 A 20 e | 3 A 30 e")
    assert list(dict.fromkeys(row.subject for row in rows)) == ["T-3", "T-2", "T-1"]


def test_a_subject_without_a_start_has_a_row_with_the_reason(tmp_path):
    tables = drawn(COURSES)
    tables["EX"] = table(["USUBJID", "EXTRT", "EXSTDTC"], [("T-1", "MSC", on(0))])
    rows = find(analysed(tmp_path, f"{ARMS}\nanalyses:\n  - {{kind: swimmer, id: s, title: S}}\n", **tables), analysis="s")
    assert only(rows, subject="T-2", variable="follow-up").warning == "no day of a first infusion is recorded"


def test_a_study_without_infusions_gives_one_row(tmp_path):
    tables = drawn(COURSES)
    del tables["EX"]
    row = only(analysed(tmp_path, "analyses:\n  - {kind: swimmer, id: s, title: S}\n", **tables), analysis="s")
    assert row.error == "no day of a first infusion is recorded"
