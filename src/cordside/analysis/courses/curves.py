"""The curve of one group: Kaplan-Meier or cumulative incidence, under the plan's convention, asked in one way."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from cordside.analysis.courses.timed import CENSORED, EVENT, Timed, Waiting
from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.competing import Incidence, cumulative_incidence, incidence_at
from cordside.analysis.statistics.incidencelimits import incidence_quantile_limits
from cordside.analysis.statistics.survival import Curve, kaplan_meier, survival_at, survival_quantile
from cordside.protocol.plans.timetoevent import TimeToEvent

_NOTHING_TO_SHOW = "no interval"


class _Convention(NamedTuple):
    """What R and SAS do by default."""

    interval: str
    flat_at_half: str
    beyond_last: str
    words: str


# fmt: off
_CONVENTIONS = {
    "R": _Convention("log", "midpoint", "carry", "R: beyond the last time the curve is carried on"),
    "SAS": _Convention("log-log", "midpoint-if-later-event", "not-estimable", "SAS: nothing is estimated beyond the last time"),
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Curves:
    """The times of one group and its estimate; competing events are censorings of a Kaplan-Meier curve, causes of an incidence."""

    planned: TimeToEvent
    times: tuple[int, ...]
    statuses: tuple[int, ...]
    estimate: Curve | Incidence

    @property
    def causes(self) -> int:
        """Causes with a curve of their own."""
        return self.estimate.causes if isinstance(self.estimate, Incidence) else 1

    def at(self, day: int, cause: int = EVENT) -> Answer:
        """The estimate at a day after the start, with its limits."""
        chosen = _CONVENTIONS[self.planned.convention]
        if isinstance(self.estimate, Incidence):
            return incidence_at(self.estimate, cause, day, beyond_last=chosen.beyond_last)
        upwards = self.planned.is_upwards
        return survival_at(self.estimate, day, interval=chosen.interval, beyond_last=chosen.beyond_last, upwards=upwards)

    def median(self) -> Answer:
        """The day by which half of the subjects have had the event."""
        chosen = _CONVENTIONS[self.planned.convention]
        if isinstance(self.estimate, Incidence):
            return incidence_quantile_limits(self.estimate, EVENT, 0.5)
        return survival_quantile(self.estimate, 0.5, interval=chosen.interval, flat_at_half=chosen.flat_at_half)

    def at_risk(self, day: int) -> int:
        """Subjects still waiting just before what happens on a day."""
        return sum(time >= day for time in self.times)

    def counted(self, status: int, day: int | None = None) -> int:
        """Subjects who left with a status, on one day or in all."""
        return sum(found == status and day in (None, time) for time, found in zip(self.times, self.statuses, strict=True))

    @property
    def moments(self) -> list[int]:
        """Days on which anything happens, in order."""
        return sorted(set(self.times))


def curves_of(waiting: Waiting, timed: Iterable[Timed]) -> Curves:
    """The curves of a group of subjects; those left out are not in them."""
    used = [(entry.days, entry.status) for entry in timed if entry.days is not None and entry.status is not None]
    times, statuses = tuple(days for days, _ in used), tuple(status for _, status in used)
    if waiting.planned.is_incidence:
        return Curves(waiting.planned, times, statuses, cumulative_incidence(times, statuses, 1 + len(waiting.competing)))
    own = tuple(EVENT if status == EVENT else CENSORED for status in statuses)
    return Curves(waiting.planned, times, statuses, kaplan_meier(times, own))


def without_trivial_warning(answer: Answer) -> Answer:
    """The answer without the words that there is no interval, where a dash or a gap in a band already says so."""
    return replace(answer, warning="") if answer.warning.startswith(_NOTHING_TO_SHOW) else answer


def convention_words(planned: TimeToEvent) -> str:
    """The convention as a footnote prints it."""
    chosen = _CONVENTIONS[planned.convention]
    interval = "log-log limits, delta-method variance" if planned.is_incidence else f"{chosen.interval} limits, Greenwood's variance"
    return f"{interval}; as {chosen.words}"
