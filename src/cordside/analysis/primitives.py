"""The three that reach the data, written once with Narwhals: any engine gives the same counts, Python does the rest.

Frames are those of Polars, DuckDB or Spark. NaN is taken as missing, here and once.
"""

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from cordside.record.engines import collected, collected_together

LevelQuestion = tuple[Any, str, Sequence[str], str]
"""A frame, the key with its levels, and the column whose values are counted."""
COUNT, SUBJECTS, BASE = "COUNT", "SUBJECTS", "BASE"
_AT = "_AT"


def count_values(frame: Any, keys: Sequence[str], value: str) -> list[dict[str, Any]]:
    """How often each value occurs for each combination of keys: rows of keys, value and COUNT, in their order.

    frame: any frame with the named columns; missing values are counted under None.
    """
    columns = [*keys, value]
    data = _without_nan(nw.from_native(frame), value).select(columns)
    return _dicts(data.group_by(columns).agg(nw.len().alias(COUNT)), columns)


def count_levels(questions: Sequence[LevelQuestion]) -> list[pl.DataFrame]:
    """The same in each level of a key, for several questions at once: rows of the value, and a column a level (0, 1, ...).

    Values are in their order.

    One grouping for all levels takes half the time of a grouping by level and value. Missing values are counted under None.
    """
    counted = collected_together([_level_counting(*question) for question in questions])
    return [table.sort(value, nulls_last=True) for table, (_, _, _, value) in zip(counted, questions, strict=True)]


def _level_counting(frame: Any, key: str, levels: Sequence[str], value: str) -> Any:
    data = _without_nan(nw.from_native(frame), value).lazy()
    held = data.select(value, *((nw.col(key) == level).cast(nw.Int64).alias(str(at)) for at, level in enumerate(levels)))
    return held.group_by(value).agg(*(nw.col(str(at)).sum() for at in range(len(levels))))


def distinct_subjects(frame: Any, keys: Sequence[str], subject: str = "USUBJID") -> list[dict[str, Any]]:
    """How many subjects have a row for each combination of keys: rows of keys and SUBJECTS, in their order."""
    columns = [*keys, subject]
    data = nw.from_native(frame).select(columns).unique()
    if not keys:
        return [{SUBJECTS: collected(data).height}]
    return _dicts(data.group_by(list(keys)).agg(nw.len().alias(SUBJECTS)), list(keys))


def join_baseline(frame: Any, before: Any, value: str = "NUMBER") -> Any:
    """The rows of one measurement with BASE beside each: the subject's value before treatment, null where there is none.

    before: the rows that hold such a value, in their order; the last of a subject counts, so that no row is doubled. Both are frames
    in memory of one engine; the rows keep their order.
    """
    known = nw.from_native(before, eager_only=True).unique(subset=["USUBJID"], keep="last", maintain_order=True)
    rows = nw.from_native(frame, eager_only=True).with_row_index(_AT)
    joined = rows.join(known.select("USUBJID", nw.col(value).alias(BASE)), on="USUBJID", how="left")
    return joined.sort(_AT).drop(_AT).to_native()


def _without_nan(data: Any, value: str) -> Any:
    return data.with_columns(nw.col(value).fill_nan(None)) if data.collect_schema()[value].is_float() else data


def _dicts(counted: Any, columns: list[str]) -> list[dict[str, Any]]:
    # Ordered here, because engines order texts and missing values each in their own way.
    return collected(counted).sort(columns, nulls_last=True).rows(named=True)
