"""Planned items that may take an analysis dataset in place of derived values."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.part import Code, Part
from cordside.protocol.plans.base import Planned

Where = Annotated[dict[str, str | list[str]], Field(description="variable and the value, or the values, that a row must have")]
PStyle = Annotated[
    Literal["three", "sas", "two_or_three", "no_leading_zero", "two_significant", "pilot_ae"] | None,
    Field(description="how P values are printed; as the theme does unless given"),
]
Use = tuple[tuple[str | int, ...], str, str]
"""Where in a planned item a dataset is used, the dataset, and the variable."""


class Selection(Part):
    """Rows of an analysis dataset."""

    data: Annotated[Code, Field(description="name under analysis_data")]
    where: Where = {}
    arm: Annotated[str | None, Field(description="variable of the arm, where it is not the dataset's own")] = None

    def uses(self, place: tuple[str | int, ...]) -> Iterator[Use]:
        """The variables that the selection reads."""
        yield from (((*place, "where", name), self.data, name) for name in self.where)
        if self.arm:
            yield (*place, "arm"), self.data, self.arm


class FromData(Planned):
    """A planned item whose values come from the record, or from an analysis dataset."""

    data: Annotated[Code | None, Field(description="name under analysis_data, taken in place of derived values")] = None
    where: Where = {}
    arm: Annotated[str | None, Field(description="variable of the arm, where it is not the dataset's own")] = None

    @model_validator(mode="after")
    def _filters_a_dataset(self) -> Self:
        if (self.where or self.arm) and not self.data:
            raise ValueError("where and arm select rows of a dataset|data: a name under analysis_data|name the dataset, or leave them out")
        return self

    @property
    def selection(self) -> Selection | None:
        """The rows of the dataset; None where values are derived from the record."""
        return Selection(data=self.data, where=self.where, arm=self.arm) if self.data else None

    def uses(self) -> Iterator[Use]:
        """Every variable of a dataset that the item reads by name."""
        if self.selection:
            yield from self.selection.uses(())

    def roles(self) -> tuple[str, ...]:
        """Roles that the dataset must have declared, besides the subject: arm, parameter, visit, value, baseline, change."""
        return ()
