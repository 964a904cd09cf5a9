"""Numbers as collected → columns of numbers, by the same reading that checks them: once per distinct text."""

import math
from decimal import Decimal
from functools import lru_cache

import polars as pl

from cordside.domains.kinds import Unreadable, number

_BITS: dict[type[pl.DataType], int] = {pl.Int32: 31, pl.Int64: 63}


@lru_cache(maxsize=65536)
def read_number(text: str | None) -> Decimal | None:
    """A collected number, None when it is empty or unreadable."""
    try:
        return number.read(text) if text else None
    except Unreadable:
        return None


def derive_numbers(texts: pl.Series) -> pl.Series:
    """Collected numbers (String) → Float64; null where the text is no number, or none that a float can hold."""
    return _spread(texts, {text: _float(text) for text in _distinct(texts)}, pl.Float64)


def derive_integers(texts: pl.Series, kind: type[pl.DataType] = pl.Int32) -> pl.Series:
    """Collected whole numbers (String) → Int32, or Int64 for cells; null where the text is none, or too large."""
    return _spread(texts, {text: _integer(text, 2 ** _BITS[kind]) for text in _distinct(texts)}, kind)


def _distinct(texts: pl.Series) -> list[str]:
    return texts.drop_nulls().unique().cast(pl.String).to_list()


def _spread(texts: pl.Series, known: dict[str, object], kind: type[pl.DataType]) -> pl.Series:
    return texts.cast(pl.String).replace_strict(known, default=None, return_dtype=kind)


def _float(text: str) -> float | None:
    value = read_number(text)
    found = None if value is None else float(value)
    return found if found is not None and math.isfinite(found) else None


def _integer(text: str, limit: int) -> int | None:
    value = read_number(text)
    if value is None or not -limit <= value < limit or value != value.to_integral_value():
        return None
    return int(value)
