"""protocol.yaml → Protocol, every mistake at once: file, line, what is allowed, the nearest known key."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cordside.errors import Problem, ProblemsFound
from cordside.protocol.consistency import check_protocol
from cordside.protocol.mistakes import dotted, words_of
from cordside.protocol.protocol import Protocol
from cordside.yamlfile import YamlFile, parse_yaml, read_yaml

_LONGEST_WORDS = 300


def read_protocol(path: Path) -> tuple[Protocol, str]:
    """Read a protocol file.

    Returns the protocol and the file's text, which a cut keeps and digests.
    Raises CannotDo when it cannot be read and ProblemsFound with every mistake in it.
    """
    return _protocol_of(read_yaml(path))


def parse_protocol(text: str, name: str = "protocol.yaml") -> Protocol:
    """The protocol of a text; see read_protocol."""
    return _protocol_of(parse_yaml(text.encode(), name))[0]


def protocol_schema() -> dict[str, Any]:
    """JSON Schema of protocol.yaml, for editors: known keys, types, and `not_published` wherever a key may stand."""
    schema = Protocol.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    _take_scalars_as_text(schema)
    schema["properties"]["format"] = {"enum": ["1", 1], "description": "version of this file's form"}
    return schema


def _take_scalars_as_text(rule: Any) -> None:
    """Let a text be written as an editor would read it: 1 and true are texts too."""
    if isinstance(rule, dict) and rule.get("type") == "string" and "enum" not in rule and "const" not in rule:
        rule["type"] = ["string", "number", "boolean"]
    for below in rule.values() if isinstance(rule, dict) else rule if isinstance(rule, list) else []:
        _take_scalars_as_text(below)


def _protocol_of(file: YamlFile) -> tuple[Protocol, str]:
    if not isinstance(file.data, dict):
        what = "an empty file" if file.data is None else "not a mapping of keys"
        raise ProblemsFound([Problem(file.name, 1, "", what, "keys such as format, study, title", "begin with format: 1", hard=True)])
    try:
        protocol = Protocol.model_validate(file.data)
    except ValidationError as error:
        raise ProblemsFound(sorted((_problem(file, detail) for detail in error.errors()), key=_order)) from None
    problems = [_problem_at(file, place, words) for place, words in check_protocol(protocol)]
    if problems:
        raise ProblemsFound(sorted(problems, key=_order))
    return protocol, file.text


def _order(problem: Problem) -> tuple[int, str]:
    return problem.row or 0, problem.variable


def _problem(file: YamlFile, detail: ErrorDetails) -> Problem:
    place = _place_in(file.data, detail["loc"])
    return _problem_at(file, place, words_of(detail, place, _value_at(file.data, place)))


def _problem_at(file: YamlFile, place: tuple[int | str, ...], words: tuple[str, str, str]) -> Problem:
    # What a value says is printed back; a whole page of it would hide the other problems.
    wrong = words[0] if len(words[0]) <= _LONGEST_WORDS else f"{words[0][:_LONGEST_WORDS]} ..."
    return Problem(file.name, file.line(place), dotted(place), wrong, *words[1:], hard=True)


def _place_in(data: Any, loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The part of pydantic's location that stands in the file; names of kinds and of types in unions are left out."""
    place: list[int | str] = []
    for index, part in enumerate(loc):
        known = (isinstance(data, dict) and part in data) or (isinstance(data, list) and isinstance(part, int) and part < len(data))
        if known:
            data = data[part]
            place.append(part)
        elif index == len(loc) - 1 and isinstance(data, dict):
            place.append(part)
    return tuple(place)


def _value_at(data: Any, place: tuple[int | str, ...]) -> Any:
    for part in place:
        known = part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int) and part < len(data)
        if not known:
            return None
        data = data[part]
    return data
