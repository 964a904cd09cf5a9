"""Distinct texts and combinations: asked once, answered for every row."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.record.distinct import Coded, as_texts

CELL = st.one_of(st.none(), st.sampled_from(["a", "b", "", "ab", "\u6d4b"]))
ROWS = st.lists(st.tuples(CELL, CELL, CELL), max_size=12)


def coded(rows):
    return Coded(pl.DataFrame(rows, schema={"A": pl.String, "B": pl.String, "C": pl.String}, orient="row"))


@settings(max_examples=100, deadline=None)
@given(ROWS)
def test_a_text_is_asked_once_and_answered_for_every_row(rows):
    asked = []
    answers = coded(rows).answers("A", lambda text: asked.append(text) or f"{text}!", pl.String)
    assert answers.to_list() == [None if row[0] is None else f"{row[0]}!" for row in rows]
    assert asked == list(dict.fromkeys(row[0] for row in rows if row[0] is not None))


@settings(max_examples=100, deadline=None)
@given(ROWS)
def test_rows_have_the_same_key_when_they_have_the_same_texts(rows):
    keys = coded(rows).key(["A", "B", "C"]).to_list()
    assert len(set(keys)) == len(set(rows))
    assert len(set(zip(keys, rows, strict=True))) == len(set(rows))


@settings(max_examples=100, deadline=None)
@given(ROWS)
def test_a_combination_is_asked_once_and_its_answer_spread(rows):
    combinations = coded(rows).combinations(["B", "A"])
    table = combinations.table.rows()
    assert table == list(dict.fromkeys((row[1], row[0]) for row in rows))
    assert combinations.spread(combinations.table).rows() == [(row[1], row[0]) for row in rows]
    wanted = combinations.rows_where(lambda b, a: b == a)
    assert wanted.select("A", "B", "C").rows() == [row for row in rows if row[0] == row[1]]


@settings(max_examples=50, deadline=None)
@given(ROWS)
def test_compact_texts_are_the_same_texts(rows):
    found = coded(rows)
    assert as_texts(pl.DataFrame([found.compact("A")]))["A"].to_list() == [row[0] for row in rows]


def test_a_table_is_laid_beside_the_rows_that_have_its_value():
    table = pl.DataFrame({"A": ["b", "z"], "N": [1, 2]})
    assert coded([("a", None, None), ("b", None, None), (None, None, None)]).beside("A", table)["N"].to_list() == [None, 1, None]


def test_a_key_of_very_many_columns_still_tells_rows_apart():
    frame = pl.DataFrame({f"C{number}": [str(row % (number + 2)) for row in range(60)] for number in range(30)})
    key = Coded(frame).key(frame.columns)
    assert key.n_unique() == frame.n_unique()


@pytest.mark.parametrize("column", ["A", "B"])
def test_rows_with_a_text_are_found(column):
    assert coded([("a", "x", None), ("b", "a", None), (None, None, None)]).rows_with(column, ["a"]).height == 1
