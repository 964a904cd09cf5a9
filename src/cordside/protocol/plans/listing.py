"""Values by subject."""

from typing import Annotated, Literal

from pydantic import Field

from cordside.protocol.part import Item, Part
from cordside.protocol.plans.base import Planned


class SubjectRow(Part):
    """One row of a listing: an item, and how its value is printed."""

    label: str
    section: str | None = None
    item: Item
    visit: str | None = None
    printed: Annotated[str, Field(description="pattern around the value, for instance {value}%")] = "{value}"
    join: Annotated[str, Field(description="between several values of one subject")] = "; "
    none: Annotated[str | None, Field(description="printed when every asked item is known to be absent")] = None
    terms: Annotated[list[str] | None, Field(description="for MH and CE with item DOMAIN.*: which terms; all unless given")] = None


class Listing(Planned):
    """Values by subject."""

    kind: Literal["listing"]
    corner: str = "Subject"
    subject: Annotated[str, Field(description="heading of a subject, for instance Case {SUBJID}")] = "{USUBJID}"
    rows: Annotated[list[SubjectRow], Field(min_length=1)]
