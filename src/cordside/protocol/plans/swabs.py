"""Swabs, and days to negativity under named rules."""

from typing import Annotated, Literal

from pydantic import Field

from cordside.protocol.part import Item, Name, Part
from cordside.protocol.plans.base import Planned

ClearanceRule = Literal["first-negative", "two-negatives", "two-negatives-per-specimen"]


class SwabPlace(Part):
    """One specimen column of the swab table."""

    label: Annotated[str, Field(description="heading of the column")]
    location: Annotated[Name, Field(description="place of the swab as recorded, for instance NASOPHARYNX")]


class Swabs(Planned):
    """Every swab by date and specimen, beside the first positive and the first dose."""

    kind: Literal["swabs"]
    item: Annotated[Item, Field(description="the test of the swabs, for instance MB.SAR2RNA")]
    corner: Annotated[str, Field(description="heading of the column of subjects")] = "Subject"
    subject: Annotated[str, Field(description="how a subject is named, for instance Case {SUBJID}")] = "{USUBJID}"
    positive: Annotated[str, Field(description="heading of the first positive swab")] = "Positive before treatment"
    first_dose: Annotated[str, Field(description="heading of the day of the first dose")] = "First dose"
    date: Annotated[str, Field(description="heading of the dates of the swabs")] = "Date"
    places: Annotated[list[SwabPlace], Field(min_length=1, description="one column for each place, in order")]


class Clearance(Planned):
    """Days from the first dose to negativity under named rules, with the interval the truth lies in."""

    kind: Literal["clearance"]
    item: Annotated[Item, Field(description="the test of the swabs, for instance MB.SAR2RNA")]
    subject: Annotated[str, Field(description="how a subject is named, for instance Case {SUBJID}")] = "{USUBJID}"
    rules: Annotated[list[ClearanceRule], Field(description="rules under which swabs count as negative, each in lines of its own")] = [
        "first-negative",
        "two-negatives",
        "two-negatives-per-specimen",
    ]
