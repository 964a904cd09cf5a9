"""Three engines, one answer: the same result rows and the same report, byte for byte."""

import json
import sys
from pathlib import Path

import pytest

from cordside.errors import CannotDo
from cordside.record.engines import engine_named
from tests.cli.commands import status_of
from tests.studies.folders import RENMIN, SIMULATED, TWO_ARMS
from tests.support.engines import OTHERS, need

STUDIES = [RENMIN, SIMULATED, TWO_ARMS]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Result rows, report and cut of a study by an engine, each made once."""
    folder, made = tmp_path_factory.mktemp("engines"), set()

    def write(study: Path, engine: str) -> Path:
        place = folder / f"{study.name}-{engine}"
        if place not in made:
            made.add(place)
            assert status_of("analyse", study, "--engine", engine, "--out", place / "rows.json") == 0
            assert status_of("report", study, "--engine", engine, "--out", place) == 0
        return place

    return write


@pytest.mark.parametrize("engine", OTHERS)
@pytest.mark.parametrize("study", STUDIES, ids=lambda study: study.name)
@pytest.mark.parametrize("what", ["rows.json", "report.html"])
def test_every_engine_gives_the_same_bytes(what, study, engine, written):
    need(engine)
    assert (written(study, engine) / what).read_bytes() == (written(study, "polars") / what).read_bytes()


@pytest.mark.parametrize("engine", OTHERS)
def test_a_cut_gives_what_its_folder_gives(engine, written, tmp_path):
    need(engine)
    assert status_of("cut", TWO_ARMS, "--out", tmp_path / "cut") == 0
    assert status_of("analyse", tmp_path / "cut", "--engine", engine, "--out", tmp_path / "rows.json") == 0
    assert (tmp_path / "rows.json").read_bytes() == (written(TWO_ARMS, "polars") / "rows.json").read_bytes()


def test_the_queries_of_a_cut_are_told_by_every_engine(tmp_path):
    assert status_of("cut", TWO_ARMS, "--out", tmp_path / "cut") == 0
    queries = json.loads((tmp_path / "cut" / "queries.json").read_text(encoding="utf-8"))["problems"]
    for engine in ("polars", "duckdb"):
        assert status_of("report", tmp_path / "cut", "--engine", engine, "--out", tmp_path / engine) == 0
    assert len(queries) == 3
    assert (tmp_path / "polars" / "report.html").read_bytes() == (tmp_path / "duckdb" / "report.html").read_bytes()


def test_without_java_spark_says_what_it_needs(monkeypatch):
    need("spark")
    engine = engine_named("spark")
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(CannotDo, match="Java 17"):
        engine.start()


def test_an_engine_that_is_not_installed_says_what_to_install(monkeypatch):
    monkeypatch.delitem(sys.modules, "cordside.record.engines.spark", raising=False)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(CannotDo, match=r"cordside\[spark\]"):
        engine_named("spark")
