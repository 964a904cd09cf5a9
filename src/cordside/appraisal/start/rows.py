"""The rows of a table as lines of a published form; what could not be read stands behind them, to be completed."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cordside.appraisal.start.cells import ReadCell, is_nothing, plain_text, read_cell, read_p_cell
from cordside.appraisal.start.labels import Heading, Label, read_label
from cordside.appraisal.start.tables import Table

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 /().'-]*")
_WORDS_OF_YAML = frozenset({"null", "true", "false", "yes", "no", "on", "off", "none", "y", "n"})
_NAMES = {"count": ("n", "pct"), "count_alone": ("n",), "percentage": ("pct",)}
Column = tuple[Heading, str]
Read = tuple[Heading, ReadCell]


@dataclass
class _Line:
    """One row in the making: its keys, and what has to be completed."""

    keys: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        doubts = f"   # complete: {'; '.join(dict.fromkeys(self.doubts))}" if self.doubts else ""
        return f"  - {{{', '.join(self.keys)}}}{doubts}"


def row_lines(table: Table, n: int) -> Iterator[str]:
    """The lines of the rows; a row that stands further in than one above it is part of that one. n: patients."""
    above: list[tuple[int, str]] = []
    known: set[str] = set()
    for cells in table.rows:
        label = read_label(cells[0])
        if not label.text:
            yield f"  # complete: a row without a label: {plain_text(' | '.join(filter(None, cells)))}"
            continue
        indent = len(cells[0]) - len(cells[0].lstrip())
        above = [(place, name) for place, name in above if place < indent]
        parent = above[-1][1] if above else ""
        heads = all(is_nothing(cell) for cell in cells[1:])
        lines = [_section(label, parent, known)] if heads else list(_row(table, cells, label, parent, n, known))
        above.append((indent, label.text if heads else label.name))
        yield from map(str, lines)


def yaml_text(text: str) -> str:
    """A text as YAML, quoted where it could be taken for something else."""
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML and text == text.strip()
    return text if plain else json.dumps(text, ensure_ascii=False)


def _section(label: Label, parent: str, known: set[str]) -> _Line:
    line = _Line([f"section: {yaml_text(label.text)}"])
    if parent in known and parent != label.text:
        line.keys.append(f"parent: {yaml_text(parent)}")
    known.add(label.text)
    return line


def _row(table: Table, cells: Sequence[str], label: Label, parent: str, n: int, known: set[str]) -> Iterator[_Line]:
    """One line, or one for each group."""
    columns = [(heading, cell) for heading, cell in zip(table.headings, cells[1:], strict=False) if not is_nothing(cell)]
    p = next((cell for heading, cell in columns if heading.role == "p"), None)
    stray = [plain_text(cell) for heading, cell in columns if heading.role == ""]
    values = [(heading, cell) for heading, cell in columns if heading.role not in ("p", "")]
    for group in [[one] for one in values] if table.has_groups else [values]:
        ending = f", {group[0][0].name}" if table.has_groups and group else ""
        line = _line(label, ending, next((name for name in (parent + ending, parent) if name in known), ""), group, n)
        _add_extras(line, label, p)
        line.doubts += [f"a cell without a heading: {cell}" for cell in stray]
        known.add(label.name + ending)
        yield line


def _line(label: Label, ending: str, parent: str, values: list[Column], n: int) -> _Line:
    """A row with its name and numbers; ending: what the heading of its group adds to the name."""
    name = label.name + ending
    line = _Line([f"row: {yaml_text(name)}"])
    if parent and parent != name:
        line.keys.append(f"parent: {yaml_text(parent)}")
    if label.text != name:
        line.keys.append(f"label: {yaml_text(label.text)}")
    read = [(one, read_cell(cell, f"{label.without_range} {one.text}", one.n or n)) for one, cell in values]
    line.doubts += [f"could not be read: {plain_text(cell)}" for (_, found), (_, cell) in zip(read, values, strict=True) if not found.kind]
    line.doubts += [found.doubt for _, found in read if found.doubt]
    read = [(one, found) for one, found in read if found.kind]
    if read and not ending and read[0][0].role in ("before", "after"):
        _add_pair(line, read)
    elif read:
        _add_single(line, *read[0], n)
    return line


def _add_pair(line: _Line, read: list[Read]) -> None:
    """The numbers before and after, one kind for both."""
    kind = read[0][1].kind
    if any(found.kind != kind for _, found in read) or kind in ("count_alone", "percentage"):
        line.doubts.append(f"could not be put in a row: {' | '.join(', '.join(found.numbers) for _, found in read)}")
        return
    line.keys += [f"kind: {kind}", *(f"{heading.role}: {_listed(found.numbers)}" for heading, found in read)]
    sizes = [f"{heading.role}: {found.of or heading.n}" for heading, found in read if found.of or heading.n]
    if len({size.partition(": ")[2] for size in sizes}) > 1 or any(found.of for _, found in read):
        line.keys.append(f"of: {{{', '.join(sizes)}}}")


def _add_single(line: _Line, heading: Heading, cell: ReadCell, n: int) -> None:
    if cell.kind in _NAMES:
        numbers = zip(_NAMES[cell.kind], cell.numbers, strict=True)
        line.keys += [f"{name}: {number if name == 'n' else json.dumps(number)}" for name, number in numbers]
    else:
        line.keys += [f"kind: {cell.kind}", f"value: {_listed(cell.numbers)}"]
    of = cell.of or heading.n
    if of and int(of) != n:
        line.keys.append(f"of: {of}")


def _add_extras(line: _Line, label: Label, p: str | None) -> None:
    """Unit, normal range and P."""
    if label.unit:
        line.keys.append(f"unit: {yaml_text(label.unit)}")
    if label.normal:
        line.keys.append(f"normal: [{', '.join('null' if end is None else json.dumps(end) for end in label.normal)}]")
    read = read_p_cell(p) if p else None
    if read:
        line.keys.append(f"p: {json.dumps(read)}")
    elif p:
        line.doubts.append(f"P could not be read: {plain_text(p)}")


def _listed(numbers: Sequence[str]) -> str:
    return f"[{', '.join(json.dumps(number, ensure_ascii=False) for number in numbers)}]"
