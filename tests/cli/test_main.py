"""The door: help at once, exit statuses as promised, and no traceback for a user's mistake."""

import os
import subprocess
import sys

import pytest

from tests.cli.commands import ENVIRONMENT, a_clean_study, a_dirty_study, files_in, shell, status_of

COMMANDS = ["demo", "new", "check", "screen", "schedule", "cut", "analyse", "report", "forms", "schema"]
HEAVY = {"polars", "pydantic", "matplotlib", "numpy", "narwhals", "yaml", "jinja2"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    assert status_of(command, "--help") == 0
    assert capsys.readouterr().out.startswith(f"usage: cordside {command} ")


def test_help_names_every_command(capsys):
    assert status_of("--help") == 0
    shown = capsys.readouterr().out
    assert [command for command in COMMANDS if f"\n    {command} " not in shown] == []


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["report", "--help"]])
def test_help_loads_no_heavy_package(arguments):
    code = (
        f"import sys\nfrom cordside.cli.main import main\n"
        f"try:\n    main({arguments})\nexcept SystemExit:\n    print(*sys.modules, file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in found.stderr.split()}
    assert "cordside" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "nowhere"], "nowhere: no such folder; name a study folder"),
        (["check", "a_file"], "a_file: not a folder; name a study folder"),
        (["check", "empty"], "empty: no protocol.yaml in it; name a study folder"),
        (["check", "x" * 300], "file name too long"),
        (["screen", "clean", "--subject", "9"], "9: no subject has this id; subjects are T-1, T-2, T-3."),
        (["schedule", "clean", "--at", "yesterday"], "--at yesterday: not a time; write it as 2020-02-11T14:20+08:00."),
        (["schedule", "clean", "--at", "2020-02-30"], "--at 2020-02-30: not a time;"),
        (["cut", "clean", "--out", "a_file"], "a_file: holds other files; choose an empty or a new folder."),
        (["cut", "clean", "--out", "clean"], "clean: holds other files; choose an empty or a new folder."),
        (["cut", "clean", "--out", "clean", "--force"], "clean: holds other files; choose an empty or a new folder."),
        (["report", "clean", "--out", "a_file"], "a_file: not a folder; choose another place."),
        (["report", "nowhere", "--out", "out"], "nowhere: no such folder;"),
        (["forms", "nowhere", "--out", "out"], "nowhere: no such folder; name a study folder"),
        (["forms", "clean", "--out", "a_file/out"], "a_file: "),
        (["analyse", "clean", "--out", "rows.xls"], "rows.xls: ends in .xls; write .json, .csv or .parquet."),
        (["analyse", "clean", "--out", "rows"], "rows: ends in nothing; write .json, .csv or .parquet."),
        (["analyse", "clean", "--out", "clean"], "clean: is a folder; name a file that ends in .json, .csv or .parquet."),
        (["demo", "--out", "a_file"], "a_file: not a folder; choose another place."),
        (["lot", "clean", "--lot", "L1"], "L1: no lot is recorded under this name; no lot is recorded in this study."),
        (["dose", "clean", "--subject", "1", "--lot", "L1"], "L1: no lot is recorded under this name; none is recorded."),
        (["analyse", "clean", "--out", "a_file/rows.csv"], "a_file: not a folder; choose another place."),
        (["new", "a_file"], "a_file: exists already; choose a new folder."),
        (["new", "clean"], "clean: exists already; choose a new folder."),
        (["new", "a_file/study"], "a_file: "),
        (["new", "out", "--from", "nowhere"], "nowhere: no such folder; name a study folder"),
        (["schema", "record"], "invalid choice: 'record'"),
        (["cut", "clean"], "the following arguments are required: --out"),
        (["chekc", "clean"], "invalid choice: 'chekc'"),
        (["analyse", "clean", "--out", "rows.csv", "--engine", "excel"], "invalid choice: 'excel'"),
        (["report", "clean", "--out", "out", "--format", "rtf"], "argument --format: "),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_what_cannot_be_done_says_why_in_words_and_leaves_nothing(arguments, said, tmp_path, monkeypatch, capsys):
    a_clean_study(tmp_path / "clean")
    (tmp_path / "empty").mkdir()
    (tmp_path / "a_file").write_text("not a folder")
    before = files_in(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert status_of(*arguments) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert "Traceback" not in captured.err + captured.out
    assert files_in(tmp_path) == before


@pytest.mark.parametrize("command", [["cut"], ["report"], ["screen"], ["schedule"], ["analyse"]])
def test_hard_problems_stop_whatever_computes(command, tmp_path, capsys):
    out = {"cut": ["--out", tmp_path / "out"], "report": ["--out", tmp_path / "out"], "analyse": ["--out", tmp_path / "out.csv"]}
    a_dirty_study(tmp_path / "study")
    assert status_of(*command, tmp_path / "study", *out.get(command[0], [])) == 1
    said = capsys.readouterr().err
    *problems, closing = said.splitlines()
    assert [line.split(": ")[:2] for line in problems] == [
        ["records/dm.csv:3", "AGE"],
        ["records/vs.csv:3", "USUBJID"],
        ["records/vs.csv:4", "VSDTC"],
    ]
    assert "nothing was computed; mend these first" in closing
    assert sorted(path.name for path in tmp_path.iterdir()) == ["study"]


def test_an_unreadable_file_is_named(tmp_path, capsys):
    if os.geteuid() == 0:
        pytest.skip("root reads every file: run the tests as another user to see this one")
    study = a_clean_study(tmp_path / "study")
    (study / "records" / "dm.csv").chmod(0)
    assert status_of("check", study) == 2
    assert "dm.csv: permission denied" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_named(tmp_path, capsys):
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere: run the tests as another user to see this one")
    study = a_clean_study(tmp_path / "study")
    (tmp_path / "shut").mkdir(mode=0o500)
    assert status_of("cut", study, "--out", tmp_path / "shut" / "cut") == 2
    assert "permission denied" in capsys.readouterr().err


def test_a_command_and_its_module_are_the_same(tmp_path):
    found = shell("check", "nowhere", cwd=tmp_path)
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("nowhere: no such folder; name a study folder, a cut or a study that ships; ")
    assert found.stderr.count("\n") == 1


def test_a_reader_that_has_seen_enough_is_no_failure(tmp_path):
    command = f"{sys.executable} -m cordside schema protocol; echo status $? >&2"
    found = subprocess.run(["sh", "-c", f"({command}) | head -1"], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert (found.stdout, found.stderr) == ("{\n", "status 0\n")


def test_a_name_that_the_terminal_cannot_show_is_shown_escaped(tmp_path):
    environment = {**ENVIRONMENT, "PYTHONIOENCODING": "ascii"}
    found = subprocess.run(
        [sys.executable, "-m", "cordside", "check", "étude"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr[:10]) == (2, "\\xe9tude: ")


def test_errors_show_the_wrong_value_but_no_other_of_the_row(tmp_path, capsys):
    a_dirty_study(tmp_path)
    status_of("cut", tmp_path, "--out", tmp_path / "out")
    # The folder of the test has a number of its own.
    said = capsys.readouterr().err.replace(str(tmp_path), "")
    assert "old" in said
    assert [value for value in ("65", "21", "22", "80", "YEARS", "breaths") if value in said] == []
