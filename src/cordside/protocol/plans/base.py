"""What every planned table or figure has."""

from typing import Annotated, Literal

from pydantic import Field

from cordside.protocol.part import Code, Item, Part


class Planned(Part):
    """What every planned table or figure has."""

    id: Annotated[Code, Field(description="short name, also of its files")]
    number: Annotated[str | None, Field(description="as printed: Table 1, Figure 3")] = None
    title: Annotated[str, Field(description="as printed above the table or figure")]
    footnotes: Annotated[list[str], Field(description="lines printed beneath, one a note")] = []
    endpoint: Annotated[str | None, Field(description="id of the endpoint that it answers")] = None


Adjustment = Annotated[
    Literal["holm", "bh", "hommel", "bonferroni"],
    Field(description="how P of a family of tests is adjusted for their number; bh is Benjamini and Hochberg's false discovery rate"),
]


class Marker(Part):
    """One marker of a figure or a before/after table."""

    item: Annotated[Item, Field(description="what is measured, for instance LB.CRP")]
    label: Annotated[str, Field(description="as printed, for instance CRP")]
    specimen: Annotated[str | None, Field(description="only values of this specimen; any unless given")] = None
    decimals: Annotated[int | None, Field(ge=0, le=9, description="decimals printed")] = None
