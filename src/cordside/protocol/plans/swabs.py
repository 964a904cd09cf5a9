"""Swabs, and days to negativity under named rules."""

from typing import Annotated, Literal

from pydantic import Field

from cordside.protocol.part import Item, Name, Part
from cordside.protocol.plans.base import Planned

ClearanceRule = Literal["first-negative", "two-negatives", "two-negatives-per-specimen"]


class SwabPlace(Part):
    """One specimen column of the swab table."""

    label: str
    location: Name


class Swabs(Planned):
    """Every swab by date and specimen, beside the first positive and the first dose."""

    kind: Literal["swabs"]
    item: Item
    corner: str = "Subject"
    subject: str = "{USUBJID}"
    positive: str = "Positive before treatment"
    first_dose: str = "First dose"
    date: str = "Date"
    places: Annotated[list[SwabPlace], Field(min_length=1)]


class Clearance(Planned):
    """Days from the first dose to negativity under named rules, with the interval the truth lies in."""

    kind: Literal["clearance"]
    item: Item
    subject: str = "{USUBJID}"
    rules: list[ClearanceRule] = ["first-negative", "two-negatives", "two-negatives-per-specimen"]
