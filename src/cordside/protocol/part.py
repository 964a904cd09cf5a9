"""What every part of a protocol shares: strict keys, and `not_published` wherever a value may stand.

A study written down from a paper says what the paper does not. So a key that must be answered is declared without a
default (`route: str | None`): leaving it out is a mistake, `not_published` is an answer, and nothing is invented.
"""

import re
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, GetJsonSchemaHandler, ModelWrapValidatorHandler, PrivateAttr, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from cordside.domains.all import DOMAINS
from cordside.domains.kinds import Unreadable, dtc

NOT_PUBLISHED = "not_published"


class Part(BaseModel):
    """A mapping of the protocol: known keys only, unchangeable once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    _unpublished: frozenset[str] = PrivateAttr(default=frozenset())

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(data, dict):
            return handler(data)
        unpublished = frozenset(key for key, value in data.items() if value == NOT_PUBLISHED)
        part = handler(cls._answered(data, unpublished))
        part._unpublished = unpublished
        return part

    @classmethod
    def _answered(cls, data: dict[str, Any], unpublished: frozenset[str]) -> dict[str, Any]:
        """The data without empty keys; an unpublished key is None, or its default where it has one."""
        required = {name for name, field in cls.model_fields.items() if field.is_required()}
        given = {key: value for key, value in data.items() if value is not None and key not in unpublished}
        return given | dict.fromkeys(unpublished & required) | {key: None for key in unpublished if key not in cls.model_fields}

    def is_published(self, key: str) -> bool:
        """False when the protocol says that this key was not published."""
        return key not in self._unpublished

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler.resolve_ref_schema(handler(core_schema))
        for name, rule in schema.get("properties", {}).items():
            if name not in ("format", "kind"):
                schema["properties"][name] = _or_not_published(rule)
        return handler(core_schema)


def _or_not_published(rule: dict[str, Any]) -> dict[str, Any]:
    kept = {key: rule[key] for key in ("title", "description", "default") if key in rule}
    bare = {key: value for key, value in rule.items() if key not in kept}
    choices = [choice for choice in bare.pop("anyOf", [bare]) if choice and choice != {"type": "null"}]
    return kept | {"anyOf": [*choices, {"const": NOT_PUBLISHED}]}


def _item(value: str) -> str:
    domain, _, name = value.partition(".")
    if domain not in DOMAINS or not name:
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


Item = Annotated[str, AfterValidator(_item)]
"""What a row is about: DOMAIN.NAME, where NAME is a test code (findings), a term (events, interventions) or a variable (DM)."""
DateText = Annotated[str, AfterValidator(_partial_date)]
Code = Annotated[str, AfterValidator(_code)]
