"""Analysis datasets made elsewhere: the Parquet files of a study folder, declared in the protocol with their variables' roles.

They are read as they are, but for three things that carry no meaning and would change counts: NaN is missing, blanks at the
end of a text are dropped (SAS fills texts with them), and an empty text is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import polars as pl

from cordside.errors import Problem
from cordside.protocol.plans.data import FromData
from cordside.protocol.protocol import AnalysisData, Protocol
from cordside.record.digest import canonical, domain_digest

FOLDER = "analysis_data"
_LARGE = 10_000_000
"""Bytes of a file from which on its columns are read one by one."""
_ROLES = ("subject", "arm", "parameter", "visit", "value", "baseline", "change")


@dataclass(frozen=True)
class Dataset:
    """One analysis dataset: the file it came from, the roles of its variables, and its rows."""

    file: str
    roles: AnalysisData
    frame: pl.DataFrame

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of its variables with their kinds and of its sorted row digests."""
        kinds = {name: _kind(dtype) for name, dtype in self.frame.schema.items()}
        texts = self.frame.select(pl.all().cast(pl.String))
        return sha256(canonical({"variables": kinds, "rows": domain_digest(texts)}).encode()).hexdigest()


def read_datasets(folder: Path, protocol: Protocol) -> tuple[dict[str, Dataset], list[Problem]]:
    """The declared datasets of a study folder by name, and what is wrong with them.

    A file that is missing, unreadable or without a variable that the protocol names is a hard problem: nothing can be computed
    from it. A file that is not declared is a query, and is not read.
    """
    found: dict[str, Dataset] = {}
    problems: list[Problem] = []
    for name, roles in protocol.analysis_data.items():
        file = f"{FOLDER}/{name}.parquet"
        frame = _read(folder / file)
        if frame is None:
            words = ("the file is missing", "a Parquet file") if not (folder / file).is_file() else ("cannot be read", "a Parquet file")
            problems.append(Problem(file, None, "", *words, "write it, or take it out of analysis_data", hard=True))
            continue
        missing = list(_missing(name, roles, protocol, frame.columns, file))
        problems += missing
        if not missing:
            found[name] = Dataset(file, roles, frame)
    return found, [*problems, *_undeclared(folder / FOLDER, protocol)]


def check_subjects_of(datasets: dict[str, Dataset], known: set[str]) -> Iterator[Problem]:
    """A query for each dataset with subjects that DM has not."""
    for dataset in datasets.values():
        own: pl.Series = dataset.frame[dataset.roles.subject].cast(pl.String).drop_nulls().unique()
        strangers = own.filter(~own.is_in(sorted(known)))
        if strangers.len():
            words = f"{strangers.len()} subjects are not in DM, first {strangers.sort()[0]}"
            yield Problem(dataset.file, None, dataset.roles.subject, words, "subjects of records/dm.csv", "check them", hard=False)


def _read(path: Path) -> pl.DataFrame | None:
    try:
        frame = _in_one_piece(path)
    except (OSError, pl.exceptions.PolarsError):
        return None
    # Column by column, and only what needs it.
    for name, dtype in frame.schema.items():
        if dtype.is_float() and frame[name].is_nan().any():
            frame = frame.with_columns(pl.col(name).fill_nan(None))
        elif dtype in (pl.Categorical, pl.Enum) or (dtype == pl.String and frame[name].str.contains(r"\s$|^$").any()):
            bare = pl.col(name).cast(pl.String).str.strip_chars_end()
            frame = frame.with_columns(pl.when(bare != "").then(bare).alias(name))
    return frame


def _in_one_piece(path: Path) -> pl.DataFrame:
    """The rows of a file with each column in one piece, so that no analysis has to copy it; never is more than one column held twice."""
    if path.stat().st_size < _LARGE:
        return pl.read_parquet(path).rechunk()
    return pl.DataFrame([pl.read_parquet(path, columns=[name]).to_series().rechunk() for name in pl.read_parquet_schema(path)])


def _missing(name: str, roles: AnalysisData, protocol: Protocol, columns: list[str], file: str) -> Iterator[Problem]:
    """Variables that the protocol names and the file has not, each once."""
    declared = [variable for role in _ROLES if (variable := getattr(roles, role))]
    used = [variable for item in protocol.analyses if isinstance(item, FromData) for _, data, variable in item.uses() if data == name]
    for variable in dict.fromkeys([*declared, *roles.flags, *used]):
        if variable not in columns:
            allowed = f"variables are {', '.join(columns)}"
            yield Problem(file, None, variable, "the protocol names it, the file has it not", allowed, "mend the protocol", hard=True)


def _undeclared(folder: Path, protocol: Protocol) -> Iterator[Problem]:
    known = {f"{name}.parquet" for name in protocol.analysis_data}
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name not in known and not path.name.startswith("."):
            words = ("is not declared, so it is not read", "files that analysis_data names")
            yield Problem(f"{FOLDER}/{path.name}", None, "", *words, "declare or remove it", hard=False)


def _kind(dtype: pl.DataType) -> str:
    if dtype.is_float():
        return "number"
    if dtype.is_integer():
        return "integer"
    return {pl.Boolean: "boolean", pl.Date: "date", pl.String: "text"}.get(dtype.base_type(), str(dtype))
