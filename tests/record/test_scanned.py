"""Findings read where they lie are the findings read into memory."""

import narwhals as nw
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from cordside.domains.all import domain_of
from cordside.record.cut import open_cut, write_cut
from cordside.record.engines import engine_named
from cordside.record.rowplace import empty_frame
from tests.record.test_cut import ARMS, TABLES
from tests.support.records import a_record


@pytest.fixture
def both(tmp_path):
    """A record in memory, and the same as DuckDB reads its cut."""
    record = a_record(tmp_path / "study", ARMS, **TABLES)
    (tmp_path / "cut").mkdir()
    write_cut(record, tmp_path / "cut", software="cordside 0")
    engine = engine_named("duckdb")
    engine.start()
    yield record, open_cut(tmp_path / "cut", engine.scan)
    engine.stop()


def test_only_findings_stay_in_their_file(both):
    assert sorted(both[1].scanned) == ["VS"]
    assert both[1].codes == both[0].codes


@pytest.mark.parametrize("code", ["DM", "EX", "VS", "DV"])
def test_the_rows_are_the_same(code, both):
    memory, scanned = both
    columns = empty_frame(domain_of(code)).columns
    assert_frame_equal(scanned.frame(code).select(columns), memory.frame(code).select(columns))


@pytest.mark.parametrize("where", [None, nw.col("VSTESTCD") == "PULSE", nw.col("VSBLFL").is_null(), nw.col("VSORRES") == "nothing"])
def test_a_part_and_its_distinct_values_are_the_same(where, both):
    memory, scanned = both
    columns = ["USUBJID", "VSSTRESN", "VSDTC", "SOURCE", "ROWID", "ORIGIN", "VISIT"]
    assert_frame_equal(scanned.part("VS", columns, where), memory.part("VS", columns, where))
    assert_frame_equal(scanned.distinct("VS", ["ORIGIN", "VISIT"], where), memory.distinct("VS", ["ORIGIN", "VISIT"], where))


def test_what_the_manifest_knows_is_not_counted_again(both):
    memory, scanned = both
    assert (scanned.digest, scanned.as_of, scanned.origins, scanned.problems) == (
        memory.digest,
        memory.as_of,
        memory.origins,
        memory.problems,
    )
    assert scanned.height("VS") == memory.height("VS") == 2


def test_a_column_without_any_value_is_still_a_column_of_its_kind(both):
    assert both[1].part("VS", ["VSPOS", "VSSTRESN"]).schema == pl.Schema({"VSPOS": pl.String, "VSSTRESN": pl.Float64})
