"""One CSV file → a frame of texts and the physical line of each record. Nothing is dropped in silence.

The quick road lets polars parse the bytes; it is taken only when every line is shown to be one record with every cell.
Everything else goes cell by cell through the csv module, so that a problem names its line.
"""

import csv
import io
import sys
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from cordside.errors import CannotDo, Problem

LONGEST_CELL = 20_000
ROW = "_ROW"
_MOST = 2**31
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True)
class CsvFile:
    """A file as read: String columns and `_ROW` (physical line, header = 1); None when the header cannot be used."""

    name: str
    frame: pl.DataFrame | None
    problems: tuple[Problem, ...]


def read_csv(path: Path, name: str) -> CsvFile:
    """Read a CSV file of UTF-8 text, with or without BOM, with any line ends.

    name: how problems call the file, for instance records/lb.csv.
    Empty cells become null. Raises CannotDo when the file cannot be read; every other trouble is a Problem.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CannotDo(f"{name}: {(error.strerror or 'cannot be read').lower()}; give a readable file.") from None
    return parse_csv(raw.removeprefix(b"\xef\xbb\xbf"), name)


def parse_csv(raw: bytes, name: str) -> CsvFile:
    """Parse the bytes of a CSV file; see read_csv."""
    trouble = _bytes_problem(raw, name)
    if trouble:
        return CsvFile(name, None, (trouble,))
    first = raw[: raw.find(b"\n") + 1 or len(raw)].decode()
    header = [cell.strip() for cell in next(csv.reader(io.StringIO(first, newline="")), [])]
    problems = _header_problems(header, name)
    if problems:
        return CsvFile(name, None, tuple(problems))
    frame = _quick(raw, header)
    return CsvFile(name, frame, ()) if frame is not None else _cell_by_cell(raw, header, name)


def _bytes_problem(raw: bytes, name: str) -> Problem | None:
    if not raw.strip():
        return Problem(
            name, None, "", "the file is empty", "a header and one line a row", "write the header, or remove the file", hard=True
        )
    if b"\0" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        return Problem(name, line, "", "a null byte", "UTF-8 text", "save the file as CSV UTF-8", hard=True)
    if raw.isascii():
        return None
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        shown = raw[error.start : error.start + 1].decode("latin-1")
        problem = f"byte 0x{raw[error.start]:02X} is not UTF-8 (in Latin-1 it is {shown})"
        return Problem(name, line, "", problem, "UTF-8 text", "save the file as CSV UTF-8", hard=True)
    return None


def _header_problems(header: list[str], name: str) -> list[Problem]:
    if not any(header):
        return [Problem(name, 1, "", "no header", "variable names separated by commas", "write the header in line 1", hard=True)]
    if len(header) == 1:
        for separator, words in _SEPARATORS.items():
            if separator in header[0]:
                return [Problem(name, 1, "", f"columns are separated by {words}", "commas", "save the file with commas", hard=True)]
    found = [
        Problem(name, 1, "", f"column {place} has no name", "a variable name", "name or remove it", hard=True)
        for place, cell in enumerate(header, 1)
        if not cell
    ]
    twice = sorted({cell for cell in header if cell and header.count(cell) > 1})
    return found + [
        Problem(name, 1, cell, "the column stands twice", "each variable once", "rename or remove one", hard=True) for cell in twice
    ]


def _quick(raw: bytes, header: list[str]) -> pl.DataFrame | None:
    """The frame of plain bytes; None when a cell may be quoted, a line empty, or a line longer or shorter than the header.

    A long line is an error of polars. A short one leaves its last cell null, so the commas are counted where one is.
    """
    if b'"' in raw or (b"\r" in raw and raw.count(b"\r") != raw.count(b"\r\n")) or len(raw) > _MOST or len(header) < 2:
        return None
    lines = raw.count(b"\n") + (not raw.endswith(b"\n"))
    try:
        frame = pl.read_csv(raw, infer_schema=False, new_columns=header, quote_char=None)
    except pl.exceptions.ComputeError:
        return None
    if frame.height != lines - 1 or (frame[header[-1]].null_count() and raw.count(b",") != lines * (len(header) - 1)):
        return None
    return frame.with_columns(pl.int_range(2, pl.len() + 2, dtype=pl.Int64).alias(ROW))


def _cell_by_cell(raw: bytes, header: list[str], name: str) -> CsvFile:
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(io.StringIO(raw.decode(), newline=""), strict=True)
    next(reader)
    rows: list[list[str | None]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            problems.append(
                Problem(name, line, "", "a quotation mark that is not closed", "quotes in pairs", "close or remove it", hard=True)
            )
            break
        if not any(cell.strip() for cell in cells):
            continue
        row_problems = _row_problems(cells, header, line, name)
        problems += row_problems
        if not row_problems:
            rows.append([cell or None for cell in cells])
            lines.append(line)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(header, pl.String), orient="row", strict=True)
    return CsvFile(name, frame.with_columns(pl.Series(ROW, lines, dtype=pl.Int64)), tuple(problems))


def _row_problems(cells: list[str], header: list[str], line: int, name: str) -> list[Problem]:
    if len(cells) != len(header):
        problem = f"{len(cells)} cells under {len(header)} headings"
        return [Problem(name, line, "", problem, "one cell a heading", "put cells with commas in quotes; add missing commas", hard=True)]
    return [
        Problem(
            name,
            line,
            head,
            f"a cell of {len(cell):,} characters",
            f"at most {LONGEST_CELL:,}",
            "keep documents in files/ and name them",
            hard=True,
        )
        for head, cell in zip(header, cells, strict=True)
        if len(cell) > LONGEST_CELL
    ]
