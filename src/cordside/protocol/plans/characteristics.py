"""Who the subjects are: a table of characteristics by group."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from cordside.protocol.part import Item, Part
from cordside.protocol.plans.base import Adjustment
from cordside.protocol.plans.data import FromData, PStyle, Use, Where
from cordside.protocol.plans.derived import Derived

Show = Literal["n_percent", "n", "mean_sd", "median_iqr", "median_range", "range"]
Test = Literal["anova", "kruskal_wallis", "welch", "pooled", "mann_whitney", "chi_square", "chi_square_yates", "fisher"]
Statistic = Literal["percent", "mean", "sd", "median", "q1", "q3", "min", "max"]


class Level(Part):
    """One counted level: its printed label and which values, or which rows of a dataset, belong to it."""

    label: Annotated[str, Field(description="as printed")]
    value: Annotated[str | None, Field(description="the value as recorded, where it is not the label")] = None
    where: Where = {}

    @property
    def recorded(self) -> str:
        """The value as recorded."""
        return self.label if self.value is None else self.value


def _listed(words: Any) -> Any:
    return [words] if isinstance(words, str) else words


def _labelled(level: Any) -> Any:
    return {"label": level} if isinstance(level, str) else level


class SummaryRow(Part):
    """One row of a characteristics table, or several lines under one label."""

    label: Annotated[str, Field(description="as printed at the head of the row")]
    section: Annotated[
        list[str],
        BeforeValidator(_listed, json_schema_input_type=str | list[str]),
        Field(description="heading above this row and the next ones of the same section; several: each inside the one before"),
    ] = []
    indent: Annotated[int, Field(ge=0, le=3, description="steps by which the label is set in")] = 0
    item: Annotated[Item | None, Field(description="from the record")] = None
    variable: Annotated[str | None, Field(description="from the planned item's dataset, one row a subject")] = None
    derived: Annotated[Derived | None, Field(description="from the record, where no single row holds the value")] = None
    show: Annotated[
        list[Show],
        BeforeValidator(_listed, json_schema_input_type=Show | list[Show]),
        Field(min_length=1, description="one way, or several, to summarise"),
    ]
    layout: Annotated[
        Literal["cell", "lines"], Field(description="cell: mean ± SD in one; lines: every statistic in a line of its own")
    ] = "cell"
    joins: Annotated[bool, Field(description="its lines follow those of the row before, without a heading of their own")] = False
    value: Annotated[str | None, Field(description="n_percent: the value counted; every level unless given")] = None
    levels: Annotated[
        list[Annotated[Level, BeforeValidator(_labelled, json_schema_input_type=str | Level)]],
        Field(description="n_percent: levels in order, also those never seen"),
    ] = []
    visit: Annotated[str | None, Field(description="the last value of this visit; flagged as baseline, else the first, unless given")] = (
        None
    )
    decimals: Annotated[int | dict[Statistic, int] | None, Field(description="one number for all, or by statistic")] = None
    missing: Annotated[str, Field(description="label of the line that counts subjects without a value")] = "Missing"
    test: Annotated[Test | None, Field(description="compares the groups")] = None

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        sources = [source for source in (self.item, self.variable, self.derived) if source]
        if len(sources) > 1 or not (sources or any(level.where for level in self.levels)):
            raise ValueError("a row without values, or with two sources|item, variable or derived (or levels with where)|name one of them")
        if self.is_recorded and any(level.where for level in self.levels):
            raise ValueError("levels with where need a dataset|variable or no item|name values of the item")
        if self.visit and not self.item:
            raise ValueError("a visit without an item|item with visit|leave the visit out: there is one value a subject")
        if self.derived and self.derived.cleared and self.show != ["n_percent"]:
            raise ValueError("whether swabs cleared is no number|show: n_percent|count it, or write derived: {days: ...}")
        return self

    @property
    def is_recorded(self) -> bool:
        """Does it take its values from the record, not from a dataset?"""
        return bool(self.item or self.derived)

    @property
    def is_counted(self) -> bool:
        """Does it count levels?"""
        return "n_percent" in self.show

    def about(self, data: str | None) -> str:
        """What result rows of the row are about: the item, what is derived, or DATASET.VARIABLE."""
        if self.derived:
            return self.derived.about
        return self.item or f"{(data or '').upper()}.{self.variable or self.label}"

    def decimals_of(self, statistic: str) -> int | None:
        """Decimals planned for a statistic; None where the plan leaves them open."""
        return self.decimals.get(statistic) if isinstance(self.decimals, dict) else self.decimals  # type: ignore[call-overload]


class Characteristics(FromData):
    """n (%), median (IQR), mean ± SD and range, by arm and in total, with tests and standardised differences on request."""

    kind: Literal["characteristics"]
    corner: Annotated[str, Field(description="heading of the column of labels")] = "Characteristic"
    by: Annotated[Literal["arm", "none"], Field(description="one group for each arm, or all subjects together")] = "none"
    total: Annotated[bool, Field(description="by arm: also all together")] = True
    rows: Annotated[list[SummaryRow], Field(min_length=1, description="rows in order")]
    percent_of: Annotated[
        Literal["known", "group"], Field(description="percentages of subjects whose answer is known, or of the whole group")
    ] = "known"
    zero_alone: Annotated[bool, Field(description="a count of 0 stands without its percentage")] = False
    whole_hundred: Annotated[bool, Field(description="100% is printed without decimals, whatever other percentages have")] = False
    labels: Annotated[
        Literal["with statistics", "as written"],
        Field(description="with statistics: mean ± SD or n (%) stands behind a label that lacks it"),
    ] = "with statistics"
    family: Annotated[Literal["rows", "none"], Field(description="P is adjusted for the number of rows with a test, or not")] = "none"
    adjust: Adjustment = "holm"
    p_style: PStyle = None
    rank_sum: Annotated[Literal["exact", "normal", "normal_cc"], Field(description="how mann_whitney finds P")] = "exact"
    standardised_differences: Annotated[bool, Field(description="of each arm from the reference")] = False
    reference: Annotated[
        str | None, Field(description="code or label of the arm that others are compared with; the first unless given")
    ] = None

    @model_validator(mode="after")
    def _variables_have_a_dataset(self) -> Self:
        if not all(row.is_recorded for row in self.rows) and not self.data:
            raise ValueError("a row with variable needs a dataset|data: a name under analysis_data|name the dataset, or write item")
        if self.data and any(row.is_recorded for row in self.rows):
            raise ValueError("a table is made from a dataset or from the record|variable in every row|write variable instead of item")
        return self

    def uses(self) -> Iterator[Use]:
        """Every variable of the dataset."""
        yield from super().uses()
        for at, row in enumerate(self.rows if self.data else []):
            if row.variable:
                yield ("rows", at, "variable"), self.data or "", row.variable
            for place, level in enumerate(row.levels):
                yield from ((("rows", at, "levels", place, "where", name), self.data or "", name) for name in level.where)

    def roles(self) -> tuple[str, ...]:
        """The arm, where groups are arms."""
        return ("arm",) if self.by == "arm" and not self.arm else ()
