"""A table keeps what it prints and where that came from."""

from cordside.report.tables import Cell, Column, Row, Table, marked
from cordside.results import Result


def a_table(*results: Result) -> Table:
    row = Row("Age", tuple(Cell(result.text, (result,)) for result in results))
    return Table("t", "", "T", (Column(""), *(Column(f"c{at}") for at in range(len(results)))), (row,))


def value(text: str, **columns: object) -> Result:
    return Result(analysis="t", statistic="value", text=text, **columns)  # type: ignore[arg-type]


def test_the_same_warning_bears_the_same_letter():
    table = marked(a_table(value("1", warning="late"), value("2"), value("3", warning="early"), value("4", warning="late")))
    assert [cell.marks for cell in table.rows[0].cells] == ["a", "", "b", "a"]
    assert table.marked == (("a", "late"), ("b", "early"))


def test_a_mark_leaves_the_printed_text_alone():
    assert marked(a_table(value("65", warning="late"))).rows[0].cells[0].text == "65"


def test_an_error_is_marked_like_a_warning():
    assert marked(a_table(value("-", error="too few values"))).marked == (("a", "too few values"),)


def test_what_was_not_recorded_is_one_footnote_without_letters():
    table = marked(a_table(value("-", warning="not recorded"), value("-", warning="not recorded")))
    assert (table.marked, table.footnotes) == ((), ("A dash: not recorded.",))


def test_more_than_26_warnings_go_on_with_two_letters():
    table = marked(a_table(*(value("1", warning=f"w{at}") for at in range(28))))
    assert [letter for letter, _ in table.marked][-3:] == ["z", "aa", "ab"]


def test_a_cell_names_each_source_once():
    cell = Cell("1", (value("1", source=("lb.csv:2", "lb.csv:3")), value("1", source=("lb.csv:3",))))
    assert cell.sources == ("lb.csv:2", "lb.csv:3")


def test_a_cell_that_stands_for_several_rows_is_found_under_its_own_key():
    table = Table(
        "t", "", "T", (Column(""), Column("Status"), Column("Date")), (Row("Case 1, 2.21", (Cell("Positive", row="Case 1"), Cell("2.21"))),)
    )
    assert [(row, column) for row, column, _ in table.cells()] == [("Case 1", "Status"), ("Case 1, 2.21", "Date")]
