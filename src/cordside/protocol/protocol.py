"""Protocol: the whole study as planned, and what the rooms above ask of it."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from cordside.protocol.analyses import Analysis, Conventions, Endpoint, Remark, SpecialInterest
from cordside.protocol.eligibility import Criterion, Population
from cordside.protocol.part import Code, DateText, Part, answered
from cordside.protocol.regimen import Regimen
from cordside.protocol.schedule import Laboratory, Panel, PlannedVisit, ReferenceRange, Visit, planned_visits
from cordside.protocol.specification import Product

Origin = Literal["entered", "imported", "published", "rebuilt", "simulated"]


class Ethics(Part):
    """Who approved the study and how consent was asked."""

    committee: Annotated[str | None, Field(description="name of the committee that approved the study")]
    number: Annotated[str | None, Field(description="number of the approval")]
    approved: Annotated[DateText | None, Field(description="date of the approval")] = None
    consent: Annotated[str | None, Field(description="how and from whom consent was asked")]


class Site(Part):
    """Where subjects are treated."""

    name: Annotated[str, Field(description="name of the hospital or centre")]
    country: Annotated[str | None, Field(description="ISO 3166 code, for instance CHN")]
    timezone: Annotated[str | None, Field(description="for instance Asia/Shanghai")]


class Arm(Part):
    """One arm; without a regimen of its own it has the study's, unless it is not treated."""

    label: Annotated[str, Field(description="name of the arm, as printed")]
    planned: Annotated[int | None, Field(ge=0, description="subjects planned in this arm")] = None
    treated: Annotated[bool, Field(description="false: no cells are given in this arm")] = True
    regimen: Annotated[Regimen | None, Field(description="infusions of this arm, where they are not the study's")] = None


class AnalysisData(Part):
    """A dataset made elsewhere, with the roles of its variables."""

    subject: Annotated[str, Field(description="variable of the subject")] = "USUBJID"
    arm: Annotated[str | None, Field(description="variable of the arm")] = None
    parameter: Annotated[str | None, Field(description="variable that names the measurement")] = None
    visit: Annotated[str | None, Field(description="variable of the visit")] = None
    value: Annotated[str | None, Field(description="variable of the measured value")] = None
    baseline: Annotated[str | None, Field(description="variable of the value before treatment")] = None
    change: Annotated[str | None, Field(description="variable of the change from baseline")] = None
    flags: Annotated[list[str], Field(description="further variables that the file must have, such as population flags")] = []


class Protocol(Part):
    """The study as planned."""

    format: Literal["1"]
    study: Annotated[Code, Field(description="short name; USUBJID is <study>-<number>")]
    version: Annotated[str, Field(description="version of the protocol")] = "1"
    title: Annotated[str | None, Field(description="full title of the study")]
    origin: Annotated[Origin, Field(description="origin of the records unless a row says otherwise")]
    source: Annotated[str | None, Field(description="what the protocol was written down from")] = None
    registration: Annotated[str | None, Field(description="number in a trial register, for instance NCT04000000")] = None
    sponsor: Annotated[str | None, Field(description="who is responsible for the study")] = None
    control_group: Annotated[bool | None, Field(description="is there a comparison group")]
    period: Annotated[list[DateText] | None, Field(min_length=2, max_length=2, description="first and last day of the study")]
    ethics: Annotated[Ethics | None, Field(description="who approved the study and how consent was asked")]
    sites: Annotated[dict[Code, Site] | None, Field(description="where subjects are treated, by code")]
    arms: Annotated[dict[Code, Arm] | None, Field(description="arms of the study, by code as in ARMCD")]
    population: Annotated[Population | None, Field(description="how many may be enrolled, and who")]
    product: Annotated[Product | None, Field(description="the cells and how they are made and checked")]
    regimen: Annotated[Regimen | None, Field(description="infusions as planned, wherever an arm has none of its own")]
    before_each_infusion: Annotated[list[Criterion] | None, Field(description="conditions that must hold before each infusion")]
    visits: Annotated[dict[Code, Visit] | None, Field(description="the schedule: visits by name, in order")]
    panels: Annotated[dict[str, Panel], Field(description="things asked together, by name")] = {}
    laboratories: Annotated[dict[str, Laboratory], Field(description="laboratories by name, as in LBNAM, with their ranges")] = {}
    ranges: Annotated[list[ReferenceRange], Field(description="used only where the laboratory gives none")] = []
    events_of_special_interest: Annotated[
        list[SpecialInterest] | None, Field(description="events looked for by name, because the product may cause them")
    ]
    endpoints: Annotated[list[Endpoint] | None, Field(description="what the study wants to know")]
    conventions: Annotated[Conventions, Field(description="choices that decide printed digits")] = Conventions()
    analyses: Annotated[list[Analysis], Field(description="planned tables and figures, in the order of the report")] = []
    remarks: Annotated[list[Remark], Field(description="what the source says that no row can hold")] = []
    roles: Annotated[dict[str, Annotated[list[str] | None, BeforeValidator(answered)]] | None, Field(description="who may do what")]
    sponsor_terms: Annotated[
        dict[str, dict[str, str]], Field(description="terms of the study's own: codelist, then term and its label")
    ] = {}
    analysis_data: Annotated[
        dict[str, AnalysisData], Field(description="datasets made elsewhere, by name, with the roles of their variables")
    ] = {}

    def regimen_of(self, armcd: str | None) -> Regimen | None:
        """The regimen of an arm; the study's own where the arm has none, None where it is not treated."""
        arm = (self.arms or {}).get(armcd or "")
        if arm is None:
            return self.regimen
        return (arm.regimen or self.regimen) if arm.treated else None

    def is_treated(self, armcd: str | None) -> bool:
        """False only for an arm that the protocol declares untreated."""
        arm = (self.arms or {}).get(armcd or "")
        return arm is None or arm.treated

    def planned_visits(self) -> list[PlannedVisit]:
        """Every visit in the order of the schedule, repeats written out."""
        return planned_visits(self.visits or {})

    def remarks_about(self, about: str) -> list[str]:
        """What the source says about a domain or a planned item that no row can hold."""
        return [remark.text for remark in self.remarks if remark.about == about]

    def is_sponsor_term(self, codelist: str, term: str) -> bool:
        """True for a term that the study adds to a codelist."""
        return term in self.sponsor_terms.get(codelist, {})


# Now, so that no part is built by itself before it is nested here: see part.py.
Protocol.model_rebuild()
