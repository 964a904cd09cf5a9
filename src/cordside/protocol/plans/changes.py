"""Change: before and after with its test, visit by visit, and from one category to another."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.part import Part
from cordside.protocol.plans.base import Marker, Planned

Test = Literal["paired_t", "signed_rank", "sign", "none"]
# fmt: off
Ranks = Literal[
    "exact-pratt", "exact-drop", "normal-pratt", "normal-drop", "normal_cc-pratt", "normal_cc-drop",
    "R-4.5", "R-4.6", "SAS", "coin", "exactRankTests",
]
# fmt: on
"""How p of a signed-rank test is found and what becomes of differences of zero, or the program whose way is meant."""


def _check_one(visit: str | None, take: str | None, example: str) -> None:
    if (visit is None) == (take is None):
        raise ValueError(f"a moment needs one answer|visit or take, not both|write {example} or name a visit")


class Before(Part):
    """The value that counts as before: at a visit, or taken by a rule. One of the two."""

    visit: Annotated[str | None, Field(description="the last value of this visit")] = None
    take: Annotated[
        Literal["baseline_flag", "last_before_infusion", "first"] | None,
        Field(description="the value flagged as baseline; the last before the first infusion, of whatever method; the first of all"),
    ] = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        _check_one(self.visit, self.take, "before: {take: last_before_infusion}")
        return self


class After(Part):
    """The value that counts as after: at a visit, or taken by a rule from those after the infusion and after `before`. One of the two."""

    visit: Annotated[str | None, Field(description="the last value of this visit")] = None
    take: Annotated[Literal["last", "worst"] | None, Field(description="worst: of the side that the marker's `worse` names")] = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        _check_one(self.visit, self.take, "after: {take: last}")
        return self


class ChangeMarker(Marker):
    """One marker of a table of changes."""

    show: Annotated[Literal["mean_sd", "median_iqr"], Field(description="how its values are summed up")]


class PairedMarker(ChangeMarker):
    """One row of a before/after table."""

    worse: Annotated[Literal["higher", "lower"] | None, Field(description="which side is worse, for after: {take: worst}")] = None
    unit: Annotated[str | None, Field(description="unit to print in; the standard unit unless given")] = None
    normal_range: Annotated[bool, Field(description="print the protocol's normal range in the label")] = False


class Changes(Planned):
    """What tables of changes share: what is compared with what, how it is tested, in which groups."""

    subject: Annotated[str, Field(description="how a subject is named, for instance Case {SUBJID}")] = "{USUBJID}"
    before: Annotated[Before, Field(description="which value counts as before")]
    test: Annotated[Test, Field(description="the test of the change, chosen before the data are seen")]
    ranks: Annotated[
        Ranks | None, Field(description="the signed-rank test's way to p and rule for zeros; needed wherever one may be printed")
    ] = None
    beside: Annotated[
        Literal["skewed", "always", "never"],
        Field(description="the signed-rank test beside a paired t test: where |skewness| of the differences is above 1, always or never"),
    ] = "skewed"
    level: Annotated[Decimal, Field(gt=0, lt=1, description="of the intervals")] = Decimal("0.95")
    by: Annotated[Literal["arm", "none"], Field(description="one group for each arm, or all subjects together")] = "none"
    total: Annotated[bool, Field(description="by arm: also all together")] = True

    @model_validator(mode="after")
    def _ranks_are_named(self) -> Self:
        needed = self.test == "signed_rank" or (self.test == "paired_t" and self.beside != "never")
        if needed and self.ranks is None and self.is_published("ranks"):
            remedy = "write ranks: exact-pratt" + ("" if self.test == "signed_rank" else ", or beside: never")
            raise ValueError(f"a signed-rank test without a convention|ranks names p and zeros, or a program|{remedy}")
        return self


class Paired(Changes):
    """Before and after by marker: the change with its interval, the test, pairs used and dropped."""

    kind: Literal["paired"]
    after: Annotated[After, Field(description="which value counts as after")]
    change: Annotated[Literal["difference", "ratio"], Field(description="after - before, or the geometric mean of after / before")] = (
        "difference"
    )
    before_label: Annotated[str, Field(description="heading of the values before")] = "Before"
    after_label: Annotated[str, Field(description="heading of the values after")] = "After"
    markers: Annotated[list[PairedMarker], Field(min_length=1, description="markers in the order of the rows")]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.change == "ratio" and self.test not in ("paired_t", "none"):
            raise ValueError(f"a ratio with the test {self.test}|paired_t (of logarithms) or none|change one of them")
        for marker in self.markers:
            if self.after.take == "worst" and marker.worse is None:
                raise ValueError(f"{marker.label} has no worse side|higher or lower|write worse: higher beside the marker")
        return self


class ChangeByVisit(Changes):
    """Values and their change from before at each visit, with the tests adjusted for their number."""

    kind: Literal["change_by_visit"]
    visits: Annotated[list[str], Field(min_length=1, description="names of the visits after, in order")]
    family: Annotated[
        Literal["visits", "parameters", "none"],
        Field(description="Holm's adjustment runs over the visits of a marker, over the markers at a visit, or is not made"),
    ] = "visits"
    markers: Annotated[list[ChangeMarker], Field(min_length=1, description="markers in the order of the rows")]


class ShiftMarker(Marker):
    """One marker of a shift table."""

    worse: Annotated[Literal["higher", "lower", "either"], Field(description="normal range, worst value: which side counts, or both")] = (
        "either"
    )
    term: Annotated[str | None, Field(description="ctcae: the term, where the test has several, for instance Hyperkalemia")] = None


class Shift(Planned):
    """How many subjects went from which category to which."""

    kind: Literal["shift"]
    categories: Annotated[Literal["normal_range", "ctcae"], Field(description="low, normal, high; or the grade")]
    before: Annotated[Before, Field(description="which value counts as before")]
    after: Annotated[After, Field(description="which value counts as after")]
    by: Annotated[Literal["arm", "none"], Field(description="one group for each arm, or all subjects together")] = "none"
    total: Annotated[bool, Field(description="by arm: also all together")] = True
    markers: Annotated[list[ShiftMarker], Field(min_length=1, description="markers in the order printed")]
