"""Figures that show the course of each subject."""

from typing import Annotated, Literal

from pydantic import Field

from cordside.protocol.part import Item, Name
from cordside.protocol.plans.base import Planned


class Timeline(Planned):
    """One line a subject: stay, infusions, swabs, checks."""

    kind: Literal["timeline"]
    subject: str = "{USUBJID}"
    swabs: Item | None = None
    stay: Annotated[Item | None, Field(description="for instance HO.HOSPITAL STAY")] = None
    visits: list[str] = []


class Images(Planned):
    """Images before and after, side by side."""

    kind: Literal["images"]
    subject: str = "{USUBJID}"
    item: Annotated[Item, Field(description="for instance PR.CT SCAN; the row's XFN names the file")]
    before: Name
    after: Name
