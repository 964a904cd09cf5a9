"""YAML with line numbers: every scalar is text, every mistake of syntax is a Problem, no alias bombs.

Scalars stay text because 2.20 says more than 2.2 and because the reader, not YAML, knows what a key means.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from cordside.errors import CannotDo, Problem, ProblemsFound

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NULLS = {"", "~", "null"}
_MAXIMUM_BYTES = 10_000_000

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class YamlFile:
    """A YAML file as nested dicts, lists, texts and None, and the line of each place in it."""

    name: str
    text: str
    data: Any
    lines: dict[Place, int]

    def line(self, place: Place) -> int:
        """Line (from 1) of a place such as ("visits", "D28", "window"), or of its nearest known parent."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_yaml(path: Path, name: str | None = None) -> YamlFile:
    """Read a YAML file of UTF-8 text.

    name: how problems call the file; its file name unless given.
    Raises CannotDo when the file cannot be read, ProblemsFound when it is not sound YAML.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CannotDo(f"{path}: {(error.strerror or 'cannot be read').lower()}; name a readable file.") from None
    return parse_yaml(raw, name or path.name)


def parse_yaml(raw: bytes, name: str) -> YamlFile:
    """Parse the bytes of a YAML file; see read_yaml."""
    text = _decoded(raw, name)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise ProblemsFound([_syntax_problem(error, text, name)]) from None
    except yaml.YAMLError as error:
        where = getattr(error, "position", 0)
        line = text.count("\n", 0, where) + 1
        raise ProblemsFound([_hard(name, line, "a character that YAML does not allow", "printable characters", "remove it")]) from None
    walk = _Walk(name)
    data = walk.value(node, ()) if node is not None else None
    if walk.problems:
        raise ProblemsFound(walk.problems)
    return YamlFile(name, text, data, walk.lines)


def _decoded(raw: bytes, name: str) -> str:
    if len(raw) > _MAXIMUM_BYTES:
        raise ProblemsFound([_hard(name, None, f"{len(raw):,} bytes", f"at most {_MAXIMUM_BYTES:,}", "keep data in records, not in YAML")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        bad = f"byte 0x{raw[error.start]:02X} is not UTF-8"
        raise ProblemsFound([_hard(name, line, bad, "UTF-8 text", "save the file as UTF-8")]) from None


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, name: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    source = text.splitlines()[line - 1] if mark and mark.line < len(text.splitlines()) else ""
    if "\t" in source[: len(source) - len(source.lstrip())] or "'\\t'" in str(error.problem):
        return _hard(name, line, "a tab at the start of the line", "YAML indents with blanks", "replace the tab by blanks")
    if error.problem and "undefined alias" in error.problem:
        return _alias_problem(name, line)
    words = " ".join(str(part) for part in (error.context, error.problem) if part)
    return _hard(name, line, words or "not YAML", "", "mend the line or the one before it; quote texts that hold ': ' or '#'")


def _alias_problem(name: str, line: int) -> Problem:
    return _hard(name, line, "an alias (*name)", "values written out", "repeat the value; aliases are not used here")


def _hard(name: str, line: int | None, problem: str, allowed: str, remedy: str) -> Problem:
    return Problem(name, line, "", problem, allowed, remedy, hard=True)


class _Walk:
    """One pass over the nodes, collecting lines and every mistake; a node met twice is an alias."""

    def __init__(self, name: str) -> None:
        self.name, self.lines, self.problems = name, {}, []  # type: ignore[var-annotated]
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, place: Place) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(place, line)
        if id(node) in self._seen:
            self.problems.append(_alias_problem(self.name, line))
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*place, index)) for index, child in enumerate(node.value)]
        is_plain = isinstance(node, yaml.ScalarNode) and node.style is None
        return None if is_plain and node.value in _NULLS else node.value

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(_hard(self.name, line, "a key that is not a word", "one word a key", "quote it"))
                continue
            if key in found:
                remedy = f"keep one; the first is on line {self.lines[(*place, key)]}"
                self.problems.append(
                    Problem(self.name, line, ".".join(map(str, (*place, key))), "the key stands twice", "", remedy, hard=True)
                )
                continue
            self.lines[(*place, key)] = line
            found[key] = self.value(value_node, (*place, key))
        return found
