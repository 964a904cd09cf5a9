"""report writes the forms that are asked for, and says what it could not print."""

import subprocess
import sys

import pytest

from cordside.cli import documents
from tests.cli.commands import ENVIRONMENT, a_clean_study, files_in, status_of
from tests.support.folders import a_protocol, a_study

SUBJECT = """
    USUBJID | SUBJID | AGE | AGEU  | SEX
    T-1     | 1      | 65  | YEARS | F
"""


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ([], ["report.html"]),
        (["--format", "pdf"], ["report.pdf"]),
        (["--format", "pdf,HTML, docx,pdf"], ["report.docx", "report.html", "report.pdf"]),
    ],
)
def test_every_form_that_is_asked_for_is_written_once(tmp_path, asked, written):
    study = a_clean_study(tmp_path / "study")
    assert status_of("report", study, "--out", tmp_path / "out", *asked) == 0
    assert sorted(files_in(tmp_path / "out")) == written


@pytest.mark.parametrize("asked", ["", ",", "rtf", "html,rtf"])
def test_an_unknown_form_is_refused_with_those_that_are_known(tmp_path, capsys, asked):
    assert status_of("report", tmp_path, "--out", tmp_path / "out", "--format", asked) == 2
    assert "choose from html, docx, pdf" in capsys.readouterr().err


def test_nothing_is_written_where_one_of_the_files_exists(tmp_path):
    study = a_clean_study(tmp_path / "study")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.pdf").write_text("mine")
    assert status_of("report", study, "--out", tmp_path / "out", "--format", "html,pdf") == 2
    assert files_in(tmp_path / "out") == {"report.pdf": b"mine"}


def test_chinese_without_a_font_is_said_in_one_line(tmp_path, capsys, monkeypatch):
    study = a_study(tmp_path / "study", a_protocol("title: 间充质干细胞"), DM=SUBJECT)
    monkeypatch.setattr(documents, "cjk_font", lambda: None)
    assert status_of("report", study, "--out", tmp_path / "out") == 0
    assert capsys.readouterr().err.count("pip install 'cordside[cjk]'") == 1
    monkeypatch.setattr(documents, "cjk_font", lambda: tmp_path)
    assert status_of("report", study, "--out", tmp_path / "out", "--force") == 0
    assert "cordside[cjk]" not in capsys.readouterr().err


def test_libraries_of_other_forms_are_not_loaded(tmp_path):
    """A page needs neither Word's library nor typst."""
    study = a_clean_study(tmp_path / "study")
    code = f"import sys; from cordside.cli.main import main; main(['report', {str(study)!r}, '--out', {str(tmp_path / 'out')!r}]); "
    code += "print('loaded', sorted({'docx', 'typst'} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == "loaded []"
