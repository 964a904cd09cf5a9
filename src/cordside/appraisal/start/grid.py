"""The text of a table → rows of cells: CSV, tab separated, or pasted with two blanks between columns."""

import csv
import io
import re
from collections import Counter

_GAP = re.compile(r"\t| {2,}")


def grid_of(text: str) -> list[list[str]]:
    """Rows of cells of a table, without empty lines; blanks before the first cell stay, for they show what is part of what.

    Tabs part cells when there are any; else two blanks, when most lines have them; else the separator of a CSV file.
    """
    lines = [line.rstrip() for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    if any("\t" in line.strip() for line in lines):
        rows = [line.split("\t") for line in lines]
    elif sum(len(_GAP.split(line.strip())) > 1 for line in lines) * 2 > len(lines):
        rows = [_pasted(line) for line in lines]
    else:
        rows = [row for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=_separator(lines)) if any(row)]
    return [[cell.rstrip() if place == 0 else cell.strip() for place, cell in enumerate(row)] for row in _without_empty_columns(rows)]


def _pasted(line: str) -> list[str]:
    indent = line[: len(line) - len(line.lstrip())]
    first, *others = _GAP.split(line.strip())
    return [indent + first, *others]


def _separator(lines: list[str]) -> str:
    """The separator that stands in most lines."""
    counts = Counter({sign: sum(sign in line for line in lines) for sign in (",", ";", "|")})
    return counts.most_common(1)[0][0] if lines else ","


def _without_empty_columns(rows: list[list[str]]) -> list[list[str]]:
    """The rows without columns that are empty in every one of them, filled up to one length."""
    width = max(map(len, rows), default=0)
    full = [row + [""] * (width - len(row)) for row in rows]
    kept = [place for place in range(width) if place == 0 or any(row[place].strip() for row in full)]
    return [[row[place] for place in kept] for row in full]
