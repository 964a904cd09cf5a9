"""check lists every problem, and only a hard one changes its exit status."""

import pytest

from tests.cli.commands import a_clean_study, a_dirty_study, json_of, status_of
from tests.studies.folders import RENMIN, START, TWO_ARMS
from tests.support.folders import a_protocol, a_study

KEYS = ["file", "row", "variable", "problem", "allowed", "remedy", "hard"]


def test_every_problem_of_a_dirty_study_is_listed(tmp_path, capsys):
    assert status_of("check", a_dirty_study(tmp_path)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[:2] for line in lines[:-1]] == [
        ["records/dm.csv:3", "AGE"],
        ["records/vs.csv:3", "USUBJID"],
        ["records/vs.csv:4", "VSDTC"],
    ]
    assert lines[-1] == "T: 3 problems to mend, 0 queries."


def test_the_same_problems_stand_in_json(tmp_path, capsys):
    found = json_of(capsys, "check", a_dirty_study(tmp_path))["problems"]
    assert [list(problem) for problem in found] == [KEYS] * 3
    assert [(problem["file"], problem["row"], problem["variable"], problem["hard"]) for problem in found] == [
        ("records/dm.csv", 3, "AGE", True),
        ("records/vs.csv", 3, "USUBJID", True),
        ("records/vs.csv", 4, "VSDTC", True),
    ]


def test_mistakes_of_the_protocol_are_listed_like_those_of_the_records(tmp_path, capsys):
    study = a_study(tmp_path, a_protocol("visits: {D1: {day: 0}}\ncolour: red"))
    assert status_of("check", study) == 1
    assert [line.split(": ")[1] for line in capsys.readouterr().out.splitlines()[:-1]] == ["visits.D1", "colour"]
    assert [problem["file"] for problem in json_of(capsys, "check", study)["problems"]] == ["protocol.yaml", "protocol.yaml"]


def test_queries_alone_are_fine(tmp_path, capsys):
    assert status_of("check", RENMIN) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[-1] == f"renmin-2020: 0 problems to mend, {len(shown) - 1} queries."
    assert all(line.endswith(" [query]") for line in shown[:-1])
    assert {problem["hard"] for problem in json_of(capsys, "check", RENMIN)["problems"]} == {False}


@pytest.mark.parametrize("study", [START, TWO_ARMS])
def test_a_sound_study_has_nothing_hard(study, capsys):
    assert status_of("check", study) == 0


def test_a_study_without_problems_says_so(tmp_path, capsys):
    assert status_of("check", a_clean_study(tmp_path)) == 0
    assert capsys.readouterr().out == "T: no problems.\n"
    assert json_of(capsys, "check", tmp_path) == {"problems": []}


def test_a_study_that_ships_is_known_by_its_name(capsys):
    assert status_of("check", "renmin-2020") == 0
    assert "renmin-2020: 0 problems to mend" in capsys.readouterr().out
