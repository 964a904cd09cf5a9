"""The product and what must be shown of it before and after use. Limits differ by study, so they are data."""

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from cordside.protocol.part import DateText, Part

WITHOUT_LIMIT = ("absent", "present", "negative", "conforms")


def _as_list(value: Any) -> Any:
    """A limit written as one number is a list of one, and the word none is no limit."""
    return None if value == "none" else value if isinstance(value, list) or value is None else [value]


_NUMBER: dict[str, Any] = {"anyOf": [{"type": "number"}, {"type": "string"}]}
_LIMIT: dict[str, Any] = {"anyOf": [*_NUMBER["anyOf"], {"type": "array", "items": _NUMBER}, {"type": "null"}]}
Limit = Annotated[list[Decimal] | None, BeforeValidator(_as_list), WithJsonSchema(_LIMIT)]


class SpecificationTest(Part):
    """One row of a release specification."""

    test: Annotated[str, Field(description="what is tested, for instance Viability")]
    method: Annotated[str | None, Field(description="how it is tested")]
    version: Annotated[str | None, Field(description="version of the method")] = None
    stage: Annotated[str | None, Field(description="bank, frozen product, reconstituted product, ...")]
    operator: Annotated[
        Literal[">=", "<=", ">", "<", "between", "absent", "present", "negative", "conforms"] | None,
        Field(description="how the result compares with the limit, or the word it must be"),
    ]
    limit: Annotated[Limit, Field(description="a number, or [low, high] for between; none for a word")] = None
    unit: Annotated[str | None, Field(description="unit of the limit")] = None
    blocking: Annotated[bool | None, Field(description="false: informative, never stops a release")]
    due: Annotated[Literal["before", "after"] | None, Field(description="result due before or after the product is used")]
    due_days: Annotated[int | None, Field(ge=0, description="days after use within which a later result is due")] = None
    effective: Annotated[DateText | None, Field(description="date from which the row holds; that of the specification unless given")] = None
    note: Annotated[str | None, Field(description="remark on the test, as printed")] = None

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

    id: Annotated[str | None, Field(description="number or name of the specification")]
    version: Annotated[str | None, Field(description="version of the specification")]
    effective: Annotated[DateText | None, Field(description="date from which it holds")]
    retired: Annotated[DateText | None, Field(description="date from which it holds no longer")] = None
    tests: Annotated[list[SpecificationTest] | None, Field(description="tests that a lot is judged by")]


class Product(Part):
    """The cells: where they come from and how they are made and checked."""

    name: Annotated[str | None, Field(description="name of the product")]
    cells: Annotated[str | None, Field(description="for instance: multipotent mesenchymal stromal cells")] = None
    tissue: Annotated[str | None, Field(description="where the cells come from, for instance umbilical cord")]
    donor: Annotated[str | None, Field(description="who gave the tissue")] = None
    allogeneic: Annotated[bool | None, Field(description="true: the donor is another person than the subject")]
    manufacturer: Annotated[str | None, Field(description="who makes the product")]
    isolation: Annotated[str | None, Field(description="how the cells are taken from the tissue")]
    medium: Annotated[str | None, Field(description="what the cells are grown in")]
    passage: Annotated[int | None, Field(ge=0, description="passage at which the cells are used")]
    cryopreserved: Annotated[bool | None, Field(description="true: kept frozen until use")]
    freezing_medium: Annotated[str | None, Field(description="what the cells are frozen in")] = None
    storage: Annotated[str | None, Field(description="where and how cold the product is kept until use")] = None
    thaw_method: Annotated[str | None, Field(description="how the product is thawed")] = None
    wash: Annotated[str | None, Field(description="how the cells are washed before use, or that they are not")] = None
    vehicle: Annotated[str | None, Field(description="liquid in which the product is kept or shipped")] = None
    shelf_life_hours: Annotated[
        Decimal | None, Field(gt=0, description="hours from thaw (or, where nothing is frozen, from filling) to expiry")
    ] = None
    temperature: Annotated[
        list[Decimal] | None, Field(min_length=2, max_length=2, description="lowest and highest degrees C in transport")
    ] = None
    retention_years: Annotated[int, Field(ge=30, description="years for which donor and recipient stay linked")] = 30
    process: Annotated[list[str] | None, Field(description="steps of manufacture, in order")]
    certification: Annotated[str | None, Field(description="who certified the product, and what was certified")] = None
    specification: Annotated[Specification | None, Field(description="tests and limits of release")]
