"""What the record holds: rows by domain and origin, and how many have values that were not in their source."""

from collections.abc import Iterator

import polars as pl

from cordside.analysis.primitives import COUNT, count_values
from cordside.analysis.rows import proof
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
    frame = record.frame(code)
    columns = {**standing(NAME), "variable": code, "label": DOMAINS[code].label}
    for row in count_values(frame, [], "ORIGIN"):
        own = frame.filter(pl.col("ORIGIN").eq_missing(pl.lit(row["ORIGIN"])))
        place = proof(own.select("SOURCE", "ORIGIN").iter_rows(named=True))
        level = row["ORIGIN"] or "not stated"
        yield Result(**columns, level=level, statistic="count", value=row[COUNT], text=str(row[COUNT]), unit="rows", n=row[COUNT], **place)
    derived = frame.filter(pl.col("DERIVED").is_not_null())
    if derived.height:
        place = proof(derived.select("SOURCE", "ORIGIN").iter_rows(named=True))
        yield Result(**columns, statistic="derived", value=derived.height, text=str(derived.height), unit="rows", n=frame.height, **place)
