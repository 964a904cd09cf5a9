"""Time to an event: the table, its curves, and one bar a subject."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.part import Item, Name, Part
from cordside.protocol.plans.base import Planned
from cordside.protocol.plans.happenings import CensoredAt, Event, Start, check_episodes

Days = list[Annotated[int, Field(ge=0)]]


class TimeToEvent(Planned):
    """Time to an event: events, censorings, those at risk, estimates at given days, the median; by arm with the log-rank test."""

    kind: Literal["time_to_event"]
    event: Annotated[Event, Field(description="the event waited for")]
    competing: Annotated[
        list[Event], Field(description="events that end the waiting; death is always one of them unless it is part of the event")
    ] = []
    start: Start = "first infusion"
    censored_at: CensoredAt = "end of participation"
    until: Annotated[int | None, Field(ge=1, description="everybody is censored at this day after the start")] = None
    estimate: Annotated[
        Literal["kaplan-meier", "cumulative incidence"] | None,
        Field(description="cumulative incidence (Aalen-Johansen) where anything competes, else Kaplan-Meier, unless given"),
    ] = None
    counted: Annotated[
        Literal["with the event", "without the event"] | None,
        Field(description="which share Kaplan-Meier prints; without, where death is the event, unless given"),
    ] = None
    by: Annotated[Literal["arm", "none"], Field(description="one group for each arm, or all subjects together")] = "arm"
    total: Annotated[bool, Field(description="by arm: also all together")] = True
    days: Annotated[Days, Field(description="days after the start at which estimates are printed")] = [28]
    tests: Annotated[
        list[Literal["log-rank", "gray"]],
        Field(description="tests between the arms: of the rates of the event (log-rank), of its cumulative incidences (gray)"),
    ] = ["log-rank"]
    hazard_ratio: Annotated[
        bool, Field(description="of each arm against the reference, by Cox's model; ties after Efron (convention R) or Breslow (SAS)")
    ] = False
    reference: Annotated[
        str | None, Field(description="code or label of the arm that others are compared with; the first unless given")
    ] = None
    convention: Annotated[
        Literal["R", "SAS"],
        Field(
            description="SAS: log-log limits, nothing estimated beyond the last time, no median where the curve stays flat at half; "
            "R: log limits, the curve carried on, the middle of the flat part"
        ),
    ] = "SAS"

    @model_validator(mode="after")
    def _gray_compares_incidences(self) -> Self:
        if "gray" in self.tests and not self.is_incidence:
            raise ValueError("Gray's test of a Kaplan-Meier curve|estimate: cumulative incidence|leave gray out, or change the estimate")
        return self

    @property
    def is_upwards(self) -> bool:
        """Does the estimate count those who had the event?"""
        return not self.is_survival

    @property
    def is_incidence(self) -> bool:
        """Is it a cumulative incidence, with competing events as causes of their own?"""
        chosen = self.estimate or ("cumulative incidence" if self.competing or not self.event.is_fatal else "kaplan-meier")
        return chosen == "cumulative incidence"

    @property
    def is_survival(self) -> bool:
        """Is it the share without the event?"""
        chosen = self.counted or ("without the event" if self.event.is_fatal else "with the event")
        return not self.is_incidence and chosen == "without the event"


class KaplanMeier(Planned):
    """The curves of a planned time to an event, with those at risk beneath."""

    kind: Literal["kaplan_meier"]
    of: Annotated[Name, Field(description="id of the planned time_to_event")]
    ticks: Annotated[Days | None, Field(min_length=2, description="days on the axis, at which those at risk are counted")] = None
    bands: Annotated[bool, Field(description="95% limits as bands")] = True
    median: Annotated[bool, Field(description="lines at the median")] = False
    competing: Annotated[bool, Field(description="draw the competing events too")] = True


class Band(Part):
    """Episodes that are drawn on a bar."""

    item: Annotated[Item, Field(description="procedure or stay drawn, for instance HO.HOSPITAL STAY")]
    label: Annotated[str | None, Field(description="as printed in the key; the term unless given")] = None

    @model_validator(mode="after")
    def _is_an_episode(self) -> Self:
        check_episodes([self.item])
        return self


class Swimmer(Planned):
    """One bar a subject: follow-up, episodes of support or stay, infusions, events."""

    kind: Literal["swimmer"]
    subject: Annotated[str, Field(description="how a subject is named, for instance Case {SUBJID}")] = "{USUBJID}"
    start: Start = "first infusion"
    censored_at: CensoredAt = "end of participation"
    episodes: Annotated[list[Band] | None, Field(description="procedures (PR) and stays (HO); oxygen support unless given")] = None
    events: Annotated[list[Event], Field(description="marked where they happen, beside infusions and death")] = []
    order: Annotated[Literal["follow-up", "arm", "record"], Field(description="follow-up: longest first; arm: by arm, then so")] = (
        "follow-up"
    )
