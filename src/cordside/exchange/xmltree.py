"""XML as a tree with line numbers. A document type is refused, so that no entity is ever expanded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from cordside.errors import CannotDo

_DEEPEST = 100
_MAXIMUM_BYTES = 50_000_000


@dataclass
class Element:
    """One element: its name and those of its attributes as `namespace name`, its text, its children and its line."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition(" ")[2]

    def all(self, name: str) -> Iterator["Element"]:
        """Children of a name."""
        return (child for child in self.children if child.name == name)


def parse_xml(raw: bytes, name: str) -> Element:
    """The root of a document; CannotDo when it is no sound XML, has a document type, or nests without end."""
    if len(raw) > _MAXIMUM_BYTES:
        raise CannotDo(f"{name}: {len(raw):,} bytes; at most {_MAXIMUM_BYTES:,} are read.")
    walk = _Walk(name)
    try:
        walk.parser.Parse(raw, True)
    except expat.ExpatError as error:
        words = expat.ErrorString(error.code)
        raise CannotDo(f"{name}:{error.lineno}: {words}; XML is allowed; mend the file.") from None
    return walk.root


class _Walk:
    """One pass over a document."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._open = [Element("", {}, 0)]
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    @property
    def root(self) -> Element:
        """The one element at the top."""
        return self._open[0].children[0]

    def _refuse(self, *_: object) -> None:
        words = "a document type (<!DOCTYPE>); none is allowed; remove it"
        raise CannotDo(f"{self.name}:{self.parser.CurrentLineNumber}: {words}.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) > _DEEPEST:
            raise CannotDo(f"{self.name}:{self.parser.CurrentLineNumber}: nested more than {_DEEPEST} deep; write it flatter.")
        element = Element(name, attributes, self.parser.CurrentLineNumber)
        self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].text += text
