"""Numbers as collected are read as they are checked."""

import polars as pl
import pytest

from cordside.record.numbers import derive_integers, derive_numbers


@pytest.mark.parametrize(
    ("text", "number", "whole"),
    [
        ("3", 3.0, 3),
        (" 3 ", 3.0, 3),
        ("+3.0", 3.0, 3),
        ("3e2", 300.0, 300),
        (".5", 0.5, None),
        ("-2147483648", -2147483648.0, -2147483648),
        ("2147483648", 2147483648.0, None),
        ("1e400", None, None),
        ("1e999", None, None),
        ("3,5", None, None),
        ("\uff13", None, None),
        ("1_0", None, None),
        ("NaN", None, None),
        ("inf", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_text_is_a_number_or_nothing(text, number, whole):
    texts = pl.Series([text, None], dtype=pl.String)
    assert derive_numbers(texts).to_list() == [number, None]
    assert derive_integers(texts).to_list() == [whole, None]


def test_a_column_without_texts_is_a_column_without_numbers():
    empty = pl.Series([], dtype=pl.String)
    assert (derive_numbers(empty).dtype, derive_integers(empty).dtype) == (pl.Float64, pl.Int32)
