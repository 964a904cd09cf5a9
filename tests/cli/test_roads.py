"""A cut and the folder it was made from tell the same; the same question has the same answer, byte for byte."""

import csv
import io
import json

import polars as pl
import pytest

from cordside.results import COLUMNS
from tests.cli.commands import files_in, status_of
from tests.studies.folders import RENMIN, TWO_ARMS


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Cut, report and rows of one study, made twice from its folder and once from its cut."""
    folder = tmp_path_factory.mktemp("roads")
    for name, study in (("first", RENMIN), ("second", RENMIN), ("of_cut", folder / "first" / "cut")):
        assert status_of("cut", study, "--out", folder / name / "cut") == 0
        assert status_of("report", study, "--out", folder / name / "report") == 0
        assert status_of("analyse", study, "--out", folder / name / "rows.json") == 0
    return folder


@pytest.mark.parametrize("other", ["second", "of_cut"])
@pytest.mark.parametrize("what", ["cut/manifest.json", "report/report.html", "rows.json"])
def test_the_same_record_gives_the_same_bytes(other, what, written):
    assert (written / other / what).read_bytes() == (written / "first" / what).read_bytes()


def test_the_digest_stands_in_the_manifest_and_in_the_report(written):
    digest = json.loads((written / "first" / "cut" / "manifest.json").read_text())["digest"]
    assert digest in (written / "first" / "report" / "report.html").read_text()


def test_a_report_needs_no_network(written):
    html = (written / "first" / "report" / "report.html").read_text()
    assert [word for word in ('src="http', "url(http", "<link", "<script src", "@import") if word in html] == []


def test_rows_are_the_same_in_every_form(tmp_path):
    for form in ("json", "csv", "parquet"):
        assert status_of("analyse", TWO_ARMS, "--out", tmp_path / f"rows.{form}") == 0
    items = json.loads((tmp_path / "rows.json").read_text())["results"]
    lines = list(csv.DictReader(io.StringIO((tmp_path / "rows.csv").read_text())))
    frame = pl.read_parquet(tmp_path / "rows.parquet")
    assert list(items[0]) == list(lines[0]) == frame.columns == list(COLUMNS)
    assert frame.to_dicts() == items
    assert [line["text"] for line in lines] == [item["text"] for item in items]
    assert [float(line["value"]) if line["value"] else None for line in lines] == [item["value"] for item in items]


def test_forms_are_the_same_twice_and_need_no_records(tmp_path):
    assert status_of("new", tmp_path / "study") == 0
    for name in ("first", "second"):
        assert status_of("forms", tmp_path / "study", "--out", tmp_path / name) == 0
    assert files_in(tmp_path / "first") == files_in(tmp_path / "second")
    assert files_in(tmp_path / "first")


def test_a_cut_that_was_changed_is_refused(written, capsys):
    protocol = written / "second" / "cut" / "protocol.yaml"
    protocol.write_text(protocol.read_text() + "# afterwards\n")
    assert status_of("report", written / "second" / "cut", "--out", written / "third") == 2
    assert "the cut was changed after it was made; cut again." in capsys.readouterr().err
