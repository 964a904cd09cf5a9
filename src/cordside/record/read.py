"""A study folder → Record: every file read, checked against its domain, the protocol and the others, and derived.

All problems are reported at once. Hard ones leave a row unreadable or nobody's; everything else is stored and queried.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from cordside.domains.all import DOMAINS
from cordside.domains.domain import Domain
from cordside.errors import CannotDo, Problem
from cordside.protocol.protocol import Protocol
from cordside.protocol.read import read_protocol
from cordside.record.checkrows import check_columns, check_keys, check_rows
from cordside.record.crosscheck import (
    check_after_death,
    check_arms,
    check_first_infusion,
    check_study,
    check_subjects,
    check_support,
    check_visits,
)
from cordside.record.csvfile import ROW, read_csv
from cordside.record.datasets import Dataset, check_subjects_of, read_datasets
from cordside.record.derive import SUPPLIED, check_supplied, derive, is_derived
from cordside.record.distinct import Coded
from cordside.record.foundbreaches import with_breaches
from cordside.record.lateness import with_latency
from cordside.record.record import DomainRows, Record
from cordside.record.rowplace import empty_frame
from cordside.record.scanned import Scanned
from cordside.record.subjects import derive_subjects


@dataclass(frozen=True)
class Collected:
    """Rows of one domain as collected: the file's name, its columns in order, and the frame with `_ROW`."""

    domain: type[Domain]
    file: str
    columns: tuple[str, ...]
    frame: pl.DataFrame


def read_study(folder: Path) -> Record:
    """Read a study folder.

    Raises CannotDo when there is no such folder or no protocol.yaml in it, ProblemsFound when the protocol has mistakes.
    Problems of the records are in the record's `problems`.
    """
    if not folder.is_dir():
        raise CannotDo(f"{folder}: not a folder; name a study folder, one that holds protocol.yaml.")
    if not (folder / "protocol.yaml").is_file():
        raise CannotDo(f"{folder}: no protocol.yaml in it; name a study folder, or make one with `cordside new`.")
    protocol, text = read_protocol(folder / "protocol.yaml")
    collected, problems = _read_records(folder / "records")
    datasets, troubles = read_datasets(folder, protocol)
    return assemble(folder, protocol, text, collected, datasets, [*problems, *troubles])


def assemble(
    folder: Path,
    protocol: Protocol,
    text: str,
    collected: dict[str, Collected],
    datasets: dict[str, Dataset],
    problems: list[Problem],
    scanned: dict[str, Scanned] | None = None,
) -> Record:
    """Check and derive collected rows; the one road of study folders and cuts. scanned: findings that stay where they are."""
    rows, subjects, found = _checked(protocol, collected, problems)
    found += check_subjects_of(datasets, set(subjects["USUBJID"]))
    record, queries = with_breaches(Record(protocol, text, folder, rows, subjects, (), datasets, scanned or {}))
    return replace(record, problems=in_file_order([*problems, *found, *queries]))


def in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems file by file, in the order of the domains, and by row."""
    order = {code: place for place, code in enumerate(DOMAINS)}
    return tuple(sorted(problems, key=lambda problem: (_place(problem.file, order), problem.row or 0)))


def _place(file: str, order: dict[str, int]) -> tuple[int, str]:
    return order.get(Path(file).stem.upper(), len(order)), file


def _read_records(folder: Path) -> tuple[dict[str, Collected], list[Problem]]:
    collected: dict[str, Collected] = {}
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        name, code = f"records/{path.name}", path.stem.upper()
        if path.name.startswith("."):
            continue
        if path.is_dir() or path.suffix.lower() != ".csv" or code not in DOMAINS:
            problems.append(_not_a_domain(name, path))
            continue
        if code in collected:
            words = f"a second file of {code}: {collected[code].file} is another"
            problems.append(Problem(name, None, "", words, "one file a domain", "put the rows into one file", hard=True))
            continue
        found, troubles = _read_domain(DOMAINS[code], path, name)
        problems += troubles
        if found is not None:
            collected[code] = found
    return collected, problems


def _not_a_domain(name: str, path: Path) -> Problem:
    if path.is_dir() or path.suffix.lower() != ".csv":
        what = "a folder" if path.is_dir() else f"not a CSV file ({path.suffix or 'no suffix'})"
        return Problem(name, None, "", what, "records/<domain>.csv", "import it, or move it to files/", hard=True)
    return Problem(
        name, None, "", f"{path.stem} is not a domain", f"domains are {', '.join(DOMAINS)}", "rename or move the file", hard=True
    )


def _read_domain(domain: type[Domain], path: Path, name: str) -> tuple[Collected | None, list[Problem]]:
    file = read_csv(path, name)
    problems = list(file.problems)
    if file.frame is None:
        return None, problems
    problems += check_columns(domain, file.frame.columns, name)
    columns = tuple(column for column in file.frame.columns if column in domain.variables)
    if any(var.required and variable not in columns for variable, var in domain.variables.items()):
        return None, problems
    return Collected(domain, name, columns, file.frame.select(*columns, ROW)), problems


def _checked(
    protocol: Protocol, collected: dict[str, Collected], problems: list[Problem]
) -> tuple[dict[str, DomainRows], pl.DataFrame, list[Problem]]:
    found: list[Problem] = []
    frames = {code: rows.frame for code, rows in collected.items()}
    if "DM" not in frames:
        found += _no_subjects(problems)
    subjects = derive_subjects({"DM": empty_frame(DOMAINS["DM"])} | frames)
    derived: dict[str, DomainRows] = {}
    for code, rows in collected.items():
        coded = Coded(rows.frame)
        found += check_rows(rows.domain, coded, protocol, rows.file)
        found += check_keys(rows.domain, coded, rows.file)
        found += _across(rows, coded, protocol, frames, subjects)
        frame, doubts = derive(rows.domain, _supplied_apart(rows, coded), subjects, protocol, rows.file)
        found += doubts
        derived[code] = DomainRows(rows.file, rows.columns, frame)
    with_latency(derived)
    for code, checked in derived.items():
        found += check_supplied(DOMAINS[code], checked.frame, checked.file)
    return derived, subjects, found


def _no_subjects(problems: list[Problem]) -> list[Problem]:
    """The file of subjects is missing, unless problems tell already why it cannot be used."""
    if any(Path(problem.file).stem.upper() == "DM" for problem in problems):
        return []
    return [Problem("records/dm.csv", None, "", "the file is missing", "one row a subject", "write dm.csv with USUBJID", hard=True)]


def _across(
    rows: Collected, coded: Coded, protocol: Protocol, frames: dict[str, pl.DataFrame], subjects: pl.DataFrame
) -> Iterator[Problem]:
    """Problems of one file beside the protocol and the other files."""
    yield from check_study(coded, rows.domain, protocol, rows.file)
    yield from check_visits(coded, protocol, rows.file)
    if not rows.domain.by_subject:
        return
    if rows.domain.code == "DM":
        yield from check_arms(rows.frame, protocol, rows.file)
    elif "DM" in frames:
        yield from check_subjects(coded, set(subjects["USUBJID"]), rows.file)
    if rows.domain.code == "EX":
        yield from check_first_infusion(rows.frame, rows.file)
    yield from check_after_death(rows.domain, rows.frame, subjects, rows.file)
    yield from check_support(rows.domain, rows.frame, frames.get("PR"), rows.file)


def _supplied_apart(rows: Collected, coded: Coded) -> Coded:
    """Derived variables that the file brought along get names of their own, so that ours can stand beside them."""
    supplied = {name: SUPPLIED + name for name in rows.columns if is_derived(name, rows.domain.variables[name])}
    if not supplied:
        return coded
    return Coded(rows.frame.rename(supplied)).adopt(coded, {name: supplied.get(name, name) for name in rows.columns})
