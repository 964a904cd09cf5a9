"""Drawn cells against printed ones, by the rule for comparing printed cells."""

import pytest

from cordside.errors import CannotDo
from cordside.report.expected import Comparison, compare, same_cell
from cordside.report.tables import Cell, Column, Row, Table

TABLE = Table(
    "table1",
    "Table 1",
    "Values",
    (Column(""), Column("Case 1"), Column("Date")),
    (Row("Age (years)", (Cell("65"), Cell("2.21", kind="date"))), Row("P", (Cell("0.05"), Cell("")))),
)


@pytest.mark.parametrize(
    ("expected", "printed"),
    [
        ("Type 2 diabetes\nmellitus", "Type 2 diabetes mellitus"),
        ("31 (100%)", "31(100%)"),
        ("4 [−6, 4]", "4 [-6, 4]"),
        ("10–20", "10-20"),
        ("P = .03", "P = 0.03"),
        ("<.001", "<0.001"),
        ("６５", "65"),
        ("10 mm³", "10 mm3"),
    ],
)
def test_what_only_the_printer_changed_is_the_same(expected, printed):
    assert same_cell(expected, printed)


@pytest.mark.parametrize(
    ("expected", "printed"),
    [
        ("65", "56"),
        ("0.03", "0.3"),
        ("10.05", "100.05"),
        ("Negative", "negative"),
        ("", "0"),
        ("3.01", "3.1"),
        ("-5", "5"),
        ("31 (100%)", "31 (100.0%)"),
    ],
)
def test_what_says_something_else_is_different(expected, printed):
    assert not same_cell(expected, printed)


@pytest.mark.parametrize(
    ("expected", "printed"), [("3.01", "2020-03-01"), ("2.6", "02-06"), ("Positive 2.11", "Positive 2020-02-11"), ("3.01", "3.1")]
)
def test_dates_are_compared_as_month_and_day_where_a_cell_holds_one(expected, printed):
    assert same_cell(expected, printed, "date")


@pytest.mark.parametrize(("expected", "printed"), [("3.01", "1.3"), ("2.1", "2.10"), ("Positive 2.11", "2.11")])
def test_another_date_is_different(expected, printed):
    assert not same_cell(expected, printed, "date")


def compared(tmp_path, text: str, name: str = "table1.csv") -> Comparison:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return compare([TABLE], tmp_path)


def test_every_expected_cell_is_counted(tmp_path):
    found = compared(tmp_path, "row,column,text\nAge (years),Case 1,65\nAge (years),Date,02-21\nP,Case 1,.05\n")
    assert (found.matched, found.total, found.differences, found.is_complete) == (3, 3, (), True)


def test_blanks_and_case_of_headings_do_not_count(tmp_path):
    assert compared(tmp_path, "row,column,text\nage(years),case 1,65\n").is_complete


def test_a_difference_says_where_what_and_what_instead(tmp_path):
    found = compared(tmp_path, "row,column,text\nAge (years),Case 1,66\n")
    assert [str(difference) for difference in found.differences] == [
        "expected/table1.csv:2: table1: Age (years) / Case 1: expected '66'; drawn is '65'."
    ]


@pytest.mark.parametrize("line", ["Weight,Case 1,80", "Age (years),Case 2,65"])
def test_an_expected_cell_that_is_not_drawn_is_a_difference(tmp_path, line):
    found = compared(tmp_path, f"row,column,text\n{line}\n")
    assert (found.matched, found.total) == (0, 1)
    assert "no such cell is drawn" in str(found.differences[0])


def test_an_expected_table_that_is_not_drawn_is_a_difference_for_each_cell(tmp_path):
    found = compared(tmp_path, "row,column,text\na,b,1\na,c,2\n", "table9.csv")
    assert (found.matched, found.total, found.is_complete) == (0, 2, False)


def test_nothing_expected_is_nothing_reproduced(tmp_path):
    found = compare([TABLE], tmp_path / "absent")
    assert (found.total, found.is_complete) == (0, False)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "header"), ("row;column;text\n", "header"), ("row,column,text\na,b\n", "2 fields"), ("row,column,text\na,b,c,d\n", "4 fields")],
)
def test_a_file_that_is_no_such_table_is_refused(tmp_path, text, words):
    with pytest.raises(CannotDo, match=words):
        compared(tmp_path, text)


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    (tmp_path / "table1.csv").write_bytes(b"row,column,text\na,b,\xe9\n")
    with pytest.raises(CannotDo, match="UTF-8"):
        compare([TABLE], tmp_path)


def test_a_file_with_a_byte_order_mark_and_windows_lines_is_read(tmp_path):
    (tmp_path / "table1.csv").write_bytes(b"\xef\xbb\xbfrow,column,text\r\nAge (years),Case 1,65\r\n")
    assert compare([TABLE], tmp_path).is_complete


PRINTED = Table(
    "table1",
    "Table 1",
    "Printed",
    (Column(""), Column("Total", "Total (n = 31)")),
    (
        Row("Fever", (Cell("24"),), "Fever, n (%)"),
        Row("Age: Missing", (Cell("1"),), "Missing"),
        Row("BMI: Missing", (Cell("2"),), "Missing"),
    ),
)


@pytest.mark.parametrize("line", ["Fever,Total,24", '"Fever, n (%)",Total (n = 31),24', "Fever,Total (n=31),24", "BMI: Missing,Total,2"])
def test_rows_and_columns_are_found_by_their_key_and_by_the_words_printed(tmp_path, line):
    (tmp_path / "table1.csv").write_text(f"row,column,text\n{line}\n", encoding="utf-8")
    assert compare([PRINTED], tmp_path).is_complete


def test_printed_words_that_stand_twice_name_no_cell(tmp_path):
    (tmp_path / "table1.csv").write_text("row,column,text\nMissing,Total,1\n", encoding="utf-8")
    assert "no such cell is drawn" in str(compare([PRINTED], tmp_path).differences[0])


def test_numbers_of_the_text_are_counted_apart_and_named_by_their_place(tmp_path):
    folder = tmp_path / "expected"
    (folder / "text").mkdir(parents=True)
    (folder / "table1.csv").write_text("row,column,text\nFever,Total,24\n", encoding="utf-8")
    (folder / "text" / "table1.csv").write_text("row,column,text\nFever,Total,25\n", encoding="utf-8")
    assert compare([PRINTED], folder).total == 1
    assert str(compare([PRINTED], folder / "text").differences[0]).startswith("expected/text/table1.csv:2: table1: Fever / Total")
