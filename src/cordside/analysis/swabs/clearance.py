"""Days from the first infusion to negativity under named rules, each beside the interval that the truth lies in.

Days are differences of dates: 02-17 to 02-21 is 4, not study day 5.
"""

from typing import Any

from cordside.analysis.rows import ABSENT, Subject, joined, named, nothing, proof, subjects_of
from cordside.analysis.swabs.clearancerules import Verdict, after_first, judge
from cordside.analysis.swabs.swabresults import Swab, read_swabs
from cordside.protocol.plans.swabs import Clearance, ClearanceRule
from cordside.record.record import Record
from cordside.results import Result
from cordside.terms.codelists import decode

NO_DAY = "–"
_HEADINGS = {"first-negative": "First negative", "two-negatives": "Two negatives", "two-negatives-per-specimen": "Two negatives"}


def summarise(record: Record, planned: Clearance) -> list[Result]:
    """`value`, `last_positive` and `first_negative` for each rule, specimen and subject."""
    swabs = read_swabs(record, planned.item)
    if not swabs:
        return nothing(planned, f"no swabs ({planned.item}) are recorded")
    everybody = subjects_of(record, planned.subject)
    return [
        result
        for rule in planned.rules
        for place in (_places(swabs, everybody) if rule == "two-negatives-per-specimen" else [None])
        for subject in everybody
        for result in _of_subject(record, planned, rule, place, subject, swabs.get(subject.id, []))
    ]


def _places(swabs: dict[str, list[Swab]], everybody: list[Subject]) -> list[str]:
    """Specimens sampled after the first infusion, in order of first appearance."""
    seen = [swab.place for subject in everybody for swab in after_first(subject, swabs.get(subject.id, []))]
    return list(dict.fromkeys(seen))


def _of_subject(
    record: Record, planned: Clearance, rule: ClearanceRule, place: str | None, subject: Subject, swabs: list[Swab]
) -> list[Result]:
    own = [swab for swab in swabs if place is None or swab.place == place]
    columns = _columns(record, planned, rule, place, subject)
    verdict = judge(subject, own, rule) if subject.first else None
    left = sum(swab.day is None or not (swab.is_positive or swab.is_negative) for swab in own)
    if verdict is None:
        why = "no swab after the first infusion is recorded" if subject.first else "no first infusion is recorded"
        return [Result(**columns, statistic="value", text=ABSENT, n=0, n_missing=left, error=why)]
    used = [swab for swab in after_first(subject, own) if swab.is_positive or swab.is_negative]
    warning = joined([_caution(subject, verdict, place), f"{left} swabs without a date or a clear result are left out" if left else ""])
    value = None if verdict.cleared is None else _days(subject, verdict.cleared)
    text = _text(subject, verdict)
    sources = [swab.row for swab in (verdict.last_positive, *used) if swab]
    return [
        Result(**columns, statistic="value", value=value, text=text, n=len(used), n_missing=left, warning=warning, **proof(sources)),
        _limit(columns, subject, "last_positive", verdict.last_positive),
        _limit(columns, subject, "first_negative", verdict.cleared),
    ]


def _columns(record: Record, planned: Clearance, rule: str, place: str | None, subject: Subject) -> dict[str, Any]:
    specimen = "" if place is None else f", {decode('LOC', place).lower() if place else 'specimen not stated'}"
    return {
        **named(planned),
        **subject.columns,
        "variable": planned.item,
        "label": _HEADINGS[rule] + specimen,
        "level": place or "",
        "unit": "days",
        "method": rule,
        "convention": "named by the protocol" if rule == record.protocol.conventions.clearance else "",
    }


def _text(subject: Subject, verdict: Verdict) -> str:
    if verdict.cleared is None:
        return f"not cleared by day {_days(subject, verdict.last)}"
    earliest = NO_DAY if verdict.last_positive is None else _days(subject, verdict.last_positive)
    return f"{_days(subject, verdict.cleared)} [{earliest}, {_days(subject, verdict.cleared)}]"


def _caution(subject: Subject, verdict: Verdict, place: str | None) -> str:
    if verdict.cleared is None:
        reason = "last swab positive" if verdict.ends_positive else "no second negative a day or more after the first"
        return f"not cleared by day {_days(subject, verdict.last)}: {reason}"
    if verdict.again:
        first, last = _days(subject, verdict.again[0]), _days(subject, verdict.again[-1])
        return f"positive again on day {first}" if first == last else f"positive again from day {first} to day {last}"
    return "no positive swab is recorded" if verdict.last_positive is None and place is None else ""


def _limit(columns: dict[str, Any], subject: Subject, statistic: str, swab: Swab | None) -> Result:
    if swab is None or swab.day is None:
        return Result(**columns, statistic=statistic, text=NO_DAY, n=0)
    days = _days(subject, swab)
    return Result(**columns, statistic=statistic, visit=swab.day.isoformat(), value=days, text=str(days), n=1, **proof([swab.row]))


def _days(subject: Subject, swab: Swab) -> int:
    """Days after the first infusion, as the difference of dates: 02-17 to 02-21 is 4."""
    return (swab.day - subject.first).days if swab.day and subject.first else 0
