"""protocol.yaml → Protocol, every mistake at once: file, line, what is allowed, the nearest known key."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cordside.errors import Problem, ProblemsFound
from cordside.protocol.consistency import check_protocol
from cordside.protocol.mistakes import words_of
from cordside.protocol.protocol import Protocol
from cordside.yamlfile import YamlFile, parse_yaml, read_yaml
from cordside.yamlmistakes import place_in, problem_at, value_at


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
    problems = [problem_at(file, place, words) for place, words in check_protocol(protocol)]
    if problems:
        raise ProblemsFound(sorted(problems, key=_order))
    return protocol, file.text


def _order(problem: Problem) -> tuple[int, str]:
    return problem.row or 0, problem.variable


def _problem(file: YamlFile, detail: ErrorDetails) -> Problem:
    place = place_in(file.data, detail["loc"])
    return problem_at(file, place, words_of(detail, place, value_at(file.data, place)))
