"""What a reader must assume to say what regression to the mean alone would give: nothing of it is in the study's own data."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.part import Part


class MeanRegression(Part):
    """Numbers from outside the study, in the unit of the table, from which the change without any effect is computed.

    With `population_sd` subjects were chosen for lying beyond a cut-off: `cutoff` with `side`, else the protocol's inclusion
    criterion on the same item. Without it, only their mean before is used.
    """

    reliability: Annotated[
        Decimal | None, Field(ge=0, le=1, description="correlation of two measurements of one subject who is not treated, 0 to 1")
    ]
    population_mean: Annotated[Decimal | None, Field(description="mean of all those from whom the subjects were chosen")]
    population_sd: Annotated[
        Decimal | None, Field(gt=0, description="standard deviation of all those, as measured; gives the formula of a cut-off")
    ] = None
    cutoff: Annotated[Decimal | None, Field(description="cut-off by which subjects were chosen; the criterion's unless given")] = None
    side: Annotated[Literal["below", "above"] | None, Field(description="on which side of the cut-off the chosen lie")] = None
    source: Annotated[str, Field(description="where these numbers come from, as printed")]

    @model_validator(mode="after")
    def _cutoff_is_whole(self) -> Self:
        if (self.cutoff is None) != (self.side is None):
            raise ValueError("a cut-off and its side belong together|cutoff with side: below or above|write both, or neither")
        if self.cutoff is not None and self.population_sd is None and self.is_published("population_sd"):
            raise ValueError("a cut-off without population_sd|the SD of all who were measured|write it, or leave the cut-off out")
        return self
