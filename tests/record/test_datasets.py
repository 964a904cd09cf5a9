"""Analysis datasets made elsewhere: read, checked, digested, cut."""

import polars as pl
import pytest

from cordside.analysis.run import analyse
from cordside.errors import CannotDo, ProblemsFound
from cordside.record.cut import open_study, write_cut
from cordside.record.read import read_study
from cordside.results import find
from tests.support.folders import a_protocol, a_study

PARTS = """
arms: {A: {label: Cells}, B: {label: Care alone, treated: false}}
analysis_data: {adsl: {arm: ARM, flags: [SAFFL]}}
analyses:
  - kind: characteristics
    id: age
    title: Age
    data: adsl
    where: {SAFFL: Y}
    by: arm
    rows:
      - {label: Age, variable: AGE, show: mean_sd}
      - {label: Sex, variable: SEX, show: n_percent, levels: [F, M, U]}
"""
DM = "USUBJID\nT-1\nT-2\nT-3\nT-4"
ADSL = pl.DataFrame(
    {
        "USUBJID": ["T-1", "T-2", "T-3", "T-4"],
        "ARM": ["A", "Cells ", "Care alone", "Care alone"],
        "SAFFL": ["Y", "Y", "Y", "N"],
        "AGE": [60.0, 70.0, float("nan"), 99.0],
        "SEX": ["F", "M", "", "F"],
    }
)


def a_folder(folder, frame=ADSL, parts=PARTS, name="adsl"):
    a_study(folder, a_protocol(parts), DM=DM)
    (folder / "analysis_data").mkdir()
    if frame is not None:
        frame.write_parquet(folder / "analysis_data" / f"{name}.parquet")
    return folder


def test_rows_are_chosen_by_flag_and_grouped_by_code_or_label(tmp_path):
    rows = find(analyse(read_study(a_folder(tmp_path))), analysis="age", statistic="n", label="Subjects")
    assert [(row.group_level, row.value) for row in rows] == [("Cells", 2), ("Care alone", 1), ("Total", 3)]


def test_nan_and_empty_texts_are_missing_and_counted(tmp_path):
    rows = find(analyse(read_study(a_folder(tmp_path))), analysis="age", statistic="n", group_level="Care alone")
    assert [(row.label, row.value, row.n_missing) for row in rows[1:]] == [("Age", 0, 1), ("Sex", 0, 1)]


def test_a_level_never_seen_is_a_count_of_zero(tmp_path):
    (row,) = find(analyse(read_study(a_folder(tmp_path))), analysis="age", level="U", group_level="Total", statistic="count")
    assert (row.value, row.n) == (0, 2)


def test_a_number_leads_to_its_row_of_the_dataset(tmp_path):
    (row,) = find(analyse(read_study(a_folder(tmp_path))), analysis="age", label="Age", group_level="Cells", statistic="mean")
    assert (row.value, row.text, row.source) == (65, "65.0", ("analysis_data/adsl.parquet:1", "analysis_data/adsl.parquet:2"))


def hard(folder):
    return [str(problem) for problem in read_study(folder).hard_problems]


def test_a_missing_file_is_said(tmp_path):
    assert hard(a_folder(tmp_path, None)) == [
        "analysis_data/adsl.parquet: the file is missing; a Parquet file; write it, or take it out of analysis_data."
    ]


def test_a_file_that_is_no_parquet_is_said(tmp_path):
    folder = a_folder(tmp_path, None)
    (folder / "analysis_data" / "adsl.parquet").write_text("USUBJID,AGE", encoding="utf-8")
    assert "cannot be read" in hard(folder)[0]


@pytest.mark.parametrize("variable", ["USUBJID", "ARM", "SAFFL", "AGE", "SEX"])
def test_every_variable_that_the_protocol_names_must_be_there(tmp_path, variable):
    (problem,) = hard(a_folder(tmp_path, ADSL.drop(variable)))
    assert problem.startswith(f"analysis_data/adsl.parquet: {variable}: the protocol names it, the file has it not; variables are ")


def test_an_undeclared_file_and_a_stranger_are_queries(tmp_path):
    folder = a_folder(tmp_path, pl.concat([ADSL, ADSL.with_columns(USUBJID=pl.lit("T-9"))]))
    ADSL.write_parquet(folder / "analysis_data" / "adxx.parquet")
    words = {(problem.file, problem.problem) for problem in read_study(folder).problems if problem.file.startswith("analysis_data")}
    assert words == {
        ("analysis_data/adxx.parquet", "is not declared, so it is not read"),
        ("analysis_data/adsl.parquet", "1 subjects are not in DM, first T-9"),
    }


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (PARTS.replace("data: adsl", "data: adls"), "adls is not declared"),
        (PARTS.replace("arm: ARM, ", ""), "adsl has no arm"),
        (PARTS.replace("    data: adsl\n    where: {SAFFL: Y}\n", ""), "a row with variable needs a dataset"),
        (PARTS.replace("    data: adsl\n", ""), "where and arm select rows of a dataset"),
    ],
)
def test_a_plan_that_does_not_fit_its_dataset_is_refused(tmp_path, parts, words):
    with pytest.raises(ProblemsFound, match=words):
        read_study(a_folder(tmp_path, parts=parts))


def test_the_digest_depends_on_the_values_and_not_on_the_order_of_rows(tmp_path):
    first, turned, other = (read_study(a_folder(tmp_path / name, frame)) for name, frame in FRAMES.items())
    assert first.digest == turned.digest != other.digest
    assert first.digests == other.digests


FRAMES = {"first": ADSL, "turned": ADSL.reverse(), "other": ADSL.with_columns(AGE=pl.col("AGE") + 1)}


def test_a_cut_keeps_the_datasets_and_gives_the_same_rows(tmp_path):
    record = read_study(a_folder(tmp_path / "study"))
    cut = tmp_path / "cut"
    cut.mkdir()
    manifest = write_cut(record, cut, software="test")
    assert manifest["analysis_data"]["adsl"]["rows"] == 4
    assert analyse(open_study(cut)) == analyse(record)


def test_a_dataset_changed_in_a_cut_is_refused(tmp_path):
    cut = tmp_path / "cut"
    cut.mkdir()
    write_cut(read_study(a_folder(tmp_path / "study")), cut, software="test")
    FRAMES["other"].write_parquet(cut / "analysis_data" / "adsl.parquet")
    with pytest.raises(CannotDo, match="the digest of adsl is not the manifest's"):
        open_study(cut)
    (cut / "analysis_data" / "adsl.parquet").unlink()
    with pytest.raises(CannotDo, match="not as the protocol declares them"):
        open_study(cut)
