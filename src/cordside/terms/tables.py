"""How the data files beside this one are read: comment lines, a header, rows."""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path

_FOLDER = Path(__file__).parent


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Rows of one data file, by column.

    name: the file beside this module, such as `analytes.csv`.
    """
    lines = _lines(name)
    return iter(csv.DictReader(lines))


@cache
def blocks_of(name: str) -> dict[str, list[str]]:
    """Lines of one data file by the text of their first column, the header under "".

    A block is parsed only when it is asked for: the longest file has 11,000 rows, and a study needs some tens of them.
    """
    header, *lines = _lines(name)
    blocks: dict[str, list[str]] = {"": [header]}
    for key, block in groupby(lines, key=lambda line: line[: line.index(",")]):
        blocks.setdefault(key, []).extend(block)
    return blocks


def block_rows(name: str, key: str) -> Iterable[dict[str, str]]:
    """Rows of one block, by column; none when there is no such block."""
    blocks = blocks_of(name)
    return csv.DictReader([*blocks[""], *blocks.get(key, [])])


def decimal_or_none(text: str) -> Decimal | None:
    """The number of a cell, or None when the cell is empty."""
    return Decimal(text) if text else None


def _lines(name: str) -> list[str]:
    # splitlines() would also split at the rarer Unicode line ends, which a quoted name may hold.
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]
