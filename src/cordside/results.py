"""Result rows, findings and sheets: all that a report needs to know.

A statistic is a row; tables and figures are drawn from rows only. A finding is what an appraisal says. A sheet is a
printed page that is neither: fields, tables and check boxes.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

LEVELS = ("contradiction", "defect", "note")
"""Levels of findings from the gravest: two printed things cannot both be true; a reader lacks something; unlikely, or differently spelt."""

ORIGINS = ("entered", "imported", "published", "rebuilt", "simulated")
"""Origins from the nearest to a patient to the farthest; a table bears every one that its rows have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One statistic.

    value: the number, None when it failed or is a word; text: as printed. n: values used; n_missing: values left out.
    source: where it came from, as `file:row` or `domain:row id@revision`. A statistic that failed says so in `error`.
    """

    analysis: str
    table: str = ""
    group: str = ""
    group_level: str = ""
    subject: str = ""
    variable: str = ""
    label: str = ""
    level: str = ""
    visit: str = ""
    statistic: str
    value: float | None = None
    text: str = ""
    unit: str = ""
    method: str = ""
    convention: str = ""
    n: int | None = None
    n_missing: int | None = None
    source: tuple[str, ...] = ()
    origin: str = ""
    warning: str = ""
    error: str = ""

    def __post_init__(self) -> None:
        if self.value is not None and not math.isfinite(self.value):
            object.__setattr__(self, "value", None)
            object.__setattr__(self, "error", self.error or "the value is not a finite number")


COLUMNS = tuple(field.name for field in fields(Result))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What an appraisal says about a printed page: the rule, its level, where, and the arithmetic."""

    study: str
    file: str
    rule: str
    level: str
    row: str
    where: str
    printed: str = ""
    expected: str = ""
    quote: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """Something that a rule of an appraisal found right, or could not check: the rule, the row, the path, and why."""

    rule: str
    row: str
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a sheet: a label, and a value or room to write one; `choices` are boxes to tick."""

    label: str
    value: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a sheet: headings, and rows of texts (an empty text is room to write)."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed page: title, subtitle, blocks of fields and grids in order, signature lines, footnotes.

    layout: `page`; `compact`, to be read more than written on; or `labels` to cut out, one a block.
    """

    id: str
    title: str
    subtitle: str = ""
    blocks: tuple["Block", ...] = ()
    signatures: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    layout: str = "page"


@dataclass(frozen=True, slots=True)
class Block:
    """A titled part of a sheet. picture: SVG drawn beside the fields, such as a barcode; notes: lines below everything else."""

    title: str
    fields: tuple[Field, ...] = ()
    grid: Grid | None = None
    checks: tuple[str, ...] = ()
    picture: str = ""
    notes: tuple[str, ...] = ()


def find(rows: Iterable[Result], **wanted: str) -> list[Result]:
    """Rows whose columns equal the wanted values, in their order: find(rows, analysis="table1", statistic="value")."""
    return [row for row in rows if all(getattr(row, column) == value for column, value in wanted.items())]


def origins_of(rows: Iterable[Result]) -> tuple[str, ...]:
    """The origins that rows carry, nearest to the patient first."""
    found = {origin for row in rows for origin in row.origin.split(", ") if origin}
    return tuple(origin for origin in ORIGINS if origin in found)


def as_dict(row: Result) -> dict[str, Any]:
    """A result row as a JSON object: missing is null, NaN never appears."""
    return {name: list(value) if isinstance(value := getattr(row, name), tuple) else value for name in COLUMNS}


def from_dict(data: dict[str, Any]) -> Result:
    """The row of a JSON object made by as_dict."""
    return replace(Result(analysis="", statistic=""), **{**data, "source": tuple(data.get("source") or ())})


def to_json(rows: Iterable[Result]) -> str:
    """Result rows as JSON text, a row a line: {"results": [...]}."""
    lines = ",\n".join(" " + json.dumps(as_dict(row), ensure_ascii=False, allow_nan=False) for row in rows)
    return '{"results": [\n' + lines + ("\n" if lines else "") + "]}\n"


def to_csv(rows: Iterable[Result]) -> str:
    """Result rows as CSV text with a header; sources are joined by blanks, missing is empty."""
    lines = [COLUMNS, *([getattr(row, name) for name in COLUMNS] for row in rows)]
    return "".join(",".join(map(_cell, line)) + "\n" for line in lines)


def _cell(value: object) -> str:
    # csv.writer leaves a lone carriage return unquoted, and a reader then sees two lines.
    text = "" if value is None else " ".join(value) if isinstance(value, tuple) else str(value)
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text
