"""Checked records of studies drawn as tables."""

from pathlib import Path
from typing import Any

from cordside.errors import Problem
from cordside.record.read import read_study
from cordside.record.record import Record
from tests.support.folders import a_protocol, a_study


def a_record(folder: Path, parts: str = "", **tables: str) -> Record:
    """The record of a study drawn as tables; parts: keys of its protocol. One subject, T-1, unless DM is drawn."""
    return read_study(a_study(folder, a_protocol(parts), **{"DM": "USUBJID\nT-1", **tables}))


def a_file(folder: Path, name: str, raw: bytes, parts: str = "") -> Record:
    """The record of a study with subject T-1 and one file given as bytes."""
    a_study(folder, a_protocol(parts), DM="USUBJID\nT-1")
    (folder / "records" / name).write_bytes(raw)
    return read_study(folder)


def places(problems: tuple[Problem, ...] | list[Problem], *, hard: bool | None = None) -> list[tuple[int | None, str]]:
    """Row and variable of problems, all or only the hard or soft ones."""
    return [(problem.row, problem.variable) for problem in problems if hard in (None, problem.hard)]


def columns(record: Record, code: str, *names: str) -> list[tuple[Any, ...]]:
    """The named columns of a domain, row by row."""
    return record.frame(code).select(names).rows()


def column(record: Record, code: str, name: str) -> list[Any]:
    """One column of a domain."""
    return record.frame(code)[name].to_list()
