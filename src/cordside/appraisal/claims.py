"""Words of a claim: those that need a comparison group, and those by which a paper takes a claim back."""

import re
from collections.abc import Sequence

from cordside.appraisal.names import spellings

FORBIDDEN = (
    *("effective", "effectively", "effectiveness", "efficacious", "efficacy shown"),
    *("improve", "improves", "improved", "improving", "improvement", "improved by"),
    *("prove", "proves", "proved", "proven", "proven safe"),
    *("due to", "thanks to", "cure", "cures", "cured", "restore", "restores", "restored", "restoring"),
)
"""Words that a report of one group cannot use, with their other forms; "effect" is allowed in a sentence that denies it."""

_DENIAL = re.compile(r"\b(no|not|never|neither|nor|without|cannot|none|failed|unable)\b|n't\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;:!?]|,?\s+\b(?:but|however|yet|although|whereas)\b|,\s+and\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(no|not|nor|never|neither|cannot|unable|without|unknown|unclear|uncertain|insufficient|limited|lack|lacks|lacking|outlier|outliers"
    r"|except|excluded|excluding|needed|impossible|inconclusive|too (?:few|small|short))\b|n't\b",
    re.IGNORECASE,
)
_EMPTY = frozenset(
    word
    for line in (
        "the a an and or of in on to for with by from is are was were be been has have had it its this that these those",
        "our we their they which as at also all can could may might not no nor did do does after before than therapy",
        "treatment treated patients patient study studies results result report",
    )
    for word in line.split()
)
_GENERAL = frozenset({"count", "cell", "cells", "level", "levels", "value", "values", "blood", "index", "rate", "test"})
_GROUPS = {
    "cytokine": frozenset({"interleukin", "interferon", "tnf", "tumor", "tumour"}),
    "inflammation": frozenset({"interleukin", "reactive", "procalcitonin", "ferritin", "tnf"}),
    "coagulation": frozenset({"dimer", "fibrinogen", "prothrombin", "platelet"}),
}
"""Words of a claim that stand for several measurements, with words of their names."""

_STEM = 4
_SAME = {"effic": "effec", "oxyge": "oxyg", "sao2": "oxyg", "spo2": "oxyg", "pao2": "oxyg"}
"""Beginnings that mean the same thing."""


def flagged_words(text: str, words: Sequence[str]) -> list[str]:
    """Which of these words a text claims with, in their order; a word in a clause that denies it first does not count.

    "no deaths were due to the infusion" claims nothing.
    """
    return [word for word in words if any(_claims(clause, word) for clause in _CLAUSE.split(text))]


def _claims(clause: str, word: str) -> bool:
    for found in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", clause, re.IGNORECASE):
        if not _DENIAL.search(clause[: found.start()]):
            return True
    return False


def takes_back(claim: str, limit: str) -> list[str]:
    """What a limitation takes back of a claim: the things that both speak of, when the limitation denies or doubts; else nothing.

    "has proven to be safe" and "we were not able to determine the tolerance and safety": safe.
    """
    if not _DOUBT.search(limit):
        return []
    others = {_stem(word) for word in _words(limit)}
    return [word for word in dict.fromkeys(_words(claim)) if _stem(word) in others]


def speaks_of(claim: str, thing: str) -> bool:
    """Whether a claim names a thing, or a group that the thing belongs to: "cytokine storms" speaks of Interleukin-6."""
    told = {_stem(word) for word in _words(claim)}
    own = set().union(*(_words(form) for form in spellings(thing))) - _GENERAL
    groups = [names for group, names in _GROUPS.items() if _stem(group) in told]
    return any(_stem(word) in told or any(word in names for names in groups) for word in own)


def _words(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+", text.casefold())
    return [word for word in words if len(word) > 2 and word not in _EMPTY and not _DENIAL.fullmatch(word)]


def _stem(word: str) -> str:
    """The beginning by which forms of a word are alike: safe and safety, effective and efficacy."""
    stem = word[: _STEM + 1] if len(word) > _STEM + 2 else word[:_STEM]
    return _SAME.get(stem, stem)
