"""Rows of a summary table: their numbers, and where they go in the record."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from cordside.appraisal.formtexts import a_denominator, a_level, a_p, checked_cell
from cordside.appraisal.published.parts import Kind, Limits, Number, Part

Cell = Any
"""A list of numbers in the order of the row's kind, one number, or a mapping of names to numbers; `checked_cell` reads it."""


class Definition(Part):
    """How the paper defines a ratio."""

    over: Annotated[Literal["percentage", "fraction"], Field(description="what it is divided by")]
    quote: Annotated[str, Field(description="the words of the paper")] = ""


class Target(Part):
    """Where a row goes in the record."""

    domain: Annotated[str, Field(description="code of the domain")]
    variable: Annotated[str | None, Field(description="variable of DM")] = None
    term: Annotated[str | None, Field(description="term of an event, condition or treatment")] = None
    testcd: Annotated[str | None, Field(description="code of a test")] = None
    class_: Annotated[str | None, Field(alias="class", description="class of a treatment")] = None
    infusions: Annotated[int | None, Field(description="so many infusions were given")] = None
    derived: Annotated[str | None, Field(description="how the values follow from others")] = None
    value: Annotated[str | None, Field(description="the value that the row counts")] = None
    timing: Annotated[str | None, Field(description="when it was so, as the paper says")] = None
    days_from: Annotated[str | None, Field(description="event at which the days begin")] = None
    days_to: Annotated[str | None, Field(description="event at which the days end")] = None
    sponsor: Annotated[bool, Field(description="true: there is no CDISC term")] = False
    laterality: Annotated[str | None, Field(description="BILATERAL, LEFT or RIGHT")] = None
    specimen: Annotated[str | None, Field(description="what was tested")] = None
    method: Annotated[str | None, Field(description="how it was tested")] = None


class Row(Part):
    """One printed row of a table, or a heading (`section`)."""

    row: Annotated[str | None, Field(description="name of the row; statements and findings use it")] = None
    section: Annotated[str | None, Field(description="a heading without a value")] = None
    parent: Annotated[str | None, Field(description="heading or row it is printed beneath; none: it stands by itself")] = None
    label: Annotated[str | None, Field(description="the label as printed")] = None
    kind: Annotated[Kind | None, Field(description="what the numbers of a cell are, in their order")] = None
    unit: Annotated[str | None, Field(description="the unit that fits")] = None
    printed_unit: Annotated[str | None, Field(description="the unit as printed where it differs; none: no unit is printed")] = None
    n: Annotated[int | None, Field(description="how many patients; of a summary: how many it is made of")] = None
    pct: Annotated[Number | None, Field(description="the printed percentage, without its sign")] = None
    of: Annotated[
        int | dict[str, int] | str | None,
        BeforeValidator(a_denominator),
        Field(description="denominator other than n: a number, a row, {before, after}"),
    ] = None
    value: Annotated[Cell, Field(description="the printed numbers")] = None
    before: Annotated[Cell, Field(description="the printed numbers before treatment")] = None
    after: Annotated[Cell, Field(description="the printed numbers after treatment")] = None
    change: Annotated[Cell, Field(description="the printed change, after minus before")] = None
    mean: Annotated[Number | None, Field(description="a mean printed beside the quartiles")] = None
    sd: Annotated[Number | None, Field(description="an SD printed beside other numbers")] = None
    median: Annotated[Number | None, Field(description="a median printed beside the mean")] = None
    se: Annotated[Number | None, Field(description="a standard error printed beside the SD")] = None
    ci: Annotated[Limits | None, Field(description="an interval printed beside the estimate or mean")] = None
    level: Annotated[str, AfterValidator(a_level), Field(description="level of the interval: 0.95, or 95%")] = "0.95"
    scale: Annotated[Literal["difference", "ratio"], Field(description="what the estimate is: 0 or 1 means no difference")] = "difference"
    range: Annotated[Limits | None, Field(description="smallest and largest value of the sample")] = None
    min: Annotated[Number | None, Field(description="lowest value that the scale allows")] = None
    max: Annotated[Number | None, Field(description="highest value that the scale allows")] = None
    grid: Annotated[Number | None, Field(description="recording step: 1 for whole days, years, scores")] = None
    items: Annotated[int, Field(ge=1, description="items that are averaged in one patient's score")] = 1
    pairs: Annotated[Literal["complete"] | None, Field(description="every patient has both values")] = None
    counts: Annotated[list[list[int]] | None, Field(description="a table of two rows and two columns, of patients")] = None
    p: Annotated[str | None, AfterValidator(a_p), Field(description="the printed P")] = None
    test: Annotated[str | None, Field(description="the test behind P, where it differs from the paper's")] = None
    normal: Annotated[Limits | None, Field(description="the printed normal range, null where there is no limit")] = None
    printed: Annotated[dict[str, Any], Field(description="a value as printed where it is spelt differently")] = {}
    definition: Annotated[Definition | None, Field(description="how a ratio is defined")] = None
    target: Annotated[Target | None, Field(alias="as", description="where it goes in the record")] = None

    @model_validator(mode="after")
    def _named(self) -> "Row":
        if (self.row is None) == (self.section is None):
            raise ValueError("a row has a name, a heading has none|row: NAME or section: HEADING|write one of them")
        return self

    @field_validator("value", "before", "after", "change")
    @classmethod
    def _fits(cls, value: Any, info: ValidationInfo) -> Any:
        # A kind that was refused is reported for itself.
        return checked_cell(value, info.data.get("kind")) if "kind" in info.data else value

    @field_validator("counts")
    @classmethod
    def _two_by_two(cls, counts: list[list[int]] | None) -> list[list[int]] | None:
        if counts is not None and ([len(row) for row in counts] != [2, 2] or min(map(min, counts)) < 0):
            raise ValueError("counts is no table of two by two|[[a, b], [c, d]], whole numbers from 0|write four counts")
        return counts
