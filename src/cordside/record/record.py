"""Record: the checked rows of a study, one frame a domain."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from cordside.domains.all import domain_of
from cordside.domains.domain import Domain
from cordside.errors import Problem
from cordside.protocol.protocol import Protocol
from cordside.record.datasets import Dataset
from cordside.record.dates import day_of
from cordside.record.derive import SUPPLIED, is_derived
from cordside.record.digest import cut_digest, domain_digest
from cordside.record.distinct import as_texts
from cordside.record.rowplace import FOUND, empty_frame, with_place
from cordside.record.scanned import Scanned

_DAY = len("2020-02-11")
_TELL = ("date", "instant")
"""Kinds of what has happened; a deadline is still to come and tells nothing of how far the data reach."""


@dataclass(frozen=True)
class DomainRows:
    """Rows of one domain: the file they came from, the variables that were collected, and the full frame."""

    file: str
    collected: tuple[str, ...]
    frame: pl.DataFrame

    def as_collected(self) -> pl.DataFrame:
        """Collected columns only, under their own names, in the order of the file."""
        known = self.frame.columns
        columns = {name: SUPPLIED + name if SUPPLIED + name in known else name for name in self.collected}
        return self.own().select(pl.col(column).alias(name) for name, column in columns.items())

    def own(self) -> pl.DataFrame:
        """Rows that stand in the file: without the deviations that Cordside found."""
        return self.frame if FOUND not in self.frame.columns else self.frame.filter(pl.col(FOUND).is_null())


@dataclass(frozen=True)
class Record:
    """A study's record as read and checked.

    rows: by domain code; subjects: reference dates, one row a subject; problems: hard and soft, in file order;
    datasets: analysis datasets made elsewhere, by the name under which the protocol declares them; scanned: findings of a cut that
    an engine reads where they lie, by domain code.
    """

    protocol: Protocol
    protocol_text: str
    folder: Path
    rows: dict[str, DomainRows]
    subjects: pl.DataFrame
    problems: tuple[Problem, ...]
    datasets: dict[str, Dataset] = field(default_factory=dict)
    scanned: dict[str, Scanned] = field(default_factory=dict)
    _frames: dict[str, pl.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def study(self) -> str:
        """The study's short name."""
        return self.protocol.study

    @property
    def hard_problems(self) -> tuple[Problem, ...]:
        """Problems that leave a row unreadable or nobody's: nothing is computed while there are any."""
        return tuple(problem for problem in self.problems if problem.hard)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the domains that hold rows, in the order of their files."""
        return tuple(sorted([*self.rows, *self.scanned]))

    def frame(self, code: str) -> pl.DataFrame:
        """Rows of a domain with SOURCE (`file:row`) and ROWID (its key, joined); empty with all columns where there are none."""
        if code not in self._frames:
            self._frames[code] = self._read(code)
        return self._frames[code]

    def _read(self, code: str) -> pl.DataFrame:
        domain = domain_of(code)
        if code in self.scanned:
            return self.scanned[code].part(empty_frame(domain).columns, None)
        return with_place(domain, self.rows[code].file, as_texts(self.rows[code].frame)) if code in self.rows else empty_frame(domain)

    def part(self, code: str, columns: Sequence[str], where: nw.Expr | None = None) -> pl.DataFrame:
        """Columns of the rows of a domain that a condition keeps, in the order of their file."""
        if code in self.scanned:
            return self.scanned[code].part(columns, where)
        frame = self.frame(code)
        kept: pl.DataFrame = frame if where is None else nw.from_native(frame).filter(where).to_native()
        return kept.select(columns)

    def distinct(self, code: str, columns: Sequence[str], where: nw.Expr | None = None) -> pl.DataFrame:
        """Each combination of values of columns of a domain once, in their order."""
        if code in self.scanned:
            return self.scanned[code].distinct(columns, where)
        return self.part(code, columns, where).unique().sort(columns, nulls_last=True)

    def scan(self, code: str) -> nw.LazyFrame[Any] | nw.DataFrame[Any]:
        """The rows of a domain as a Narwhals frame of the engine that holds them, to count in."""
        return self.scanned[code].rows if code in self.scanned else nw.from_native(self.frame(code))

    def height(self, code: str) -> int:
        """How many rows a domain has."""
        return self.scanned[code].height if code in self.scanned else self.frame(code).height

    @cached_property
    def digests(self) -> dict[str, str]:
        """Digest of each domain that has collected rows; of scanned ones as their cut's manifest tells it."""
        own = {code: domain_digest(rows.as_collected()) for code, rows in self.rows.items() if rows.collected}
        return dict(sorted((own | {code: rows.digest for code, rows in self.scanned.items()}).items()))

    @cached_property
    def dataset_digests(self) -> dict[str, str]:
        """Digest of each analysis dataset."""
        return {name: dataset.digest for name, dataset in sorted(self.datasets.items())}

    @cached_property
    def digest(self) -> str:
        """Digest of the whole cut."""
        return cut_digest(self.digests, self.protocol_text, self.dataset_digests)

    @cached_property
    def as_of(self) -> date | None:
        """The last date in the data; what depends on the time is judged at it."""
        found = [_last_date(domain_of(code), rows.frame) for code, rows in self.rows.items()]
        found += [rows.as_of for rows in self.scanned.values()]
        return max((day for day in found if day is not None), default=None)

    @property
    def origins(self) -> tuple[str, ...]:
        """Origins that the rows carry, sorted."""
        own = {origin for rows in self.rows.values() for origin in rows.frame["ORIGIN"].unique()}
        return tuple(sorted(own.union(*(rows.origins for rows in self.scanned.values()))))


def _last_date(domain: type[Domain], frame: pl.DataFrame) -> date | None:
    from_columns = [
        name for name, var in domain.variables.items() if var.kind.name in _TELL and not is_derived(name, var) and name in frame.columns
    ]
    texts = {text.strip()[:_DAY] for name in from_columns for text in frame[name].drop_nulls().unique().cast(pl.String)}
    return max((day for day in map(day_of, texts) if day is not None), default=None)
