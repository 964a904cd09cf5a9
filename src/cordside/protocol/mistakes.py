"""What a person reads about a mistake in a protocol: what is wrong, what is allowed, what to do."""

from functools import cache
from typing import Any

from pydantic_core import ErrorDetails

from cordside.protocol.part import NOT_PUBLISHED
from cordside.protocol.protocol import Protocol
from cordside.yamlfile import Place
from cordside.yamlmistakes import Words, dotted, nearest
from cordside.yamlmistakes import words_of as form_words


def words_of(detail: ErrorDetails, place: Place, value: Any) -> Words:
    """What is wrong, what is allowed, what to do.

    detail: what pydantic met; place: where it stands in the file; value: what stands there.
    """
    if value == NOT_PUBLISHED:
        return _not_published(place)
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return "the key is missing", _answers(detail["loc"]), f"write {place[-1]}: ..."
    if kind == "union_tag_not_found":
        return "kind is missing", f"one of {', '.join(_kinds())}", "write kind: ..."
    if kind == "union_tag_invalid":
        return f"kind {context['tag']} is not known", f"one of {', '.join(_kinds())}", nearest(context["tag"], ", ".join(_kinds()))
    return form_words(detail, place, lambda: _keys_beside(detail["loc"]), "remove it, or say it in a remark")


def _kinds() -> list[str]:
    """Kinds of planned analyses."""
    return sorted(_resolved(_schema()["properties"]["analyses"], _schema()["$defs"])["items"]["discriminator"]["mapping"])


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
