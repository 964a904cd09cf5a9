"""Findings that stay in their file: an engine filters and counts them, and what is asked for comes back as a Polars frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl

from cordside.domains.domain import Domain
from cordside.record.csvfile import ROW
from cordside.record.engines import collected
from cordside.record.rowplace import empty_frame, with_place


@dataclass(frozen=True)
class Scanned:
    """Rows of one domain of a cut: the file they came from, and what the manifest says of them; rows: a Narwhals frame, unread."""

    domain: type[Domain]
    file: str
    digest: str
    height: int
    as_of: date | None
    origins: tuple[str, ...]
    rows: Any

    def part(self, columns: Sequence[str], where: nw.Expr | None) -> pl.DataFrame:
        """Columns of the rows that the condition keeps, in the order of their file; ROWID and SOURCE are made where they are asked for."""
        needed = dict.fromkeys([ROW, *(name for column in columns for name in self._made_of(column))])
        kept = self.rows if where is None else self.rows.filter(where)
        found = collected(kept.select(*needed)).sort(ROW)
        kinds = empty_frame(self.domain).schema
        return with_place(self.domain, self.file, found.cast({name: kinds[name] for name in needed}), columns).select(columns)

    def distinct(self, columns: Sequence[str], where: nw.Expr | None) -> pl.DataFrame:
        """Each combination of values of the columns once, in their order."""
        kept = self.rows if where is None else self.rows.filter(where)
        kinds = empty_frame(self.domain).schema
        found = collected(kept.select(*columns).unique()).cast({name: kinds[name] for name in columns})
        return found.sort(columns, nulls_last=True)

    def _made_of(self, column: str) -> Sequence[str]:
        return {"ROWID": self.domain.key, "SOURCE": (ROW,)}.get(column, (column,))


def scanned_rows(domain: type[Domain], native: Any) -> Any:
    """The frame of a stored domain with every variable of the domain: those without any value are not stored."""
    frame = nw.from_native(native)
    stored = frame.collect_schema().names()
    absent = {name: kind for name, kind in empty_frame(domain).schema.items() if name not in stored}
    return frame.with_columns(
        nw.lit(None).cast(nw.String if kind == pl.String else nw.Float64).alias(name) for name, kind in absent.items()
    )
