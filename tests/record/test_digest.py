"""Digests say what the rows say, and nothing of how they were written."""

import json
from hashlib import sha256

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.record.digest import cut_digest, domain_digest, row_digests
from tests.support.records import a_file, a_record

LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
TEXT = st.one_of(st.none(), st.just(""), LETTERS, st.sampled_from(['"', "\\", "\n", "\x1f", "\x7f"]))


def canonical(row):
    known = {name: value for name, value in row.items() if value}
    return sha256(json.dumps(known, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).digest()


def frame(*rows):
    return pl.DataFrame(rows, schema={"LBORRES": pl.String, "USUBJID": pl.String, "COMMENT": pl.String})


@pytest.mark.parametrize(
    "row",
    [
        {"USUBJID": "T-1", "LBORRES": "6.7", "COMMENT": "x"},
        {"USUBJID": "T-1", "LBORRES": "6.7", "COMMENT": None},
        {"USUBJID": "T-1", "LBORRES": "", "COMMENT": "5\u00b5g \u6d4b"},
        {"USUBJID": "T-1", "LBORRES": None, "COMMENT": 'a "quoted" \\ word\nand\tmore\x1f'},
        {"USUBJID": None, "LBORRES": None, "COMMENT": None},
    ],
)
def test_a_rows_digest_is_that_of_its_canonical_json(row):
    assert row_digests(frame(row)) == canonical(row)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.fixed_dictionaries({"LBORRES": TEXT, "USUBJID": TEXT, "COMMENT": TEXT}), max_size=6))
def test_both_roads_give_the_digests_of_the_standard_library(rows):
    assert row_digests(frame(*rows)) == b"".join(map(canonical, rows))
    assert domain_digest(frame(*rows)) == sha256(b"".join(sorted(map(canonical, rows)))).hexdigest()


def test_a_cuts_digest_is_that_of_its_domains_and_the_protocols_text():
    whole = json.dumps({"domains": {"DM": "a", "LB": "b"}, "protocol": sha256("t\u00e9xt".encode()).hexdigest()}, separators=(",", ":"))
    assert cut_digest({"LB": "b", "DM": "a"}, "t\u00e9xt") == sha256(whole.encode()).hexdigest()


MH = b"USUBJID,MHTERM,COMMENT\nT-1,Asthma,\nT-1,\xc3\x84rger,x\n"


@pytest.mark.parametrize(
    "same",
    [
        b"\xef\xbb\xbf" + MH,
        MH.replace(b"\n", b"\r\n"),
        MH.replace(b"\n", b"\r"),
        b"USUBJID,MHTERM,COMMENT\nT-1,\xc3\x84rger,x\nT-1,Asthma,\n",
        b'COMMENT,MHTERM,USUBJID\n,"Asthma",T-1\n\n"x",\xc3\x84rger,T-1',
        b"USUBJID,MHTERM,COMMENT,MHDECOD\nT-1,Asthma,,\nT-1,\xc3\x84rger,x,\n,,,\n",
        b"USUBJID,MHTERM,COMMENT,MHSEQ,EPOCH\nT-1,Asthma,,,\nT-1,\xc3\x84rger,x,,\n",
    ],
)
def test_order_encoding_and_empty_columns_are_no_part_of_a_digest(tmp_path, same):
    assert a_file(tmp_path / "a", "mh.csv", same).digest == a_file(tmp_path / "b", "mh.csv", MH).digest


@pytest.mark.parametrize(
    "other",
    [
        MH.replace(b"Asthma", b"asthma"),
        MH.replace(b"Asthma", b"Asthma "),
        MH + b"T-1,Asthma,\n",
        MH.replace(b"COMMENT", b"MHDECOD"),
        MH.replace(b"USUBJID,MHTERM,COMMENT\nT-1,Asthma,", b"USUBJID,MHTERM,MHSTDY\nT-1,Asthma,"),
    ],
)
def test_every_collected_value_is_part_of_a_digest(tmp_path, other):
    assert a_file(tmp_path / "a", "mh.csv", other).digest != a_file(tmp_path / "b", "mh.csv", MH).digest


def test_the_protocol_is_part_of_a_digest_and_what_was_derived_is_not(tmp_path):
    plain = a_record(tmp_path / "plain", DM="USUBJID\nT-1")
    other = a_record(tmp_path / "other", "sponsor: Ward 3", DM="USUBJID\nT-1")
    assert plain.digests == other.digests and plain.digest != other.digest


def test_deviations_that_were_found_are_no_part_of_a_digest(tmp_path):
    arms = "arms:\n  SOC: {label: Control, treated: false}"
    tables = {"DM": "USUBJID | ARMCD\nT-1 | SOC", "EX": "USUBJID | EXTRT | EXSTDTC\nT-1 | MSC | 2020-02-11"}
    found = a_record(tmp_path / "found", arms, **tables)
    assert found.frame("DV").height == 1 and set(found.digests) == {"DM", "EX"}
    recorded = a_record(tmp_path / "both", arms, **tables, DV="USUBJID | DVTERM | DVSTDTC\nT-1 | Late | 2020-02-12")
    alone = a_record(tmp_path / "alone", DV="USUBJID | DVTERM | DVSTDTC\nT-1 | Late | 2020-02-12")
    assert recorded.frame("DV").height == 2 and recorded.digests["DV"] == alone.digests["DV"]
