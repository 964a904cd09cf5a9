"""Groups compared on one measurement, and values by visit and group."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.part import Item, Part
from cordside.protocol.plans.base import Adjustment
from cordside.protocol.plans.data import FromData, PStyle, Use

Shown = Literal["mean", "sd", "median", "min", "max", "difference", "se", "limits"]
Decimals = Annotated[dict[Shown, Annotated[int, Field(ge=0, le=9)]], Field(description="decimals by statistic")]


class Measure(Part):
    """One measurement: an item of the record, or a parameter of the planned item's dataset."""

    label: Annotated[str, Field(description="as printed")]
    item: Annotated[Item | None, Field(description="from the record, for instance LB.CRP")] = None
    parameter: Annotated[str | None, Field(description="from the dataset: value of its parameter variable")] = None
    specimen: Annotated[str | None, Field(description="only values of this specimen; any unless given")] = None
    decimals: Decimals = {}

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if (self.item is None) == (self.parameter is None):
            raise ValueError("a measurement has one source|item, or parameter of the dataset|name one of them")
        return self

    @property
    def places(self) -> dict[str, int]:
        """Planned decimals by statistic."""
        return {str(name): places for name, places in self.decimals.items()}


def _one_source(measures: list[Measure], data: str | None) -> None:
    if any((measure.parameter is not None) != bool(data) for measure in measures):
        raise ValueError("a parameter belongs to a dataset, an item to the record|data with parameter, or item without data|mend one")


class ValuesByVisit(FromData):
    """n, mean (SD), median and range of values and of changes from baseline, by visit and group."""

    kind: Literal["values_by_visit"]
    markers: Annotated[list[Measure], Field(min_length=1, description="measurements in the order printed")]
    visits: Annotated[list[str], Field(min_length=1, description="names of the visits, in order")]
    show: Annotated[list[Literal["value", "change"]], Field(min_length=1, description="values, changes from baseline, or both")] = [
        "value",
        "change",
    ]
    columns: Annotated[Literal["mean_sd", "all"], Field(description="mean (SD) only, or with median and range")] = "all"
    by: Annotated[Literal["arm", "none"], Field(description="one group for each arm, or all subjects together")] = "arm"
    total: Annotated[bool, Field(description="by arm: also all together")] = False
    baseline: Annotated[str | None, Field(description="visit before treatment; values flagged as baseline unless given")] = None
    n: Annotated[
        Literal["values", "records"], Field(description="what n counts: values, or records at the visit, with and without a value")
    ] = "values"

    @model_validator(mode="after")
    def _measures_fit(self) -> Self:
        _one_source(self.markers, self.data)
        return self

    def roles(self) -> tuple[str, ...]:
        """What the dataset must declare."""
        return ("parameter", "visit", "value", *(["change"] if "change" in self.show else []), *(["arm"] if not self.arm else []))


class Comparison(FromData):
    """Baseline, end and change by arm, and the differences between arms: by a model, or by a test of two samples."""

    kind: Literal["comparison"]
    measure: Annotated[Measure, Field(description="the measurement compared")]
    visit: Annotated[str, Field(description="visit at which groups are compared")]
    baseline: Annotated[str | None, Field(description="visit before treatment; the value flagged as baseline unless given")] = None
    response: Annotated[Literal["change", "value"], Field(description="what the model explains")] = "change"
    factors: Annotated[list[str], Field(description="further factors: variables of the dataset, or of DM")] = []
    adjusts_for_baseline: Annotated[bool, Field(description="true: the value at baseline is a covariate of the model")] = True
    doses: Annotated[dict[str, float], Field(description="dose of each arm, by code or label: gives P of a dose response")] = {}
    method: Annotated[
        Literal["ancova", "mixed", "welch", "pooled", "rank_sum"],
        Field(
            description="ancova: least squares; mixed: all visits in a mixed model with a random intercept; welch, pooled: t tests; "
            "rank_sum: Hodges-Lehmann shift with the rank-sum test"
        ),
    ] = "ancova"
    visits: Annotated[list[str], Field(description="mixed: visits after baseline in the model, `visit` among them")] = []
    df: Annotated[Literal["satterthwaite", "kenward_roger"], Field(description="mixed: degrees of freedom")] = "satterthwaite"
    rank_sum: Annotated[Literal["exact", "normal", "normal_cc"], Field(description="rank_sum: how P is found")] = "exact"
    means: Annotated[bool, Field(description="ancova, mixed: print the least-squares mean of each arm")] = False
    family: Annotated[
        Literal["differences", "none"], Field(description="P is adjusted for the number of differences between arms, or is not")
    ] = "none"
    adjust: Adjustment = "holm"
    p_style: PStyle = None

    @model_validator(mode="after")
    def _measure_fits(self) -> Self:
        _one_source([self.measure], self.data)
        return self

    @model_validator(mode="after")
    def _method_fits(self) -> Self:
        if (self.method == "mixed") != bool(self.visits):
            raise ValueError("visits and the mixed model belong together|method: mixed with visits: [...]|write both, or neither")
        if self.visits and self.visit not in self.visits:
            raise ValueError(f"{self.visit} is not among the visits of the model|{', '.join(self.visits)}|add it, or name another")
        if self.method != "ancova" and self.doses:
            raise ValueError(f"a dose response by {self.method}|method: ancova|leave the doses out, or change the method")
        if not self.is_model and (self.factors or self.means):
            raise ValueError(f"factors or least-squares means of the test {self.method}|ancova or mixed|leave them out, or change it")
        return self

    @property
    def is_model(self) -> bool:
        """Does a model with further terms estimate the differences?"""
        return self.method in ("ancova", "mixed")

    def uses(self) -> Iterator[Use]:
        """Every variable of the dataset that the item reads by name."""
        yield from super().uses()
        yield from ((("factors", at), self.data, name) for at, name in enumerate(self.factors) if self.data)

    def roles(self) -> tuple[str, ...]:
        """What the dataset must declare."""
        return ("parameter", "visit", "value", "baseline", "change", *(["arm"] if not self.arm else []))
