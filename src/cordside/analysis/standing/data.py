"""What the record holds: rows by domain and origin, and how many have values that were not in their source."""

from collections.abc import Iterator
from typing import Any

import narwhals as nw
import polars as pl

from cordside.analysis.members import MOST_SOURCES, PLACE, frame_proof
from cordside.analysis.primitives import COUNT, count_values
from cordside.analysis.standingrows import none_of, standing
from cordside.domains.all import DOMAINS
from cordside.record.record import Record
from cordside.results import Result

NAME = "data"


def summarise(record: Record) -> list[Result]:
    """`count` by domain and origin, then `derived` where some values were derived by whoever entered the row."""
    rows = [row for code in DOMAINS for row in _of_domain(record, code)]
    return rows or none_of(NAME, "no rows are recorded")


def _of_domain(record: Record, code: str) -> Iterator[Result]:
    columns = {**standing(NAME), "variable": code, "label": DOMAINS[code].label, "unit": "rows"}
    for row in count_values(record.scan(code), [], "ORIGIN"):
        count, level = row[COUNT], row["ORIGIN"]
        place = _proof(record, code, nw.col("ORIGIN") == level, count)
        yield Result(**columns, level=level, statistic="count", value=count, text=str(count), n=count, **place)
    derived = sum(row[COUNT] for row in count_values(record.scan(code), [], "DERIVED") if row["DERIVED"] is not None)
    if derived:
        place = _proof(record, code, ~nw.col("DERIVED").is_null(), derived)
        yield Result(**columns, statistic="derived", value=derived, text=str(derived), n=record.height(code), **place)


def _proof(record: Record, code: str, where: nw.Expr, count: int) -> dict[str, Any]:
    """Where so many rows stand; very many of a scanned domain are named by its file, unread."""
    if code not in record.scanned or count <= MOST_SOURCES:
        return frame_proof(record.part(code, ["SOURCE", "ORIGIN"], where).rename({"SOURCE": PLACE}))
    return frame_proof(record.distinct(code, ["ORIGIN"], where).with_columns(pl.lit(record.scanned[code].file).alias(PLACE)))
