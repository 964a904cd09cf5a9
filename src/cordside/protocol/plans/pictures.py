"""Figures that show the course of each subject."""

from typing import Annotated, Literal

from pydantic import Field

from cordside.protocol.part import Item, Name
from cordside.protocol.plans.base import Planned


class Timeline(Planned):
    """One line a subject: stay, infusions, swabs, checks."""

    kind: Literal["timeline"]
    subject: Annotated[str, Field(description="how a subject is named, for instance Case {SUBJID}")] = "{USUBJID}"
    swabs: Annotated[Item | None, Field(description="the test of the swabs drawn, for instance MB.SAR2RNA")] = None
    stay: Annotated[Item | None, Field(description="for instance HO.HOSPITAL STAY")] = None
    visits: Annotated[list[str], Field(description="names of the visits drawn as checks")] = []


class Images(Planned):
    """Images before and after, side by side."""

    kind: Literal["images"]
    subject: Annotated[str, Field(description="how a subject is named, for instance Case {SUBJID}")] = "{USUBJID}"
    item: Annotated[Item, Field(description="for instance PR.CT SCAN; the row's XFN names the file")]
    before: Annotated[Name, Field(description="visit of the image before treatment")]
    after: Annotated[Name, Field(description="visit of the image after treatment")]
