"""protocol.yaml → Protocol, every mistake at once: file, line, what is allowed, the nearest known key."""

import difflib
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cordside.errors import Problem, ProblemsFound
from cordside.protocol.consistency import check_protocol
from cordside.protocol.protocol import Protocol
from cordside.yamlfile import YamlFile, parse_yaml, read_yaml

_TYPES = {
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "decimal_parsing": "a number with a point",
    "decimal_type": "a number with a point",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "string_type": "a text",
    "list_type": "a list: [one, two] or lines that begin with a dash",
    "dict_type": "keys with values below them",
    "model_type": "keys with values below them",
    "model_attributes_type": "keys with values below them",
}


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
    schema["properties"]["format"] = {"enum": ["1", 1], "description": "version of this file's form"}
    return schema


def _protocol_of(file: YamlFile) -> tuple[Protocol, str]:
    if not isinstance(file.data, dict):
        what = "an empty file" if file.data is None else "not a mapping of keys"
        raise ProblemsFound([Problem(file.name, 1, "", what, "keys such as format, study, title", "begin with format: 1", hard=True)])
    try:
        protocol = Protocol.model_validate(file.data)
    except ValidationError as error:
        raise ProblemsFound(sorted((_problem(file, detail) for detail in error.errors()), key=_order)) from None
    problems = [Problem(file.name, file.line(place), _dotted(place), *words, hard=True) for place, words in check_protocol(protocol)]
    if problems:
        raise ProblemsFound(sorted(problems, key=_order))
    return protocol, file.text


def _order(problem: Problem) -> tuple[int, str]:
    return problem.row or 0, problem.variable


def _problem(file: YamlFile, detail: ErrorDetails) -> Problem:
    place = _place_in(file.data, detail["loc"])
    words = _words(detail, place)
    return Problem(file.name, file.line(place), _dotted(place), *words, hard=True)


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


def _dotted(place: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in place if part != "[key]")


def _words(detail: ErrorDetails, place: tuple[int | str, ...]) -> tuple[str, str, str]:
    """What is wrong, what is allowed, what to do."""
    kind, context = detail["type"], detail.get("ctx", {})
    given = detail.get("input")
    shown = f"{given!r}" if isinstance(given, str) else "this"
    if kind == "extra_forbidden":
        return _unknown_key(str(place[-1]), detail["loc"])
    if kind == "missing":
        return "the key is missing", "a value, or not_published", f"write {place[-1]}: ..."
    if kind == "value_error":
        words = str(context.get("error", detail["msg"])).split("|")
        return words[0], *(words[1:] + ["", ""])[:2]  # type: ignore[return-value]
    if kind in ("literal_error", "enum"):
        return f"{shown} is not known here", f"one of {context.get('expected')}", _nearest_remedy(given, str(context.get("expected")))
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        allowed = str(context.get("expected_tags", "the kinds of analyses"))
        return f"kind {context.get('tag', 'is missing')} is not known", allowed, _nearest_remedy(context.get("tag"), allowed)
    if kind in _TYPES:
        return f"{shown} is not {_TYPES[kind].split(':')[0]}", _TYPES[kind], "mend the value, or write not_published"
    return f"{shown}: {detail['msg'][:1].lower()}{detail['msg'][1:]}", "", "mend the value"


def _nearest_remedy(given: object, allowed: str) -> str:
    choices = [word.strip(" '") for word in allowed.replace(" or ", ",").split(",")]
    near = difflib.get_close_matches(str(given), choices, 1)
    return f"did you mean {near[0]}" if near else "choose one of them"


def _unknown_key(key: str, loc: tuple[int | str, ...]) -> tuple[str, str, str]:
    known = _keys_beside(loc)
    near = difflib.get_close_matches(key, known, 1)
    remedy = f"did you mean {near[0]}" if near else "remove it, or say it in a remark"
    return "the key is not known", f"keys here: {', '.join(known)}" if known else "", remedy


def _keys_beside(loc: tuple[int | str, ...]) -> list[str]:
    """Known keys of the part in which pydantic met an unknown key, found by walking the JSON Schema."""
    schema, definitions = _schema(), _schema().get("$defs", {})
    for part in loc[:-1]:
        schema = _below(schema, part, definitions)
    return sorted(_resolved(schema, definitions).get("properties", {}))


@cache
def _schema() -> dict[str, Any]:
    return Protocol.model_json_schema()


def _resolved(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    choices = [choice for choice in schema.get("anyOf", []) if "$ref" in choice or choice.get("type") in ("object", "array")]
    return _resolved(choices[0], definitions) if choices else schema


def _below(schema: dict[str, Any], part: int | str, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = _resolved(schema, definitions)
    if isinstance(part, int):
        return dict(schema.get("items", {}))
    if part in schema.get("properties", {}):
        return dict(schema["properties"][part])
    mapping = schema.get("discriminator", {}).get("mapping", {})
    if part in mapping:
        return {"$ref": mapping[part]}
    extra = schema.get("additionalProperties", {})
    return dict(extra) if isinstance(extra, dict) and extra else schema
