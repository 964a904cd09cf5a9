"""Days on which an infusion may be given: its planned day with the window, and what the rule for a missed dose adds."""

from datetime import date

from cordside.protocol.regimen import Regimen

Window = tuple[date, date]


def window_of(number: int, regimen: Regimen, first: date | None) -> Window | None:
    """First and last day allowed for an infusion, counted from the first infusion (day 1); None where no day is planned."""
    if first is None or not regimen.days or number > len(regimen.days) or number == 1:
        return None
    planned = planned_day(number, regimen, first)
    return date.fromordinal(planned + regimen.window[0]), date.fromordinal(planned + regimen.window[1])


def planned_day(number: int, regimen: Regimen, first: date) -> int:
    """The planned day of an infusion as a proleptic ordinal."""
    days = regimen.days or []
    return first.toordinal() + days[number - 1] - days[0]


def windows_of(number: int, regimen: Regimen, first: date | None) -> list[Window] | None:
    """Every window in which an infusion may be given; None where no day is planned for it, or the first day is not known.

    A missed dose is given late by at most so many days (delay), left out, so that the next one counts (skip), or ends the
    treatment (stop). Without a rule there is only the window of its own day.
    """
    own, missed = window_of(number, regimen, first), regimen.missed_dose
    if own is None or missed is None or first is None:
        return None if own is None else [own]
    if missed.rule == "delay":
        latest = date.fromordinal(planned_day(number, regimen, first) + (missed.delay_days or 0))
        return [(own[0], max(own[1], latest))]
    if missed.rule == "skip":
        later = [window_of(after, regimen, first) for after in range(number + 1, len(regimen.days or []) + 1)]
        return [own, *(window for window in later if window is not None)]
    return [own]
