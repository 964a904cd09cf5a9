"""The product and what must be shown of it before and after use. Limits differ by study, so they are data."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.part import DateText, Part

WITHOUT_LIMIT = ("absent", "present", "negative", "conforms")


class SpecificationTest(Part):
    """One row of a release specification."""

    test: str
    method: str | None
    version: str | None = None
    stage: Annotated[str | None, Field(description="bank, frozen product, reconstituted product, ...")]
    operator: Literal[">=", "<=", ">", "<", "between", "absent", "present", "negative", "conforms"] | None
    limit: Annotated[list[Decimal] | None, Field(description="[limit], or [low, high] for between; none for a word")] = None
    unit: str | None = None
    blocking: Annotated[bool | None, Field(description="false: informative, never stops a release")]
    due: Literal["before", "after"] | None
    due_days: Annotated[int | None, Field(ge=0)] = None
    note: str | None = None

    @model_validator(mode="after")
    def _limit_fits(self) -> Self:
        wanted = 0 if self.operator in WITHOUT_LIMIT else 2 if self.operator == "between" else 1
        count = len(self.limit or [])
        if self.operator and count != wanted and (self.limit is not None or self.is_published("limit")):
            raise ValueError(f"{self.operator} with {count} limits|{wanted}|write limit: {[] if not wanted else ['low', 'high'][:wanted]}")
        if self.operator == "between" and self.limit and count == 2 and self.limit[0] > self.limit[1]:
            raise ValueError("the lower limit is above the upper|[low, high]|swap them")
        return self


class Specification(Part):
    """A versioned release specification."""

    id: str | None
    version: str | None
    effective: DateText | None
    tests: list[SpecificationTest] | None


class Product(Part):
    """The cells: where they come from and how they are made and checked."""

    name: str | None
    cells: Annotated[str | None, Field(description="for instance: multipotent mesenchymal stromal cells")] = None
    tissue: str | None
    donor: str | None = None
    allogeneic: bool | None
    manufacturer: str | None
    isolation: str | None
    medium: str | None
    passage: Annotated[int | None, Field(ge=0)]
    cryopreserved: bool | None
    vehicle: str | None = None
    process: list[str] | None
    certification: str | None = None
    specification: Specification | None
