"""How many subjects had something, and how often: lines of kinds and terms, side by side by group.

A line has a level (any, special interest, system, term), the system and the term it belongs to, and a part when it is divided.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import polars as pl

from cordside.analysis.members import GROUP, PLACE, Members, frame_proof
from cordside.analysis.percents import percent_text
from cordside.analysis.primitives import COUNT, SUBJECTS, count_values, distinct_subjects
from cordside.analysis.rows import TOTAL
from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.fisher import fisher
from cordside.analysis.subjects.grouptests import rows_of_test
from cordside.protocol.protocol import Conventions
from cordside.results import Result

LEVEL, SYSTEM, TERM, PART = "_LEVEL", "_SYSTEM", "_TERM", "_PART"
KEYS = [LEVEL, SYSTEM, TERM, PART]
ANY, SPECIAL, OF_SYSTEM, OF_TERM = "any", "special interest", "system", "term"
NOT_CODED = "Not coded"
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Incidence:
    """Rows by line, and whose they are.

    rows: KEYS, USUBJID, GROUP, PLACE, ORIGIN, one entry a row and line; counted: the entries by which a subject belongs to a line,
    where not every row makes it belong; parts: the parts of divided lines in their order; sort: frequency or alphabetical;
    file: the dataset's, else empty.
    """

    rows: pl.DataFrame
    members: Members
    sort: str
    parts: Sequence[str] = ()
    counted: pl.DataFrame | None = None
    file: str = ""

    @cached_property
    def _subjects(self) -> dict[tuple[Key, str], int]:
        found = distinct_subjects(self.rows if self.counted is None else self.counted, [*KEYS, GROUP])
        return self._with_total({(_key(row), row[GROUP]): row[SUBJECTS] for row in found})

    @cached_property
    def _rows(self) -> dict[tuple[Key, str], int]:
        return self._with_total({(_key(row), row[GROUP]): row[COUNT] for row in count_values(self.rows, KEYS, GROUP)})

    def _with_total(self, found: dict[tuple[Key, str], int]) -> dict[tuple[Key, str], int]:
        total: dict[tuple[Key, str], int] = {}
        for (key, _), count in found.items():
            total[key, TOTAL] = total.get((key, TOTAL), 0) + count
        return found | total

    @cached_property
    def _frames(self) -> dict[Any, pl.DataFrame]:
        return self.rows.partition_by(KEYS, as_dict=True)

    def subjects(self, key: Key, group: str) -> int:
        """Subjects of a group on a line."""
        return self._subjects.get((key, group), 0)

    def count(self, key: Key, group: str) -> int:
        """Rows of a group on a line."""
        return self._rows.get((key, group), 0)

    def proof(self, key: Key, group: str) -> dict[str, Any]:
        """Sources and origins of a line in a group; where nobody is on it, those of all its subjects."""
        found = self._frames.get(key)
        own = None if found is None else self.members.of(found, group)
        if own is None or not own.height:
            return self._nobody[group]
        return frame_proof(own, self.file)

    @cached_property
    def _nobody(self) -> dict[str, dict[str, Any]]:
        frame = self.members.frame
        return {group: self.members.proof(self.members.of(frame, group)) for group in (*self.members.groups, TOTAL)}

    def lines(self) -> list[Key]:
        """Lines in their order: any, special interest, then systems with their terms, each followed by its parts."""
        found = [key for key, group in self._rows if group == TOTAL]
        wholes = sorted((key for key in found if not key[3]), key=self._place)
        parts: dict[Key, list[Key]] = {}
        for key in sorted((key for key in found if key[3]), key=lambda key: (self.parts.index(key[3]), key)):
            parts.setdefault((*key[:3], ""), []).append(key)
        return [one for key in wholes for one in (key, *parts.get(key, []))]

    def _place(self, key: Key) -> tuple[Any, ...]:
        level, system, term, _ = key
        order = {ANY: 0, SPECIAL: 1}.get(level, 2)
        of_system = self._weight((OF_SYSTEM, system, "", "")) if system else 0
        return order, of_system, system.casefold(), level == OF_TERM, self._weight(key) if term else 0, term.casefold()

    def _weight(self, key: Key) -> int:
        return -self.subjects(key, TOTAL) if self.sort == "frequency" else 0


def _key(row: dict[str, Any]) -> Key:
    return row[LEVEL], row[SYSTEM], row[TERM], row[PART]


def on_lines(frame: pl.DataFrame, level: str, **columns: pl.Expr) -> pl.DataFrame:
    """The rows of a frame as entries of lines of a level; columns: system, term and part, empty unless given."""
    named = {SYSTEM: columns.get("system"), TERM: columns.get("term"), PART: columns.get("part")}
    keys = [(pl.lit("") if column is None else column).fill_null("").alias(name) for name, column in named.items()]
    return frame.select(pl.lit(level).alias(LEVEL), *keys, "USUBJID", pl.col(GROUP).cast(pl.String), PLACE, "ORIGIN")


@dataclass(frozen=True)
class Style:
    """How lines become result rows: columns that all share, the item, units, and what compares arms."""

    columns: dict[str, Any]
    variable: str
    words: str
    unit: str
    conventions: Conventions
    p_style: str
    reference: str = ""


def line_rows(incidence: Incidence, key: Key, style: Style) -> Iterator[Result]:
    """`n`, `percent` and `count` of a line in each group, then `p` of each arm against the reference."""
    columns = {**style.columns, **line_columns(key, style)}
    for group in incidence.members.groups:
        n, size, count = incidence.subjects(key, group), incidence.members.size(group), incidence.count(key, group)
        own = {**columns, "group_level": group, "n": size, **incidence.proof(key, group)}
        error = "" if size else "nobody is in this group"
        decimals = style.conventions.printing.percent_decimals(size)
        text = percent_text(n, size, decimals, style.conventions.rounding)
        yield Result(**own, statistic="n", value=n, text=str(n), unit="subjects")
        yield Result(**own, statistic="percent", value=100 * n / size if size else None, text=text, unit="%", error=error)
        yield Result(**own, statistic="count", value=count, text=str(count), unit=style.unit)
    if style.reference:
        yield from _tests(incidence, key, style, columns)


def line_columns(key: Key, style: Style) -> dict[str, Any]:
    """The columns that name a line: `variable` with its system, `label`, and `level`, with ` / part` where it is divided."""
    level, system, term, part = key
    variable = f"{style.variable}.{system}" if system else style.variable
    return {"variable": variable, "label": term or system or style.words, "level": f"{level} / {part}" if part else level}


def _tests(incidence: Incidence, key: Key, style: Style, columns: dict[str, Any]) -> Iterator[Result]:
    """Fisher's P of the subjects with and without, each arm against the reference."""
    of_reference = _with_and_without(incidence, key, style.reference)
    for arm in incidence.members.arms:
        if arm == style.reference:
            continue
        own = _with_and_without(incidence, key, arm)
        nobody = own[0] + of_reference[0] == 0
        empty = not sum(own) or not sum(of_reference)
        answer = Answer(method="Fisher's exact test", error="nobody had it in either arm") if nobody else fisher([of_reference, own])
        if empty:
            answer = Answer(method="Fisher's exact test", error="an arm has nobody")
        elif not nobody and own[1] + of_reference[1] == 0:
            answer = replace(answer, p=1.0, error="", warning="everybody had it in both arms")
        found = rows_of_test(
            {**columns, "group_level": arm, **incidence.proof(key, TOTAL)}, answer, style.p_style, style.conventions.rounding
        )
        # Where nobody had it there is nothing to compare: the cell stays empty.
        yield from (replace(row, text="") if nobody and not empty else row for row in found)


def _with_and_without(incidence: Incidence, key: Key, arm: str) -> list[int]:
    n = incidence.subjects(key, arm)
    return [n, incidence.members.size(arm) - n]
