"""demo does the main job on the studies that ship, and says how many printed cells came back."""

import json

from tests.cli.commands import files_in, status_of
from tests.studies.folders import STUDIES

SHIPPED = sorted(folder.name for folder in STUDIES.iterdir() if not folder.name.startswith("_"))


def test_every_printed_cell_is_reproduced_and_twice_the_same(tmp_path, capsys):
    out = tmp_path / "build"
    assert status_of("demo", "--out", out) == 0
    said = capsys.readouterr().out.splitlines()
    assert "renmin-2020: 139 of 139 published cells reproduced" in said
    reports = [out / name / f"report.{form}" for name in SHIPPED for form in ("html", "docx", "pdf")]
    assert [line.strip() for line in said if line.startswith("  ")] == [str(report) for report in reports]
    first = {name: content for name, content in files_in(out).items() if not name.endswith(".parquet")}
    made = ("report.html", "report.docx", "report.pdf", "cut/manifest.json", "cut/protocol.yaml")
    assert set(first) >= {f"{name}/{file}" for name in SHIPPED for file in made}

    assert status_of("demo", "--out", out) == 2
    assert "exists already" in capsys.readouterr().err
    assert status_of("demo", "--out", out, "--force") == 0
    assert {name: content for name, content in files_in(out).items() if not name.endswith(".parquet")} == first


def test_the_simulated_study_says_that_it_is(tmp_path):
    status_of("demo", "--out", tmp_path)
    manifest = json.loads((tmp_path / "renmin-2020-simulated" / "cut" / "manifest.json").read_text())
    assert manifest["origins"] == ["published", "simulated"]
