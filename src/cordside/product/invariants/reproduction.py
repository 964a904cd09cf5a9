"""Invariant 16: raw file, controls and recipe give the reported percentage again, bit for bit; their digests say they are the same."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from cordside.product.cellrows import Cells, Row
from cordside.product.invariants.found import Found

Measure = Callable[[Path, str, Mapping[str, str]], str | None]
"""Raw file, digest of the recipe, digests of the controls → the percentage as it would be reported; None where it cannot be run."""


def check_reproduction(cells: Cells, measure: Measure | None = None) -> Iterator[Found]:
    """Results whose raw file is missing or another than it was, or that are not reproduced by whoever can measure."""
    for row in cells.results.values():
        if row["RAWFILE"] is None:
            continue
        path = _inside(cells.record.folder, row["RAWFILE"])
        if path is None or not path.is_file():
            # A cut holds no files: only a study folder can be asked for them.
            if (cells.record.folder / "records").is_dir():
                yield _found(row, "RAWFILE", f"{row['RAWFILE']} is not in the study folder", "files/<name>", "put the file there")
            continue
        digest = sha256(path.read_bytes()).hexdigest()
        if row["RAWSHA"] and row["RAWSHA"].casefold() != digest:
            yield _found(
                row, "RAWSHA", f"{row['RAWFILE']} has another digest than the result names", digest, "find the file that was measured"
            )
        elif measure is not None:
            yield from _measured(row, measure(path, row["RCPSHA"] or "", controls_of(row)))


def _measured(row: Row, again: str | None) -> Iterator[Found]:
    if again is not None and again != row["ORRES"]:
        why = f"{row['RAWFILE']} gives {again} again, the result says {row['ORRES']}"
        yield _found(row, "ORRES", why, again, "find out which recipe and controls were used")


def controls_of(row: Row) -> dict[str, str]:
    """Digests of the controls of a result by kind."""
    parts = [part.partition("=") for part in (row["CTLSHA"] or "").split(";") if part.strip()]
    return {kind.strip(): digest.strip() for kind, _, digest in parts}


def _inside(folder: Path, name: str) -> Path | None:
    home, path = folder.resolve(), (folder / name).resolve()
    return path if path.is_relative_to(home) else None


def _found(row: Row, variable: str, why: str, allowed: str, remedy: str) -> Found:
    return Found("", f"{row['TRSID']}: {why}", allowed, remedy, row, variable)
