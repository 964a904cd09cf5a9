"""Markers over time: before and after, and visit by visit."""

from typing import Annotated, Literal

from pydantic import Field

from cordside.protocol.part import Item, Name, Part
from cordside.protocol.plans.base import Marker, Planned


class Outlier(Part):
    """A value the study calls an outlier: kept, and shown with and without."""

    subject: Annotated[Name, Field(description="number of the subject, with or without the study's name")]
    item: Annotated[Item, Field(description="the marker whose value it is")]
    visit: Annotated[Name, Field(description="visit of the value")]
    reason: Annotated[str, Field(description="why it counts as an outlier")]


class BeforeAfter(Planned):
    """One value a subject before and after, with one line each."""

    kind: Literal["before_after"]
    markers: Annotated[list[Marker], Field(min_length=1, description="one panel for each marker")]
    before: Annotated[Name, Field(description="visit before treatment")]
    after: Annotated[Name, Field(description="visit after treatment")]
    subject: Annotated[str, Field(description="how a subject is named, for instance Case {SUBJID}")] = "{USUBJID}"


class ByVisit(Planned):
    """Mean with SD or SE at each visit."""

    kind: Literal["by_visit"]
    markers: Annotated[list[Marker], Field(min_length=1, description="one panel for each marker")]
    visits: Annotated[list[str], Field(min_length=2, description="names of the visits along the axis, in order")]
    spread: Annotated[Literal["sd", "se"] | None, Field(description="what error bars show; conventions.spread unless given")] = None
    outliers: Annotated[list[Outlier], Field(description="values kept, and shown with and without")] = []
