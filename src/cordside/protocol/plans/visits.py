"""Markers over time: before and after, and visit by visit."""

from typing import Annotated, Literal

from pydantic import Field

from cordside.protocol.part import Item, Name, Part
from cordside.protocol.plans.base import Marker, Planned


class Outlier(Part):
    """A value the study calls an outlier: kept, and shown with and without."""

    subject: Name
    item: Item
    visit: Name
    reason: str


class BeforeAfter(Planned):
    """One value a subject before and after, with one line each."""

    kind: Literal["before_after"]
    markers: Annotated[list[Marker], Field(min_length=1)]
    before: Annotated[Name, Field(description="visit before treatment")]
    after: Annotated[Name, Field(description="visit after treatment")]
    subject: str = "{USUBJID}"


class ByVisit(Planned):
    """Mean with SD or SE at each visit."""

    kind: Literal["by_visit"]
    markers: Annotated[list[Marker], Field(min_length=1)]
    visits: Annotated[list[str], Field(min_length=2)]
    spread: Literal["sd", "se"] | None = None
    outliers: list[Outlier] = []
