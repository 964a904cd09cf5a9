"""Record: the checked rows of a study, one frame a domain."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl

from cordside.domains.all import domain_of
from cordside.domains.domain import Domain
from cordside.errors import Problem
from cordside.protocol.protocol import Protocol
from cordside.record.csvfile import ROW
from cordside.record.datasets import Dataset
from cordside.record.dates import day_of
from cordside.record.derive import SUPPLIED, dtype_of, is_derived
from cordside.record.digest import cut_digest, domain_digest
from cordside.record.distinct import as_texts

_DAY = len("2020-02-11")
FOUND = "_FOUND"
"""On rows that Cordside adds (deviations): where the breach was found, as `file:row`."""


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
    datasets: analysis datasets made elsewhere, by the name under which the protocol declares them.
    """

    protocol: Protocol
    protocol_text: str
    folder: Path
    rows: dict[str, DomainRows]
    subjects: pl.DataFrame
    problems: tuple[Problem, ...]
    datasets: dict[str, Dataset] = field(default_factory=dict)
    _frames: dict[str, pl.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def study(self) -> str:
        """The study's short name."""
        return self.protocol.study

    @property
    def hard_problems(self) -> tuple[Problem, ...]:
        """Problems that leave a row unreadable or nobody's: nothing is computed while there are any."""
        return tuple(problem for problem in self.problems if problem.hard)

    def frame(self, code: str) -> pl.DataFrame:
        """Rows of a domain with SOURCE (`file:row`) and ROWID (its key, joined); empty with all columns where there are none."""
        if code not in self._frames:
            self._frames[code] = _with_source(domain_of(code), self.rows[code]) if code in self.rows else empty_frame(domain_of(code))
        return self._frames[code]

    @cached_property
    def digests(self) -> dict[str, str]:
        """Digest of each domain that has collected rows."""
        return {code: domain_digest(rows.as_collected()) for code, rows in sorted(self.rows.items()) if rows.collected}

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
        return max((day for day in found if day is not None), default=None)

    @property
    def origins(self) -> tuple[str, ...]:
        """Origins that the rows carry, sorted."""
        return tuple(sorted({origin for rows in self.rows.values() for origin in rows.frame["ORIGIN"].unique()}))


def row_key(domain: type[Domain]) -> pl.Expr:
    """A row's id: the values of its domain's key, joined by bars."""
    return pl.concat_str([pl.col(name).fill_null("") for name in domain.key], separator="/").str.strip_chars_end("/")


def _with_source(domain: type[Domain], rows: DomainRows) -> pl.DataFrame:
    frame = as_texts(rows.frame)
    source = pl.format("{}:{}", pl.lit(rows.file), pl.col(ROW))
    found = [pl.col(FOUND)] if FOUND in frame.columns else []
    return frame.with_columns(row_key(domain).alias("ROWID"), pl.coalesce(*found, source).alias("SOURCE"))


def empty_frame(domain: type[Domain]) -> pl.DataFrame:
    """No rows, with every variable of the domain, ROWID and SOURCE."""
    kinds = {name: dtype_of(var.kind) if var.derived else pl.String for name, var in domain.variables.items()}
    return pl.DataFrame(schema=kinds | {ROW: pl.Int64, "ROWID": pl.String, "SOURCE": pl.String})


def _last_date(domain: type[Domain], frame: pl.DataFrame) -> date | None:
    from_columns = [
        name for name, var in domain.variables.items() if var.kind.name == "date" and not is_derived(name, var) and name in frame.columns
    ]
    texts = {text.strip()[:_DAY] for name in from_columns for text in frame[name].drop_nulls().unique().cast(pl.String)}
    return max((day for day in map(day_of, texts) if day is not None), default=None)
