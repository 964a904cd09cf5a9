"""Outcomes: death, days free of support, time to room air, a scale by day, discharge; each row chosen."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.part import Item, Name, Part
from cordside.protocol.plans.base import Planned
from cordside.protocol.plans.happenings import INTENSIVE_CARE, OXYGEN, VENTILATOR, Happening, Start, check_episodes

Day = Annotated[int, Field(ge=1, description="days after the start")]
_OF = {"ventilator": VENTILATOR, "oxygen": OXYGEN, "intensive care": INTENSIVE_CARE}
_DEAD = {"RS.WHOCPS": Decimal(10)}


class OutcomeRow(Part):
    """What every row has."""

    label: Annotated[Name, Field(description="as printed at the head of the row; no two alike")]
    section: Annotated[str | None, Field(description="heading above this row and the next ones of the same section")] = None


class DeathRow(OutcomeRow):
    """Dead by a day, n of those known (%) with the interval."""

    outcome: Annotated[Literal["death"], Field(description="kind of row: a death by a day")]
    day: Day = 28


class FreeDaysRow(OutcomeRow):
    """Days alive and free of a support, of the days 1 to N after the start."""

    outcome: Annotated[Literal["free_days"], Field(description="kind of row: days alive and free of a support")]
    day: Day = 28
    of: Annotated[Literal["ventilator", "oxygen", "intensive care"] | None, Field(description="which episodes, unless items are given")] = (
        None
    )
    items: Annotated[list[Item] | None, Field(min_length=1, description="episodes by name: PR and HO items")] = None
    count: Annotated[
        Literal["all free days", "after the last episode"], Field(description="free days between two episodes count, or do not")
    ] = "all free days"
    death: Annotated[Literal["0", "days alive"], Field(description="who dies by the day has 0 days, or the free days until death")] = "0"
    show: Annotated[Literal["median_iqr", "mean_sd", "median_range"], Field(description="how the days are summed up")] = "median_iqr"

    @model_validator(mode="after")
    def _free_of_something(self) -> Self:
        if (self.of is None) == (self.items is None):
            raise ValueError(
                "free of what is not said once|exactly one of of, items|write of: ventilator, oxygen or intensive care, or items"
            )
        check_episodes(self.items or [])
        return self

    @property
    def episodes(self) -> tuple[str, ...]:
        """The items whose days are not free."""
        return tuple(self.items or ()) or _OF[self.of or "oxygen"]


class RoomAirRow(OutcomeRow):
    """Days until the last oxygen support ended: how many, and the median with death as a competing event."""

    outcome: Annotated[Literal["room_air"], Field(description="kind of row: days until oxygen support ended")]
    items: Annotated[list[Item] | None, Field(min_length=1, description="episodes of support; every oxygen support unless given")] = None
    until: Annotated[int | None, Field(ge=1, description="day at which the waiting is cut off")] = None

    @model_validator(mode="after")
    def _waits_for_episodes(self) -> Self:
        check_episodes(self.items or [])
        return self


class ScaleRow(OutcomeRow):
    """A clinical scale at days: the value nearest to each day within the window."""

    outcome: Annotated[Literal["scale"], Field(description="kind of row: a clinical scale at days")]
    item: Annotated[Item, Field(description="the scale")] = "RS.WHOCPS"
    days: Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=1, description="days after the start")]
    window: Annotated[list[int], Field(min_length=2, max_length=2, description="days before and after")] = [0, 0]
    dead: Annotated[Decimal | None, Field(description="score of those who died; 10 on the WHO progression scale unless given")] = None
    show: Annotated[Literal["n_percent", "median_iqr", "mean_sd", "median_range"], Field(description="how the scores are summed up")] = (
        "n_percent"
    )

    @model_validator(mode="after")
    def _sound_window(self) -> Self:
        if self.window[0] > 0 or self.window[1] < 0:
            raise ValueError(f"window {self.window} does not hold the day|[0 or less, 0 or more]|for instance [-1, 1]")
        return self

    @property
    def score_of_the_dead(self) -> Decimal | None:
        """The score that a death counts as; None where the plan does not say."""
        return self.dead if self.dead is not None else _DEAD.get(self.item)


class DischargeCriterion(Happening):
    """One criterion, judged on what was recorded up to the day of discharge. A comparison takes the last value unless `take` says else."""

    label: Annotated[Name, Field(description="name of the criterion, as printed")]

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [name for name in Happening.model_fields if getattr(self, name) is not None]
        if len(given) != 1 or self.death is not None:
            raise ValueError(f"{len(given)} keys of a criterion|exactly one of when, cleared, ended|write one; list several criteria")
        return self


class DischargeRow(OutcomeRow):
    """Discharged alive by a day, and which of the named criteria were met on that day."""

    outcome: Annotated[Literal["discharge"], Field(description="kind of row: a discharge alive by a day")]
    day: Day = 28
    item: Annotated[Item, Field(description="the event that is a discharge")] = "DS.DISCHARGED"
    named: Annotated[str | None, Field(description="whose criteria: source and version")] = None
    criteria: Annotated[list[DischargeCriterion], Field(description="criteria of discharge, each judged on the day of discharge")] = []


Row = Annotated[DeathRow | FreeDaysRow | RoomAirRow | ScaleRow | DischargeRow, Field(discriminator="outcome")]


class Outcomes(Planned):
    """Outcomes by arm and in total; what the record cannot tell is unknown, and counted."""

    kind: Literal["outcomes"]
    start: Start = "first infusion"
    by: Annotated[Literal["arm", "none"], Field(description="one group for each arm, or all subjects together")] = "arm"
    total: Annotated[bool, Field(description="by arm: also all together")] = True
    after_discharge: Annotated[
        Literal["unknown", "alive and free of support"],
        Field(description="what is taken of subjects discharged alive, for the days after anything was last recorded of them"),
    ] = "unknown"
    interval: Annotated[
        Literal["clopper_pearson", "wilson", "wilson_cc", "jeffreys", "agresti_coull"],
        Field(description="95% interval of a share; wilson_cc is R's prop.test"),
    ] = "clopper_pearson"
    compare: Annotated[
        list[Literal["difference", "odds_ratio", "odds_ratio_conditional", "fisher"]],
        Field(
            description="of a death or discharge, each arm against the reference: difference of the shares (Newcombe), odds ratio as seen "
            "or as Fisher's distribution estimates it (exact limits), P of Fisher's test"
        ),
    ] = []
    reference: Annotated[
        str | None, Field(description="code or label of the arm that others are compared with; the first unless given")
    ] = None
    rows: Annotated[list[Row], Field(min_length=1, description="rows in order")]

    @model_validator(mode="after")
    def _labels_differ(self) -> Self:
        labels = [row.label for row in self.rows]
        labels += [criterion.label for row in self.rows if isinstance(row, DischargeRow) for criterion in row.criteria]
        if twice := next((label for label in labels if labels.count(label) > 1), None):
            raise ValueError(f"two rows called {twice}|a label of its own for each row|name the day or the support in the label")
        return self
