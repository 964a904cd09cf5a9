"""Criteria as data, and three-valued logic.

A criterion compares one item with a value, or joins other criteria by all, any or none. What the record does not tell
is unknown, and unknown is never taken for yes or no.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.part import NOT_PUBLISHED_WORDS, Code, Item, Part

OPERATORS = ("equals", "one_of", "at_least", "at_most", "above", "below", "between", "recorded", "grade_at_least")
GROUPS = ("all", "any", "none")


class Truth(StrEnum):
    """What is known of a condition."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def negated(self) -> "Truth":
        """True for false and false for true; unknown stays unknown."""
        return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}.get(self, Truth.UNKNOWN)


def all_of(truths: list[Truth]) -> Truth:
    """False when one is, else unknown when one is or when there are none, else true (Kleene)."""
    if Truth.FALSE in truths:
        return Truth.FALSE
    # Of a condition that was published in words only there are no parts, and nothing is known.
    return Truth.UNKNOWN if Truth.UNKNOWN in truths or not truths else Truth.TRUE


def any_of(truths: list[Truth]) -> Truth:
    """True when one is, else unknown when one is or when there are none, else false (Kleene)."""
    return all_of([truth.negated() for truth in truths]).negated()


class Condition(Part):
    """One comparison on one item, or a group (all, any, none) of conditions.

    A condition whose item, comparison or group was not published stands as words: it has neither, and is never known.
    """

    text: Annotated[str | None, Field(description="the criterion in the words of the protocol")] = None
    item: Annotated[Item | None, Field(description="what is compared: VS.RESP, DM.AGE, MH.HYPERTENSION")] = None
    equals: Annotated[str | None, Field(description="the recorded value is this one")] = None
    one_of: Annotated[list[str] | None, Field(description="the recorded value is one of these")] = None
    at_least: Annotated[Decimal | None, Field(description="lowest value for which it holds, in `unit`")] = None
    at_most: Annotated[Decimal | None, Field(description="highest value for which it holds, in `unit`")] = None
    above: Annotated[Decimal | None, Field(description="values above this limit, in `unit`; the limit itself does not count")] = None
    below: Annotated[Decimal | None, Field(description="values below this limit, in `unit`; the limit itself does not count")] = None
    between: Annotated[list[Decimal] | None, Field(min_length=2, max_length=2, description="both limits count")] = None
    recorded: Annotated[bool | None, Field(description="true: any row tells it happened; false: a row tells it did not")] = None
    grade_at_least: Annotated[int | None, Field(ge=1, le=5, description="toxicity grade of an event (AE.*) or a result")] = None
    unit: Annotated[str | None, Field(description="unit of the limit; the standard unit unless given")] = None
    on: Annotated[Literal["room air"] | None, Field(description="a saturation at or below the limit counts on any support")] = None
    visit: Annotated[str | None, Field(description="only values of this visit")] = None
    within: Annotated[list[int] | None, Field(min_length=2, max_length=2, description="study days, first and last; no day 0")] = None
    take: Annotated[Literal["last", "first", "any", "every"], Field(description="which value counts where there are several")] = "last"
    all: Annotated[list["Condition"] | None, Field(description="a group: every one of these conditions holds")] = None
    any: Annotated[list["Condition"] | None, Field(description="a group: one or more of these conditions hold")] = None
    none: Annotated[list["Condition"] | None, Field(description="a group: not one of these conditions holds")] = None

    @classmethod
    def _answered(cls, data: dict[str, Any], unpublished: frozenset[str]) -> dict[str, Any]:
        found = super()._answered(data, unpublished)
        compared = [name for name in OPERATORS if found.get(name) is not None]
        if found.get("item") is None or compared or not unpublished & set(OPERATORS):
            return found
        said = f"{found['item']}, compared with what was not published"
        return {name: value for name, value in found.items() if name in ("id", "text")} | {"text": found.get("text") or said}

    @model_validator(mode="after")
    def _one_shape(self) -> Self:
        if self.is_in_words_only():
            return self
        groups = [name for name in GROUPS if getattr(self, name) is not None]
        operators = [name for name in OPERATORS if getattr(self, name) is not None]
        shapes = len(groups) + (self.item is not None)
        if shapes != 1:
            raise ValueError(f"a condition of {shapes} shapes|one of item, all, any, none|keep one, or nest them in a group")
        if groups and not self.parts():
            raise ValueError(f"{groups[0]} without conditions|one condition or more|write them, or not_published")
        if groups and operators:
            raise ValueError(f"{operators[0]} beside a group|a comparison needs an item|move it into the group")
        if self.item is not None and len(operators) != 1:
            raise ValueError(
                f"{len(operators)} comparisons of {self.item}|exactly one of {', '.join(OPERATORS)}|write one, or nest several under all"
            )
        if self.within and 0 in self.within:
            raise ValueError("day 0 in within|study days run ..., -1, 1, ...|write -1 or 1")
        if self.within and self.within[0] > self.within[1]:
            raise ValueError(f"within {self.within} ends before it starts|first the earlier day|write {sorted(self.within)}")
        if self.between and self.between[0] > self.between[1]:
            shown = " to ".join(map(str, self.between))
            raise ValueError(f"between {shown}: the lower limit is above the upper|[low, high]|swap them")
        return self

    def is_in_words_only(self) -> bool:
        """True when the source does not say what is compared with what, so that nobody can judge it."""
        shapes = ("item", *GROUPS)
        hidden = any(not self.is_published(name) for name in (*shapes, *OPERATORS))
        return hidden and all(getattr(self, name) is None for name in shapes)

    def parts(self) -> list["Condition"]:
        """The conditions of a group; empty for a comparison."""
        return self.all or self.any or self.none or []

    def words(self) -> str:
        """The condition as a reader would say it; its own text where it has one."""
        if self.text:
            return self.text
        if self.is_in_words_only():
            return NOT_PUBLISHED_WORDS
        if self.item is None:
            kind = next(name for name in GROUPS if getattr(self, name) is not None)
            return f"{kind} of: " + "; ".join(part.words() for part in self.parts())
        operator = next(name for name in OPERATORS if getattr(self, name) is not None)
        value = getattr(self, operator)
        said = {"recorded": "is recorded" if value else "is recorded as absent"}.get(operator)
        shown = " to ".join(map(str, value)) if operator == "between" else " or ".join(value) if operator == "one_of" else value
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.item} {said or operator.replace('_', ' ') + ' ' + str(shown) + unit}" + (f" on {self.on}" if self.on else "")


class Criterion(Condition):
    """A condition with an id, as eligibility and go/no-go lists hold them."""

    id: Annotated[Code, Field(description="short name, for instance I1 or E3")]


class Population(Part):
    """Who may be enrolled."""

    planned: Annotated[int | None, Field(ge=0, description="subjects planned")]
    description: Annotated[str | None, Field(description="who is studied, in the words of the protocol")] = None
    inclusion: Annotated[list[Criterion] | None, Field(description="criteria that a subject must meet")]
    exclusion: Annotated[list[Criterion] | None, Field(description="criteria that a subject must not meet")]
