"""A record frozen and opened again says the same, and a cut that was changed is refused."""

import json

import polars as pl
import pytest

from cordside.errors import CordsideError, ProblemsFound
from cordside.record.cut import MANIFEST, open_cut, open_study, write_cut
from tests.support.folders import a_protocol
from tests.support.records import a_record

ARMS = "arms:\n  MSC: {label: Cells}\n  SOC: {label: Control, treated: false}"
TABLES = {
    "DM": "USUBJID | ARMCD | AGE | AGEU | RFSTDTC\nT-1 | SOC | 65 | |\nT-2 | XX | 70 | YEARS |",
    "EX": "USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-11\nT-2 | MSC | 2020-02-12",
    "VS": """
        USUBJID | VSTESTCD | VSORRES | VSORRESU  | VSDTC      | VSDY | VSBLFL | VSSEQ | ORIGIN | VISIT
        T-1     | PULSE    | 71      | beats/min | 2020-02-12 | 7    |        | 5     |        |
        T-2     | PULSE    | 900     | beats/min | 2020-02-11 |      |        | 4     | imported |
    """,
    "DV": "USUBJID | DVTERM | DVSTDTC\nT-2 | Late | 2020-02-12",
    "MH": "USUBJID | MHTERM | MHSTDTC",
}


@pytest.fixture
def record(tmp_path):
    return a_record(tmp_path / "study", ARMS, **TABLES)


@pytest.fixture
def cut(tmp_path, record):
    return _cut(record, tmp_path / "cut")


def _cut(record, folder):
    folder.mkdir()
    write_cut(record, folder, software="cordside 0")
    return folder


def test_a_cut_opens_to_the_same_record(record, cut):
    opened = open_study(cut)
    assert (opened.digest, opened.digests, opened.problems) == (record.digest, record.digests, record.problems)
    assert opened.problems and opened.as_of == record.as_of and opened.origins == record.origins
    for code in record.rows:
        columns = sorted(record.frame(code).columns)
        assert opened.frame(code).select(columns).equals(record.frame(code).select(columns)), code


def test_two_cuts_and_a_cut_of_a_cut_are_equal_to_the_byte(record, cut, tmp_path):
    again, second = _cut(open_study(cut), tmp_path / "again"), _cut(record, tmp_path / "second")
    for path in sorted(cut.iterdir()):
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


def test_the_manifest_tells_what_was_cut(record, cut):
    manifest = json.loads((cut / MANIFEST).read_text(encoding="utf-8"))
    assert (manifest["study"], manifest["digest"], manifest["data_as_of"]) == ("T", record.digest, "2020-02-12")
    assert manifest["queries"] == len(record.problems) and manifest["origins"] == ["entered", "imported"]
    assert {code: entry["rows"] for code, entry in manifest["domains"].items()} == {"DM": 2, "DV": 1, "EX": 2, "MH": 0, "VS": 2}


def _change(cut, code, change):
    path = cut / f"{code}.parquet"
    frame = pl.read_parquet(path)
    change(frame).write_parquet(path)


CHANGES = {
    "a value": lambda frame: frame.with_columns(VSORRES=pl.lit("72")),
    "a number for a text": lambda frame: frame.with_columns(VSORRES=pl.lit(72)),
    "a row less": lambda frame: frame.head(1),
    "a row twice": lambda frame: pl.concat([frame, frame]),
    "a column less": lambda frame: frame.drop("VSDTC"),
    "no rows' numbers": lambda frame: frame.drop("_ROW"),
    "nothing in it": lambda frame: frame.select(pl.lit(1)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed_rows_are_refused(cut, change):
    _change(cut, "vs", CHANGES[change])
    with pytest.raises(CordsideError, match="cut again"):
        open_cut(cut)


def test_a_derived_value_that_was_changed_is_derived_again(record, cut):
    _change(cut, "vs", lambda frame: frame.with_columns(VSSTRESN=pl.lit(1.0)))
    assert open_cut(cut).frame("VS")["VSSTRESN"].to_list() == record.frame("VS")["VSSTRESN"].to_list()


@pytest.mark.parametrize("raw", [b"", b"no parquet"])
def test_a_file_that_is_no_parquet_is_refused(cut, raw):
    (cut / "vs.parquet").write_bytes(raw)
    with pytest.raises(CordsideError, match=r"vs\.parquet: cannot be read"):
        open_cut(cut)


def test_a_missing_file_is_refused(cut):
    (cut / "vs.parquet").unlink()
    with pytest.raises(CordsideError, match=r"vs\.parquet: cannot be read"):
        open_cut(cut)


def test_a_changed_protocol_is_refused(cut):
    (cut / "protocol.yaml").write_text(a_protocol(ARMS + "\nsponsor: Ward 3"), encoding="utf-8")
    with pytest.raises(CordsideError, match="changed after it was made"):
        open_cut(cut)


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest["domains"].pop("DV"),
        lambda manifest: manifest.update(digest="0" * 64),
        lambda manifest: manifest["domains"]["VS"].update(digest="0" * 64),
        lambda manifest: manifest["domains"]["VS"].update(collected=["USUBJID", "VSTESTCD"]),
        lambda manifest: manifest["domains"]["VS"].update(collected=["VSTESTCD"]),
        lambda manifest: manifest["domains"]["VS"].update(collected=["USUBJID", "VSTESTCD", "NOSUCH"]),
        lambda manifest: manifest["domains"]["VS"].update(collected=7),
        lambda manifest: manifest["domains"]["VS"].pop("digest"),
        lambda manifest: manifest["domains"].update(VS=None),
        lambda manifest: manifest["domains"].update(XX={}),
        lambda manifest: manifest.update(domains=[]),
        lambda manifest: manifest.update(format="2"),
        lambda manifest: manifest.pop("digest"),
        lambda manifest: manifest.clear(),
    ],
)
def test_a_changed_manifest_is_refused(cut, change):
    manifest = json.loads((cut / MANIFEST).read_text(encoding="utf-8"))
    change(manifest)
    (cut / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(CordsideError, match="cut again"):
        open_cut(cut)


@pytest.mark.parametrize("raw", [b"", b"[]", b"\xff", b"[" * 100_000])
def test_a_manifest_that_is_none_is_refused(cut, raw):
    (cut / MANIFEST).write_bytes(raw)
    with pytest.raises(CordsideError, match="not a manifest"):
        open_cut(cut)


def test_a_cut_without_its_protocol_is_refused(cut):
    (cut / "protocol.yaml").unlink()
    with pytest.raises(CordsideError, match=r"protocol\.yaml"):
        open_cut(cut)


HARD = ["USUBJID | VSTESTCD | VSDTC\nT-1 | PULSE | 2.11", "USUBJID | VSORRES\nT-1 | 71", "USUBJID | VSTESTCD\nT-9 | PULSE"]


@pytest.mark.parametrize("table", HARD)
def test_a_record_with_hard_problems_is_not_cut(tmp_path, table):
    record = a_record(tmp_path / "study", VS=table)
    (tmp_path / "cut").mkdir()
    with pytest.raises(ProblemsFound):
        write_cut(record, tmp_path / "cut", software="cordside 0")
    assert list((tmp_path / "cut").iterdir()) == []
