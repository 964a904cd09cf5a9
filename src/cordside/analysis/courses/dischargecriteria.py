"""Which of the named criteria a subject met on the day of discharge, judged on what was recorded up to that day."""

from datetime import date

from cordside.analysis.courses.followup import FollowUp
from cordside.analysis.courses.outcome import Asking
from cordside.analysis.rows import day_of
from cordside.protocol.eligibility import Condition, Truth, all_of, any_of
from cordside.protocol.plans.outcomes import DischargeCriterion
from cordside.record.judge import MET, NOT_MET, UNKNOWN, Judge, verdict_of

VERDICTS = (MET, NOT_MET, UNKNOWN)


def verdict_at(asking: Asking, criterion: DischargeCriterion, known: FollowUp, day: date) -> str:
    """met, not met or unknown."""
    if criterion.when:
        return verdict_of(_holds(asking.finder.judge, criterion.when, known.subject.id, day))
    found = asking.finder.happening(criterion, known, upto=day)
    if found.day is not None:
        return MET if found.day <= day else NOT_MET
    told = found.last_test is not None if found.tested else not found.unknown
    return NOT_MET if told else UNKNOWN


def _holds(judge: Judge, condition: Condition, subject: str, day: date) -> Truth:
    """A condition on the rows up to a day; a group joins its parts."""
    if condition.item is None:
        parts = [_holds(judge, part, subject, day) for part in condition.parts()]
        truth = all_of(parts) if condition.all is not None else any_of(parts)
        return truth.negated() if condition.none is not None else truth
    told = [truth for truth, row in judge.rows(condition, subject) if (when := day_of(row["DTC"])) and when <= day]
    if not told:
        return Truth.UNKNOWN
    if condition.take in ("last", "first"):
        return told[-1 if condition.take == "last" else 0]
    return any_of(told) if condition.take == "any" else all_of(told)
