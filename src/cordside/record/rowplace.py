"""Where a row stands: its id, its file and line; and what a domain's frame is when it has no row."""

from collections.abc import Sequence

import polars as pl

from cordside.domains.domain import Domain
from cordside.record.csvfile import ROW
from cordside.record.derive import dtype_of

FOUND = "_FOUND"
"""On rows that Cordside adds (deviations): where the breach was found, as `file:row`."""
PLACES = ("ROWID", "SOURCE")


def row_key(domain: type[Domain]) -> pl.Expr:
    """A row's id: the values of its domain's key, joined by bars."""
    return pl.concat_str([pl.col(name).fill_null("") for name in domain.key], separator="/").str.strip_chars_end("/")


def with_place(domain: type[Domain], file: str, frame: pl.DataFrame, wanted: Sequence[str] = PLACES) -> pl.DataFrame:
    """The frame with those of ROWID and SOURCE that are wanted; it must hold the domain's key, or its row in the file."""
    found = [pl.col(FOUND)] if FOUND in frame.columns else []
    made = {"ROWID": row_key, "SOURCE": lambda _: pl.coalesce(*found, pl.format("{}:{}", pl.lit(file), pl.col(ROW)))}
    return frame.with_columns(make(domain).alias(name) for name, make in made.items() if name in wanted)


def empty_frame(domain: type[Domain]) -> pl.DataFrame:
    """No rows, with every variable of the domain, ROWID and SOURCE."""
    kinds = {name: dtype_of(var.kind) if var.derived else pl.String for name, var in domain.variables.items()}
    return pl.DataFrame(schema=kinds | {ROW: pl.Int64, "ROWID": pl.String, "SOURCE": pl.String})
