"""appraise --out writes the appraisal as pages, whole or not at all."""

import io
import re
import subprocess
import sys
from hashlib import sha256
from html import unescape

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from cordside.appraisal.appraise import appraise
from cordside.appraisal.read import read_paper
from tests.cli.commands import ENVIRONMENT, files_in, json_of, status_of
from tests.studies.folders import STUDIES

WRONG = 'study: T 1/a\nn: 31\ntable1:\n  - {row: Fever, n: 24, pct: "74.7"}\n'
RIGHT = 'study: clean\nn: 31\ntable1:\n  - {row: Fever, n: 24, pct: "77.4"}\n'
PAPERS = sorted(STUDIES.glob("*/published.yaml"))


def a_file(folder, text: str, name: str = "paper.yaml"):
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / name
    place.write_text(text, encoding="utf-8")
    return place


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b\xad]", "", text)


def texts_of(files: dict[str, bytes], stem: str) -> dict[str, str]:
    """What a reader of each form sees, without blanks."""
    page = files[f"{stem}.html"].decode()
    body = docx.Document(io.BytesIO(files[f"{stem}.docx"])).element.body
    pages = PdfReader(io.BytesIO(files[f"{stem}.pdf"])).pages
    return {
        "html": bare(unescape(re.sub(r"<[^>]*>", "", page[page.index("<body>") : page.index('<aside id="trace"')]))),
        "docx": bare("".join((part.text or "") if part.tag == qn("w:t") else "-" for part in body.iter(qn("w:t"), qn("w:noBreakHyphen")))),
        "pdf": bare("".join(page.extract_text() for page in pages)),
    }


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.parent.name)
def test_every_finding_of_a_shipped_study_stands_in_each_form(paper, tmp_path):
    assert status_of("appraise", paper, "--out", tmp_path, "--format", "html,docx,pdf") == 1
    files = files_in(tmp_path)
    stem = f"{paper.parent.name}-appraisal"
    assert set(files) == {f"{stem}.{form}" for form in ("html", "docx", "pdf")}
    findings = appraise(read_paper(paper)).findings
    # What begins a sentence bears a capital.
    said = [part for one in findings for part in (one.row, one.where, one.rule, one.printed[1:], one.expected, one.quote, one.why[1:])]
    said.append(sha256(paper.read_bytes()).hexdigest())
    for form, text in texts_of(files, stem).items():
        assert [words for words in said if bare(words) not in text] == [], form


def test_pages_are_the_same_wherever_the_file_lies_and_nothing_is_overwritten_unasked(tmp_path, capsys):
    papers = [a_file(tmp_path / place, WRONG) for place in ("a", "b")]
    for paper, out in zip(papers, ("one", "two"), strict=True):
        assert status_of("appraise", paper, "--out", tmp_path / out, "--format", "html,docx,pdf") == 1
    assert files_in(tmp_path / "one") == files_in(tmp_path / "two")
    assert set(files_in(tmp_path / "one")) == {f"T-1-a-appraisal.{form}" for form in ("html", "docx", "pdf")}
    assert status_of("appraise", papers[0], "--out", tmp_path / "one") == 2
    assert "add --force" in capsys.readouterr().err
    assert status_of("appraise", papers[0], "--out", tmp_path / "one", "--force") == 1


def test_counts_and_places_are_printed_and_a_clean_page_exits_0(tmp_path, capsys):
    paper = a_file(tmp_path, RIGHT)
    assert status_of("appraise", paper, "--out", tmp_path / "out") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith(f"{paper}: 0 contradictions, 0 defects, 0 notes; ")
    assert said[1:] == [f"  {tmp_path / 'out' / 'clean-appraisal.html'}"]


def test_json_names_the_pages_beside_the_lists(tmp_path, capsys):
    paper = a_file(tmp_path, WRONG)
    found = json_of(capsys, "appraise", paper, "--out", tmp_path / "out")
    assert [finding["rule"] for finding in found["findings"]] == ["percent-of-n"]
    assert found["pages"] == [str(tmp_path / "out" / "T-1-a-appraisal.html")]
    assert "pages" not in json_of(capsys, "appraise", paper)


def test_two_files_of_one_study_would_overwrite_each_other_and_nothing_is_written(tmp_path, capsys):
    papers = [a_file(tmp_path, RIGHT, name) for name in ("a.yaml", "b.yaml")]
    assert status_of("appraise", *papers, "--out", tmp_path / "out") == 2
    assert "clean-appraisal" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_broken_file_writes_no_page_of_the_others(tmp_path):
    papers = [a_file(tmp_path, RIGHT, "a.yaml"), a_file(tmp_path, "study: b\nn: many\n", "b.yaml")]
    assert status_of("appraise", *papers, "--out", tmp_path / "out") != 0
    assert not (tmp_path / "out").exists()


def test_format_without_a_place_is_refused(tmp_path, capsys):
    paper = a_file(tmp_path, RIGHT)
    assert status_of("appraise", paper, "--format", "pdf") == 2
    assert "--out" in capsys.readouterr().err
    assert status_of("appraise", paper, "--out", tmp_path / "out", "--format", "odt") == 2


def test_what_draws_pages_is_not_loaded_for_an_appraisal_that_is_printed(tmp_path):
    paper = a_file(tmp_path, RIGHT)
    code = f"import sys; from cordside.cli.main import main; main(['appraise', {str(paper)!r}]); print('matplotlib' in sys.modules)"
    assert run_python(code).splitlines()[-1] == "False"


def run_python(code: str) -> str:
    """What a program prints that runs in a process of its own."""
    return subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=True).stdout
