"""rebuild writes a study folder that passes check, whole or not at all, and says what it kept, missed and assumed."""

import shutil
from pathlib import Path

from cordside.appraisal.rebuild.setting import WATERMARK
from cordside.cli.rebuild import _three_digits
from tests.cli.commands import files_in, json_of, status_of
from tests.house.source import ROOT

PAPER = ROOT / "tests" / "appraisal" / "rebuild" / "paper31.yaml"
IMPOSSIBLE = """\
study: impossible
n: 31
test: paired t
table1:
  - {row: White cells, kind: mean_sd, before: ["6.72", "2.62"], after: ["6.43", "1.72"], p: "0.003"}
"""


def test_the_folder_passes_check_without_a_query(tmp_path, capsys):
    assert status_of("rebuild", PAPER, "--seed", 1, "--out", tmp_path / "study") == 0
    assert WATERMARK in capsys.readouterr().out
    assert status_of("check", tmp_path / "study") == 0
    assert "no problems" in capsys.readouterr().out
    assert (tmp_path / "study" / "published.yaml").read_bytes() == PAPER.read_bytes()


def test_its_report_prints_the_published_cells_and_says_rebuilt(tmp_path, capsys):
    status_of("rebuild", PAPER, "--seed", 1, "--out", tmp_path / "study", "--quartiles", "SPSS-6")
    assert status_of("report", tmp_path / "study", "--out", tmp_path / "report") == 0
    page = (tmp_path / "report" / "report.html").read_text()
    assert "rebuilt" in page
    for cell in ("70 (61–71)", "25 (80.6%)", "24.5 ± 2.9", "24 (77.4%)", "1.09 (0.68–1.35)", "0.50 (0.50–6.40)", "332 (288–364)"):
        assert cell in page, cell


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        status_of("rebuild", PAPER, "--seed", 3, "--out", tmp_path / name)
    assert files_in(tmp_path / "one") == files_in(tmp_path / "two")


def test_json_holds_findings_kept_numbers_assumptions_and_ranges(tmp_path, capsys):
    found = json_of(capsys, "rebuild", PAPER, "--seed", 1, "--out", tmp_path / "study", "--draws", 5, "--quartiles", "SAS-5")
    assert found["findings"] == []
    assert (found["quartiles"], found["seed"], found["watermark"]) == ("type-2", 1, WATERMARK)
    assert {row["row"] for row in found["draws"]} == {"Lymphocytes", "C-reactive protein", "PaO2/FiO2"}
    assert found["kept"] and found["assumptions"] and (tmp_path / "study" / "ranges.csv").is_file()


def test_ranges_are_printed_without_powers_of_ten(tmp_path, capsys):
    status_of("rebuild", PAPER, "--seed", 1, "--out", tmp_path / "study", "--draws", 2)
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ") and " P: " not in line]
    assert said and not [line for line in said if "e+" in line]
    assert (_three_digits(1812.4), _three_digits(-28.45), _three_digits(0.09677)) == ("1812", "-28.4", "0.0968")


def test_few_draws_are_called_too_few(tmp_path, capsys):
    status_of("rebuild", PAPER, "--seed", 1, "--out", tmp_path / "study", "--draws", 2)
    assert "show none over fewer than 300" in capsys.readouterr().out


def test_what_cannot_be_is_a_finding_and_exit_status_1(tmp_path, capsys):
    (tmp_path / "paper.yaml").write_text(IMPOSSIBLE)
    found = json_of(capsys, "rebuild", tmp_path / "paper.yaml", "--seed", 1, "--out", tmp_path / "study")
    assert [(one["rule"], one["level"], one["row"]) for one in found["findings"]] == [("rebuild", "contradiction", "White cells")]
    assert status_of("rebuild", tmp_path / "paper.yaml", "--seed", 1, "--out", tmp_path / "again") == 1
    assert status_of("check", tmp_path / "again") == 0


def test_an_existing_folder_is_not_overwritten_without_force(tmp_path, capsys):
    status_of("rebuild", PAPER, "--seed", 1, "--out", tmp_path / "study")
    before = files_in(tmp_path / "study")
    assert status_of("rebuild", PAPER, "--seed", 2, "--out", tmp_path / "study") == 2
    assert "add --force" in capsys.readouterr().err
    assert files_in(tmp_path / "study") == before
    assert status_of("rebuild", PAPER, "--seed", 2, "--out", tmp_path / "study", "--force") == 0
    assert files_in(tmp_path / "study") != before


def test_rows_of_another_making_are_not_mixed_with_rebuilt_ones(tmp_path, capsys):
    (tmp_path / "study" / "records").mkdir(parents=True)
    (tmp_path / "study" / "records" / "ae.csv").write_text("USUBJID,AETERM\n")
    assert status_of("rebuild", PAPER, "--seed", 1, "--out", tmp_path / "study", "--force") == 2
    assert "not part of the rebuild" in capsys.readouterr().err
    assert not (tmp_path / "study" / "protocol.yaml").exists()


def test_a_protocol_of_ones_own_names_study_visits_and_quartiles(tmp_path, capsys):
    own = _own_protocol(tmp_path)
    assert status_of("rebuild", PAPER, "--seed", 1, "--out", tmp_path / "study", "--protocol", own) == 0
    assert "quartiles of type-6" in capsys.readouterr().out
    assert (tmp_path / "study" / "protocol.yaml").read_bytes() == own.read_bytes()
    assert (tmp_path / "study" / "records" / "dm.csv").read_text().splitlines()[1].startswith("own-1,")
    assert status_of("check", tmp_path / "study") == 0


def _own_protocol(folder: Path) -> Path:
    status_of("rebuild", PAPER, "--seed", 1, "--out", folder / "first", "--quartiles", "type-6")
    place = folder / "own.yaml"
    place.write_text((folder / "first" / "protocol.yaml").read_text().replace("study: paper-31", "study: own"))
    shutil.rmtree(folder / "first")
    return place


def test_wrong_arguments_are_refused_with_words(tmp_path, capsys):
    assert status_of("rebuild", PAPER, "--seed", 1, "--out", tmp_path / "s", "--quartiles", "type-10") == 2
    assert "known are type-1" in capsys.readouterr().err
    assert status_of("rebuild", PAPER, "--seed", 1, "--out", tmp_path / "s", "--draws", "0") == 2
    assert status_of("rebuild", tmp_path / "none.yaml", "--seed", 1, "--out", tmp_path / "s") == 2
    assert not (tmp_path / "s").exists()
