"""Change: before and after with its test, visit by visit, and from one category to another."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.part import Part
from cordside.protocol.plans.base import Adjustment, Marker, Planned
from cordside.protocol.plans.meanregression import MeanRegression

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
    regression_to_the_mean: Annotated[
        MeanRegression | None, Field(description="what must be assumed to say what regression to the mean alone would give")
    ] = None


class PairedMarker(ChangeMarker):
    """One row of a before/after table."""

    worse: Annotated[Literal["higher", "lower"] | None, Field(description="which side is worse, for after: {take: worst}")] = None
    unit: Annotated[str | None, Field(description="unit to print in; the standard unit unless given")] = None
    normal_range: Annotated[bool, Field(description="print the protocol's normal range in the label")] = False


ByArm = Annotated[
    Literal["arm", "none"] | None,
    Field(description="one group for each arm, or all subjects together; each arm where the study has a comparison group, unless given"),
]


class Grouped(Planned):
    """A table in which the comparison group, where there is one, stands apart."""

    by: ByArm = None
    total: Annotated[bool, Field(description="by arm: also all together")] = True

    def is_by_arm(self, control_group: bool | None) -> bool:
        """Does each arm stand apart, in a study with a comparison group or without?"""
        return bool(control_group) if self.by is None else self.by == "arm"


class Changes(Grouped):
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
    adjust: Adjustment = "holm"

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
    corner: Annotated[str, Field(description="heading of the column of markers")] = "Marker"
    before_label: Annotated[str, Field(description="heading of the values before")] = "Before"
    after_label: Annotated[str, Field(description="heading of the values after")] = "After"
    p_label: Annotated[str, Field(description="heading of P, where it is not adjusted")] = "P"
    family: Annotated[Literal["parameters", "none"], Field(description="P is adjusted for the number of markers of a group, or is not")] = (
        "none"
    )
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
        Field(description="P is adjusted for the visits of a marker, for the markers at a visit, or is not"),
    ] = "visits"
    friedman: Annotated[bool, Field(description="Friedman's test of subjects with a value before and at every visit")] = False
    markers: Annotated[list[ChangeMarker], Field(min_length=1, description="markers in the order of the rows")]


_CATEGORIES = {
    "normal_range": ("Low", "Normal", "High", "Low and high"),
    "ctcae": ("Grade 0", "Grade 1", "Grade 2", "Grade 3", "Grade 4"),
}


class ShiftMarker(Marker):
    """One marker of a shift table."""

    worse: Annotated[Literal["higher", "lower", "either"], Field(description="normal range, worst value: which side counts, or both")] = (
        "either"
    )
    term: Annotated[str | None, Field(description="ctcae: the term, where the test has several, for instance Hyperkalemia")] = None


class Shift(Grouped):
    """How many subjects went from which category to which."""

    kind: Literal["shift"]
    categories: Annotated[Literal["normal_range", "ctcae"], Field(description="low, normal, high; or the grade")]
    before: Annotated[Before, Field(description="which value counts as before")]
    after: Annotated[After, Field(description="which value counts as after")]
    mcnemar: Annotated[
        Literal["exact", "chi2", "chi2_cc", "none"],
        Field(description="McNemar's test of abnormal against not, before and after: exact, plain (SAS), corrected (R); or none"),
    ] = "none"
    abnormal: Annotated[
        list[str], Field(description="with mcnemar: categories that count as abnormal; all but Normal and Grade 0 unless given")
    ] = []
    interval: Annotated[
        Literal["tango", "newcombe"], Field(description="with mcnemar: interval of the difference of the shares after and before")
    ] = "tango"
    markers: Annotated[list[ShiftMarker], Field(min_length=1, description="markers in the order printed")]

    @model_validator(mode="after")
    def _abnormal_is_tested(self) -> Self:
        known = _CATEGORIES[self.categories]
        if self.abnormal and self.mcnemar == "none" and self.is_published("mcnemar"):
            raise ValueError("abnormal without a test|mcnemar: exact, chi2 or chi2_cc|name the test, or leave abnormal out")
        if unknown := [name for name in self.abnormal if name not in known]:
            raise ValueError(f"{unknown[0]} is no category|{', '.join(known)}|mend the name")
        if self.abnormal and set(known) <= {*self.abnormal, "Low and high"}:
            raise ValueError("every category counts as abnormal|some of them|leave out those that are not")
        return self
