"""Events declared as data: what happens, from when time counts, and how long subjects are followed."""

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.eligibility import Condition
from cordside.protocol.part import Item, Name, Part
from cordside.protocol.plans.swabs import ClearanceRule

Start = Annotated[
    Literal["first infusion", "consent", "admission"],
    Field(
        description="day from which time counts; in an arm that is not treated randomisation, else consent, stands for the first infusion"
    ),
]
CensoredAt = Annotated[
    Literal["end of participation", "last contact"],
    Field(
        description="where a subject without the event leaves: at the end of participation (the last disposition event of DS, of "
        "whatever term; a discharge into a follow-up that goes on is an OTHER EVENT), at the data cut while none is recorded; "
        "or at the last day on which anything was recorded of the subject. An event that only a test can show is censored at the last test"
    ),
]

OXYGEN = (
    "PR.LOW-FLOW OXYGEN THERAPY",
    "PR.OXYGEN INHALATION",
    "PR.HIGH-FLOW NASAL CANNULA OXYGEN THERAPY",
    "PR.CONTINUOUS POSITIVE AIRWAY PRESSURE VENTILATION",
    "PR.BILEVEL POSITIVE AIRWAY PRESSURE VENTILATION",
    "PR.POSITIVE AIRWAY PRESSURE VENTILATION",
    "PR.NON-INVASIVE MECHANICAL VENTILATION",
    "PR.MECHANICAL VENTILATION",
    "PR.INVASIVE MECHANICAL VENTILATION",
    "PR.EXTRACORPOREAL MEMBRANE OXYGENATION",
)
"""Episodes of oxygen support, from the lightest; room air is an episode too, but no support."""
ROOM_AIR = "PR.ROOM AIR"
VENTILATOR = OXYGEN[-3:]
INTENSIVE_CARE = (
    "HO.INTENSIVE CARE UNIT STAY",
    "HO.CARDIAC INTENSIVE CARE UNIT STAY",
    "HO.NEURO INTENSIVE CARE UNIT STAY",
    "HO.SURGICAL INTENSIVE CARE UNIT STAY",
)


def check_episodes(items: Iterable[str]) -> None:
    """ValueError for an item that is no procedure and no stay, which alone begin and end."""
    if wrong := next((item for item in items if not item.startswith(("PR.", "HO."))), None):
        raise ValueError(f"{wrong} is no episode|items of PR and HO|name procedures or stays, which begin and end")


class Cleared(Part):
    """Swabs are negative under a named rule."""

    item: Annotated[Item, Field(description="the test of the swabs, for instance MB.SAR2RNA")]
    rule: Annotated[ClearanceRule | None, Field(description="conventions.clearance unless given")] = None


class Happening(Part):
    """One thing that can happen on a day. Exactly one key."""

    death: Annotated[bool | None, Field(description="true: the subject dies")] = None
    when: Annotated[
        Condition | None,
        Field(description="the first row on or after the start for which one comparison holds: recorded, equals, at_least, ..."),
    ] = None
    cleared: Annotated[Cleared | None, Field(description="swabs are negative under a named rule")] = None
    ended: Annotated[
        list[Item] | None, Field(min_length=1, description="the last episode of these (PR, HO) ends, and the subject lives on without")
    ] = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(
                f"{len(given)} keys of what happens|exactly one of death, when, cleared, ended|write one; list several under first_of"
            )
        if self.death is False:
            raise ValueError("death: false|death: true|an event is something that happens")
        if self.when and self.when.item is None:
            raise ValueError("a group of conditions has no day|one comparison on one item|list the alternatives under first_of")
        check_episodes(self.ended or [])
        return self


class Event(Part):
    """An event under its printed name: the first of one or more things that happen."""

    label: Annotated[Name, Field(description="name of the event, as printed")]
    first_of: Annotated[list[Happening], Field(min_length=1, description="things that can happen; the earliest of them is the event")]

    @property
    def is_fatal(self) -> bool:
        """Is death the event, or part of it?"""
        return any(happening.death for happening in self.first_of)

    @property
    def is_swabbed(self) -> bool:
        """Is its time known only to the interval between two swabs?"""
        return any(happening.cleared for happening in self.first_of)


DEATH = "Death"
