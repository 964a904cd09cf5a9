"""protocol.md: every part of a protocol with its keys."""

from collections.abc import Iterable
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, MaxLen, MinLen
from pydantic import AfterValidator
from pydantic.fields import FieldInfo

from cordside.protocol.part import Part
from cordside.protocol.protocol import Protocol
from reference.markdown import page, table

PROTOCOL_INTRODUCTION = """\
Every key of `protocol.yaml`, part by part. `cordside schema protocol` prints the same as a JSON Schema, for editors. How to write one:
[Write a protocol](../how-to/write-a-protocol.md).

- **required**: the key stands in every protocol, with a value.
- **answer**: the key stands in every protocol; `not_published` is an answer.
- **default**: the key may be left out, and then has this value. `not_published` is allowed and does the same.
- **optional**: the key may be left out. `not_published` is allowed, and is printed.

An *item* is `DOMAIN.NAME`: a test (`VS.RESP`), a condition, procedure or event by its term (`MH.HYPERTENSION`), or a variable of
the subject (`DM.AGE`). A *code* has letters, digits, `-`, `_` and `.`, up to 64 of them. A *date* may be partial: `2020-02`.
*Code → Visit* means names that you choose, each with a Visit below it."""

_SIMPLE = {str: "text", int: "whole number", bool: "true or false"}
_CHECKED = {"_item": "item", "_partial_date": "date", "_code": "code", "_domain": "domain code"}


def protocol_page() -> str:
    """The text of protocol.md: every part of a protocol with its keys."""
    places = _places_of_parts(Protocol, {})
    return page("# The protocol file", PROTOCOL_INTRODUCTION, *(_part(part, where) for part, where in places.items()))


def _places_of_parts(part: type[Part], found: dict[type[Part], list[str]]) -> dict[type[Part], list[str]]:
    """Every part that a part holds, itself first, with the keys at which it stands."""
    found.setdefault(part, [])
    for key, field in part.model_fields.items():
        for below in _parts_in(field.annotation):
            new = below not in found
            found.setdefault(below, []).append(f"`{key}` of {part.__name__}" if part is not Protocol else f"`{key}`")
            if new:
                _places_of_parts(below, found)
    return found


def _parts_in(hint: Any) -> list[type[Part]]:
    if isinstance(hint, type) and get_origin(hint) is None:
        return [hint] if issubclass(hint, Part) else []
    return [part for argument in get_args(hint) for part in _parts_in(argument)]


def _part(part: type[Part], where: list[str]) -> str:
    head = [
        f"## {part.__name__}",
        (part.__doc__ or "").strip(),
        f"Stands at {', '.join(dict.fromkeys(where))}." if where else "The whole file.",
    ]
    rows = [
        (f"`{key}`", _value_words(field), _answer_words(part, key), field.description or "") for key, field in part.model_fields.items()
    ]
    return "\n\n".join([*head, table(("Key", "Value", "Must it stand?", "Meaning"), rows)])


def _value_words(field: FieldInfo) -> str:
    lengths = {type(rule): getattr(rule, "min_length", None) or getattr(rule, "max_length", None) for rule in field.metadata}
    if MinLen in lengths and lengths[MinLen] == lengths.get(MaxLen):
        return f"{_hint_words(field.annotation, field.metadata)}, exactly {lengths[MinLen]}"
    rules = [words for rule in field.metadata if (words := _rule_words(rule))]
    return ", ".join([_hint_words(field.annotation, field.metadata), *rules])


def _hint_words(hint: Any, rules: Iterable[Any] = ()) -> str:
    checked = next((_CHECKED[rule.func.__name__] for rule in rules if isinstance(rule, AfterValidator)), None)
    if checked:
        return checked
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _hint_words(arguments[0], arguments[1:])
    if origin is Literal:
        return " or ".join(f"`{word}`" for word in arguments)
    if origin in (Union, UnionType):
        return " or ".join(_hint_words(one) for one in arguments if one is not NoneType)
    if origin is list:
        return f"list of {_hint_words(arguments[0])}"
    if origin is dict:
        return f"{_hint_words(arguments[0])} → {_hint_words(arguments[1])}"
    if isinstance(hint, type) and issubclass(hint, Part):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return _SIMPLE.get(hint, "number")


def _rule_words(rule: Any) -> str:
    if isinstance(rule, MinLen | MaxLen):
        return f"at least {rule.min_length} of them" if isinstance(rule, MinLen) else f"at most {rule.max_length}"
    if isinstance(rule, Ge | Gt | Le):
        return f"{rule.ge} or more" if isinstance(rule, Ge) else f"more than {rule.gt}" if isinstance(rule, Gt) else f"{rule.le} or less"
    return f"as `{rule.pattern}`".replace("|", "\\|") if getattr(rule, "pattern", None) else ""


def _answer_words(part: type[Part], key: str) -> str:
    field = part.model_fields[key]
    if field.is_required():
        return "answer" if NoneType in get_args(field.annotation) else "required"
    default = field.get_default(call_default_factory=True)
    shown = str(default).lower() if isinstance(default, bool) else default
    return "optional" if default in (None, [], {}) or isinstance(default, Part) else f"default `{shown}`"
