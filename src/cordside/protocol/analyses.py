"""What the study will analyse: conventions, endpoints, and planned tables and figures.

A planned item names its kind; a kind is one file in `analysis/` and one in `report/`.
"""

from typing import Annotated, Literal

from pydantic import Field

from cordside.protocol.part import Code, Item, Part

Show = Literal["n_percent", "mean_sd", "median_iqr", "median_range", "range"]
ClearanceRule = Literal["first-negative", "two-negatives", "two-negatives-per-specimen"]


class Conventions(Part):
    """Named choices that decide printed digits."""

    quantiles: Annotated[str, Field(pattern=r"^(type-[1-9]|R-[1-9]|SAS-[1-5]|SPSS-6)$")] = "R-7"
    rounding: Literal["half_up", "printf"] = "half_up"
    spread: Annotated[Literal["sd", "se"], Field(description="what error bars show")] = "sd"
    clearance: ClearanceRule = "two-negatives"
    dates: Annotated[Literal["iso", "month.day"], Field(description="how tables print dates")] = "iso"


class Endpoint(Part):
    """What the study wants to know."""

    id: Code
    type: Literal["primary", "secondary", "safety", "exploratory"] | None
    text: str
    analysis: str | None = None


class SpecialInterest(Part):
    """Events looked for by name, because the product may cause them."""

    category: str
    terms: Annotated[list[str], Field(min_length=1, description="terms that belong to the category, any case")]
    follow: Annotated[list[Item], Field(description="tests that follow the risk, for instance LB.DDIMER")] = []


class Planned(Part):
    """What every planned table or figure has."""

    id: Code
    number: Annotated[str | None, Field(description="as printed: Table 1, Figure 3")] = None
    title: str
    footnotes: list[str] = []
    endpoint: str | None = None


class SubjectRow(Part):
    """One row of a listing: an item, and how its value is printed."""

    label: str
    section: str | None = None
    item: Item
    visit: str | None = None
    printed: Annotated[str, Field(description="pattern around the value, for instance {value}%")] = "{value}"
    join: Annotated[str, Field(description="between several values of one subject")] = "; "
    none: Annotated[str | None, Field(description="printed when every asked item is known to be absent")] = None
    terms: Annotated[list[str] | None, Field(description="for MH and CE with item DOMAIN.*: which terms; all unless given")] = None


class Listing(Planned):
    """Values by subject."""

    kind: Literal["listing"]
    corner: str = "Subject"
    subject: Annotated[str, Field(description="heading of a subject, for instance Case {SUBJID}")] = "{USUBJID}"
    rows: Annotated[list[SubjectRow], Field(min_length=1)]


class SummaryRow(Part):
    """One row of a characteristics table."""

    label: str
    section: str | None = None
    indent: Annotated[int, Field(ge=0, le=3)] = 0
    item: Item
    show: Show
    value: Annotated[str | None, Field(description="n_percent: the value counted; every level unless given")] = None
    visit: str | None = None
    decimals: Annotated[int | None, Field(ge=0, le=9)] = None


class Characteristics(Planned):
    """n (%), median (IQR) and mean ± SD, by arm and in total."""

    kind: Literal["characteristics"]
    by: Literal["arm", "none"] = "none"
    total: bool = True
    rows: Annotated[list[SummaryRow], Field(min_length=1)]


class SwabPlace(Part):
    """One specimen column of the swab table."""

    label: str
    location: str


class Swabs(Planned):
    """Every swab by date and specimen, beside the first positive and the first dose."""

    kind: Literal["swabs"]
    item: Item
    corner: str = "Subject"
    subject: str = "{USUBJID}"
    positive: str = "Positive before treatment"
    first_dose: str = "First dose"
    date: str = "Date"
    places: Annotated[list[SwabPlace], Field(min_length=1)]


class Clearance(Planned):
    """Days from the first dose to negativity under named rules, with the interval the truth lies in."""

    kind: Literal["clearance"]
    item: Item
    subject: str = "{USUBJID}"
    rules: list[ClearanceRule] = ["first-negative", "two-negatives", "two-negatives-per-specimen"]


class Marker(Part):
    """One marker of a figure or a before/after table."""

    item: Item
    label: str
    specimen: str | None = None
    decimals: Annotated[int | None, Field(ge=0, le=9)] = None


class Outlier(Part):
    """A value the study calls an outlier: kept, and shown with and without."""

    subject: str
    item: Item
    visit: str
    reason: str


class BeforeAfter(Planned):
    """One value a subject before and after, with one line each."""

    kind: Literal["before_after"]
    markers: Annotated[list[Marker], Field(min_length=1)]
    before: Annotated[str, Field(description="visit before treatment")]
    after: Annotated[str, Field(description="visit after treatment")]
    subject: str = "{USUBJID}"


class ByVisit(Planned):
    """Mean with SD or SE at each visit."""

    kind: Literal["by_visit"]
    markers: Annotated[list[Marker], Field(min_length=1)]
    visits: Annotated[list[str], Field(min_length=2)]
    spread: Literal["sd", "se"] | None = None
    outliers: list[Outlier] = []


class Timeline(Planned):
    """One line a subject: stay, infusions, swabs, checks."""

    kind: Literal["timeline"]
    subject: str = "{USUBJID}"
    swabs: Item | None = None
    stay: Annotated[Item | None, Field(description="for instance HO.HOSPITAL STAY")] = None
    visits: list[str] = []


class Images(Planned):
    """Images before and after, side by side."""

    kind: Literal["images"]
    subject: str = "{USUBJID}"
    item: Annotated[Item, Field(description="for instance PR.CT SCAN; the row's XFN names the file")]
    before: str
    after: str


class AdverseEvents(Planned):
    """Adverse events by term, grade, relation, seriousness and hours from the infusion; special interest first."""

    kind: Literal["adverse_events"]


class Infusions(Planned):
    """Infusions planned and given."""

    kind: Literal["infusions"]
    subject: str = "{USUBJID}"


class Deviations(Planned):
    """Protocol deviations, recorded and found."""

    kind: Literal["deviations"]
    subject: str = "{USUBJID}"


Analysis = Annotated[
    Listing | Characteristics | Swabs | Clearance | BeforeAfter | ByVisit | Timeline | Images | AdverseEvents | Infusions | Deviations,
    Field(discriminator="kind"),
]


class Remark(Part):
    """Something the source says that no row can hold, printed beside what it is about."""

    about: Annotated[str, Field(description="a domain's code, or a planned item's id")]
    text: str
