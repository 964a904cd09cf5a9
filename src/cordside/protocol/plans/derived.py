"""One value a subject that no single row of the record holds: infusions given, days between two moments, whether swabs cleared."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.part import Item, Part
from cordside.protocol.plans.happenings import Cleared


def _one_key(part: Part, what: str) -> str:
    """The one key of a part that is given; ValueError where there are none or several."""
    names = list(type(part).model_fields)
    given = [name for name in names if getattr(part, name) is not None]
    if len(given) != 1:
        raise ValueError(f"{len(given)} keys of {what}|exactly one of {', '.join(names)}|write one")
    return given[0]


class Moment(Part):
    """A day in the course of a subject. Exactly one key."""

    at: Annotated[
        Literal["first infusion", "last infusion", "consent", "admission"] | None,
        Field(description="a day that every study knows; admission begins the stay during which the subject was treated"),
    ] = None
    item: Annotated[Item | None, Field(description="first dated row of this item that took place, for instance MH.SYMPTOM ONSET")] = None
    cleared: Annotated[Cleared | None, Field(description="day on which swabs after the first infusion are negative under a rule")] = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        _one_key(self, "a moment")
        return self

    @property
    def words(self) -> str:
        """The moment as a reader would say it."""
        return self.at or self.item or f"negative {self.cleared.item if self.cleared else ''}"


class DaysBetween(Part):
    """Days from one moment to another, as the difference of dates: 02-17 to 02-21 is 4."""

    start: Annotated[Moment, Field(description="day from which is counted")]
    end: Annotated[Moment, Field(description="day to which is counted")]


class Derived(Part):
    """One value a subject that no single row holds. Exactly one key."""

    infusions: Annotated[
        Literal["number", "volume"] | None,
        Field(description="infusions given: how many, or their mL together (those prepared where not measured)"),
    ] = None
    days: Annotated[DaysBetween | None, Field(description="days between two moments")] = None
    cleared: Annotated[Cleared | None, Field(description="Y or N: swabs after the first infusion are negative under a rule")] = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        _one_key(self, "a derived value")
        return self

    @property
    def swabbed(self) -> list[Cleared]:
        """The rules of clearance that the value depends on."""
        moments = [self.days.start, self.days.end] if self.days else []
        return [cleared for cleared in (self.cleared, *(moment.cleared for moment in moments)) if cleared]

    @property
    def about(self) -> str:
        """What result rows of the value are about."""
        if self.infusions:
            return f"EX.{self.infusions.upper()}"
        return f"{self.days.end.words} - {self.days.start.words}" if self.days else self.cleared.item if self.cleared else ""
