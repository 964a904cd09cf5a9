"""What the study will analyse: conventions, endpoints, and planned tables and figures.

A planned item names its kind: declared in `plans/`, computed in `analysis/`, drawn in `report/`.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.part import Code, Item, Name, Part
from cordside.protocol.plans.changes import ChangeByVisit, Paired, Shift
from cordside.protocol.plans.characteristics import Characteristics
from cordside.protocol.plans.charts import BoxPoints, Forest, Waterfall
from cordside.protocol.plans.comparison import Comparison, ValuesByVisit
from cordside.protocol.plans.listing import Listing
from cordside.protocol.plans.outcomes import Outcomes
from cordside.protocol.plans.pictures import Images, Timeline
from cordside.protocol.plans.safety import AdverseEvents, Deviations, Infusions
from cordside.protocol.plans.swabs import Clearance, ClearanceRule, Swabs
from cordside.protocol.plans.timetoevent import KaplanMeier, Swimmer, TimeToEvent
from cordside.protocol.plans.treatment import Exposure, SubjectListing, Treatments
from cordside.protocol.plans.visits import BeforeAfter, ByVisit
from cordside.protocol.printing import PRINTING, Printing

# fmt: off
Quantiles = Literal[
    "type-1", "type-2", "type-3", "type-4", "type-5", "type-6", "type-7", "type-8", "type-9",
    "R-1", "R-2", "R-3", "R-4", "R-5", "R-6", "R-7", "R-8", "R-9", "SAS-1", "SAS-2", "SAS-3", "SAS-4", "SAS-5", "SPSS-6",
]
# fmt: on
STANDING = ("flow", "eligibility", "data", "schedule", "product", "product_tests", "product_infusions", "product_recipients")
"""Analyses that every study has without planning them; a planned item cannot take their names."""


class Conventions(Part):
    """Named choices that decide printed digits."""

    quantiles: Annotated[
        Quantiles, Field(description="how quartiles are found, by the number of Hyndman and Fan or the program's name")
    ] = "R-7"
    rounding: Annotated[
        Literal["half_up", "printf"], Field(description="half up as printed in decimals, or of the binary value as C's printf does")
    ] = "half_up"
    spread: Annotated[Literal["sd", "se"], Field(description="what error bars show")] = "sd"
    clearance: Annotated[ClearanceRule, Field(description="when swabs count as negative, wherever no rule is named")] = "two-negatives"
    dates: Annotated[Literal["iso", "month.day"], Field(description="how tables print dates")] = "iso"
    theme: Annotated[
        Literal["plain", "jama", "lancet", "nejm"], Field(description="whose print the report follows: looks, P values, percentages")
    ] = "plain"

    @property
    def printing(self) -> Printing:
        """How the theme prints numbers."""
        return PRINTING[self.theme]


class Endpoint(Part):
    """What the study wants to know."""

    id: Annotated[Code, Field(description="short name, to which planned items refer")]
    type: Annotated[Literal["primary", "secondary", "safety", "exploratory"] | None, Field(description="rank of the endpoint in the study")]
    text: Annotated[str, Field(description="the endpoint in the words of the protocol")]
    analysis: Annotated[str | None, Field(description="id of the planned item that answers it")] = None


class SpecialInterest(Part):
    """Events looked for by name, because the product may cause them."""

    category: Annotated[Name, Field(description="name of the group of events, for instance Thromboembolism")]
    terms: Annotated[list[str], Field(description="terms that belong to the category, any case")]
    follow: Annotated[list[Item], Field(description="tests that follow the risk, for instance LB.DDIMER")] = []

    @model_validator(mode="after")
    def _has_terms(self) -> Self:
        if not self.terms and self.is_published("terms"):
            raise ValueError("a category without terms|one term or more|write terms: [...], or not_published")
        return self


Analysis = Annotated[
    Listing | Characteristics | Swabs | Clearance | BeforeAfter | ByVisit | Timeline | Images | AdverseEvents | Infusions | Deviations
    | ValuesByVisit | Comparison | Exposure | Treatments | SubjectListing
    | Paired | ChangeByVisit | Shift | BoxPoints | Waterfall | Forest
    | TimeToEvent | KaplanMeier | Swimmer | Outcomes,
    Field(discriminator="kind"),
]


class Remark(Part):
    """Something the source says that no row can hold, printed beside what it is about."""

    about: Annotated[Name, Field(description="a domain's code, or a planned item's id")]
    text: Annotated[str, Field(description="what the source says, as it is to be printed")]
