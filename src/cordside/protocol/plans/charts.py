"""Figures of many subjects: boxes with their points, changes side by side, estimates with intervals."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.part import Code
from cordside.protocol.plans.base import Marker, Planned
from cordside.protocol.plans.changes import After, Before


class BoxPoints(Planned):
    """A box with every point, by visit or arm."""

    kind: Literal["box_points"]
    subject: Annotated[str, Field(description="how a subject is named, for instance Case {SUBJID}")] = "{USUBJID}"
    markers: Annotated[list[Marker], Field(min_length=1, description="one panel for each marker")]
    visits: Annotated[list[str], Field(min_length=1, description="names of the visits along the axis, in order")]
    by: Annotated[Literal["arm", "none"], Field(description="boxes side by side for each arm, or all subjects together")] = "none"
    scale: Annotated[Literal["linear", "log"], Field(description="linear or logarithmic axis of the values")] = "linear"


class WaterfallMarker(Marker):
    """One panel of a waterfall."""

    worse: Annotated[Literal["higher", "lower"] | None, Field(description="which side is worse, for after: {take: worst}")] = None


class Waterfall(Planned):
    """The change of each subject, sorted, coloured by arm."""

    kind: Literal["waterfall"]
    subject: Annotated[str, Field(description="how a subject is named, for instance Case {SUBJID}")] = "{USUBJID}"
    markers: Annotated[list[WaterfallMarker], Field(min_length=1, description="one panel for each marker")]
    before: Annotated[Before, Field(description="which value counts as before")]
    after: Annotated[After, Field(description="which value counts as after")]
    change: Annotated[Literal["difference", "percent"], Field(description="after - before, or that in percent of before")] = "difference"
    thresholds: Annotated[list[Decimal], Field(description="lines across, in the change's unit")] = []

    @model_validator(mode="after")
    def _worst_has_a_side(self) -> Self:
        for marker in self.markers:
            if self.after.take == "worst" and marker.worse is None:
                raise ValueError(f"{marker.label} has no worse side|higher or lower|write worse: higher beside the marker")
        return self


class Forest(Planned):
    """Estimates with intervals from another planned item, with the numbers at the side."""

    kind: Literal["forest"]
    of: Annotated[Code, Field(description="id of the planned item that estimates")]
    levels: Annotated[list[str], Field(description="only rows of these levels, for instance change; all unless given")] = []
    groups: Annotated[list[str], Field(description="only these groups; all unless given")] = []
    scale: Annotated[Literal["linear", "log"], Field(description="log for ratios")] = "linear"
    reference: Annotated[Decimal | None, Field(description="the line of no change; 0, or 1 on a log axis, unless given")] = None
    axis: Annotated[str | None, Field(description="what the axis says; the unit unless given")] = None

    @model_validator(mode="after")
    def _line_is_on_the_axis(self) -> Self:
        if self.scale == "log" and self.reference is not None and self.reference <= 0:
            raise ValueError(f"reference {self.reference} on a log axis|above 0|1 means no difference of a ratio")
        return self
