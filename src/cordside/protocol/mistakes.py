"""What a person reads about a mistake in a protocol: what is wrong, what is allowed, what to do."""

import difflib
from functools import cache
from typing import Any

from pydantic_core import ErrorDetails

from cordside.protocol.part import NOT_PUBLISHED
from cordside.protocol.protocol import Protocol

Place = tuple[int | str, ...]
Words = tuple[str, str, str]

_TYPES = {
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a shorter number",
    "int_type": "a whole number",
    "decimal_whole_digits": "a shorter number",
    "finite_number": "a number with a point",
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

_LIMITS = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "too_short": "at least {min_length} entries",
    "too_long": "at most {max_length} entries",
    "string_too_short": "at least {min_length} character",
}


def dotted(place: Place) -> str:
    """The dotted key of a place: visits.D28.window."""
    return ".".join(str(part) for part in place if part != "[key]")


def words_of(detail: ErrorDetails, place: Place, value: Any) -> Words:
    """What is wrong, what is allowed, what to do.

    detail: what pydantic met; place: where it stands in the file; value: what stands there.
    """
    if value == NOT_PUBLISHED:
        return _not_published(place)
    kind, context = detail["type"], detail.get("ctx", {})
    given = detail.get("input")
    shown = _shown(given)
    if kind == "extra_forbidden":
        return _unknown_key(str(place[-1]), detail["loc"])
    if kind == "missing":
        return "the key is missing", _answers(detail["loc"]), f"write {place[-1]}: ..."
    if kind == "value_error":
        # From the right: the value itself, which comes first, may hold a bar.
        wrong, *more = str(context.get("error", detail["msg"])).rsplit("|", 2)
        allowed, remedy = (*more, "", "")[:2]
        return wrong, allowed, remedy
    if kind in ("literal_error", "enum"):
        return f"{shown} is not known here", f"one of {context.get('expected')}", _nearest_remedy(given, str(context.get("expected")))
    if kind == "union_tag_not_found":
        return "kind is missing", f"one of {', '.join(_kinds())}", "write kind: ..."
    if kind == "union_tag_invalid":
        return f"kind {context['tag']} is not known", f"one of {', '.join(_kinds())}", _nearest_remedy(context["tag"], ", ".join(_kinds()))
    if kind in _TYPES:
        return f"{shown} is not {_TYPES[kind].split(':')[0]}", _TYPES[kind], "mend the value"
    if kind in _LIMITS:
        return f"{shown} is not allowed here", _LIMITS[kind].format(**context), "mend the value"
    return f"{shown}: {detail['msg'][:1].lower()}{detail['msg'][1:]}", "", "mend the value"


def _shown(given: object) -> str:
    if isinstance(given, str):
        return repr(given)
    return "a list" if isinstance(given, list) else "a mapping of keys" if isinstance(given, dict) else "an empty value"


def _kinds() -> list[str]:
    """Kinds of planned analyses."""
    return sorted(_resolved(_schema()["properties"]["analyses"], _schema()["$defs"])["items"]["discriminator"]["mapping"])


def _nearest_remedy(given: object, allowed: str) -> str:
    choices = [word.strip(" '") for word in allowed.replace(" or ", ",").split(",")]
    near = difflib.get_close_matches(str(given), choices, 1)
    return f"did you mean {near[0]}" if near else "choose one of them"


def _unknown_key(key: str, loc: Place) -> Words:
    known = _keys_beside(loc)
    near = difflib.get_close_matches(key, known, 1)
    remedy = f"did you mean {near[0]}" if near else "remove it, or say it in a remark"
    return "the key is not known", f"keys here: {', '.join(known)}" if known else "", remedy


def _answers(loc: Place) -> str:
    """What may be written for a missing key."""
    rule = _part_at(loc).get(str(loc[-1]), {})
    return "a value, or not_published" if {"const": NOT_PUBLISHED} in rule.get("anyOf", []) else "a value"


def _keys_beside(loc: Place) -> list[str]:
    return sorted(_part_at(loc))


def _part_at(loc: Place) -> dict[str, Any]:
    """Keys, with their rules, of the part that holds a place, found by walking the JSON Schema."""
    schema, definitions = _schema(), _schema().get("$defs", {})
    for part in loc[:-1]:
        schema = _below(schema, part, definitions)
    return dict(_resolved(schema, definitions).get("properties", {}))


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


def _not_published(place: Place) -> Words:
    """What to do where not_published cannot stand."""
    *above, last = place
    if isinstance(last, int):
        return "an entry of a list cannot be not_published", "values", f"leave it out, or write {dotted(tuple(above))}: not_published"
    whole = [part for part in above if isinstance(part, str)]
    instead = "" if not above else ", or leave the whole entry out" if isinstance(above[-1], int) else f", or {whole[-1]}: not_published"
    return f"{last} cannot be not_published here", "a value", f"write it{instead}"
