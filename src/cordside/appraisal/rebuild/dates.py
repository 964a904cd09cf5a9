"""Dates: the differences of days are rebuilt, the calendar they are hung on is assumed."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from cordside.appraisal.rebuild.days import Courses, Span, draw_courses, events_in_order
from cordside.appraisal.rebuild.margins import Steps
from cordside.appraisal.rebuild.outcomes import Outcome, held, not_found
from cordside.appraisal.rebuild.records import Records
from cordside.appraisal.rebuild.seeds import pick
from cordside.appraisal.rebuild.setting import Setting

_NOWHERE = date(2000, 1, 1)
_TREATMENT = ("infusion", "dose", "therapy", "treatment", "transplantation")


def rebuilt_courses(setting: Setting, spans: Sequence[Span], definition: str) -> tuple[Courses, list[Outcome]]:
    """Days between events of the same patients, and what became of each printed span."""
    if events_in_order(spans) is None:
        return Courses({}, (), tuple(spans)), [not_found(span.row.spot, "the days go round in a circle") for span in spans]
    found = draw_courses(spans, setting.n, definition, setting.rng("days between events"))
    outcomes = [held(span.row.spot, f"{setting.n} values, together with the other days") for span in found.kept]
    outcomes += [not_found(span.row.spot, "no days were found that print this beside the other days") for span in found.missed]
    return found, outcomes


def treatment_of(events: Sequence[str]) -> str | None:
    """The event that is the first infusion."""
    return next((event for event in events if any(word in event.casefold() for word in _TREATMENT)), None)


def first_days(setting: Setting, courses: Courses, follow_up: Sequence[int]) -> list[date] | None:
    """The day of each patient's first infusion; None where nothing of the rebuild needs a date.

    follow_up: days of each patient from the first infusion to the last dated row.
    """
    events = list(courses.days)
    if not events and not any(follow_up) and not setting.paper.published.period:
        return None
    start, end = period_of(setting)
    rng = setting.rng("dates")
    before = days_before(courses)
    found = []
    for patient in range(setting.n):
        earliest, latest = start + timedelta(days=before[patient] if before else 0), end - timedelta(days=follow_up[patient])
        room = (latest - earliest).days
        found.append(earliest + timedelta(days=pick(rng, room + 1)) if room > 0 else max(latest, start))
    return found


def days_before(courses: Courses) -> list[int] | None:
    """Days of each patient from the first event to the first infusion (the last event where that is not one of them)."""
    if not courses.days:
        return None
    anchor = treatment_of(list(courses.days))
    earliest = [min(int(days[patient]) for days in courses.days.values()) for patient in range(_size(courses.days))]
    anchors = _last_of(courses.days) if anchor is None else courses.days[anchor]
    return [int(anchors[patient]) - earliest[patient] for patient in range(len(earliest))]


def event_dates(courses: Courses, first: Sequence[date]) -> dict[str, list[date]]:
    """The date of each event of each patient."""
    anchor = treatment_of(list(courses.days))
    anchors = _last_of(courses.days) if anchor is None else courses.days[anchor]
    return {
        event: [first[patient] + timedelta(days=int(days[patient] - anchors[patient])) for patient in range(len(first))]
        for event, days in courses.days.items()
    }


def place_events(records: Records, setting: Setting, spans: Sequence[Span], dates: Mapping[str, Sequence[date]]) -> None:
    """Add the dated events: an admission begins a stay (HO), the first infusion is a row of EX, any other is dated history (MH)."""
    targets = [span.row.data.target for span in spans]
    stay = next((target.term for target in targets if target and target.domain == "HO" and target.term), "HOSPITAL STAY")
    for event, days in dates.items():
        if event == treatment_of(list(dates)):
            continue
        for patient, day in enumerate(days):
            if "admission" in event.casefold():
                records.add("HO", patient, f"days from and to {event}", TERM=stay.capitalize(), DECOD=stay, STDTC=day.isoformat())
            else:
                named = {"TERM": event.capitalize(), "DECOD": event.upper(), "STDTC": day.isoformat()}
                records.add("MH", patient, f"days from and to {event}", **named, EVDTYP="SYMPTOM ONSET" if "onset" in event else None)


def period_of(setting: Setting) -> tuple[date, date]:
    """First and last day of the study."""
    period = setting.paper.published.period
    if period is None:
        setting.assume(f"The study's period is not published: dates are spread from {_NOWHERE.isoformat()} on.")
        return _NOWHERE, _NOWHERE + timedelta(days=365)
    return _whole(period[0], last=False), _whole(period[1], last=True)


def _whole(text: str, *, last: bool) -> date:
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    month = parts[1] if len(parts) > 1 else (12 if last else 1)
    return date(parts[0], month, monthrange(parts[0], month)[1] if last else 1)


def _size(days: Mapping[str, Steps]) -> int:
    return len(next(iter(days.values())))


def _last_of(days: Mapping[str, Steps]) -> list[int]:
    return [max(int(event[patient]) for event in days.values()) for patient in range(_size(days))]
