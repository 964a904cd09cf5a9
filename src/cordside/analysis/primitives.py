"""The three that reach the data, written once with Narwhals: any engine gives the same counts, Python does the rest.

Frames are Polars frames today and whatever Narwhals reads tomorrow. NaN is taken as missing, here and once.
"""

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from cordside.record.engines import collected, collected_together

Question = tuple[Any, Sequence[str], str]
"""A frame, the keys by which to count, and the column whose values are counted."""
LevelQuestion = tuple[Any, str, Sequence[str], str]
"""A frame, the key with its levels, and the column whose values are counted."""
COUNT, SUBJECTS, BASE = "COUNT", "SUBJECTS", "BASE"
_BASELINE = ("USUBJID", "NAME")


def count_values(frame: Any, keys: Sequence[str], value: str) -> list[dict[str, Any]]:
    """How often each value occurs for each combination of keys: rows of keys, value and COUNT, in their order.

    frame: any frame with the named columns; missing values are counted under None.
    """
    return count_all([(frame, keys, value)])[0].rows(named=True)


def count_all(questions: Sequence[Question]) -> list[pl.DataFrame]:
    """The same for several frames, keys and values at once, as frames: an engine that can counts them side by side."""
    counted = collected_together([_counting(*question) for question in questions])
    return [table.sort([*keys, value], nulls_last=True) for table, (_, keys, value) in zip(counted, questions, strict=True)]


def count_levels(questions: Sequence[LevelQuestion]) -> list[pl.DataFrame]:
    """How often each value occurs in each level of a key: rows of the value and a column a level (0, 1, ...), values in their order.

    One grouping for all levels takes half the time of a grouping by level and value. Missing values are counted under None.
    """
    counted = collected_together([_level_counting(*question) for question in questions])
    return [table.sort(value, nulls_last=True) for table, (_, _, _, value) in zip(counted, questions, strict=True)]


def _level_counting(frame: Any, key: str, levels: Sequence[str], value: str) -> Any:
    data = _without_nan(nw.from_native(frame), value).lazy()
    held = data.select(value, *((nw.col(key) == level).cast(nw.Int64).alias(str(at)) for at, level in enumerate(levels)))
    return held.group_by(value).agg(*(nw.col(str(at)).sum() for at in range(len(levels))))


def _counting(frame: Any, keys: Sequence[str], value: str) -> Any:
    columns = [*keys, value]
    data = _without_nan(nw.from_native(frame), value).lazy().select(columns)
    return data.group_by(columns).agg(nw.len().alias(COUNT))


def distinct_subjects(frame: Any, keys: Sequence[str], subject: str = "USUBJID") -> list[dict[str, Any]]:
    """How many subjects have a row for each combination of keys: rows of keys and SUBJECTS, in their order."""
    columns = [*keys, subject]
    data = nw.from_native(frame).select(columns).unique()
    if not keys:
        return [{SUBJECTS: collected(data).height}]
    return _dicts(data.group_by(list(keys)).agg(nw.len().alias(SUBJECTS)), list(keys))


def join_baseline(frame: Any, value: str = "NUMBER", flag: str = "BLFL") -> Any:
    """The frame with BASE beside each row: the subject's baseline value of the same test, null where there is none.

    Only the first flagged row of a subject and test counts, so that no row is doubled. Returns a frame of the same engine.
    """
    data = _without_nan(nw.from_native(frame), value)
    flagged = data.filter(nw.col(flag) == "Y").select(*_BASELINE, nw.col(value).alias(BASE))
    once = flagged.unique(subset=list(_BASELINE), keep="first", maintain_order=True)
    return data.join(once, on=list(_BASELINE), how="left").to_native()


def _without_nan(data: Any, value: str) -> Any:
    return data.with_columns(nw.col(value).fill_nan(None)) if data.collect_schema()[value].is_float() else data


def _dicts(counted: Any, columns: list[str]) -> list[dict[str, Any]]:
    # Ordered here, because engines order texts and missing values each in their own way.
    return collected(counted).sort(columns, nulls_last=True).rows(named=True)
