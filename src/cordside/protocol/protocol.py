"""Protocol: the whole study as planned, and what the rooms above ask of it."""

from decimal import Decimal
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

    committee: str | None
    number: str | None
    approved: DateText | None = None
    consent: str | None


class Site(Part):
    """Where subjects are treated."""

    name: str
    country: Annotated[str | None, Field(description="ISO 3166 code, for instance CHN")]
    timezone: Annotated[str | None, Field(description="for instance Asia/Shanghai")]


class Arm(Part):
    """One arm; without a regimen of its own it has the study's, unless it is not treated."""

    label: str
    planned: Annotated[int | None, Field(ge=0)] = None
    treated: Annotated[bool, Field(description="false: no cells are given in this arm")] = True
    regimen: Regimen | None = None


class AnalysisData(Part):
    """A dataset made elsewhere, with the roles of its variables."""

    subject: str = "USUBJID"
    arm: str | None = None
    parameter: str | None = None
    visit: str | None = None
    value: str | None = None
    baseline: str | None = None
    change: str | None = None
    flags: list[str] = []


class Protocol(Part):
    """The study as planned."""

    format: Literal["1"]
    study: Annotated[Code, Field(description="short name; USUBJID is <study>-<number>")]
    version: str = "1"
    title: str | None
    origin: Annotated[Origin, Field(description="origin of the records unless a row says otherwise")]
    source: Annotated[str | None, Field(description="what the protocol was written down from")] = None
    registration: str | None = None
    sponsor: str | None = None
    control_group: Annotated[bool | None, Field(description="is there a comparison group")]
    period: Annotated[list[DateText] | None, Field(min_length=2, max_length=2)]
    ethics: Ethics | None
    sites: dict[Code, Site] | None
    arms: dict[Code, Arm] | None
    population: Population | None
    product: Product | None
    regimen: Regimen | None
    before_each_infusion: list[Criterion] | None
    visits: dict[Code, Visit] | None
    panels: dict[str, Panel] = {}
    laboratories: dict[str, Laboratory] = {}
    ranges: Annotated[list[ReferenceRange], Field(description="used only where the laboratory gives none")] = []
    events_of_special_interest: list[SpecialInterest] | None
    endpoints: list[Endpoint] | None
    conventions: Conventions = Conventions()
    analyses: list[Analysis] = []
    remarks: list[Remark] = []
    roles: Annotated[dict[str, Annotated[list[str] | None, BeforeValidator(answered)]] | None, Field(description="who may do what")]
    sponsor_terms: Annotated[
        dict[str, dict[str, str]], Field(description="terms of the study's own: codelist, then term and its label")
    ] = {}
    analysis_data: dict[str, AnalysisData] = {}

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

    def visit_number(self, name: str) -> Decimal | None:
        """VISITNUM of a visit's name, None when the protocol has no such visit."""
        return next((visit.number for visit in self.planned_visits() if visit.name == name), None)

    def remarks_about(self, about: str) -> list[str]:
        """What the source says about a domain or a planned item that no row can hold."""
        return [remark.text for remark in self.remarks if remark.about == about]

    def is_sponsor_term(self, codelist: str, term: str) -> bool:
        """True for a term that the study adds to a codelist."""
        return term in self.sponsor_terms.get(codelist, {})


# Now, so that no part is built by itself before it is nested here: see part.py.
Protocol.model_rebuild()
