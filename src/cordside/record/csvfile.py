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
    Empty cells become null; lines and rows without any value are no rows. Raises CannotDo when the file cannot be read;
    every other trouble is a Problem.
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
    header, trouble = _header(raw, name)
    problems = [trouble] if trouble else _header_problems(header, name)
    if problems:
        return CsvFile(name, None, tuple(problems))
    frame = _quick(raw, header)
    return CsvFile(name, frame, ()) if frame is not None else _cell_by_cell(raw, header, name)


def _bytes_problem(raw: bytes, name: str) -> Problem | None:
    if not raw or raw.isspace():
        return Problem(
            name, None, "", "the file is empty", "a header and one line a row", "write the header, or remove the file", hard=True
        )
    if b"\0" in raw:
        wide = raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw[1:2] == b"\0" or raw[:1] == b"\0"
        what = "a null byte: the file looks like UTF-16" if wide else "a null byte"
        return Problem(name, _line_of(raw, raw.index(b"\0")), "", what, "UTF-8 text", "save the file as CSV UTF-8", hard=True)
    if raw.isascii():
        return None
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        shown = raw[error.start : error.start + 1].decode("latin-1")
        problem = f"byte 0x{raw[error.start]:02X} is not UTF-8" + (f" (in Latin-1 it is {shown})" if shown.isprintable() else "")
        return Problem(name, _line_of(raw, error.start), "", problem, "UTF-8 text", "save the file as CSV UTF-8", hard=True)
    return None


def _line_of(raw: bytes, place: int) -> int:
    """The physical line of a byte, whatever the line ends: CR, LF or both."""
    return raw.count(b"\n", 0, place) + raw.count(b"\r", 0, place) - raw.count(b"\r\n", 0, place) + 1


def _header(raw: bytes, name: str) -> tuple[list[str], Problem | None]:
    """The headings. A quotation mark in them lets the header run over several lines, so that the whole file may be needed."""
    first = raw[: raw.find(b"\n") + 1 or len(raw)]
    text = (raw if b'"' in first else first).decode()
    try:
        return [cell.strip() for cell in next(csv.reader(io.StringIO(text, newline=""), strict=True), [])], None
    except csv.Error as error:
        return [], _quotes_problem(name, 1, str(error))


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
    except pl.exceptions.PolarsError:
        return None
    if frame.height != lines - 1 or (frame[header[-1]].null_count() and raw.count(b",") != lines * (len(header) - 1)):
        return None
    # Four bytes a character at most: what may be too long is measured cell by cell.
    if any((frame[name].str.len_bytes().max() or 0) > LONGEST_CELL for name in header):  # type: ignore[operator]
        return None
    return _without_empty(frame.with_columns(pl.int_range(2, pl.len() + 2, dtype=pl.Int64).alias(ROW)), header)


def _without_empty(frame: pl.DataFrame, header: list[str]) -> pl.DataFrame:
    """Rows of commas alone say nothing: they are no rows, as an empty line is none."""
    if not all(frame[name].null_count() for name in header):
        return frame
    return frame.filter(pl.any_horizontal(pl.col(header).is_not_null()))


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
        except csv.Error as error:
            problems.append(_quotes_problem(name, line, str(error)))
            continue
        if not any(cells) or (len(cells) == 1 and not cells[0].strip()):
            continue
        row_problems = _row_problems(cells, header, line, name)
        problems += row_problems
        if not row_problems:
            rows.append([cell or None for cell in cells])
            lines.append(line)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(header, pl.String), orient="row", strict=True)
    return CsvFile(name, frame.with_columns(pl.Series(ROW, lines, dtype=pl.Int64)), tuple(problems))


def _quotes_problem(name: str, line: int, error: str) -> Problem:
    """The csv module stops at the end of the file when a quote stays open, else after the line."""
    if "end of data" in error:
        problem = "a quotation mark that is not closed: everything after it was taken for one cell"
    else:
        problem = "text after a closing quotation mark"
    remedy = 'close or remove it; write "" for a quote in a cell'
    return Problem(name, line, "", problem, "quotes around a whole cell, in pairs", remedy, hard=True)


def _row_problems(cells: list[str], header: list[str], line: int, name: str) -> list[Problem]:
    if len(cells) != len(header):
        problem = f"{len(cells)} cell{'' if len(cells) == 1 else 's'} under {len(header)} heading{'' if len(header) == 1 else 's'}"
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
