"""Values by subject."""

from typing import Annotated, Literal

from pydantic import Field

from cordside.protocol.part import Item, Part
from cordside.protocol.plans.base import Planned


class SubjectRow(Part):
    """One row of a listing: an item, and how its value is printed."""

    label: Annotated[str, Field(description="as printed at the head of the row")]
    section: Annotated[str | None, Field(description="heading above this row and the next ones of the same section")] = None
    item: Annotated[Item, Field(description="what is listed, for instance DM.AGE")]
    visit: Annotated[str | None, Field(description="only values of this visit")] = None
    printed: Annotated[str, Field(description="pattern around the value, for instance {value}%")] = "{value}"
    join: Annotated[str, Field(description="between several values of one subject")] = "; "
    none: Annotated[str | None, Field(description="printed when every asked item is known to be absent")] = None
    terms: Annotated[list[str] | None, Field(description="for MH and CE with item DOMAIN.*: which terms; all unless given")] = None


class Listing(Planned):
    """Values by subject."""

    kind: Literal["listing"]
    corner: Annotated[str, Field(description="heading of the first column")] = "Subject"
    subject: Annotated[str, Field(description="heading of a subject, for instance Case {SUBJID}")] = "{USUBJID}"
    rows: Annotated[list[SubjectRow], Field(min_length=1, description="rows in order")]
