"""How commands write: outputs appear whole or not at all, nothing is overwritten unasked, progress goes to a terminal."""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cordside.errors import CannotDo


def print_json(key: str, items: list[Any], **more: Any) -> None:
    """One JSON object with a list under its key; missing is null, NaN never appears."""
    print(json.dumps({key: items, **more}, ensure_ascii=False, indent=1, allow_nan=False))


def step(words: str) -> None:
    """Say what is being done, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r\033[K{words}", end="" if words else "\r", file=sys.stderr, flush=True)


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: 1 query, 2 queries."""
    return f"{number} {one if number == 1 else many}"


def refuse_existing(places: list[Path], force: bool) -> None:
    """Raise CannotDo for outputs that exist, unless they may be overwritten."""
    existing = [place for place in places if place.exists()]
    if existing and not force:
        more = f" and {len(existing) - 1} more" if len(existing) > 1 else ""
        raise CannotDo(f"{existing[0]}{more}: exists already; choose another place, or add --force to overwrite.")


def write_files(folder: Path, files: Mapping[str, str | bytes], force: bool) -> list[Path]:
    """Write files into a folder, all or none; other files there stay.

    files: content by name, which may hold folders (study/report.html). Returns their paths.
    """
    places = [folder / name for name in files]
    refuse_existing(places, force)
    with _staging(folder) as staged:
        for name, content in files.items():
            place = staged / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.encode() if isinstance(content, str) else content)
        for name, place in zip(files, places, strict=True):
            place.parent.mkdir(parents=True, exist_ok=True)
            (staged / name).replace(place)
    return places


@contextmanager
def whole_folder(folder: Path, force: bool, mark: str) -> Iterator[Path]:
    """A folder that appears whole or not at all: write into the yielded one, which takes its place at the end.

    mark: a file that shows an existing folder to be of the same sort; only such a folder is ever replaced.
    """
    occupied = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    if occupied and not (folder / mark).is_file():
        raise CannotDo(f"{folder}: holds other files; choose an empty or a new folder.")
    refuse_existing([folder] if occupied else [], force)
    with _staging(folder) as staged:
        fresh = staged / "new"
        fresh.mkdir()
        yield fresh
        if folder.exists():
            folder.replace(staged / "old")
        fresh.replace(folder)


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A temporary folder beside the goal, on the same disk, so that moving is one step."""
    parent = folder.absolute().parent
    if folder.exists() and not folder.is_dir():
        raise CannotDo(f"{folder}: not a folder; choose another place.")
    parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}.partial-", dir=parent))
    try:
        yield staged
    finally:
        shutil.rmtree(staged, ignore_errors=True)
