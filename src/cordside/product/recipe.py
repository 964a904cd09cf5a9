"""The recipe of a cytometric test (YAML): gates, thresholds, controls, markers, viability and the panel they are judged by.

"Percent positive" depends on all of it, so all of it is one versioned text with a digest that stands on every result. Channels
may bear names of the recipe's own (`channels`); points of polygons are values, and the edges between them are straight on the
scale of their axes (`scales`).
"""

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Name = Annotated[str, Field(min_length=1, max_length=60)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Bounds = tuple[Number | None, Number | None]


class Part(BaseModel):
    """A mapping of the recipe: known keys only, unchangeable once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Scale(Part):
    """How an axis is drawn; the letters are Gating-ML's."""

    kind: Literal["linear", "logicle", "asinh", "log"]
    T: Annotated[Number, Field(gt=0)] = 262144.0
    W: Annotated[Number, Field(ge=0)] = 0.5
    M: Annotated[Number, Field(gt=0)] = 4.5
    A: Number = 0.0

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.kind == "logicle" and not (self.W <= self.M / 2 and -self.W <= self.A <= self.M - 2 * self.W):
            raise ValueError("W or A is outside the limits of a logicle scale|0 ≤ W ≤ M / 2 and −W ≤ A ≤ M − 2 W|mend the scale")
        if self.kind == "asinh" and not 0 <= self.A <= self.M:
            raise ValueError("A is outside the limits of an asinh scale|0 ≤ A ≤ M|mend the scale")
        return self


class Drawn(Part):
    """A polygon drawn on two channels."""

    x: Name
    y: Name
    points: Annotated[list[tuple[Number, Number]], Field(min_length=3)]


class Quotient(Part):
    """A range of one channel divided by another, as of area by height."""

    of: Name
    by: Name
    low: Number | None = None
    high: Number | None = None


class GatePart(Part):
    """One gate: a polygon, a box of bounds by channel, a quotient, or what is negative or positive for dyes."""

    id: Name
    parent: Name | None = None
    polygon: Drawn | None = None
    box: Annotated[dict[Name, Bounds], Field(min_length=1)] | None = None
    quotient: Quotient | None = None
    negative: Annotated[list[Name], Field(min_length=1)] | None = None
    positive: Annotated[list[Name], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_shape(self) -> Self:
        shapes = [one for one in (self.polygon, self.box, self.quotient) if one is not None]
        dyes = self.negative is not None or self.positive is not None
        if len(shapes) + dyes != 1:
            words = "one of polygon, box, quotient, or negative and positive"
            raise ValueError(f"{len(shapes) + dyes} shapes in one gate|{words}|write each gate by itself")
        bounds = list((self.box or {}).values()) + ([(self.quotient.low, self.quotient.high)] if self.quotient else [])
        if any(low is None and high is None for low, high in bounds):
            raise ValueError("a range without bounds|a low bound, a high bound or both|give one, or leave the channel out")
        if any(low is not None and high is not None and low >= high for low, high in bounds):
            raise ValueError("a low bound that is not below the high one|low < high|swap them")
        return self


class Threshold(Part):
    """Where positive begins: at a value, at a percentile of a control in the same parent gate, or in a drawn polygon.

    A control beside a fixed value or a polygon serves background subtraction only.
    """

    fixed: Number | None = None
    percentile: Annotated[Decimal, Field(gt=0, lt=100)] | None = None
    polygon: Drawn | None = None
    control: Name | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [one for one in (self.fixed, self.percentile, self.polygon) if one is not None]
        if len(ways) != 1:
            raise ValueError(f"{len(ways)} ways to set a threshold|one of fixed, percentile (with control), polygon|keep one")
        if self.percentile is not None and self.control is None:
            raise ValueError("a percentile of nothing|control: isotype, fmo or unstained|name the control")
        return self


class Markers(Part):
    """The markers whose positive share is counted, and of which gate."""

    parent: Name
    names: Annotated[list[Name], Field(min_length=1)]


class Viability(Part):
    """Viability of a gate: negative for the dye, and where annexin V was stained, negative for both: two different tests."""

    parent: Name
    dye: Name
    annexin: Name | None = None


class PanelRow(Part):
    """One row of a panel: a marker, or `CD14 or CD11b`, with its limit in percent."""

    marker: Name
    operator: Literal[">=", "<=", ">", "<", "between", "present", "absent"]
    limit: Annotated[list[Decimal], Field(max_length=2)] = []
    blocking: bool = True

    @model_validator(mode="before")
    @classmethod
    def _one_limit(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("limit"), str):
            return data | {"limit": [data["limit"]]}
        return data

    @model_validator(mode="after")
    def _limit_fits(self) -> Self:
        wanted = 0 if self.operator in ("present", "absent") else 2 if self.operator == "between" else 1
        if len(self.limit) != wanted or self.limit != sorted(self.limit):
            raise ValueError(f"{self.operator} with {len(self.limit)} limits|{wanted} that rise|mend the limit")
        return self


class OwnMatrix(Part):
    """A spillover matrix: a row and a column a channel."""

    channels: Annotated[list[Name], Field(min_length=2)]
    matrix: list[list[Number]]

    @model_validator(mode="after")
    def _square(self) -> Self:
        size = len(self.channels)
        if len(self.matrix) != size or any(len(row) != size for row in self.matrix):
            raise ValueError(f"the matrix is not {size} × {size}|a row and a column a channel|mend the matrix")
        return self


class Recipe(Part):
    """A versioned cytometric method."""

    format: Literal["1"]
    name: Name
    version: Name
    compensation: Literal["file", "none"] | OwnMatrix = "file"
    channels: dict[Name, Name] = {}
    scales: dict[Name, Scale] = {}
    controls: dict[Name, Name] = {}
    gates: Annotated[list[GatePart], Field(min_length=1)]
    thresholds: dict[Name, Threshold] = {}
    markers: Markers | None = None
    viability: Viability | None = None
    panel: Literal["isct"] | Annotated[list[PanelRow], Field(min_length=1)] | None = None
    background_subtraction: bool = False
    level: Annotated[Decimal, Field(gt=0, lt=1)] = Decimal("0.95")

    def stands_for(self, name: str) -> str:
        """The file's channel that a name of the recipe stands for."""
        return self.channels.get(name, name)
