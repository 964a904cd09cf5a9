"""Bytes of a CSV file → texts and physical lines: every trouble is named, nothing is dropped in silence."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.errors import CannotDo
from cordside.record.csvfile import LONGEST_CELL, ROW, parse_csv, read_csv

HEAD = b"USUBJID,LBORRES\n"


def read(raw):
    """Rows with their line, and problems as (row, variable, words)."""
    found = parse_csv(raw, "records/lb.csv")
    rows = None if found.frame is None else found.frame.rows()
    return rows, [(problem.row, problem.variable, problem.problem) for problem in found.problems]


SOUND = [("T-1", "6.7", 2), ("T-2", None, 3)]


@pytest.mark.parametrize(
    "raw",
    [
        b"USUBJID,LBORRES\nT-1,6.7\nT-2,\n",
        b"USUBJID,LBORRES\nT-1,6.7\nT-2,",
        b"USUBJID,LBORRES\r\nT-1,6.7\r\nT-2,\r\n",
        b"USUBJID,LBORRES\rT-1,6.7\rT-2,\r",
        b"USUBJID,LBORRES\nT-1,6.7\r\nT-2,\r",
        b'"USUBJID","LBORRES"\n"T-1","6.7"\n"T-2",""\n',
        b" USUBJID , LBORRES \nT-1,6.7\nT-2,\n",
    ],
)
def test_line_ends_and_quotes_change_nothing(raw):
    assert read(raw) == (SOUND, [])


def test_a_byte_order_mark_is_no_part_of_the_first_heading(tmp_path):
    path = tmp_path / "lb.csv"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD + b"T-1,6.7\n")
    assert read_csv(path, "records/lb.csv").frame.columns == ["USUBJID", "LBORRES", ROW]


def test_a_file_that_cannot_be_read_is_said_to_be_so(tmp_path):
    with pytest.raises(CannotDo, match=r"records/lb\.csv: no such file"):
        read_csv(tmp_path / "lb.csv", "records/lb.csv")


@pytest.mark.parametrize("raw", [b"", b"\n", b" \r\n \r\n"])
def test_an_empty_file_is_named(raw):
    assert read(raw) == (None, [(None, "", "the file is empty")])


@pytest.mark.parametrize("raw", [b"USUBJID,LBORRES", HEAD, HEAD + b"\n\n"])
def test_a_header_alone_is_a_file_without_rows(raw):
    assert read(raw) == ([], [])


@pytest.mark.parametrize(("separator", "words"), [(b";", "semicolons"), (b"\t", "tabs"), (b"|", "bars")])
def test_another_separator_is_named(separator, words):
    raw = (HEAD + b"T-1,6.7\n").replace(b",", separator)
    assert read(raw) == (None, [(1, "", f"columns are separated by {words}")])


@pytest.mark.parametrize(
    ("raw", "line", "words"),
    [
        (HEAD + "T-1,caf\u00e9\n".encode("latin-1"), 2, "byte 0xE9 is not UTF-8 (in Latin-1 it is \u00e9)"),
        (HEAD + b"T-1,\x85\n", 2, "byte 0x85 is not UTF-8"),
        ((HEAD + "T-1,1\nT-2,\u00b5".encode("latin-1")).replace(b"\n", b"\r"), 3, "byte 0xB5 is not UTF-8 (in Latin-1 it is \u00b5)"),
        (HEAD + b"T-1,\x00\n", 2, "a null byte"),
        ("USUBJID,LBORRES\nT-1,6.7\n".encode("utf-16"), 1, "a null byte: the file looks like UTF-16"),
        ("USUBJID,LBORRES\nT-1,6.7\n".encode("utf-16-le"), 1, "a null byte: the file looks like UTF-16"),
    ],
)
def test_bytes_that_are_not_utf8_are_named_with_their_line(raw, line, words):
    assert read(raw) == (None, [(line, "", words)])


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"USUBJID,LBORRES,LBORRES\n", [(1, "LBORRES", "the column stands twice")]),
        (b"USUBJID,,LBORRES\n", [(1, "", "column 2 has no name")]),
        (b"USUBJID,LBORRES,\n", [(1, "", "column 3 has no name")]),
        (b"\nUSUBJID,LBORRES\n", [(1, "", "no header")]),
        (b",,\nT-1,6.7,\n", [(1, "", "no header")]),
        (b'"USUBJID,LBORRES\nT-1,6.7\n', [(1, "", "a quotation mark that is not closed: everything after it was taken for one cell")]),
    ],
)
def test_a_header_that_cannot_be_used_is_named(raw, expected):
    assert read(raw) == (None, expected)


def test_a_heading_over_two_lines_moves_the_rows_down():
    assert read(b'USUBJID,"LBORRES\n"\nT-1,6.7\n') == ([("T-1", "6.7", 3)], [])


def test_a_row_is_the_line_where_the_record_starts():
    raw = HEAD + b'T-1,"over\ntwo lines"\nT-2,7\n\nT-3,"a ""quoted"" word, and a comma"\n'
    assert read(raw) == ([("T-1", "over\ntwo lines", 2), ("T-2", "7", 4), ("T-3", 'a "quoted" word, and a comma', 6)], [])


@pytest.mark.parametrize("quoted", [b"", b'T-9,"q"\n'])
def test_ragged_rows_are_refused_and_the_others_kept(quoted):
    rows, problems = read(HEAD + b"T-1\nT-2,7\nT-3,7,8\nT-4,7,\n" + quoted)
    assert rows[0] == ("T-2", "7", 3)
    assert problems == [(2, "", "1 cell under 2 headings"), (4, "", "3 cells under 2 headings"), (5, "", "3 cells under 2 headings")]


@pytest.mark.parametrize("quoted", [b"", b'T-9,"q"\n'])
def test_rows_and_lines_without_any_value_are_no_rows(quoted):
    rows, problems = read(HEAD + b"T-1,7\n,\n\n   \nT-2,8\n,\n" + quoted)
    assert (rows[:2], problems) == ([("T-1", "7", 2), ("T-2", "8", 6)], [])


def test_a_short_row_beside_a_row_of_commas_is_still_found():
    assert read(b"A,B,C\n1,2\n,,\n")[1] == [(2, "", "2 cells under 3 headings")]


@pytest.mark.parametrize("quoted", [b"", b'T-9,"q"\n'])
def test_a_cell_that_is_too_long_refuses_its_row_alone(quoted):
    long = b"x" * (LONGEST_CELL + 1)
    rows, problems = read(HEAD + b"T-1," + long + b"\nT-2,7\n" + quoted)
    assert rows[0] == ("T-2", "7", 3)
    assert problems == [(2, "LBORRES", "a cell of 20,001 characters")]


def test_a_cell_is_measured_in_characters():
    assert read(HEAD + b"T-1," + "\u6d4b".encode() * LONGEST_CELL)[1] == []


def test_a_cell_of_40_megabytes_is_one_problem():
    rows, problems = read(HEAD + b'T-1,"' + b"x" * 40_000_000 + b'"\nT-2,7\n')
    assert (rows, problems) == ([("T-2", "7", 3)], [(2, "LBORRES", "a cell of 40,000,000 characters")])


def test_a_quote_that_is_not_closed_names_the_line_where_it_opens():
    rows, problems = read(HEAD + b'T-1,6\nT-2,"7\nT-3,8\n')
    assert rows == [("T-1", "6", 2)]
    assert problems == [(3, "", "a quotation mark that is not closed: everything after it was taken for one cell")]


def test_text_after_a_closing_quote_refuses_its_row_alone():
    rows, problems = read(HEAD + b'T-1,"6"7\nT-2,8\n')
    assert (rows, problems) == ([("T-2", "8", 3)], [(2, "", "text after a closing quotation mark")])


def test_a_quote_inside_a_word_is_a_character():
    assert read(HEAD + b'T-1,5" tube\n') == ([("T-1", '5" tube', 2)], [])


def test_every_problem_says_what_is_allowed_and_what_to_do():
    raws = [b"", b"A;B\n", b"A,A\n", b"A,,B\n", HEAD + b"T-1\n", HEAD + b'T-1,"', HEAD + b"\xff", HEAD + b"\0", b"\n,\n"]
    for raw in raws:
        for problem in parse_csv(raw, "records/lb.csv").problems:
            assert problem.allowed and problem.remedy and problem.hard and str(problem).startswith("records/lb.csv")


CELLS = st.text(st.sampled_from('ab1,"\n\r ;\t.\u00e9\u6d4b\u2028'), max_size=4)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_rows_kept_and_rows_refused_are_the_rows_of_the_file(table, end):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([["A", "B", "C"], *table])
    found = parse_csv(out.getvalue().encode(), "f")
    filled = [row for row in table if any(row) and not (len(row) == 1 and not row[0].strip())]
    assert found.frame.height + len({problem.row for problem in found.problems}) == len(filled)
    assert found.frame.drop(ROW).rows() == [tuple(cell or None for cell in row) for row in filled if len(row) == 3]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.text(st.sampled_from("ab1 .\u6d4b\t"), max_size=3), min_size=2, max_size=4), max_size=6), st.booleans())
def test_the_quick_road_and_the_careful_road_say_the_same(table, crlf):
    """A quoted cell at the end sends the whole file on the careful road."""
    end = "\r\n" if crlf else "\n"
    plain = end.join(",".join(row) for row in [["A", "B", "C"], *table]) + end
    quick, careful = parse_csv(plain.encode(), "f"), parse_csv((plain + '"x",y,z' + end).encode(), "f")
    assert careful.frame.rows()[:-1] == quick.frame.rows()
    assert careful.problems == quick.problems


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=80))
def test_no_bytes_bring_it_down(raw):
    found = parse_csv(raw, "f")
    assert (found.frame is None) <= bool(found.problems)
    assert all(1 <= (problem.row or 1) <= max(1, len(raw.splitlines())) + 1 for problem in found.problems)
