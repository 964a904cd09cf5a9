"""A sentence about days holds for the printed dates.

The swabs of each patient are counted in days after the first or the last dose (`regimen.days`), or after another
printed date, in the real calendar; the sentence says in how many patients something happened in a window. It does
not hold although all dates are printed: contradiction. The table is called partial, or a date is missing: defect.
It holds for one reading of its window (as it stands; about its last day, give or take one or two) and not for
another: note. A printed day that no calendar has is a contradiction.

Example: "All five are said to be retested one week after the last dose; a test on that day is listed for cases 3
and 4 only."
"""

from collections.abc import Callable
from datetime import date

from cordside.appraisal.paper import Paper, Spot
from cordside.appraisal.published import Statement
from cordside.appraisal.swabdays import CaseDays, case_days, day_of, first_day, readings
from cordside.appraisal.verdict import CONTRADICTION, DEFECT, NOTE, Verdicts

ID = "date-statement"
LEVELS = (CONTRADICTION, DEFECT, NOTE)
_LAST = ("last dose", "final dose", "last infusion", "final infusion")
_FIRST = ("first dose", "first infusion", "d1", "treatment")
_POSITIVE = ("positive", "first positive", "positive test")
Days = Callable[[CaseDays], list[int] | None]


def judge(paper: Paper) -> Verdicts:
    """Every day of the swab table, then every sentence about days."""
    say = Verdicts(paper, ID)
    start = first_day(paper.published.period)
    rows = [swabs.model_dump() for swabs in paper.published.pcr]
    cases = case_days(rows, start, paper.published.regimen.days) if start else []
    for index, case in enumerate(cases):
        _judge_days(say, paper.spot(_name(case), f"pcr.{_name(case)}", ("pcr", index)), case)
    for statement, spot in paper.statements("date"):
        if start is None or not rows:
            say.open(spot, "no table of swabs is given" if start else "the year is not known (period)")
        else:
            _judge(say, paper, statement, spot, cases, start)
    return say


def _name(case: CaseDays) -> str:
    return f"case {case.case}" if case.case.isdigit() else case.case


def _judge_days(say: Verdicts, spot: Spot, case: CaseDays) -> None:
    if case.unreal:
        why = f"{', '.join(case.unreal)} is no day of that year. Please check the date."
        say.found(CONTRADICTION, spot, why, printed=", ".join(case.unreal), expected="a day of the calendar")
    else:
        say.right(spot, "every printed day is a day of the calendar")


def _judge(say: Verdicts, paper: Paper, statement: Statement, spot: Spot, cases: list[CaseDays], start: date) -> None:
    value = statement.value
    window = [int(day) for day in (value["days"] if isinstance(value["days"], list) else [value["days"]])]
    after = _starts(paper, value["after"], cases, start)
    if after is None:
        return say.open(spot, f"the day of {value['after']} is not printed")
    found = _found(paper, value["event"], cases, start, after)
    if found is None:
        return say.open(spot, f"no dates of {value['event']} are printed")
    claimed = _claimed(value["cases"], paper.n)
    held = [(words, _within(found, first, last)) for first, last, words in readings(window[0], window[-1])]
    listed = f"{value['event']} {held[0][0]} after the {value['after']} is listed for {_cases(held[0][1])}"
    if len(held[0][1]) == claimed:
        return say.right(spot, listed)
    alternatives = [words for words, names in held[1:] if len(names) == claimed]
    told = f"{listed}: {len(held[0][1])} of {paper.n} patients, not {claimed}"
    if alternatives:
        why = f"{told}; it is true {alternatives[0]}. Please say which days are meant."
        return say.found(NOTE, spot, why, printed=statement.quote, expected=f"{claimed} {held[0][0]}", quote=statement.quote)
    partial = paper.published.pcr_partial
    missing = _missing(paper, cases, after)
    level = DEFECT if partial or missing else CONTRADICTION
    reason = "The table calls itself partial." if partial else f"{missing}." if missing else "All dates are printed."
    why = f"{told}. {reason} Please print the dates behind the sentence, or correct it."
    return say.found(level, spot, why, printed=statement.quote, expected=f"{claimed} {held[0][0]}", quote=statement.quote)


def _claimed(cases: object, n: int) -> int:
    return {"all": n, "none": 0}.get(str(cases), -1) if not str(cases).isdigit() else int(str(cases))


def _starts(paper: Paper, after: str, cases: list[CaseDays], start: date) -> dict[str, date | None] | None:
    """The day from which each patient's days are counted; None when no patient has it."""
    word = after.casefold().removeprefix("the ")
    if word in _LAST:
        days = {case.case: case.last_dose for case in cases}
    elif word in _FIRST:
        days = {case.case: case.d1 for case in cases}
    elif word in _POSITIVE:
        days = {case.case: case.positive for case in cases}
    else:
        days = _column(paper, word, start)
    return days if any(days.values()) else None


def _column(paper: Paper, word: str, start: date) -> dict[str, date | None]:
    """The dates of a column of the patient-level table."""
    found = {patient.case: (patient.model_extra or {}).get(word.replace(" ", "_")) for patient in paper.published.patients}
    return {case: _day(text, start) for case, text in found.items()}


def _day(text: object, start: date) -> date | None:
    try:
        return day_of(str(text), start) if text else None
    except ValueError:
        return None


def _found(paper: Paper, event: str, cases: list[CaseDays], start: date, after: dict[str, date | None]) -> dict[str, list[int]] | None:
    """Days on which the event is printed, by patient; None when nothing of the sort is printed."""
    word = event.casefold()
    if any(name in word for name in ("swab", "test", "pcr", "result")):
        result = "positive" if "positive" in word else "negative" if "negative" in word else None
        return {case.case: case.days(after.get(case.case), result=result) for case in cases}
    days = _column(paper, word, start)
    if not any(days.values()):
        return None
    return {case: [(day - first).days] for case, day in days.items() if day and (first := after.get(case))}


def _within(found: dict[str, list[int]], first: int, last: int) -> list[str]:
    return [case for case, days in found.items() if any(first <= day <= last for day in days)]


def _missing(paper: Paper, cases: list[CaseDays], after: dict[str, date | None]) -> str:
    """What is not printed, in words; nothing when every date is."""
    without = [case.case for case in cases if after.get(case.case) is None or any(swab.day is None for swab in case.swabs)]
    if without:
        return f"A date is missing for {_cases(without)}"
    return f"Dates are printed for {len(cases)} of {paper.n} patients" if len(cases) < paper.n else ""


def _cases(names: list[str]) -> str:
    *others, last = names or ["no case"]
    return f"cases {', '.join(others)} and {last}" if others else f"case {last}" if names else last
