"""A published paper as the rules see it: rows with their cells read as numbers, denominators, and where everything
stands.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cordside.appraisal.formtexts import KINDS
from cordside.appraisal.names import shown_label
from cordside.appraisal.printed import Printed, read_printed
from cordside.appraisal.published import Published, Row, Statement
from cordside.yamlfile import Place, YamlFile

CELLS = ("value", "before", "after", "change")
NO_SD_BELOW = frozenset({"sd", "se", "spread"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands: the row's name, the path in the file, the line in the file."""

    row: str
    where: str
    line: int


@dataclass(frozen=True)
class PaperCell:
    """The numbers of one cell by name (mean, sd, median, q1, q3, n, pct, ...), and the patients it is made of (None: not known)."""

    name: str
    spot: Spot
    numbers: Mapping[str, Printed]
    n: int | None

    def has(self, *names: str) -> bool:
        """Whether these numbers are all printed."""
        return all(name in self.numbers for name in names)

    def __getitem__(self, name: str) -> Printed:
        return self.numbers[name]


@dataclass(frozen=True)
class PaperRow:
    """One row or heading of a table; table is "" for a number printed beside the tables."""

    table: str
    data: Row
    spot: Spot
    cells: tuple[PaperCell, ...]
    parent: "PaperRow | None" = None

    @property
    def name(self) -> str:
        """The row's name, or the heading."""
        return self.data.row or self.data.section or ""

    @property
    def title(self) -> str:
        """What a sentence calls the row."""
        return shown_label(self.name, self.data.label)

    @property
    def count(self) -> int | None:
        """How many patients have it, where the row is a count."""
        return self.data.n if self.is_count else None

    @property
    def is_count(self) -> bool:
        """Whether n of the row counts those who have it, and not those of whom a mean is made."""
        return self.data.n is not None and self.data.kind in (None, "count") and self.data.value is None

    @property
    def test_code(self) -> tuple[str, str] | None:
        """Domain and test code, where the row goes into findings."""
        target = self.data.target
        return (target.domain, target.testcd) if target and target.testcd else None

    @property
    def printed_unit(self) -> str | None:
        """The unit as printed; "none" where none is printed, None where the file does not say."""
        return self.data.printed_unit or self.data.unit

    def cell(self, name: str) -> PaperCell | None:
        """One of the cells, if it is printed."""
        return next((cell for cell in self.cells if cell.name == name), None)


class Paper:
    """What a paper prints, ready to be judged."""

    def __init__(self, file: YamlFile, published: Published) -> None:
        self._file = file
        self.file = file.name
        self.published = published
        self.study = published.study
        self.n = published.n

    @cached_property
    def rows(self) -> tuple[PaperRow, ...]:
        """Every row and heading of every table, as in the file, then the numbers printed beside the tables."""
        return (*self._table_rows(), *self._fact_rows())

    @cached_property
    def tables(self) -> dict[str, list[PaperRow]]:
        """The rows by table."""
        return {key: [row for row in self.rows if row.table == key] for key in self.published.tables}

    @cached_property
    def named(self) -> dict[str, PaperRow]:
        """The first row of each name."""
        return {row.name: row for row in reversed(self.rows) if row.data.row is not None}

    def title(self, name: str) -> str:
        """What a sentence calls a row, or a variable of the patient-level table."""
        row = self.named.get(name)
        return row.title if row else shown_label(name, self.published.labels.get(name))

    def titled(self, text: str) -> str:
        """A criterion with the variables of the patient-level table called as printed."""
        return re.sub(r"[^\W\d]\w*", lambda found: self.title(found[0]) if found[0] in self.published.labels else found[0], text)

    def statements(self, *kinds: str) -> Iterator[tuple[Statement, Spot]]:
        """Statements of these kinds, with their places."""
        for index, one in enumerate(self.published.statements):
            if one.kind in kinds:
                yield one, self.spot(one.about, f"statements.{one.id}", ("statements", index))

    def spot(self, row: str, where: str, place: Place) -> Spot:
        """A place of the file under a name."""
        return Spot(row, where, self._file.line(place))

    def raw(self, *place: str | int) -> Any:
        """What stands at a place of the file, as it was written; None where nothing does."""
        found: Any = self._file.data
        for part in place:
            known = part in found if isinstance(found, dict) else isinstance(found, list) and isinstance(part, int) and part < len(found)
            if not known:
                return None
            found = found[part]
        return found

    def _table_rows(self) -> Iterator[PaperRow]:
        for key, rows in self.published.tables.items():
            heading: PaperRow | None = None
            known: dict[str, PaperRow] = {}
            for index, data in enumerate(rows):
                parent = heading if data.parent is None and data.section is None else known.get(data.parent or "")
                row = self._row(key, (key, index), data, parent)
                heading = row if data.section is not None else heading
                known[row.name] = row
                yield row

    def _fact_rows(self) -> Iterator[PaperRow]:
        for key, fact in self.published.facts.items():
            yield self._row("", (key,), _row_of_fact(key, fact), None)

    def _row(self, table: str, place: Place, data: Row, parent: PaperRow | None) -> PaperRow:
        name = data.row or data.section or ""
        where = f"{table}.{name}" if table else name
        cells = [self._cell(cell, f"{where}.{cell}" if cell != "value" else where, place, data, name) for cell in CELLS]
        return PaperRow(table, data, self.spot(name, where, place), tuple(cell for cell in cells if cell.numbers), parent)

    def _cell(self, cell: str, where: str, place: Place, data: Row, name: str) -> PaperCell:
        numbers = _numbers(getattr(data, cell), data.kind)
        if cell == "value":
            numbers = {**_beside(data), **numbers}
        people = self._people(data, cell)
        return PaperCell(cell, self.spot(name, where, (*place, cell)), numbers, people if people and people > 0 else None)

    def _people(self, data: Row, cell: str) -> int | None:
        """The patients that a cell is made of."""
        if isinstance(data.of, dict):
            return data.of.get(cell)
        if isinstance(data.of, str):
            rows = (row for table in self.published.tables.values() for row in table)
            return next((row.n for row in rows if row.row == data.of), None)
        if data.of is not None:
            return data.of
        summary = data.value is not None or data.before is not None
        return data.n if summary and data.n is not None and data.kind not in (None, "count", "number") else self.n


def _numbers(value: Any, kind: str | None) -> dict[str, Printed]:
    """The numbers of a cell by name."""
    if value is None:
        return {}
    names, listed = KINDS.get(kind or "number", ("value",)), value if isinstance(value, list) else [value]
    texts = value if isinstance(value, dict) else dict(zip(names, listed, strict=False))
    read = {name: read_printed(text) for name, text in texts.items() if text is not None}
    return {name: number.not_negative() if name in NO_SD_BELOW else number for name, number in read.items() if number is not None}


def _beside(data: Row) -> dict[str, Printed]:
    """The numbers that stand in keys of their own."""
    low, high = data.ci or (None, None)
    least, most = data.range or (None, None)
    texts = {"mean": data.mean, "sd": data.sd, "median": data.median, "se": data.se, "low": low, "high": high, "min": least, "max": most}
    texts |= {"pct": data.pct, "n": None if data.n is None else str(data.n)}
    return _numbers(texts, None)


def _row_of_fact(key: str, fact: Any) -> Row:
    """A number printed beside the tables as a row."""
    if not isinstance(fact, dict):
        return Row(row=key, value=fact)
    numbers = {name: text for name, text in fact.items() if name not in ("n", "of", "unit", "grid")}
    if "pct" in fact:
        return Row(row=key, n=fact.get("n"), pct=fact["pct"], of=fact.get("of"))
    return Row(row=key, of=fact.get("of", fact.get("n")), unit=fact.get("unit"), grid=fact.get("grid"), value=numbers or fact.get("n"))
