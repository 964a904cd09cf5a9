"""FCS files of every version and layout are read as what they hold; what they do not hold is said, and nothing is allocated for it."""

import flowio
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cordside.errors import CannotDo
from cordside.exchange.fcs import digest_of, read_fcs
from cordside.exchange.fcswrite import fcs_bytes
from tests.support.tubes import CHANNELS, a_tube, events


def words(total, kinds, order="1,2,3,4", **more):
    """Keywords of a small file; kinds: letter and bits of each parameter."""
    found = {"$PAR": str(len(kinds)), "$TOT": str(total), "$DATATYPE": kinds[0][0], "$BYTEORD": order, "$MODE": "L"}
    for number, (_, bits) in enumerate(kinds, 1):
        found |= {f"$P{number}N": f"C{number}", f"$P{number}B": str(bits), f"$P{number}R": str(2 ** min(bits, 32)), f"$P{number}E": "0,0"}
    return found | more


def a_file(folder, keys, data, version="3.1"):
    path = folder / "tube.fcs"
    path.write_bytes(fcs_bytes(keys, data, version))
    return path


def values(path, **how):
    """All scale values of a file."""
    found = read_fcs(path, **how).events
    table = np.empty((len(found.channels), len(found)))
    for index, row in enumerate(table):
        found.read(index, 0, row)
    return table.T


def refusal(path, **how):
    with pytest.raises(CannotDo) as refused:
        read_fcs(path, **how)
    return str(refused.value)


@pytest.mark.parametrize("version", ["2.0", "3.0", "3.1", "3.2"])
def test_every_version_gives_the_events_that_were_written(version, tmp_path):
    a_tube(tmp_path / "tube.fcs", 500, version=version)
    table, _ = events(500, 1)
    assert np.array_equal(values(tmp_path / "tube.fcs"), table.astype(float))
    assert [one.name for one in read_fcs(tmp_path / "tube.fcs").events.channels] == list(CHANNELS)


@pytest.mark.parametrize(("letter", "bits", "dtype"), [("F", 32, "f4"), ("D", 64, "f8"), ("I", 8, "u1"), ("I", 16, "u2"), ("I", 32, "u4")])
@pytest.mark.parametrize(("order", "sign"), [("1,2,3,4", "<"), ("4,3,2,1", ">")])
def test_plain_tables_are_read_in_both_byte_orders(letter, bits, dtype, order, sign, tmp_path):
    table = np.arange(30).reshape(10, 3) + 3
    path = a_file(tmp_path, words(10, [(letter, bits)] * 3, order), table.astype(sign + dtype).tobytes())
    assert np.array_equal(values(path), table)
    assert np.array_equal(flowio.FlowData(path).as_array(), table)


def test_a_plain_table_is_a_view_of_the_file(tmp_path):
    a_tube(tmp_path / "tube.fcs", 100)
    table = read_fcs(tmp_path / "tube.fcs").events.table
    assert not table.flags.owndata and not table.flags.writeable


def test_integers_of_mixed_and_odd_widths_are_read(tmp_path):
    rows = [(1, 300, 70_000), (2, 65_535, 16_777_215)]
    data = b"".join(a.to_bytes(1, "big") + b.to_bytes(2, "big") + c.to_bytes(3, "big") for a, b, c in rows)
    path = a_file(tmp_path, words(2, [("I", 8), ("I", 16), ("I", 24)], "4,3,2,1"), data)
    assert np.array_equal(values(path), rows)
    little = b"".join(a.to_bytes(1, "little") + b.to_bytes(2, "little") + c.to_bytes(3, "little") for a, b, c in rows)
    assert np.array_equal(values(a_file(tmp_path, words(2, [("I", 8), ("I", 16), ("I", 24)]), little)), rows)


def test_bits_beyond_the_range_do_not_count(tmp_path):
    table = np.array([[0xFC05, 1023], [0x0400, 5]], dtype="<u2")
    path = a_file(tmp_path, words(2, [("I", 16)] * 2, **{"$P1R": "1024", "$P2R": "1000"}), table.tobytes())
    assert values(path).tolist() == [[5, 1023], [0, 5]]
    assert np.array_equal(values(path), flowio.FlowData(path).as_array())


def test_gain_decades_and_time_step_are_applied(tmp_path):
    keys = words(2, [("I", 16)] * 3, **{"$P1E": "4,0", "$P1R": "1024", "$P2G": "8", "$P3N": "Time", "$P3G": "99", "$TIMESTEP": "0.01"})
    path = a_file(tmp_path, keys, np.array([[512, 80, 100], [0, 8, 200]], dtype="<u2").tobytes())
    assert values(path) == pytest.approx(np.array([[100.0, 10.0, 1.0], [1.0, 1.0, 2.0]]))
    assert np.array_equal(values(path), flowio.FlowData(path).as_array())


def test_types_of_fcs_3_2_may_differ_by_parameter(tmp_path):
    layout = np.dtype([("a", ">f4"), ("b", ">u2"), ("c", ">f8")])
    table = np.array([(1.5, 7, 2.25), (-3.0, 65_535, 1e300)], dtype=layout)
    keys = words(2, [("F", 32), ("I", 16), ("D", 64)], "4,3,2,1", **{"$P2DATATYPE": "I", "$P3DATATYPE": "D"})
    path = a_file(tmp_path, keys, table.tobytes(), "3.2")
    assert values(path).tolist() == [[1.5, 7, 2.25], [-3, 65_535, 1e300]]


def test_a_delimiter_in_a_value_is_doubled_in_fcs_3_2(tmp_path):
    path = a_file(tmp_path, words(1, [("F", 32)], **{"$P1S": "a\fb"}), np.ones(1, "<f4").tobytes(), "3.2")
    assert read_fcs(path).events.channels[0].label == "a\fb"


@pytest.mark.parametrize("version", ["2.0", "3.0", "3.1", "3.2"])
@pytest.mark.parametrize("mark", ["/", "|", "^", ".", "(", "\\", "*", "!"])
@pytest.mark.parametrize("label", ["a{}b", "a{}", "a{}{}b", "$5"])
def test_whatever_mark_parts_the_keywords_a_doubled_one_stands_for_itself(version, mark, label, tmp_path):
    label = label.replace("{}", mark)
    path = a_file(tmp_path, words(1, [("F", 32)], **{"$P1S": label.replace(mark, "\f"), "$P1G": "2"}), np.ones(1, "<f4").tobytes(), version)
    raw = path.read_bytes()
    begin = int(raw[26:34])
    path.write_bytes(raw[:begin].replace(b"\f", mark.encode()) + raw[begin:])
    assert read_fcs(path).events.channels[0].label == label and values(path).tolist() == [[0.5]]


def test_an_empty_value_hides_no_keyword_behind_it(tmp_path):
    keys = words(1, [("F", 32)], **{"$P1S": "XX", "$P1G": "2"})
    path = a_file(tmp_path, keys, np.ones(1, "<f4").tobytes())
    raw = path.read_bytes()
    assert b"$P1S\fXX\f" in raw
    path.write_bytes(raw.replace(b"$P1S\fXX\f", b"$P1S\f\f") + b"  ")
    shifted = bytearray(path.read_bytes())
    begin = int(shifted[26:34])
    shifted[begin - 2 : begin - 2] = b"  "
    path.write_bytes(bytes(shifted[:-2]))
    assert read_fcs(path).events.channels[0].label == "" and values(path).tolist() == [[0.5]]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_labels_in_either_encoding_are_read(encoding, tmp_path):
    path = a_file(tmp_path, words(1, [("F", 32)], **{"$P1S": "XX"}), np.ones(1, "<f4").tobytes())
    path.write_bytes(path.read_bytes().replace(b"XX", "é".encode(encoding).ljust(2)))
    assert read_fcs(path).events.channels[0].label == "é"


@pytest.mark.parametrize("keyword", ["$SPILLOVER", "SPILL", "$COMP"])
def test_the_spillover_is_found_under_each_of_its_names(keyword, tmp_path):
    path = a_file(tmp_path, words(1, [("F", 32)] * 3, **{keyword: "2,C1,C3,1,0.1,0.2,1"}), np.ones(3, "<f4").tobytes())
    spill = read_fcs(path).events.spill
    assert spill is not None and (spill.detectors, spill.matrix) == (("C1", "C3"), ((1.0, 0.1), (0.2, 1.0)))


@pytest.mark.parametrize("value", ["2,C1,C9,1,0,0,1", "2,C1,C3,1,0,0", "x,C1", "2,C1,C3,1,0,0,one", "2,C1,C1,1,0,0,1"])
def test_a_broken_spillover_is_told_only_to_whom_asks_for_it(value, tmp_path):
    path = a_file(tmp_path, words(1, [("F", 32)] * 3, **{"$SPILLOVER": value}), np.ones(3, "<f4").tobytes())
    found = read_fcs(path).events
    assert found.spill is None and "tube.fcs: $SPILLOVER" in found.spill_fault


def test_channels_of_one_name_are_told_apart_by_number(tmp_path):
    path = a_file(tmp_path, words(1, [("F", 32)] * 3, **{"$P3N": "C1"}), np.array([1, 2, 3], "<f4").tobytes())
    found = read_fcs(path).events
    assert found.index("#3") == 2
    with pytest.raises(CannotDo, match="2 channels have this name; name one by its number: #1 or #3"):
        found.index("C1")


def two_sets(folder):
    first = fcs_bytes(words(1, [("F", 32)], **{"$NEXTDATA": "NNNN"}), np.array([1], "<f4").tobytes())
    first = first.replace(b"NNNN", f"{len(first):04}".encode())
    path = folder / "tube.fcs"
    path.write_bytes(first + fcs_bytes(words(2, [("F", 32)]), np.array([5, 6], "<f4").tobytes()))
    return path


def test_one_of_several_data_sets_is_asked_for(tmp_path):
    path = two_sets(tmp_path)
    assert values(path, data_set=1).tolist() == [[1]]
    assert values(path, data_set=2).tolist() == [[5], [6]]
    assert "holds 2 data sets" in refusal(path)
    assert "has no data set 3" in refusal(path, data_set=3)


def test_a_data_set_that_is_named_is_read_whatever_follows_it(tmp_path):
    path = two_sets(tmp_path)
    raw = path.read_bytes()
    second = raw.index(b"FCS", 10)
    path.write_bytes(raw[:second] + b"XYZ" + raw[second + 3 :])
    assert values(path, data_set=1).tolist() == [[1]]
    assert "where no data set begins" in refusal(path)


def shifted(folder, by=4):
    """A file whose HEADER puts the events elsewhere than TEXT."""
    path = folder / "tube.fcs"
    a_tube(path, 50)
    raw = bytearray(path.read_bytes())
    first, last = int(raw[26:34]), int(raw[34:42])
    raw[26:42] = f"{first - by:>8}{last - by:>8}".encode()
    path.write_bytes(raw)
    return path


def test_offsets_that_disagree_are_refused_unless_one_is_believed(tmp_path):
    path = shifted(tmp_path)
    assert "the two must agree" in refusal(path)
    table, _ = events(50, 1)
    assert np.array_equal(values(path, believe="text"), table.astype(float))
    assert not np.array_equal(values(path, believe="header"), table.astype(float))


def test_a_header_without_room_leaves_the_offsets_to_text(tmp_path):
    path = shifted(tmp_path)
    raw = bytearray(path.read_bytes())
    raw[26:42] = f"{0:>8}{0:>8}".encode()
    path.write_bytes(raw)
    table, _ = events(50, 1)
    assert np.array_equal(values(path), table.astype(float))


def test_the_byte_after_the_last_may_be_named_as_the_end(tmp_path):
    path = tmp_path / "tube.fcs"
    a_tube(path, 50)
    raw = path.read_bytes()
    end = int(raw[34:42])
    in_header = raw.replace(f"{end:>8}".encode(), f"{end + 1:>8}".encode(), 1)
    path.write_bytes(in_header.replace(f"{end:012}".encode(), f"{end + 1:012}".encode()))
    table, _ = events(50, 1)
    assert np.array_equal(values(path), table.astype(float))


def damaged(raw, what):
    """A sound file, damaged in one way."""
    begin, end = int(raw[26:34]), int(raw[34:42])
    ways = {
        "empty": b"",
        "text": b"FSC-A,SSC-A\n1,2\n",
        "zip": b"PK\x03\x04" + bytes(100),
        "header only": raw[:40],
        "version": b"FCS9.9" + raw[6:],
        "truncated": raw[:-100],
        "truncated in text": raw[:400],
        "letters for offsets": raw[:26] + b"   start     end" + raw[42:],
        "text beyond the end": raw[:18] + f"{99_999_999:>8}".encode() + raw[26:],
        "two gigabytes": raw.replace(f"{end:>8}".encode(), f"{99_999_990:>8}".encode(), 1).replace(f"{end:012}".encode(), b"002147483648"),
        "no events": raw.replace(b"$TOT\f50\f", b"$TOT\f00\f"),
        "more events": raw.replace(b"$TOT\f50\f", b"$TOT\f51\f"),
        "a billion events": raw.replace(b"$TOT\f50\f", b"$TOT\f9999999999\f").replace(b"$CYT\fSynthetic\f", b"$CYT\fS\f"),
        "a billion channels": raw.replace(b"$PAR\f12\f", b"$PAR\f1000000000\f").replace(b"$CYT\fSynthetic\f", b"$CYT\fS\f"),
        "no number of channels": raw.replace(b"$PAR\f12\f", b"$PAX\f12\f"),
        "histograms": raw.replace(b"$MODE\fL\f", b"$MODE\fU\f"),
        "letters": raw.replace(b"$DATATYPE\fF\f", b"$DATATYPE\fA\f"),
        "odd bits": raw.replace(b"$P1B\f32\f", b"$P1B\f10\f"),
        "mixed order": raw.replace(b"$BYTEORD\f1,2,3,4\f", b"$BYTEORD\f3,4,1,2\f"),
        "begins after its end": raw.replace(f"{begin:012}".encode(), f"{end + 9:012}".encode()),
        "next far away": raw.replace(b"$NEXTDATA\f0\f", b"$NEXTDATA\f9\f"),
    }
    return ways[what]


DAMAGES = {
    "empty": "is empty",
    "text": "is no FCS file",
    "zip": "is no FCS file",
    "header only": "truncated",
    "version": "FCS version '9.9' is not known",
    "truncated": "truncated",
    "truncated in text": "truncated",
    "letters for offsets": "two whole numbers are allowed",
    "text beyond the end": "TEXT ends at byte 99,999,999",
    "two gigabytes": "truncated",
    "no events": "holds no events",
    "more events": "the two must agree",
    "a billion events": "must agree",
    "a billion channels": "must agree|are allowed|damaged",
    "no number of channels": "par is missing",
    "histograms": "only list mode",
    "letters": "I .integers., F and D .floats. can be read",
    "odd bits": "32 bits are allowed for type F",
    "mixed order": "BYTEORD is 3,4,1,2",
    "begins after its end": "must agree",
    "next far away": "where no data set begins",
}


@pytest.mark.parametrize(("what", "said"), DAMAGES.items())
def test_a_damaged_file_is_refused_in_words(what, said, tmp_path):
    path = tmp_path / "tube.fcs"
    a_tube(path, 50)
    raw = damaged(path.read_bytes(), what)
    assert raw != path.read_bytes()
    path.write_bytes(raw)
    with pytest.raises(CannotDo, match=said) as refused:
        read_fcs(path)
    assert str(refused.value).startswith("tube.fcs: ")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "no such file" in refusal(tmp_path / "none.fcs")


def test_the_digest_is_that_of_the_bytes(tmp_path):
    (tmp_path / "x").write_bytes(b"abc")
    assert digest_of(tmp_path / "x") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.integers(0, 1900), st.integers(0, 255)), min_size=1, max_size=6))
def test_whatever_is_changed_in_a_file_ends_in_events_or_in_words(changes, tmp_path):
    path = tmp_path / "tube.fcs"
    a_tube(path, 20)
    raw = bytearray(path.read_bytes())
    for at, byte in changes:
        raw[at] = byte
    path.write_bytes(raw)
    try:
        found = read_fcs(path)
    except CannotDo as refused:
        assert str(refused).startswith("tube.fcs: ")
    else:
        assert len(found.events) > 0
