"""YAML with line numbers: every scalar is text, every mistake of syntax is a Problem, no alias bombs.

Scalars stay text because 2.20 says more than 2.2 and because the reader, not YAML, knows what a key means. The file is
read event by event: aliases are never followed, and nesting is counted, so that no file takes more than its own size.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from cordside.errors import CannotDo, Problem, ProblemsFound

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NULLS = {"", "~", "null", "Null", "NULL"}
_MAXIMUM_BYTES = 10_000_000
_DEEPEST = 50
_MOST_PROBLEMS = 100
_TAB = re.compile(r" *\t")
# Beside what YAML forbids, the line ends that editors do not show: they would shift every line number.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

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
    problems = [
        _hard(name, _line_at(text[: bad.start()]), f"the character U+{ord(bad.group()):04X}", "printable characters", "remove it")
        for bad, _ in zip(_FORBIDDEN.finditer(text), range(_MOST_PROBLEMS), strict=False)
    ]
    if problems:
        raise ProblemsFound(problems)
    walk = _Walk(name, text)
    try:
        data = walk.document()
    except yaml.YAMLError as error:
        walk.problems.append(_syntax_problem(error, text, name))
    except _Enough:
        pass
    if walk.problems:
        raise ProblemsFound(walk.problems)
    return YamlFile(name, text, data, walk.lines)


def _decoded(raw: bytes, name: str) -> str:
    if len(raw) > _MAXIMUM_BYTES:
        raise ProblemsFound([_hard(name, None, f"{len(raw):,} bytes", f"at most {_MAXIMUM_BYTES:,}", "keep data in records, not in YAML")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = f"byte 0x{raw[error.start]:02X} is not UTF-8"
        line = _line_at(raw[: error.start].decode("latin-1"))
        raise ProblemsFound([_hard(name, line, bad, "UTF-8 text", "save the file as UTF-8")]) from None


def _line_at(before: str) -> int:
    """Line (from 1) of what follows a text, whatever its line ends."""
    return before.count("\n") + before.count("\r") - before.count("\r\n") + 1


def _syntax_problem(error: yaml.YAMLError, text: str, name: str) -> Problem:
    context, problem, began_at, found_at = (getattr(error, part, None) for part in ("context", "problem", "context_mark", "problem_mark"))
    lines = re.split("\r\n|\r|\n", text.rstrip("\r\n"))
    mark = found_at or began_at
    line = min(mark.line + 1, len(lines)) if mark else 1
    if _TAB.match(lines[line - 1]) or "'\\t'" in str(problem):
        return _hard(name, line, "a tab at the start of the line", "YAML indents with blanks", "replace the tab by blanks")
    words = " ".join(str(part) for part in (context, problem) if part) or "not YAML"
    began = began_at.line + 1 if context and began_at else line
    if began < line:
        words += f" (it begins on line {began})"
    return _hard(name, line, words, "", "mend the line or the one before it; quote texts that hold ': ' or '#'")


def _hard(name: str, line: int | None, problem: str, allowed: str, remedy: str, key: str = "") -> Problem:
    return Problem(name, line, key, problem, allowed, remedy, hard=True)


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Enough(Exception):
    """So many problems that more of them help nobody."""


class _Walk:
    """One pass over the events of a file, collecting values, lines and every mistake."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Loader)

    def document(self) -> Any:
        """The value of the one document; None where there is none."""
        data: Any = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
            elif isinstance(event, yaml.NodeEvent) and documents == 1:
                data = self._value(event, ())
            if documents > 1:
                self._found(event, "a second document (---)", "one document a file", "move it to a file of its own, or remove the ---")
                break
        return data

    def _found(self, event: yaml.Event, problem: str, allowed: str, remedy: str, place: Place = ()) -> None:
        self.problems.append(_hard(self.name, _line_of(event), problem, allowed, remedy, ".".join(map(str, place))))
        if len(self.problems) >= _MOST_PROBLEMS:
            raise _Enough

    def _value(self, event: yaml.NodeEvent, place: Place) -> Any:
        self.lines.setdefault(place, _line_of(event))
        if isinstance(event, yaml.AliasEvent):
            self._found(event, f"an alias (*{event.anchor})", "values written out", "repeat the value, or quote a text that begins with *")
            return None
        if event.anchor:
            self._found(event, f"an anchor (&{event.anchor})", "values without names", "remove it, or quote a text that begins with &")
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            self._found(event, f"a tag ({tag})", "plain values", "remove it, or quote a text that begins with !")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(place) >= _DEEPEST:
            self._found(event, f"nested more than {_DEEPEST} deep", f"at most {_DEEPEST} levels", "write it flatter")
            raise _Enough
        return self._mapping(place) if isinstance(event, yaml.MappingStartEvent) else self._list(place)

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        bad = _FORBIDDEN.search(event.value)
        if bad:
            self._found(event, f"the character U+{ord(bad.group()):04X}, written as an escape", "printable characters", "remove it")
        # The parser in C says "" where the one in Python says None.
        return None if not event.style and event.value in _NULLS else event.value

    def _inside(self, end: type[yaml.Event]) -> Iterator[yaml.NodeEvent]:
        """Events up to the end of a list or mapping; whoever takes one reads all of its value."""
        event = next(self._events)
        while not isinstance(event, end):
            yield event  # type: ignore[misc]
            event = next(self._events)

    def _list(self, place: Place) -> list[Any]:
        return [self._value(event, (*place, index)) for index, event in enumerate(self._inside(yaml.SequenceEndEvent))]

    def _mapping(self, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self._inside(yaml.MappingEndEvent):
            key = event.value if isinstance(event, yaml.ScalarEvent) else None
            if key is None or key in found or key == "<<":
                self._refuse_key(event, key, place)
                continue
            self.lines[(*place, key)] = _line_of(event)
            found[key] = self._value(next(self._events), (*place, key))  # type: ignore[arg-type]
        return found

    def _refuse_key(self, event: yaml.NodeEvent, key: str | None, place: Place) -> None:
        """Say what is wrong with a key, and read past it and its value."""
        if key is None:
            self._found(event, "a key that is not a word", "one word a key", "quote it")
            self._value(event, (*place, "?"))
        elif key == "<<":
            self._found(event, "a merge key (<<)", "keys written out", "repeat the keys", (*place, key))
        else:
            remedy = f"keep one; the first is on line {self.lines[(*place, key)]}"
            self._found(event, "the key stands twice", "", remedy, (*place, key))
        self._value(next(self._events), (*place, "?"))  # type: ignore[arg-type]
