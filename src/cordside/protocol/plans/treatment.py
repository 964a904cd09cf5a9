"""What subjects were given: the cells, other treatment; and rows of a domain as they stand."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.domains.all import DOMAINS
from cordside.protocol.plans.base import Planned
from cordside.protocol.plans.data import FromData, Use

Sort = Annotated[Literal["frequency", "alphabetical"], Field(description="most subjects of all groups first, or by name")]


class Exposure(Planned):
    """Infusions planned and given, cells, volumes and the days between, by arm."""

    kind: Literal["exposure"]
    by: Annotated[Literal["arm", "none"], Field(description="one group for each arm, or all subjects together")] = "arm"
    total: Annotated[bool, Field(description="by arm: also all together")] = True


class Treatments(Planned):
    """Other treatment by class and term: subjects, percentages and rows, by arm, before and after the first infusion."""

    kind: Literal["treatments"]
    domain: Annotated[Literal["CM", "PR"], Field(description="medication, or procedures")] = "CM"
    period: Annotated[
        Literal["any", "before", "after", "each"],
        Field(description="any time; before the day of the first infusion; on that day or later; each of the two in lines of its own"),
    ] = "any"
    by: Annotated[Literal["arm", "none"], Field(description="one group for each arm, or all subjects together")] = "arm"
    total: Annotated[bool, Field(description="by arm: also all together")] = True
    sort: Sort = "frequency"


class SubjectListing(FromData):
    """Rows of a domain, or of a dataset, as they stand: chosen variables, a repeated subject printed once."""

    kind: Literal["subject_listing"]
    domain: Annotated[str | None, Field(description="code of the domain")] = None
    variables: Annotated[list[str], Field(min_length=1, description="variables in the order of the columns")]
    headings: Annotated[dict[str, str], Field(description="printed heading by variable; the domain's label unless given")] = {}
    subject: Annotated[str, Field(description="how a subject is named, for instance Case {SUBJID}")] = "{USUBJID}"
    values: Annotated[dict[str, str | list[str]], Field(description="variable of the domain and the values that a row must have")] = {}

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if (self.domain is None) == (self.data is None):
            raise ValueError("a listing has one source|domain, or data|name one of them")
        listed = [code for code, domain in DOMAINS.items() if domain.by_subject]
        if self.domain and self.domain not in listed:
            raise ValueError(f"{self.domain} is no domain of subjects|{', '.join(listed)}|write one of them")
        unknown = [name for name in [*self.variables, *self.values] if self.domain and name not in DOMAINS[self.domain].variables]
        if unknown:
            known = ", ".join(DOMAINS[self.domain or ""].variables)
            raise ValueError(f"{unknown[0]} is no variable of {self.domain}|{known}|mend the name")
        return self

    def uses(self) -> Iterator[Use]:
        """Every variable of the dataset."""
        yield from super().uses()
        yield from ((("variables", at), self.data, name) for at, name in enumerate(self.variables) if self.data)
