"""Working copies hold the events and nothing that names a person, a place or a file."""

from pathlib import Path

import numpy as np
import pytest

from cordside.exchange.fcs import digest_of, read_fcs
from cordside.exchange.fcsscrub import neutral_name, working_copy
from tests.support.tubes import a_tube

PERSONAL = {
    "$OP": "Operator Name",
    "$SRC": "Patient Name",
    "$SMNO": "SMNO-17",
    "$INST": "Hospital Name",
    "$EXP": "Investigator Name",
    "$PROJ": "Project Name",
    "$COM": "Comment Name",
    "$FIL": "Lastname_Firstname.fcs",
    "$DATE": "23-AUG-2002",
    "FILENAME": "C:\\Users\\Name",
    "EXPORT USER NAME": "User Name",
    "EXPERIMENT NAME": "Experiment Name",
    "SAMPLE ID": "Sample Name",
    "PATIENT ID": "FJ#192659",
    "CASE NUMBER": "Case Name",
    "&10Patient ID": "FJ#192659",
    "$P1X": "Name",
    "$P1CALIBRATION": "Name",
    "$CYTSN": "E3820",
}


def copied(folder, **how):
    path = folder / "original.fcs"
    a_tube(path, 300, version=how.pop("version", "3.1"), **PERSONAL)
    copy = folder / "copy.fcs"
    copy.write_bytes(working_copy(path, read_fcs(path), **how))
    return path, copy


@pytest.mark.parametrize("version", ["2.0", "3.0", "3.1", "3.2"])
def test_a_copy_has_the_same_events_and_no_names(version, tmp_path):
    path, copy = copied(tmp_path, version=version)
    raw = copy.read_bytes()
    for secret in [*PERSONAL.values(), "Name", "original"]:
        assert secret.encode() in path.read_bytes() or secret == "original"
        assert secret.encode() not in raw
    before, after = read_fcs(path), read_fcs(copy)
    assert after.version == version
    assert np.array_equal(before.events.table, after.events.table)
    assert (before.events.channels, before.events.spill) == (after.events.channels, after.events.spill)


def test_only_allowed_keywords_stay(tmp_path):
    _, copy = copied(tmp_path)
    left = {key for key in read_fcs(copy).text if not key.startswith("p") or not key[1].isdigit()}
    offsets = {"begindata", "enddata", "beginanalysis", "endanalysis", "beginstext", "endstext", "nextdata"}
    assert left == {"byteord", "cyt", "datatype", "mode", "par", "spillover", "tot"} | offsets


def test_the_day_stays_only_where_it_may(tmp_path):
    _, copy = copied(tmp_path, keep_date=True)
    assert read_fcs(copy).text["date"] == "23-AUG-2002"


def test_a_neutral_name_is_only_a_digest(tmp_path):
    path, _ = copied(tmp_path)
    assert neutral_name(digest_of(path)) == f"fcs-{digest_of(path)[:16]}.fcs"


def test_copying_twice_gives_the_same_bytes(tmp_path):
    path, copy = copied(tmp_path)
    assert working_copy(path, read_fcs(path)) == copy.read_bytes()
    assert working_copy(copy, read_fcs(copy)) == copy.read_bytes()


def test_a_real_header_with_a_patient_number_is_scrubbed(compliance: Path, tmp_path):
    path = compliance / "data1.fcs"
    found = read_fcs(path)
    raw = working_copy(path, found)
    assert b"192659" in path.read_bytes() and b"192659" not in raw and b"Patient" not in raw
    (tmp_path / "copy.fcs").write_bytes(raw)
    again = read_fcs(tmp_path / "copy.fcs")
    assert np.array_equal(found.events.table, again.events.table) and again.events.channels == found.events.channels
