"""The schedule: visits, what is asked at each, and the laboratories' reference ranges."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.eligibility import Condition
from cordside.protocol.part import Code, DateText, Item, Part

Anchor = Literal["first infusion", "last infusion", "admission", "consent"]


class Repeat(Part):
    """A visit that comes again."""

    every: Annotated[int, Field(ge=1, description="days from one to the next")]
    times: Annotated[int, Field(ge=2, le=99, description="how often in all")]


class Visit(Part):
    """One visit. Days count from the anchor's day as day 1, without a day 0; the window is days before and after."""

    label: Annotated[str | None, Field(description="as printed; the name unless given")] = None
    day: Annotated[int | None, Field(description="planned study day; leave out for unscheduled visits")] = None
    window: Annotated[
        list[int], Field(min_length=2, max_length=2, description="days allowed before and after the planned day, for instance [-1, 1]")
    ] = [0, 0]
    anchor: Annotated[Anchor, Field(description="event whose day is day 1")] = "first infusion"
    infusion: Annotated[int | None, Field(ge=1, description="number of the infusion given at this visit")] = None
    unscheduled: Annotated[bool, Field(description="true: held when needed, on no planned day")] = False
    repeat: Annotated[Repeat | None, Field(description="how the visit comes again")] = None
    by: Annotated[Literal["clinic", "ward", "phone"], Field(description="where or how the visit is held")] = "clinic"
    ask: Annotated[list[str], Field(description="names of panels")] = []

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.day == 0:
            raise ValueError("day 0|study days run ..., -1, 1, ...|write -1 or 1")
        if self.window[0] > self.window[1]:
            raise ValueError(f"window {self.window} ends before it starts|first the earlier day|write {sorted(self.window)}")
        if self.window[0] > 0 or self.window[1] < 0:
            raise ValueError(f"window {self.window} does not hold the planned day|[0 or less, 0 or more]|for instance [-3, 3]")
        if self.unscheduled and (self.day is not None or self.repeat):
            raise ValueError("an unscheduled visit with a day|no day and no repeat|drop unscheduled, or the day")
        return self


class Asked(Part):
    """One thing a panel asks."""

    item: Annotated[Item, Field(description="what is asked, for instance VS.RESP")]
    label: Annotated[str | None, Field(description="as printed on the form; the standard's name unless given")] = None
    specimen: Annotated[str | None, Field(description="what is sampled, for instance ARTERIAL BLOOD")] = None
    location: Annotated[str | None, Field(description="place on the body")] = None
    method: Annotated[str | None, Field(description="how it is measured")] = None
    unit: Annotated[str | None, Field(description="unit in which it is entered")] = None


class Panel(Part):
    """Things asked together; `when` asks them only of subjects for whom the condition is known to hold."""

    label: Annotated[str | None, Field(description="as printed; the name unless given")] = None
    when: Annotated[Condition | None, Field(description="asked only of subjects for whom this is known to hold; of all unless given")] = (
        None
    )
    items: Annotated[list[Asked], Field(description="what is asked, in order")]

    @model_validator(mode="after")
    def _asks(self) -> Self:
        if not self.items and self.is_published("items"):
            raise ValueError("a panel without items|one item or more|write items: [...], or not_published")
        return self


class ReferenceRange(Part):
    """A normal range: of one test, for whom, from when to when."""

    item: Annotated[Item, Field(description="the test, for instance LB.CRP")]
    specimen: Annotated[str | None, Field(description="only for this specimen; any unless given")] = None
    method: Annotated[str | None, Field(description="only for this method; any unless given")] = None
    sex: Annotated[Literal["F", "M"] | None, Field(description="only for this sex; both unless given")] = None
    age_from: Annotated[int | None, Field(ge=0, description="completed years, counted in")] = None
    age_to: Annotated[int | None, Field(ge=0, description="completed years, counted in")] = None
    valid_from: Annotated[DateText | None, Field(description="first date on which it is valid")] = None
    valid_to: Annotated[DateText | None, Field(description="last date on which it is valid")] = None
    low: Annotated[Decimal | None, Field(description="lower limit of normal, in `unit`")] = None
    high: Annotated[Decimal | None, Field(description="upper limit of normal, in `unit`")] = None
    unit: Annotated[str, Field(description="unit of the limits")]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low is None and self.high is None and self.is_published("low") and self.is_published("high"):
            raise ValueError("a range without limits|low, high or both|write one")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}|low up to high|swap them")
        if self.age_from is not None and self.age_to is not None and self.age_from > self.age_to:
            raise ValueError(f"age {self.age_from} to {self.age_to}|from the younger to the older|swap them")
        # Partial dates of one length sort as text; of two lengths the shorter one decides.
        first, last = self.valid_from or "", self.valid_to or ""
        length = min(len(first), len(last))
        if first[:length] > last[:length]:
            raise ValueError(f"valid {first} to {last}|from the earlier to the later|swap them")
        return self


class Laboratory(Part):
    """A laboratory and its dated ranges; LBNAM of a row names it."""

    name: Annotated[str, Field(description="full name of the laboratory")]
    accreditation: Annotated[str | None, Field(description="standard or number of its accreditation")] = None
    ranges: Annotated[list[ReferenceRange], Field(description="its normal ranges, each with its dates")] = []


class PlannedVisit(Part):
    """One visit of the schedule with repeats written out."""

    name: Annotated[Code, Field(description="name of the visit, repeats numbered")]
    label: Annotated[str, Field(description="as printed")]
    number: Annotated[Decimal, Field(description="VISITNUM: order in the schedule")]
    visit: Annotated[Visit, Field(description="the visit as the protocol declares it")]
    day: Annotated[int | None, Field(description="planned study day")] = None


def planned_visits(visits: dict[str, Visit]) -> list[PlannedVisit]:
    """Every visit in the protocol's order, repeated ones written out as NAME, NAME.2, NAME.3 ..."""
    found: list[PlannedVisit] = []
    for place, (name, visit) in enumerate(visits.items(), 1):
        times, every = (visit.repeat.times, visit.repeat.every) if visit.repeat else (1, 0)
        for turn in range(times):
            day = None if visit.day is None else _later(visit.day, turn * every)
            label = (visit.label or name) + (f" ({turn + 1})" if times > 1 else "")
            number = Decimal(place) + Decimal(turn) / 100
            found.append(PlannedVisit(name=name if turn == 0 else f"{name}.{turn + 1}", label=label, number=number, visit=visit, day=day))
    return found


def _later(day: int, days: int) -> int:
    """A study day so many days later; there is no day 0."""
    moved = day + days
    return moved + 1 if day < 0 <= moved else moved
