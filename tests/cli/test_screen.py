"""screen prints each criterion with the value, the row and the date it rests on."""

import pytest

from tests.cli.commands import a_clean_study, json_of, status_of
from tests.studies.folders import RENMIN


def test_subjects_in_json_have_their_criteria_with_value_and_source(tmp_path, capsys):
    found = json_of(capsys, "screen", a_clean_study(tmp_path))["subjects"]
    assert [(subject["subject"], subject["verdict"]) for subject in found] == [("T-1", "met"), ("T-2", "not met"), ("T-3", "unknown")]
    assert list(found[0]) == ["subject", "verdict", "criteria"]
    criterion = found[0]["criteria"][0]
    assert list(criterion) == ["id", "text", "kind", "verdict", "value", "date", "source", "parts"]
    assert (criterion["id"], criterion["text"], criterion["kind"], criterion["verdict"]) == ("adult", "Adult", "inclusion", "met")
    assert (criterion["value"].split()[0], criterion["source"], criterion["parts"]) == ("65", "records/dm.csv:2", [])
    assert [found[2]["criteria"][0][key] for key in ("value", "date", "source")] == [None, None, None]


@pytest.mark.parametrize("word", ["T-2", "2"])
def test_one_subject_is_named_by_either_id(word, tmp_path, capsys):
    found = json_of(capsys, "screen", a_clean_study(tmp_path), "--subject", word)["subjects"]
    assert [subject["subject"] for subject in found] == ["T-2"]


def test_it_is_fine_whatever_the_verdicts(tmp_path, capsys):
    assert status_of("screen", a_clean_study(tmp_path)) == 0
    assert capsys.readouterr().out.splitlines()[2] == "T-2: not met"


def test_groups_of_renmin_show_their_parts(capsys):
    found = json_of(capsys, "screen", RENMIN, "--subject", "1")["subjects"][0]
    severity = next(criterion for criterion in found["criteria"] if criterion["id"] == "severity")
    assert (severity["verdict"], [part["verdict"] for part in severity["parts"]]) == ("unknown", ["not met", "unknown"])
    assert {criterion["kind"] for criterion in found["criteria"]} == {"inclusion", "exclusion"}


def test_a_criterion_that_was_published_in_words_only_is_unknown(tmp_path, capsys):
    criterion = "{id: organs, text: Good organs, item: LB.WBC, at_least: not_published}"
    parts = f"population: {{planned: 1, inclusion: [{criterion}], exclusion: []}}\n"
    found = json_of(capsys, "screen", a_clean_study(tmp_path, parts))["subjects"]
    assert [(subject["verdict"], subject["criteria"][0]["text"]) for subject in found] == [("unknown", "Good organs")] * 3


def test_a_study_without_subjects_says_where_to_enter_one(tmp_path, capsys):
    assert status_of("new", tmp_path / "study") == 0
    assert status_of("screen", tmp_path / "study", "--subject", "9") == 2
    said = capsys.readouterr().err
    assert said == "9: no subject has this id; no subject is recorded yet: enter one in records/dm.csv.\n"
