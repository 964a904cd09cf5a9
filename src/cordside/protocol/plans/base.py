"""What every planned table or figure has."""

from typing import Annotated

from pydantic import Field

from cordside.protocol.part import Code, Item, Part


class Planned(Part):
    """What every planned table or figure has."""

    id: Code
    number: Annotated[str | None, Field(description="as printed: Table 1, Figure 3")] = None
    title: str
    footnotes: list[str] = []
    endpoint: str | None = None


class Marker(Part):
    """One marker of a figure or a before/after table."""

    item: Item
    label: str
    specimen: str | None = None
    decimals: Annotated[int | None, Field(ge=0, le=9)] = None
