"""dose prints the draw of one infusion and writes its sheet, or says every reason against it."""

import json

import pytest

from tests.cli.commands import status_of
from tests.support.doses import AT, a_dose_study, replaced

KEYS = [
    *("subject", "lot", "container", "target_cells", "viable_per_mL", "draw_mL", "diluent_mL", "delivered_cells", "delivered_per_kg"),
    "warnings",
]
FILES = ["labels-T-1-C1.html", "labels-T-1-C1.pdf", "preparation-T-1-C1.html", "preparation-T-1-C1.pdf"]


def asked(study, *more, at=AT):
    return status_of("dose", study, "--subject", "T-1", "--lot", "L1", "--at", at, *more)


def printed(capsys):
    return json.loads(capsys.readouterr().out)


def test_a_dose_in_json_has_decimals_as_text_and_counts_as_integers(tmp_path, capsys):
    assert asked(a_dose_study(tmp_path), "--json") == 0
    found = printed(capsys)
    (dose,) = found["dose"]
    assert "refused" not in found
    assert {key: dose[key] for key in KEYS} == {
        "subject": "T-1",
        "lot": "L1",
        "container": "C1",
        "target_cells": 70_000_000,
        "viable_per_mL": 2_500_000,
        "draw_mL": "28",
        "diluent_mL": "72",
        "delivered_cells": 70_000_000,
        "delivered_per_kg": "1000000",
        "warnings": [],
    }


def test_a_refused_dose_gives_its_codes_and_writes_nothing(tmp_path, capsys):
    study = a_dose_study(tmp_path / "study", VS=None)
    assert asked(study, "--json", "--out", tmp_path / "out", at="2026-01-05T15:00:00Z") == 1
    found = printed(capsys)
    assert [one["code"] for one in found["refused"]] == ["no_weight", "expired", "would_end_after_expiry"]
    assert all(list(one) == ["code", "why", "allowed", "remedy"] and all(one.values()) for one in found["refused"])
    assert found["dose"][0]["refused"] == found["refused"]
    assert "draw_mL" not in found["dose"][0]
    assert not (tmp_path / "out").exists()


def test_a_person_reads_the_same(tmp_path, capsys):
    study = a_dose_study(tmp_path)
    assert asked(study) == 0
    out = capsys.readouterr().out
    assert "draw 28 mL, add 72 mL diluent" in out
    assert "order 70,000,000 cells: 1,000,000 viable cells per kg; weight 70 kg, actual" in out
    assert asked(study, "--container", "C2") == 1
    assert "  refused: not_enough_cells: container C2: " in capsys.readouterr().out


def test_sheet_and_labels_are_written_whole_and_not_overwritten(tmp_path, capsys):
    study, out = a_dose_study(tmp_path / "study"), tmp_path / "out"
    assert asked(study, "--out", out) == 0
    assert sorted(path.name for path in out.iterdir()) == FILES
    page = (out / FILES[2]).read_text(encoding="utf-8")
    assert page.count('class="box"') >= 6
    assert all(words in page for words in ("Prepared by: name, signature, time", "Verified by", "28 mL", "63,000,000 to 77,000,000 cells"))
    label = (out / FILES[0]).read_text(encoding="utf-8")
    assert label.count("<svg") == 2
    assert "2026-01-05 23:00 Asia/Shanghai" in label
    assert all((out / name).read_bytes().startswith(b"%PDF") for name in FILES if name.endswith("pdf"))
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert asked(study, "--out", out) == 2
    assert "exists already" in capsys.readouterr().err
    assert asked(study, "--out", out, "--force") == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_label_says_the_same_in_every_arm_and_no_number_of_cells(tmp_path):
    labels = {}
    for arm in ("MSC", "PBO"):
        folder = a_dose_study(tmp_path / arm, DM=replaced("DM", "| MSC   | 60", f"| {arm}   | 60"))
        text = (folder / "protocol.yaml").read_text(encoding="utf-8")
        own = text.partition("regimen:\n")[2].partition("before_each")[0].replace("treatment: UC-MSC", "treatment: Vehicle")
        own = "\n".join(f"    {line}" for line in own.splitlines())
        placebo = f"arms:\n  MSC: {{label: UC-MSC}}\n  PBO:\n    label: Placebo\n    regimen:\n{own}"
        (folder / "protocol.yaml").write_text(text.replace("arms: {MSC: {label: UC-MSC}}", placebo), encoding="utf-8")
        assert asked(folder, "--out", tmp_path / f"out-{arm}") == 0
        labels[arm] = (tmp_path / f"out-{arm}" / FILES[0]).read_text(encoding="utf-8")
    assert labels["MSC"] == labels["PBO"]
    assert "UC-MSC or Vehicle" in labels["MSC"]
    assert "70,000,000" not in labels["MSC"]


def test_an_example_says_that_it_is_one(tmp_path):
    study = a_dose_study(tmp_path / "study", VS=replaced("VS", "VSDTC", "VSDTC | ORIGIN").replace("2026-01-04", "2026-01-04 | simulated", 1)
                         .replace("2025-12-20", "2025-12-20 |").replace("2026-01-01", "2026-01-01 |")
                         .replace("120     | kg       | 2026-01-04", "120     | kg       | 2026-01-04 |"))  # fmt: skip
    assert asked(study, "--out", tmp_path / "out") == 0
    for name in (FILES[0], FILES[2]):
        assert "Made from simulated rows: an example, not for use." in (tmp_path / "out" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--subject", "9", "--lot", "L1"), "no subject has"),
        (("--subject", "1", "--lot", "L9"), "no lot is recorded under this name; did you mean L1"),
        (("--subject", "1", "--lot", "L1", "--container", "BAG"), "known are C1, C2"),
        (("--subject", "1", "--lot", "L1", "--at", "2026-01-05T10:00"), "without its offset"),
        (("--subject", "1", "--lot", "L1", "--at", "noon"), "not a time"),
    ],
)
def test_what_is_not_there_is_named(tmp_path, capsys, arguments, words):
    assert status_of("dose", a_dose_study(tmp_path), *arguments) == 2
    assert words in capsys.readouterr().err


def test_a_record_that_cannot_be_read_is_not_dosed_from(tmp_path, capsys):
    assert asked(a_dose_study(tmp_path, VS=replaced("VS", "| 70 ", "| 70 ").replace("T-2", "T-9"))) == 1
    assert "vs.csv:5" in capsys.readouterr().err
