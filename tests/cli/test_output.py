"""Outputs appear whole or not at all; what was there stays until then."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from cordside.cli.output import print_json, write_files
from cordside.errors import CannotDo
from tests.cli.commands import ENVIRONMENT, a_clean_study, files_in, shell, status_of

WRITING = [["cut", "--out", "out"], ["report", "--out", "out"], ["forms", "--out", "out"], ["analyse", "--out", "out/rows.csv"]]


@pytest.mark.parametrize("command", WRITING, ids=lambda command: command[0])
def test_what_is_there_is_overwritten_only_by_force(command, tmp_path, monkeypatch, capsys):
    a_clean_study(tmp_path / "study")
    monkeypatch.chdir(tmp_path)
    assert status_of(command[0], "study", *command[1:]) == 0
    first = files_in(tmp_path / "out")
    capsys.readouterr()
    assert status_of(command[0], "study", *command[1:]) == 2
    assert "exists already; choose another place, or add --force to overwrite." in capsys.readouterr().err
    assert files_in(tmp_path / "out") == first
    assert status_of(command[0], "study", *command[1:], "--force") == 0
    again = files_in(tmp_path / "out")
    assert [name for name in again if not name.endswith(".parquet") and again[name] != first[name]] == []
    assert sorted(again) == sorted(first)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "study"]


@pytest.mark.parametrize("command", [WRITING[1], WRITING[2], WRITING[3]], ids=lambda command: command[0])
def test_a_full_disk_leaves_nothing_behind_and_the_old_output_intact(command, tmp_path, monkeypatch, capsys):
    a_clean_study(tmp_path / "study")
    monkeypatch.chdir(tmp_path)
    status_of(command[0], "study", *command[1:])
    before = files_in(tmp_path)

    def full(path, data):
        with path.open("wb") as file:
            file.write(data[:10])
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    capsys.readouterr()
    assert status_of(command[0], "study", *command[1:], "--force") == 2
    assert "no space left on device; free the disk or choose another place." in capsys.readouterr().err
    assert files_in(tmp_path) == before


def test_a_full_disk_leaves_no_half_cut(tmp_path, monkeypatch, capsys):
    study = a_clean_study(tmp_path / "study")
    status_of("cut", study, "--out", tmp_path / "out")
    before = files_in(tmp_path)

    def full(path, *_, **__):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_text", full)
    assert status_of("cut", study, "--out", tmp_path / "out", "--force") == 2
    assert status_of("cut", study, "--out", tmp_path / "other") == 2
    assert files_in(tmp_path) == before


def test_a_process_killed_while_it_writes_leaves_the_old_output_intact(tmp_path):
    study = a_clean_study(tmp_path / "study")
    assert shell("cut", study, "--out", tmp_path / "out").returncode == 0
    before = files_in(tmp_path / "out")
    code = (
        "import sys, time\nimport cordside.cli.cut as cut\nfrom cordside.cli.main import main\n"
        "whole = cut.write_cut\n"
        "def slow(record, folder, **more):\n    whole(record, folder, **more)\n    print('written', flush=True)\n    time.sleep(60)\n"
        "cut.write_cut = slow\nmain(sys.argv[1:])\n"
    )
    arguments = [sys.executable, "-c", code, "cut", str(study), "--out", str(tmp_path / "out"), "--force"]
    with subprocess.Popen(arguments, env=ENVIRONMENT, stdout=subprocess.PIPE) as running:
        assert running.stdout.readline() == b"written\n"
        time.sleep(0.05)
        running.kill()
    assert files_in(tmp_path / "out") == before
    assert shell("check", tmp_path / "out").returncode == 0
    assert shell("cut", study, "--out", tmp_path / "out", "--force").returncode == 0


def test_a_folder_of_another_kind_is_never_replaced(tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("keep me")
    assert status_of("cut", a_clean_study(tmp_path / "study"), "--out", tmp_path / "notes", "--force") == 2
    assert (tmp_path / "notes" / "mine.txt").read_text() == "keep me"


def test_other_files_of_a_folder_stay(tmp_path):
    (tmp_path / "mine.txt").write_text("keep me")
    places = write_files(tmp_path, {"a.txt": "a", "below/b.txt": b"b"}, force=False)
    assert [place.read_text() for place in places] == ["a", "b"]
    assert sorted(files_in(tmp_path)) == ["a.txt", "below/b.txt", "mine.txt"]


def test_every_existing_output_is_counted_before_anything_is_written(tmp_path):
    (tmp_path / "b.txt").write_text("old")
    with pytest.raises(CannotDo, match=r"b.txt: exists already"):
        write_files(tmp_path, {"a.txt": "a", "b.txt": "b"}, force=False)
    assert files_in(tmp_path) == {"b.txt": b"old"}


def test_json_never_holds_nan(capsys):
    with pytest.raises(ValueError, match="not JSON compliant"):
        print_json("values", [float("nan")])
    print_json("values", [None, "µg"], more=1)
    assert capsys.readouterr().out == '{\n "values": [\n  null,\n  "µg"\n ],\n "more": 1\n}\n'
