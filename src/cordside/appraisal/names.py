"""When two names mean the same thing on a page: blanks, case, hyphens and the unit behind a label do not count."""

import re
import unicodedata

_LABEL_END = re.compile(r"\s*[(,].*$", re.DOTALL)
_TABLE = re.compile(r"(table|figure)[ _]?(\d\w*)", re.IGNORECASE)
_PART = re.compile(r"[^\W\d]+(?: of .*)?", re.IGNORECASE)
_SHORT = {
    "rr": "respiratory rate",
    "pr": "pulse rate",
    "hr": "heart rate",
    "sbp": "systolic blood pressure",
    "dbp": "diastolic blood pressure",
    "temp": "temperature",
    "bmi": "body mass index",
    "crp": "c reactive protein",
    "pct": "procalcitonin",
    "wbc": "white blood cell count",
    "il": "interleukin",
    "pao2": "partial pressure of arterial oxygen",
    "stay days": "duration of hospitalization",
}
"""Abbreviations that a text writes out and a table does not."""


def plain(name: str) -> str:
    """A name in lower case, its signs as blanks: "White-blood cells" is "white blood cells"."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(re.findall(r"\w+", text.replace("_", " ")))


def spellings(name: str) -> set[str]:
    """The plain forms of a name: as it is, without the unit behind it, written out."""
    found = {plain(name), plain(_LABEL_END.sub("", name))} - {""}
    found |= {" ".join(_SHORT.get(word, word) for word in form.split()) for form in found} | {_SHORT[form] for form in found & set(_SHORT)}
    return found


def shown_label(name: str, label: str | None) -> str:
    """How a sentence calls what the file calls `name`: by its printed label without the unit; by its name where that begins the label.

    stay_days with the label "Duration of hospitalization (days)": Duration of hospitalization.
    """
    if not label or label.startswith(name):
        return name
    return _LABEL_END.sub("", label).strip(" /") or name


def shown_place(place: str) -> str:
    """How a sentence calls a place of a paper: table2 is table 2, abstract is the abstract."""
    found = _TABLE.fullmatch(place)
    return f"{found[1].lower()} {found[2]}" if found else f"the {place}" if _PART.fullmatch(place) else place


def names_it(name: str, held: str) -> bool:
    """Whether something on a page (`held`) is what a sentence calls `name`: the same, or all the words of `name` in it."""
    return bool(spellings(name) & spellings(held)) or any(_within(one, other) for one in spellings(name) for other in spellings(held))


def _within(name: str, held: str) -> bool:
    words = [_singular(word) for word in held.split()]
    return bool(name) and all(_singular(word) in words for word in name.split())


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def things(topic: str) -> list[str]:
    """What a topic is made of: "cytokines and respiratory rate" is two things."""
    return [part.strip() for part in re.split(r",|;|\band\b", topic) if part.strip()]
