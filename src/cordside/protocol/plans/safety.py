"""Infusions, adverse events, deviations."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.part import Part
from cordside.protocol.plans.base import Adjustment, Planned
from cordside.protocol.plans.data import FromData, PStyle, Selection, Use
from cordside.protocol.plans.treatment import Sort


class Window(Part):
    """Hours from the start of the last infusion: from `start` to before `end`, or without end."""

    label: Annotated[str, Field(description="as printed, for instance first day")]
    start: Annotated[float, Field(ge=0, description="hours after the start of the infusion, counted in")]
    end: Annotated[float | None, Field(gt=0, description="hours after the start of the infusion, not counted in; open unless given")] = None

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"a window from {self.start:g} to {self.end:g} hours|an end after the start|mend it")
        return self


class Unseen(Part):
    """Who looked for events of special interest and for how long: without them "none seen" says nothing."""

    assessor: Annotated[str, Field(description="for instance the investigators")]
    follow_up: Annotated[str, Field(description="for instance 28 days from the first infusion")]


class EventVariables(Part):
    """What a dataset of events calls its variables."""

    system: Annotated[str, Field(description="variable of the body system")] = "AEBODSYS"
    term: Annotated[str, Field(description="variable of the term")] = "AEDECOD"
    grade: Annotated[str | None, Field(description="variable of the toxicity grade")] = None
    relation: Annotated[str | None, Field(description="variable of the relation to treatment")] = None
    serious: Annotated[str | None, Field(description="variable that says whether the event is serious")] = None
    hours: Annotated[str | None, Field(description="variable of the hours from the infusion to the event")] = None

    def named(self) -> dict[str, str]:
        """The variables that a dataset is to have, by role."""
        return {role: name for role in type(self).model_fields if (name := getattr(self, role))}


class AdverseEvents(FromData):
    """Adverse events: all that is known of each kind, or counted side by side by arm.

    overview: special interest and terms with grade, relation, seriousness and hours; the others count subjects and events by arm:
    by body system and term, by term, and by grade, relation, seriousness or hours from the infusion.
    """

    kind: Literal["adverse_events"]
    show: Annotated[
        Literal["overview", "system_and_term", "term", "grade", "relation", "serious", "time"],
        Field(description="all that is known of each kind (overview), or what events are counted by"),
    ] = "overview"
    total: Annotated[bool, Field(description="by arm: also all together")] = True
    sort: Sort = "frequency"
    windows: Annotated[list[Window], Field(description="show time: hours from the start of the last infusion")] = []
    variables: Annotated[EventVariables, Field(description="with data: what the dataset calls them")] = EventVariables()
    population: Annotated[
        Selection | None, Field(description="dataset of the subjects at risk; else those treated, or of an arm planned without treatment")
    ] = None
    test: Annotated[Literal["fisher"] | None, Field(description="compares subjects with an event in each arm with the reference")] = None
    reference: Annotated[
        str | None, Field(description="code or label of the arm that others are compared with; the first unless given")
    ] = None
    family: Annotated[
        Literal["terms", "none"], Field(description="with test: P is adjusted for the number of terms, for each arm compared, or is not")
    ] = "none"
    adjust: Adjustment = "holm"
    unseen: Annotated[Unseen | None, Field(description="gives upper limits for events of special interest that nobody had")] = None
    p_style: PStyle = None

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.show == "time" and not self.windows:
            raise ValueError("no windows of time|windows: [{label: first day, start: 0, end: 24}, ...]|name them")
        if self.data and self.show == "overview":
            raise ValueError("an overview is made from the record|another show with data|choose system_and_term, or leave data out")
        if self.data and self.show in ("grade", "relation", "serious") and self.show not in self.variables.named():
            raise ValueError(f"the dataset's variable of {self.show} is not named|variables: {{{self.show}: NAME}}|name it")
        if self.data and self.show == "time" and self.variables.hours is None:
            raise ValueError("the dataset's variable of hours is not named|variables: {hours: NAME}|name it")
        return self

    def uses(self) -> Iterator[Use]:
        """Every variable of a dataset that the item reads by name."""
        yield from super().uses()
        if self.population:
            yield from self.population.uses(("population",))
        if self.data:
            yield from ((("variables", role), self.data, name) for role, name in self.variables.named().items())

    def roles(self) -> tuple[str, ...]:
        """The arm."""
        return () if self.arm else ("arm",)


class Infusions(Planned):
    """Infusions planned and given."""

    kind: Literal["infusions"]
    subject: Annotated[str, Field(description="how a subject is named, for instance Case {SUBJID}")] = "{USUBJID}"


class Deviations(Planned):
    """Protocol deviations, recorded and found."""

    kind: Literal["deviations"]
    subject: Annotated[str, Field(description="how a subject is named, for instance Case {SUBJID}")] = "{USUBJID}"
