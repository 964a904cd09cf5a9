"""When is a subject cleared? Only negatives after the first infusion count, and a day with any positive is positive.

`first-negative`: the first negative, whatever follows. `two-negatives`: the first of two negatives at least 24 hours apart (one
day where only dates are known) with no later positive. `two-negatives-per-specimen`: the same within each specimen.
"""

from dataclasses import dataclass

from cordside.analysis.rows import Subject
from cordside.analysis.swabs.swabresults import Swab, is_a_day_later
from cordside.protocol.plans.swabs import ClearanceRule


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule finds: the swab that clears (None: not cleared), the last positive before it, the last of all, later positives."""

    cleared: Swab | None
    last_positive: Swab | None
    last: Swab
    again: tuple[Swab, ...] = ()

    @property
    def ends_positive(self) -> bool:
        """Is the last day with a swab a positive one?"""
        return self.last_positive is not None and self.last_positive.day == self.last.day


def after_first(subject: Subject, swabs: list[Swab]) -> list[Swab]:
    """Dated swabs taken after the day of the first infusion."""
    return [swab for swab in swabs if subject.first and swab.day and swab.day > subject.first]


def judge(subject: Subject, swabs: list[Swab], rule: ClearanceRule) -> Verdict | None:
    """Judge the dated swabs of one subject (of one specimen, or pooled) by a rule; None when none was taken after treatment.

    swabs: earliest first; those before the first infusion count only as positives.
    """
    results = [swab for swab in swabs if swab.day and (swab.is_positive or swab.is_negative)]
    after = after_first(subject, results)
    if not after:
        return None
    positives = [swab for swab in results if swab.is_positive]
    days = {swab.day for swab in positives}
    negatives = [swab for swab in after if swab.day not in days]
    if rule == "first-negative":
        return _by_first_negative(negatives, positives, after[-1])
    return _by_two_negatives(negatives, positives, after[-1])


def _by_first_negative(negatives: list[Swab], positives: list[Swab], last: Swab) -> Verdict:
    if not negatives:
        return Verdict(None, positives[-1] if positives else None, last)
    first = negatives[0]
    earlier = [swab for swab in positives if _before(swab, first)]
    again = tuple(swab for swab in positives if _before(first, swab))
    return Verdict(first, earlier[-1] if earlier else None, last, again)


def _by_two_negatives(negatives: list[Swab], positives: list[Swab], last: Swab) -> Verdict:
    last_positive = positives[-1] if positives else None
    lasting = [swab for swab in negatives if last_positive is None or _before(last_positive, swab)]
    # No positive lies between them, so if the first and the last are too close, so is every other pair.
    holds = bool(lasting) and is_a_day_later(lasting[0], lasting[-1])
    return Verdict(lasting[0] if holds else None, last_positive, last)


def _before(one: Swab, other: Swab) -> bool:
    return bool(one.day and other.day and one.day < other.day)
