"""How often an event may still happen that nobody has had: exact one-sided upper limits, never "no risk", never 3/n.

The answer names the event, who looked for it and how long, for "none seen" says nothing without them.
"""

import math
from dataclasses import replace

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.eventtimes import is_finite
from cordside.analysis.statistics.proportions import upper_limit
from cordside.analysis.statistics.sample import level_fault
from cordside.words import Number


def unseen_risk(subjects: int, *, event: str, assessor: str, follow_up: str, level: Number = 0.95) -> Answer:
    """The highest risk per subject that is compatible with no event in so many subjects, each followed for the same time.

    event, assessor, follow_up: what did not happen, who looked for it and how long, in words; level: one-sided.
    Source: Clopper and Pearson 1934 for 0 of n: 1 - (1 - level)^(1/n). 31 subjects: 0.0921; the rule of three says 0.0968.
    """
    common = _common(f"exact one-sided upper limit of the risk of {event}", level, event, assessor, follow_up)
    if common.error:
        return common
    if not is_finite(subjects) or subjects < 1 or subjects != int(subjects):
        return replace(common, error=f"{subjects} is no number of subjects followed; it is 1 or more")
    limit = upper_limit(0, int(subjects), level=level)
    return replace(limit, method=common.method, convention=common.convention, extra={"events": 0})


def unseen_rate(person_time: Number, *, event: str, assessor: str, follow_up: str, level: Number = 0.95) -> Answer:
    """The highest rate compatible with no event in the person-time, per its unit, if the rate is constant.

    person_time: the sum of follow-up over subjects, in any unit; level: one-sided.
    Source: Garwood, Biometrika 1936;28:437 for a Poisson count of 0: -log(1 - level) / person-time. 100 patient-years: 0.02996.
    """
    common = _common(f"exact one-sided Poisson upper limit of the rate of {event}", level, event, assessor, follow_up)
    if common.error:
        return common
    if not is_finite(person_time) or person_time <= 0:
        return replace(common, error=f"{person_time} is no person-time; it is above zero")
    high = -math.log1p(-float(level)) / float(person_time)
    if not math.isfinite(high):
        return replace(common, error=f"a person-time of {person_time} is too short for a limit")
    return replace(common, estimate=0.0, high=high, level=float(level), extra={"events": 0, "person_time": float(person_time)})


def _common(method: str, level: Number, event: str, assessor: str, follow_up: str) -> Answer:
    unnamed = [word for word, given in {"event": event, "assessor": assessor, "follow-up": follow_up}.items() if not given.strip()]
    error = f"the {', '.join(unnamed)} must be named" if unnamed else level_fault(level)
    return Answer(method=method, convention=f"assessed by {assessor} over {follow_up}", error=error)
