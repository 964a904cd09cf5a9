"""new makes a folder that passes check, and takes nothing of a patient along."""

import pytest

from tests.cli.commands import files_in, status_of
from tests.studies.folders import START


@pytest.mark.parametrize("source", [[], ["--from", "renmin-2020"], ["--from", "renmin-2020-simulated"]])
def test_a_new_study_passes_check_and_has_no_rows(source, tmp_path, capsys):
    assert status_of("new", tmp_path / "study", *source) == 0
    assert status_of("check", tmp_path / "study") == 0
    assert "no problems" in capsys.readouterr().out
    records = {name: content for name, content in files_in(tmp_path / "study").items() if name.startswith("records/")}
    assert records
    assert {content.count(b"\n") for content in records.values()} == {1}


def test_it_says_what_to_do_next(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    status_of("new", "study")
    said = capsys.readouterr().out
    assert said.startswith("study: write the protocol in protocol.yaml (it is an example: go through every key) and the rows in records/,")
    assert said.endswith("then `cordside check study`.\n")
    assert (tmp_path / "study" / "files").is_dir()


def test_the_start_protocol_is_copied_and_takes_the_name_of_its_folder(tmp_path):
    status_of("new", tmp_path / "heart-trial")
    expected = (START / "protocol.yaml").read_text().replace("my-study", "heart-trial")
    assert (tmp_path / "heart-trial" / "protocol.yaml").read_text() == expected
    assert "study: heart-trial" in expected


def test_a_folder_whose_name_cannot_be_a_study_leaves_the_example_name(tmp_path):
    status_of("new", tmp_path / "my first trial")
    assert (tmp_path / "my first trial" / "protocol.yaml").read_bytes() == (START / "protocol.yaml").read_bytes()


def test_a_protocol_taken_from_a_study_keeps_every_byte_and_says_what_to_change(tmp_path, capsys):
    status_of("new", tmp_path / "copy", "--from", "renmin-2020")
    assert (tmp_path / "copy" / "protocol.yaml").read_bytes() == (START.parent / "renmin-2020" / "protocol.yaml").read_bytes()
    assert "change `study:` and `origin:` first" in capsys.readouterr().out


def test_an_empty_folder_may_be_filled(tmp_path):
    assert status_of("new", tmp_path) == 0
    assert (tmp_path / "protocol.yaml").is_file()


def test_a_protocol_with_mistakes_is_not_copied(tmp_path, capsys):
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "protocol.yaml").write_text("format: 2\n")
    assert status_of("new", tmp_path / "study", "--from", tmp_path / "old") == 1
    assert not (tmp_path / "study").exists()
