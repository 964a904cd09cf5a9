"""Where columns stand on paper, and when a page is turned or a table cut."""

import pytest

from cordside.report.writers.layout import LANDSCAPE_MM, PORTRAIT_MM, breakable, parts_of, text_width
from tests.report.writers.documents import a_table


def test_a_small_table_fills_a_page_upright():
    (part,) = parts_of(a_table(3, 2), 8)
    assert not part.turned
    assert sum(part.widths) == pytest.approx(PORTRAIT_MM)


def test_a_table_too_wide_for_a_page_upright_stands_on_its_side():
    (part,) = parts_of(a_table(11, 2, "{row}234567.{column}"), 8)
    assert part.turned
    assert sum(part.widths) == pytest.approx(LANDSCAPE_MM)


def test_a_table_too_wide_for_any_page_is_cut_by_columns_and_keeps_its_row_labels():
    table = a_table(40, 3, "{row}234567.{column}")
    parts = parts_of(table, 8)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    assert {part.of for part in parts} == {len(parts)}
    assert len(parts) > 1
    for part in parts:
        assert part.table.columns[0] == table.columns[0]
        assert [row.printed for row in part.table.rows] == ["Row 0", "Row 1", "Row 2"]
        assert sum(part.widths) == pytest.approx(LANDSCAPE_MM)
    assert [column for part in parts for column in part.table.columns[1:]] == list(table.columns[1:])
    assert [cell.text for part in parts for cell in part.table.rows[1].cells] == [cell.text for cell in table.rows[1].cells]


def test_a_column_of_sentences_leaves_the_short_ones_their_lines():
    sentence = "a sentence that goes on for a good while and then for another good while " * 3
    table = a_table(3, 1)
    rows = (type(table.rows[0])("r", (*table.rows[0].cells[:2], type(table.rows[0].cells[0])(sentence)), "Row 0"),)
    (part,) = parts_of(type(table)("t", "", "T", table.columns, rows), 8)
    assert part.widths[1] > text_width("Heading 0", 8)
    assert part.widths[3] > 0.4 * PORTRAIT_MM


def test_rows_of_very_many_lines_turn_the_page():
    (part,) = parts_of(a_table(6, 3, "some words that need a good deal of room to stand in one or two lines and some more"), 8)
    assert part.turned


def test_a_long_word_is_given_places_to_break():
    digest = "0123456789abcdef" * 4
    broken = breakable(f"cut {digest} of")
    assert broken.replace("\u200b", "") == f"cut {digest} of"
    assert max(map(len, broken.replace("\u200b", " ").split())) < 20


@pytest.mark.parametrize("text", ["", "65", "Type 2 diabetes mellitus and coronary heart disease", "records/lb.csv:14"])
def test_ordinary_words_are_left_alone(text):
    assert breakable(text) == text
