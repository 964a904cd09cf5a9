"""What every part of a protocol shares: strict keys, and `not_published` wherever a value may stand.

A study written down from a paper says what the paper does not. So a key that must be answered is declared without a
default (`route: str | None`): leaving it out is a mistake, `not_published` is an answer, and nothing is invented.
A text that was not published reads "not published" wherever it is printed. Only what a part cannot be without (an id, the
kind of an analysis, the item of a row) must be given; there the whole part may be `not_published`.
"""

import re
from types import NoneType
from typing import Annotated, Any, Self, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from cordside.domains.all import DOMAINS
from cordside.domains.kinds import Unreadable, dtc

NOT_PUBLISHED = "not_published"
NOT_PUBLISHED_WORDS = "not published"


class Part(BaseModel):
    """A mapping of the protocol: known keys only, unchangeable once read."""

    # Built once, when the whole protocol is: a part built before and then nested, as Condition in itself, would be read twice.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    _unpublished: frozenset[str] = PrivateAttr(default=frozenset())

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if data == NOT_PUBLISHED:
            data = dict.fromkeys(cls.model_fields, NOT_PUBLISHED)
        if not isinstance(data, dict):
            return handler(data)
        unpublished = frozenset(key for key, value in data.items() if value == NOT_PUBLISHED)
        part = handler(cls._answered(data, unpublished))
        part._unpublished = unpublished
        return part

    @classmethod
    def _answered(cls, data: dict[str, Any], unpublished: frozenset[str]) -> dict[str, Any]:
        """The data without empty keys; an unpublished key has its default, else None, "not published" or an empty list."""
        given = {key: value for key, value in data.items() if value is not None and key not in unpublished}
        fields = cls.model_fields
        return given | {key: _stand_in(fields.get(key)) for key in unpublished if key not in fields or fields[key].is_required()}

    def is_published(self, key: str) -> bool:
        """False when the protocol says that this key was not published."""
        return key not in self._unpublished

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        whole = handler(core_schema)
        schema = handler.resolve_ref_schema(whole)
        for name, rule in schema.get("properties", {}).items():
            if may_be_unpublished(cls.model_fields[name]):
                schema["properties"][name] = _or_not_published(rule)
            elif rule.get("type") == "string" and "const" not in rule and "enum" not in rule:
                schema["properties"][name] = rule | {"not": {"const": NOT_PUBLISHED}}
        return whole


def may_be_unpublished(field: FieldInfo) -> bool:
    """False for a key that its part cannot be without."""
    return not field.is_required() or NoneType in get_args(field.annotation) or _stand_in(field) is not None


def _stand_in(field: FieldInfo | None) -> Any:
    """What a required key holds that was not published; None also where nothing can stand in."""
    if field is None or field.metadata:
        return None
    return NOT_PUBLISHED_WORDS if field.annotation is str else [] if get_origin(field.annotation) is list else None


def _or_not_published(rule: dict[str, Any]) -> dict[str, Any]:
    kept = {key: rule[key] for key in ("title", "description", "default") if key in rule}
    bare = {key: value for key, value in rule.items() if key not in kept}
    choices = [_named_parts(choice) for choice in bare.pop("anyOf", [bare]) if choice and choice != {"type": "null"}]
    return kept | {"anyOf": [*choices, {"const": NOT_PUBLISHED}]}


def _named_parts(rule: dict[str, Any]) -> dict[str, Any]:
    """The rule of a mapping of names: each part below it may be not published as a whole."""
    value = rule.get("additionalProperties")
    if isinstance(value, dict) and ("$ref" in value or {"type": "null"} in value.get("anyOf", [])):
        return rule | {"additionalProperties": _or_not_published(value)}
    return rule


def _item(value: str) -> str:
    domain, _, name = value.partition(".")
    if domain not in DOMAINS or not DOMAINS[domain].by_subject or not name:
        raise ValueError(
            f"{value} names no item|DOMAIN.NAME such as VS.RESP, LB.CRP, DM.AGE, MH.HYPERTENSION|write domain, point, test or term"
        )
    return value


def _partial_date(value: str) -> str:
    try:
        dtc.read(value)
    except Unreadable as error:
        raise ValueError(f"{error.problem}|{error.allowed}|{error.remedy}") from None
    return value


def _code(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", value):
        raise ValueError(f"{value!r} cannot be a code|letters, digits, - _ and . up to 64 characters|shorten it; say the rest in a label")
    return value


def answered(value: Any) -> Any:
    """A value below a name of the study's own: None where it was not published."""
    return None if value == NOT_PUBLISHED else value


Item = Annotated[str, AfterValidator(_item)]
"""What a row is about: DOMAIN.NAME, where NAME is a test code (findings), a term (events, interventions) or a variable (DM)."""
DateText = Annotated[str, AfterValidator(_partial_date)]
Code = Annotated[str, AfterValidator(_code)]
Name = Annotated[str, Field(min_length=1)]
"""A name by which the protocol points to something of its own: it must be given."""
