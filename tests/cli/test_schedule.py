"""schedule judges visits at a time that is told."""

import pytest

from tests.cli.commands import json_of, status_of
from tests.support.folders import a_protocol, a_study

VISITS = "visits:\n  D1: {day: 1, infusion: 1}\n  D7: {day: 7, window: [-1, 1]}\n  D28: {day: 28, window: [-3, 3]}\n"
TABLES = {
    "DM": """
        USUBJID | SUBJID
        T-1     | 1
        T-2     | 2
    """,
    "EX": """
        USUBJID | EXTRT | EXSTDTC    | VISIT
        T-1     | MSC   | 2020-02-10 | D1
    """,
}


@pytest.fixture
def study(tmp_path):
    return a_study(tmp_path, a_protocol(VISITS), **TABLES)


def statuses(capsys, study, at):
    """Status of each visit by subject and visit."""
    return {(visit["subject"], visit["visit"]): visit["status"] for visit in json_of(capsys, "schedule", study, "--at", at)["visits"]}


def test_a_visit_in_json_has_its_due_day_window_and_status(study, capsys):
    found = json_of(capsys, "schedule", study, "--at", "2020-02-16T08:00+08:00")["visits"]
    assert found[1] == {
        "subject": "T-1", "visit": "D7", "due": "2020-02-16", "window": ["2020-02-15", "2020-02-17"], "done": None, "status": "due",
    }  # fmt: skip
    assert found[0]["done"] == "2020-02-10"
    assert found[3] == {"subject": "T-2", "visit": "D1", "due": None, "window": [None, None], "done": None, "status": "unknown"}


@pytest.mark.parametrize(
    ("at", "week", "month"),
    [
        ("2020-02-14", "not yet", "not yet"),
        ("2020-02-15", "due", "not yet"),
        ("2020-02-17T23:59+08:00", "due", "not yet"),
        ("2020-02-18T00:00+08:00", "missed", "not yet"),
        ("2020-03-08", "missed", "due"),
        ("2020-03-12", "missed", "missed"),
    ],
)
def test_a_visit_is_judged_at_the_day_that_is_told(at, week, month, study, capsys):
    found = statuses(capsys, study, at)
    assert (found["T-1", "D1"], found["T-1", "D7"], found["T-1", "D28"]) == ("done", week, month)


def test_it_is_fine_whatever_the_verdicts_and_without_a_time(study, capsys):
    assert status_of("schedule", study) == 0
    assert capsys.readouterr().out.splitlines()[0] == "T-1"
