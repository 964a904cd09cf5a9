"""Twelve invented subjects of two arms, drawn as their days: what happened when, counted from the first infusion."""

from datetime import date, timedelta

START = date(2020, 2, 1)
# subject: arm, day, and e discharge, with which participation ends, d death, c the end of participation without either,
# o discharge into a follow-up that goes on.
COURSES = """
    1 A 3 e | 2 A 5 d | 3 A 5 c | 4 A 8 e | 5 A 12 e | 6 A 14 c |
    7 B 2 d | 8 B 4 e | 9 B 7 e | 10 B 7 c | 11 B 9 d | 12 B 15 e
"""
ARMS = "arms: {A: {label: Cells}, B: {label: Placebo}}"
DEATH = "{label: Death, first_of: [{death: true}]}"
DISCHARGE = "{label: Discharge, first_of: [{when: {item: DS.DISCHARGED, recorded: true}}]}"


def on(day: int) -> str:
    """The date so many days after the first infusion."""
    return (START + timedelta(days=day)).isoformat()


def table(columns: list[str], lines: list[tuple[str, ...]]) -> str:
    """A drawn table."""
    return "\n".join([" | ".join(columns), *(" | ".join(line) for line in lines)])


def drawn(courses: str = COURSES, **more: str) -> dict[str, str]:
    """The tables of a study in which every subject had one infusion on the same day; more: further tables by domain."""
    known = [(f"T-{who}", arm, int(day), what) for who, arm, day, what in (course.split() for course in courses.split("|"))]
    dead = {subject: on(day) for subject, _, day, what in known if what == "d"}
    words = {
        "o": ("Discharged", "DISCHARGED", "OTHER EVENT"),
        "e": ("Discharged", "DISCHARGED", "DISPOSITION EVENT"),
        "c": ("Left", "WITHDRAWAL BY SUBJECT", "DISPOSITION EVENT"),
    }
    disposed = [(subject, *words[what], on(day)) for subject, _, day, what in known if what != "d"]
    return {
        "DM": table(
            ["USUBJID", "ARMCD", "DTHFL", "DTHDTC"],
            [(subject, arm, "Y" * (subject in dead), dead.get(subject, "")) for subject, arm, *_ in known],
        ),
        "EX": table(["USUBJID", "EXTRT", "EXSTDTC"], [(subject, "MSC", on(0)) for subject, *_ in known]),
        "DS": table(["USUBJID", "DSTERM", "DSDECOD", "DSCAT", "DSSTDTC"], disposed),
    } | more
