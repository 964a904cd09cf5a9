"""From a printed number back to the rows it stands on: result rows as compact JSON, and the numbers of a cell's rows.

Sources are named as `file:row`, never quoted: what a row of the record holds stays in the record.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cordside.report.pieces import Document
from cordside.results import Result

_WORDS = ("statistic", "text", "unit", "method", "convention", "warning", "error", "origin", "label", "level", "visit", "group_level")
_ROW = re.compile(r"^(.+):(\d+)$")


class Trace:
    """The result rows that a document prints, each with a number."""

    def __init__(self, document: Document) -> None:
        self._numbers = {result: number for number, result in enumerate(document.results)}

    def numbers(self, results: Iterable[Result]) -> str:
        """The numbers of results in one text, runs joined: `3-5 9`; empty where there are none."""
        found = dict.fromkeys(self._numbers[result] for result in results)
        return " ".join(_runs(list(found), "-"))

    def json(self) -> str:
        """{"columns": ..., "texts": ..., "rows": ...}: a word in a row is its place in `texts`; safe inside a page's script element."""
        texts: dict[str, int] = {}
        rows = [_row(result, texts) for result in self._numbers]
        columns = [*_WORDS, "source", "value", "n", "n_missing"]
        written = json.dumps(
            {"columns": columns, "texts": list(texts), "rows": rows}, ensure_ascii=False, separators=(",", ":"), allow_nan=False
        )
        return written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def printed_sources(sources: Sequence[str]) -> str:
    """Sources in few words: rows of one file together, runs joined: `records/lb.csv:3–5, 9`."""
    parts = []
    for file, found in groupby(sources, key=lambda source: match[1] if (match := _ROW.match(source)) else ""):
        own = list(found)
        parts.append(f"{file}:{', '.join(_runs([int(source[len(file) + 1 :]) for source in own], '–'))}" if file else ", ".join(own))
    return "; ".join(parts)


def _row(result: Result, texts: dict[str, int]) -> list[float | int | None]:
    words = (*(getattr(result, name) for name in _WORDS), printed_sources(result.source))
    return [*(texts.setdefault(word, len(texts)) for word in words), result.value, result.n, result.n_missing]


def _runs(numbers: list[int], between: str) -> Iterator[str]:
    """Neighbours that follow one another as first and last."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        own = [number for _, number in run]
        yield str(own[0]) if len(own) == 1 else f"{own[0]}{between}{own[-1]}"
