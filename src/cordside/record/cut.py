"""The cut: a record frozen to a folder, and a folder opened again.

One Parquet a domain (collected and derived variables), one an analysis dataset, the protocol's text, queries.json, and manifest.json with
digests, counts and the software's version. An opened cut is checked and derived again from what was collected, and its digests must hold.
"""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from cordside.domains.all import DOMAINS, domain_of
from cordside.domains.classes import Finding
from cordside.errors import CannotDo, Problem, ProblemsFound
from cordside.protocol.read import read_protocol
from cordside.record.csvfile import ROW
from cordside.record.datasets import read_datasets
from cordside.record.derive import SUPPLIED
from cordside.record.distinct import as_texts
from cordside.record.read import Collected, assemble, read_study
from cordside.record.record import DomainRows, Record
from cordside.record.scanned import Scanned, scanned_rows

MANIFEST, QUERIES = "manifest.json", "queries.json"
_FORMAT = "1"
_MOST_TERMS = 20_000
"""Texts of a variable with more different values are stored as they are."""


def write_cut(record: Record, folder: Path, *, software: str, ledger_head: str | None = None) -> dict[str, Any]:
    """Write a cut into an empty folder; returns the manifest.

    software: version that made it; ledger_head: digest of the ledger's newest entry, None for a study folder.
    Raises ProblemsFound when the record has hard problems: rows that could not be read would be missing from the cut.
    """
    if record.hard_problems:
        raise ProblemsFound(record.hard_problems)
    with ThreadPoolExecutor(max_workers=1) as beside:
        digests = beside.submit(lambda: record.digest)
        _write_frames(record, folder)
        digests.result()
    (folder / "protocol.yaml").write_bytes(record.protocol_text.encode())
    queries = {"problems": [asdict(problem) for problem in record.problems]}
    (folder / QUERIES).write_text(json.dumps(queries, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    manifest = manifest_of(record, software=software, ledger_head=ledger_head)
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return manifest


def _write_frames(record: Record, folder: Path) -> None:
    for code, rows in record.rows.items():
        if rows.collected:
            _stored(rows).write_parquet(folder / f"{code.lower()}.parquet", compression="lz4")
    for dataset in record.datasets.values():
        (folder / dataset.file).parent.mkdir(exist_ok=True)
        dataset.frame.write_parquet(folder / dataset.file, compression="lz4")


def _stored(rows: DomainRows) -> pl.DataFrame:
    """The frame as it is stored: derived variables without any value left out, repeated texts as Parquet dictionaries."""
    frame = rows.frame
    collected = {ROW, *rows.collected}
    kept = [name for name in frame.columns if name.removeprefix(SUPPLIED) in collected or frame[name].null_count() < frame.height]
    return pl.DataFrame([_dictionary(frame[name]) for name in kept])


def _dictionary(values: pl.Series) -> pl.Series:
    """A categorical as an enumeration, whose terms stand in the file in the order of their first appearance."""
    if not isinstance(values.dtype, pl.Categorical):
        return values
    distinct = values.unique(maintain_order=True).drop_nulls()
    if distinct.len() > _MOST_TERMS:
        return values.cast(pl.String)
    codes = distinct.to_physical().to_list()
    places = [0] * (max(codes, default=-1) + 1)
    for place, code in enumerate(codes):
        places[code] = place
    moved = pl.Series(values.name, places, dtype=pl.UInt32).gather(values.to_physical())
    return moved.cat.to(pl.Enum(distinct.cast(pl.String)))


def manifest_of(record: Record, *, software: str, ledger_head: str | None = None) -> dict[str, Any]:
    """What a cut says about itself."""
    stored = {code: rows for code, rows in sorted(record.rows.items()) if rows.collected}
    domains = {
        code: {"digest": record.digests[code], "rows": rows.own().height, "file": rows.file, "collected": list(rows.collected)}
        for code, rows in stored.items()
    }
    datasets = {
        name: {"digest": record.dataset_digests[name], "rows": dataset.frame.height, "file": dataset.file}
        for name, dataset in sorted(record.datasets.items())
    }
    return {
        "format": _FORMAT,
        "study": record.study,
        "digest": record.digest,
        "domains": domains,
        **({"analysis_data": datasets} if datasets else {}),
        "data_as_of": record.as_of.isoformat() if record.as_of else None,
        "origins": list(record.origins),
        "queries": len(record.problems),
        "ledger_head": ledger_head,
        "software": software,
    }


def open_study(folder: Path) -> Record:
    """Open a study folder or a cut, all of it in memory.

    Raises CannotDo when it is neither, or when a cut does not have the digests its manifest names.
    """
    return open_cut(folder) if (folder / MANIFEST).is_file() else read_study(folder)


def open_cut(folder: Path, scan: Callable[[Path], Any] | None = None) -> Record:
    """Open a cut: the same road as a study folder, from the collected columns of its Parquet files.

    scan: an engine's, which leaves the findings in their files: they are neither checked nor derived again, and their queries are
    those of the cut.
    """
    manifest = _read_manifest(folder)
    protocol, text = read_protocol(folder / "protocol.yaml")
    left = {code: entry for code, entry in manifest["domains"].items() if scan is not None and issubclass(domain_of(code), Finding)}
    collected = {code: _read_domain(folder, code, entry) for code, entry in manifest["domains"].items() if code not in left}
    scanned = {code: _scanned(folder, code, manifest, scan) for code in left} if scan else {}
    datasets, problems = read_datasets(folder, protocol)
    if any(problem.hard for problem in problems):
        raise CannotDo(f"{folder}: the analysis datasets are not as the protocol declares them; cut again.")
    record = assemble(folder, protocol, text, collected, datasets, problems, scanned)
    broken = sorted(code for code, entry in manifest["domains"].items() if record.digests[code] != entry["digest"])
    broken += sorted(name for name, digest in record.dataset_digests.items() if digest != _digest_in(manifest, name))
    if broken or record.digest != manifest["digest"]:
        what = ", ".join(broken) or "the whole"
        raise CannotDo(f"{folder}: the digest of {what} is not the manifest's: the cut was changed after it was made; cut again.")
    return replace(record, problems=_read_queries(folder)) if scanned else record


def _scanned(folder: Path, code: str, manifest: dict[str, Any], scan: Callable[[Path], Any]) -> Scanned:
    domain, entry = domain_of(code), manifest["domains"][code]
    path = folder / f"{code.lower()}.parquet"
    if not path.is_file():
        raise CannotDo(f"{path}: the file is missing; cut again.")
    as_of = manifest["data_as_of"]
    last = date.fromisoformat(as_of) if as_of else None
    rows = scanned_rows(domain, scan(path))
    return Scanned(domain, entry["file"], entry["digest"], entry["rows"], last, tuple(manifest["origins"]), rows)


def _read_queries(folder: Path) -> tuple[Problem, ...]:
    try:
        found = json.loads((folder / QUERIES).read_text(encoding="utf-8"))["problems"]
        return tuple(Problem(**problem) for problem in found)
    except (OSError, ValueError, KeyError, TypeError):
        raise CannotDo(f"{folder / QUERIES}: not the queries of a cut; cut again.") from None


def _digest_in(manifest: dict[str, Any], dataset: str) -> str | None:
    try:
        return str(manifest["analysis_data"][dataset]["digest"])
    except (KeyError, TypeError):
        return None


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        known = manifest["format"] == _FORMAT and isinstance(manifest["digest"], str) and _are_known(manifest["domains"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        known = False
    if not known:
        raise CannotDo(f"{folder / MANIFEST}: not a manifest of a cut that this version reads; cut again with `cordside cut`.")
    return manifest


def _are_known(domains: dict[str, dict[str, Any]]) -> bool:
    """Every domain of a manifest names its file, its digest and collected variables that the domain has."""
    return all(code in DOMAINS and isinstance(entry["file"], str) and _has_columns(code, entry) for code, entry in domains.items())


def _has_columns(code: str, entry: dict[str, Any]) -> bool:
    variables, collected = DOMAINS[code].variables, entry["collected"]
    required = {name for name, var in variables.items() if var.required}
    return bool(entry["digest"]) and len(set(collected)) == len(collected) and required <= set(collected) <= set(variables)


def _read_domain(folder: Path, code: str, entry: dict[str, Any]) -> Collected:
    domain, columns = domain_of(code), tuple(entry["collected"])
    try:
        frame = pl.read_parquet(folder / f"{code.lower()}.parquet")
        rows = DomainRows(entry["file"], columns, as_texts(frame))
        own = rows.as_collected().cast(pl.String).with_columns(rows.own()[ROW].cast(pl.Int64))
        return Collected(domain, entry["file"], columns, own)
    except (OSError, pl.exceptions.PolarsError):
        raise CannotDo(f"{folder / code.lower()}.parquet: cannot be read as the manifest describes it; cut again.") from None
