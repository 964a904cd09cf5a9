"""appraise: what it prints, what it says to programs, how it leaves; --start begins a form that it reads itself."""

import pytest

from cordside.results import Finding
from tests.cli.commands import json_of, shell, status_of
from tests.house.source import ROOT

TAIKANG, RENMIN = (ROOT / "studies" / name / "published.yaml" for name in ("taikang-2020", "renmin-2020"))
CLEAN = 'study: T\nn: 31\ntable1:\n  - {row: Fever, n: 25, pct: "80.6"}\n'
CSV = """Characteristics,Total (n = 31)
Demographics,
"Age, median (IQR), years",70 (61–71)
"Sex, male",25 (80.6%)
"BMI, mean ± SD, kg/m2",24.5 ± 2.9
Oxygen,31 (100%)
  Oxygen inhalation,19 (61.3%)
Remark,see text
"""
PASTED = """
Characteristics                                             Before therapy (n = 31)   After therapy (n = 31)   P value
White blood cell count, × 109/mL (normal range, 3.5–9.5)    6.72 ± 2.62        6.43 ± 1.72       0.346
C-reactive protein, mg/L (normal range, < 10)               13.39 (1.30–38.86)   0.50 [0.50, 6.40]   < .001
Score, median (range)                                       7 (1 to 9)         5 (1 to 8)        NS
"""


def written(path, text):
    """A file with a text."""
    path.write_text(text, encoding="utf-8")
    return path


def test_findings_are_grouped_by_level_with_counts(capsys):
    assert status_of("appraise", TAIKANG) == 1
    printed = capsys.readouterr().out
    assert "4 contradictions, 6 defects, 1 note" in printed
    assert printed.index("\nContradictions") < printed.index("\nDefects") < printed.index("\nNotes")
    assert "Please check the unit of Lymphocyte count." in printed


def test_a_clean_page_leaves_with_0(tmp_path, capsys):
    assert status_of("appraise", written(tmp_path / "p.yaml", CLEAN)) == 0
    assert "0 contradictions, 0 defects, 0 notes" in capsys.readouterr().out


def test_a_defect_alone_leaves_with_0(tmp_path):
    page = CLEAN + '  - {row: CRP, kind: mean_spread, value: ["3", "1"]}\n'
    assert status_of("appraise", written(tmp_path / "p.yaml", page)) == 0


def test_programs_get_one_object_with_three_lists(capsys):
    found = json_of(capsys, "appraise", TAIKANG, RENMIN)
    assert set(found) == {"findings", "passed", "not_checked"}
    assert {finding["study"] for finding in found["findings"]} == {"taikang-2020", "renmin-2020"}
    assert all(list(finding) == list(Finding.__dataclass_fields__) for finding in found["findings"])
    assert all(list(one) == ["rule", "row", "where", "why"] for name in ("passed", "not_checked") for one in found[name])


def test_a_study_folder_is_read_by_its_published_file(capsys):
    assert json_of(capsys, "appraise", RENMIN.parent) == json_of(capsys, "appraise", RENMIN)


def test_the_mistakes_of_every_file_are_listed(tmp_path):
    files = [written(tmp_path / f"{name}.yaml", CLEAN.replace("pct", "ptc")) for name in "ab"]
    answer = shell("appraise", *files)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert [line.partition(".yaml:")[2].split(";")[0] for line in answer.stderr.splitlines()] == [
        "4: table1.0.ptc: the key is not known"
    ] * 2
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    "arguments", [[], ["nowhere.yaml"], ["--start", "nowhere.csv"], ["a.yaml", "--start", "b.csv"], ["a.yaml", "--out", "x"]]
)
def test_what_cannot_be_done_leaves_with_2(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert status_of("appraise", *arguments) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            CSV,
            [
                "n: 31",
                "  - {section: Demographics}",
                '  - {row: Age, label: "Age, median (IQR), years", kind: median_iqr, value: ["70", "61", "71"], unit: years}',
                '  - {row: "Sex, male", n: 25, pct: "80.6"}',
                '  - {row: BMI, label: "BMI, mean ± SD, kg/m2", kind: mean_sd, value: ["24.5", "2.9"], unit: kg/m2}',
                '  - {row: Oxygen inhalation, parent: Oxygen, n: 19, pct: "61.3"}',
                "  - {row: Remark}   # complete: could not be read: see text",
            ],
        ),
        (
            PASTED,
            [
                "n: 31",
                '  - {row: White blood cell count, label: "White blood cell count, × 109/mL (normal range, 3.5–9.5)", kind: mean_spread, '
                'before: ["6.72", "2.62"], after: ["6.43", "1.72"], unit: "x 10^9/mL", normal: ["3.5", "9.5"], p: "0.346"}'
                "   # complete: what follows ± is not named: mean_sd or mean_se",
                '  - {row: C-reactive protein, label: "C-reactive protein, mg/L (normal range, < 10)", kind: median_iqr, '
                'before: ["13.39", "1.30", "38.86"], after: ["0.50", "0.50", "6.40"], unit: mg/L, normal: [null, "10"], p: "< .001"}'
                "   # complete: taken as median with quartiles: the table does not say",
                '  - {row: Score, label: "Score, median (range)", kind: median_range, '
                'before: ["7", "1", "9"], after: ["5", "1", "8"], p: "NS"}',
            ],
        ),
        (
            "Item\tControl (n = 20)\tCells (n = 21)\tP\n"
            "Fever, n (%)\t10 (50.0)\t11/21 (52.4%)\t0.88\nAge (years), mean (SD)\t60.1 (8.2)\t-\tNS\n",
            [
                "n: 41   # complete: the sum of the groups",
                '  - {row: "Fever, Control", label: "Fever, n (%)", n: 10, pct: "50.0", of: 20, p: "0.88"}',
                '  - {row: "Fever, Cells", label: "Fever, n (%)", n: 11, pct: "52.4", of: 21, p: "0.88"}',
                '  - {row: "Age, Control", label: "Age (years), mean (SD)", kind: mean_sd, '
                'value: ["60.1", "8.2"], of: 20, unit: years, p: "NS"}',
            ],
        ),
        ("Fever;25 (80.6%)\nCough;24 (77.4%)\n", ["n: 31   # complete: the smallest number that fits all percentages"]),
    ],
)
def test_a_form_is_begun_from_a_table(text, lines, tmp_path, capsys):
    table = written(tmp_path / "table.csv", text)
    assert status_of("appraise", "--start", table) == 0
    printed = capsys.readouterr().out
    assert [line for line in lines if line not in printed.splitlines()] == []
    assert status_of("appraise", written(tmp_path / "p.yaml", printed)) == 0


def test_a_begun_form_is_written_whole_and_not_over_another(tmp_path, capsys):
    table, out = written(tmp_path / "table.csv", CSV), tmp_path / "p.yaml"
    assert status_of("appraise", "--start", table, "--out", out) == 0
    assert "2 places to complete" in capsys.readouterr().out
    begun = out.read_text(encoding="utf-8")
    assert status_of("appraise", "--start", written(table, CSV.replace("25 (80.6%)", "24 (77.4%)")), "--out", out) == 2
    assert out.read_text(encoding="utf-8") == begun
    assert status_of("appraise", "--start", table, "--out", out, "--force") == 0
    assert out.read_text(encoding="utf-8") != begun


@pytest.mark.parametrize("text", ["", "\n\n", "\x00\x01"])
def test_a_table_without_rows_begins_nothing(text, tmp_path, capsys):
    assert status_of("appraise", "--start", written(tmp_path / "t.csv", text)) in (1, 2)
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "study: [", "study: x\nn: ten\n", "n: 5\ntbale1: []\n"])
def test_a_file_that_cannot_be_used_is_no_contradiction(text, tmp_path, capsys):
    (tmp_path / "paper.yaml").write_text(text, encoding="utf-8")
    assert status_of("appraise", tmp_path / "paper.yaml") == 2
    assert "paper.yaml:" in capsys.readouterr().err
