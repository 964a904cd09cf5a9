"""Days alive and free of a support: calendar days 1 to N after the start that no episode touches.

Who dies by day N has 0 days, so that early death is no gain; the plan may count the free days until death instead. Named rules:
Schoenfeld et al., Crit Care Med 2002;30:1772 (ventilator-free days, death as 0); Yehya et al., AJRCCM 2019;200:828.
"""

from cordside.analysis.courses.episodes import spells_of, supported_days
from cordside.analysis.courses.followup import FollowUp
from cordside.analysis.courses.outcome import Asking, Outcome, died_by
from cordside.protocol.plans.outcomes import FreeDaysRow

UNTOLD = "nothing is recorded of such episodes"
OPEN_END = "an episode without a full date of its end is counted to the last day that is known"
DIED = "died by the day"


def ask_free_days(asking: Asking, row: FreeDaysRow, known: FollowUp) -> Outcome:
    """Free days of one subject, from 0 to N."""
    dead, why, taken = died_by(asking, known, row.day)
    if dead is None:
        return Outcome(known, unknown=why, rows=known.rows)
    if dead and row.death == "0":
        return Outcome(known, 0, notes=(DIED,), rows=known.rows)
    if not asking.finder.episodes.is_told(known.subject.id, row.episodes):
        return Outcome(known, unknown=UNTOLD, rows=known.rows)
    found = asking.finder.episodes.of(known.subject.id, row.episodes)
    rows = (*known.rows, *(episode.row for episode in found))
    spells, why = spells_of(found, known)
    if why:
        return Outcome(known, unknown=why, rows=rows)
    alive = min(row.day, known.days(known.death) - 1) if known.death else row.day
    # A bed or a machine that nobody was seen to leave is still in use: beyond the last day known, up to day N.
    taken_days = {day for spell in spells for day in ([*range(max(1, spell.last), row.day + 1)] if spell.is_open else [])}
    with_support = {day for day in supported_days(spells, row.day) | taken_days if day <= alive}
    free = alive - (max(with_support, default=0) if row.count == "after the last episode" else len(with_support))
    notes = (taken, DIED if dead else "", OPEN_END if any(spell.is_open and spell.first <= row.day for spell in spells) else "")
    return Outcome(known, max(0, free), notes=tuple(filter(None, notes)), rows=rows)


def rule_words(row: FreeDaysRow) -> str:
    """The rule as a footnote prints it."""
    dead = f"death by day {row.day} counts as 0 days" if row.death == "0" else "the days until death count"
    between = "days between two episodes count" if row.count == "all free days" else "only days after the last episode count"
    return f"calendar days 1 to {row.day} after the start without any episode; {between}; {dead}"
