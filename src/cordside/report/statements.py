"""Sentences that a report must print, and words that it must not.

A change from before to after in one arm is not an effect. A report of such a study says so, and nothing that the report
itself writes may claim otherwise; what a source claims is quoted as the source's.
"""

import re
from collections.abc import Sequence

from cordside.protocol.plans.safety import AdverseEvents
from cordside.protocol.protocol import Protocol

SINGLE_ARM = (
    "This study has no comparison group. A change from before to after is not an effect: recovery, other treatment, "
    "regression to the mean and the choice of patients would show the same."
)
WITHIN_AN_ARM = "A change within one arm is not an effect, and tests within arms do not compare the arms."
COMPARISON_NOT_STATED = "Whether this study had a comparison group is not stated. A change from before to after is not an effect."
NO_EVENT_IS_NOT_NO_RISK = "An event that was not recorded may still occur: few patients and a short time cannot rule it out."
ORIGINS = {
    "entered": "entered by the people of the study",
    "imported": "imported from another system",
    "published": "taken from a publication; nothing was checked against patients' files",
    "rebuilt": "REBUILT from published summaries: no row is a real patient",
    "simulated": "SIMULATED by a program: no such value was measured in a patient",
}
NOT_PATIENTS = ("rebuilt", "simulated")
"""Origins whose values no patient had; whatever is drawn from them bears the word in capitals."""
LIMITS = (
    "Cordside is not a medical device. It is not certified for diagnosis, treatment or release of a cell product.",
    "Nothing in this report is medical advice.",
    "The report prints what the record holds. What was not recorded is missing here, and missing is not the same as absent.",
)
READING = "Every table and figure is drawn from result rows; no number is computed while drawing."
TRACING = (
    "In the page for the screen, a click on a number shows what stands behind it: the value unrounded, method, convention, "
    "counts, warnings and the rows of the record. With the keyboard: Tab to a table, arrow keys to a number, Enter."
)
DAYS = 'Day 1 is the day of the first infusion; there is no day 0. "Days after" are differences of dates.'
NUMBERS = "Tables P come from the protocol alone, tables R from the record as it stands; S are planned items without a number of their own."
REMARKS = (
    "No row of the record can hold these sentences: the source names no patient, date or value for them. "
    "They tell what the source says, or where it disagrees with itself. What it says about one table or figure stands under that."
)
PRODUCT = (
    "Every line that a report of such cells should have is printed, also where nothing is recorded. Not published: the source of the "
    "protocol does not say it. Doses given are computed from the volume given and the concentration; they are never typed."
)
QUERIES = "What the record holds and a person should look at. Nothing was changed or left out because of it."

_FORBIDDEN = (
    r"\beffective(ly|ness)?\b",
    r"\befficac(y|ious)\b",
    r"\bimprov(ed|es|ement|ements) (by|through|with|due to|because of)\b",
    r"\b(was|were|is|are|been|be) (proven|shown|demonstrated) (to be )?(safe|well tolerated)\b",
    r"\bproven safe\b",
    r"\bsafe and\b",
    r"\bcure[sd]?\b",
    r"\bbenefi(t|ts|ted|cial)\b",
    r"\bsuccessful(ly)?\b",
    r"\btherapeutic effects?\b",
    r"\bthanks to\b",
    r"\bcaused by the (cells|treatment|infusions?)\b",
)


def cautions(protocol: Protocol) -> list[str]:
    """Sentences that stand in the summary; none about the design where the study has a comparison group."""
    if protocol.control_group:
        return [NO_EVENT_IS_NOT_NO_RISK]
    return [SINGLE_ARM if protocol.control_group is False else COMPARISON_NOT_STATED, NO_EVENT_IS_NOT_NO_RISK]


def change_cautions(protocol: Protocol) -> list[str]:
    """Sentences under every table of changes from before to after."""
    if protocol.control_group:
        return [WITHIN_AN_ARM]
    return [words for words in cautions(protocol) if words != NO_EVENT_IS_NOT_NO_RISK]


def unseen_words(protocol: Protocol) -> list[str]:
    """Where the upper limits of events stand that nobody had: a change is read beside the harm that it cannot rule out."""
    tables = [item for item in protocol.analyses if isinstance(item, AdverseEvents)]
    limits = [item.number or f"“{item.title}”" for item in tables if item.unseen]
    if limits:
        return [f"Upper limits of the risk of events that nobody had stand in {', '.join(limits)}."]
    return ["No upper limit is given of the risk of events that nobody had: the plan does not say who looked for them and for how long."]


def forbidden_in(text: str) -> list[str]:
    """Claims in a text that no report of a study without a comparison group may make."""
    return [found.group(0) for pattern in _FORBIDDEN for found in re.finditer(pattern, text, re.IGNORECASE)]


def badges(origins: Sequence[str]) -> tuple[str, ...]:
    """Words in capitals beside the title of whatever holds values of no patient."""
    return tuple(origin.upper() for origin in origins if origin in NOT_PATIENTS)


def running_mark(origins: Sequence[str]) -> str:
    """What stands on every page of a study that holds rows of no patient; empty for all others."""
    words = watermark(tuple(origins))
    return f"{words}: this study holds rows that no patient had" if words else ""


def origin_words(origins: Sequence[str], of_study: Sequence[str]) -> str:
    """The origin of what one table or figure draws; published rows in a study that holds simulated ones say so."""
    if not origins:
        return "no data"
    own, others = ", ".join(origins), [origin for origin in of_study if origin in NOT_PATIENTS]
    if not others or any(origin in NOT_PATIENTS for origin in origins):
        return own
    return f"{own} rows only; the study also holds {' and '.join(others)} rows"


def watermark(origins: tuple[str, ...]) -> str:
    """The word across a figure: SIMULATED, REBUILT, both, or nothing."""
    return " + ".join(origin.upper() for origin in reversed(origins) if origin in NOT_PATIENTS)
