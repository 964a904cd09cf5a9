"""demo does the main job on the studies that ship, and says how many printed cells came back."""

import json

from tests.cli.commands import files_in, status_of
from tests.studies.folders import STUDIES

SHIPPED = sorted(folder.name for folder in STUDIES.iterdir() if (folder / "protocol.yaml").is_file() and not folder.name.startswith("_"))
PUBLISHED = [name for name in SHIPPED if (STUDIES / name / "published.yaml").is_file()]
CELLS = ("lot-SIM-L1", "lot-SIM-L2", "dose-renmin-2020-simulated-1", "lot-SIM-T1", "dose-taikang-2020-simulated-26")
FORMS = ("html", "docx", "pdf")


def test_every_printed_cell_is_reproduced_and_twice_the_same(tmp_path, capsys):
    out = tmp_path / "build"
    assert status_of("demo", "--out", out) == 0
    said = capsys.readouterr().out.splitlines()
    assert "renmin-2020: 139 of 139 published cells reproduced" in said
    assert "taikang-2020: 64 of 64 published cells reproduced" in said
    documents = [(name, kind) for name in SHIPPED for kind in ("report", "appraisal") if kind == "report" or name in PUBLISHED]
    cells = [line for line in said if line.startswith("  ") and ("/lot-" in line or "/dose-" in line)]
    pages = [out / name / f"{kind}.{form}" for name, kind in documents for form in FORMS]
    assert [line.strip() for line in said if line.startswith("  ") and line not in cells] == [str(page) for page in pages]
    assert [line.split("/")[-1] for line in cells] == [f"{name}.{form}" for name in CELLS for form in ("html", "pdf")]
    assert "renmin-2020-simulated: lot SIM-L1: released; 15 passed; 9 infusions to 3 subjects" in said
    assert "renmin-2020-simulated: lot SIM-L2: conditional; 14 passed, 1 overdue; 6 infusions to 2 subjects" in said
    assert "taikang-2020-simulated: lot SIM-T1: released; 15 passed; 3 infusions to 1 subject" in said
    for name in ("renmin-2020", "taikang-2020"):
        assert any(line.startswith(f"{name}: no lot is recorded") for line in said)
        assert any(line.startswith(f"{name}-simulated: dose of {name}-simulated-") for line in said)
    assert "renmin-2020" in PUBLISHED
    assert any(line.startswith("renmin-2020/published.yaml: 9 contradictions, 9 defects, 2 notes; ") for line in said)
    first = {name: content for name, content in files_in(out).items() if not name.endswith(".parquet")}
    made = ("report.html", "report.docx", "report.pdf", "cut/manifest.json", "cut/protocol.yaml")
    assert set(first) >= {f"{name}/{file}" for name in SHIPPED for file in made} | {
        f"{name}/appraisal.{form}" for name in PUBLISHED for form in FORMS
    }

    assert status_of("demo", "--out", out) == 2
    assert "exists already" in capsys.readouterr().err
    assert status_of("demo", "--out", out, "--force") == 0
    assert {name: content for name, content in files_in(out).items() if not name.endswith(".parquet")} == first


def test_the_simulated_studies_say_that_they_are(tmp_path):
    status_of("demo", "--out", tmp_path)
    for name, beside in (("renmin-2020", "published"), ("taikang-2020", "rebuilt")):
        manifest = json.loads((tmp_path / f"{name}-simulated" / "cut" / "manifest.json").read_text())
        assert manifest["origins"] == [beside, "simulated"]
