"""Collected rows → derived variables: study days, sequence, baseline flag, epoch, standard results, grades."""

from collections.abc import Iterator

import polars as pl

from cordside.domains.classes import Finding
from cordside.domains.domain import Domain, Var
from cordside.domains.kinds import Kind, count, integer, number
from cordside.errors import Problem
from cordside.protocol.protocol import Protocol
from cordside.record.csvfile import ROW
from cordside.record.days import with_baseline, with_days
from cordside.record.distinct import Coded
from cordside.record.normalranges import with_ranges
from cordside.record.numbers import derive_integers, derive_numbers
from cordside.record.standard import derive_standard

SUPPLIED = "_AS_"
"""Prefix of a derived variable that a file brought along: kept, digested and compared, used where we cannot derive it."""


def dtype_of(kind: Kind) -> type[pl.DataType]:
    """The column type of a derived variable."""
    return {number.name: pl.Float64, integer.name: pl.Int32, count.name: pl.Int64}.get(kind.name, pl.String)


def derive(domain: type[Domain], coded: Coded, subjects: pl.DataFrame, protocol: Protocol, file: str) -> tuple[pl.DataFrame, list[Problem]]:
    """All derived variables of one domain.

    coded: collected columns (supplied derived ones renamed with SUPPLIED); subjects: derive_subjects' frame.
    Returns the full frame (every variable of the domain) and soft problems.
    """
    problems: list[Problem] = []
    frame = coded.frame
    if not domain.by_subject:
        return _completed(domain, frame, coded, protocol), problems
    if issubclass(domain, Finding):
        coded, limits, source = with_ranges(domain, coded, subjects, protocol)
        frame, problems = derive_standard(domain, coded, limits, file)
        frame = frame if source is None else frame.with_columns(source)
    frame = with_days(domain, frame, coded, subjects)
    if issubclass(domain, Finding):
        frame = with_baseline(domain, frame, coded, subjects)
    frame = _with_sequence(domain, frame, coded)
    return _completed(domain, frame, coded, protocol), problems


def _with_sequence(domain: type[Domain], frame: pl.DataFrame, coded: Coded) -> pl.DataFrame:
    name = domain.prefix + "SEQ"
    if name not in domain.variables:
        return frame
    return frame.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over(coded.key(["USUBJID"])).alias(name))


def _completed(domain: type[Domain], frame: pl.DataFrame, coded: Coded, protocol: Protocol) -> pl.DataFrame:
    """Every variable of the domain, supplied values where none was derived, the origin of each row; helpers dropped.

    Texts are held as categoricals: each once, and a small integer a row.
    """
    columns = [_column(name, domain.variables[name], frame, coded, protocol) for name in domain.variables]
    kept = [coded.compact(name) for name in coded.frame.columns if name.startswith(SUPPLIED)]
    return pl.DataFrame([*columns, *kept, frame[ROW]])


def _column(name: str, var: Var, frame: pl.DataFrame, coded: Coded, protocol: Protocol) -> pl.Series:
    kind = dtype_of(var.kind) if is_derived(name, var) else pl.String
    if not is_derived(name, var) and name in coded.frame.columns:
        return coded.compact(name)
    ours = frame[name] if name in frame.columns else pl.repeat(None, frame.height, dtype=kind, eager=True).alias(name)
    if SUPPLIED + name in frame.columns:
        ours = pl.select(pl.coalesce(ours.cast(kind), _typed(frame[SUPPLIED + name], kind)).alias(name))[name]
    return ours.fill_null(protocol.origin) if name == "ORIGIN" else ours


def _typed(given: pl.Series, kind: type[pl.DataType]) -> pl.Series:
    """Collected texts as the type of a derived variable."""
    if kind == pl.Float64:
        return derive_numbers(given)
    return derive_integers(given, kind) if kind.is_integer() else given.cast(pl.String)


def is_derived(name: str, var: Var) -> bool:
    """True for what `record` fills in: derived variables, and the origin of a row that does not name its own."""
    return var.derived or name == "ORIGIN"


def check_supplied(domain: type[Domain], frame: pl.DataFrame, file: str) -> Iterator[Problem]:
    """Derived values that a file brought along and that differ from ours. Soft: ours stands, and the reader is told."""
    for name, var in domain.variables.items():
        if not var.derived or SUPPLIED + name not in frame.columns or name.endswith("SEQ"):
            continue
        kind, ours = dtype_of(var.kind), pl.col(name)
        given = _typed(frame[SUPPLIED + name], kind)
        same = (given - ours).abs() <= 1e-9 * ours.abs() if kind == pl.Float64 else given == ours.cast(kind)
        for row, theirs, derived in frame.filter(given.is_not_null() & ~same).select(ROW, SUPPLIED + name, name).iter_rows():
            yield Problem(
                file,
                row,
                name,
                f"the file says {theirs}, derived is {derived}",
                "the derived value is used",
                "check the values it is derived from",
            )
