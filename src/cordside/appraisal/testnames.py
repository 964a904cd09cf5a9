"""What is known of a named test: what it compares, and which summaries it goes with."""

import re

_MEANS = re.compile(r"\bt[ -]?tests?\b|\bpaired t\b|\bstudent|\banova\b|\bt$|\bwelch|analysis of variance", re.IGNORECASE)
_RANKS = re.compile(r"wilcoxon|mann|whitney|signed[ -]rank|rank[ -]sum|kruskal|friedman|\bu test", re.IGNORECASE)
_COUNTS = re.compile(r"fisher|chi|χ|mcnemar|cochran|\bbarnard", re.IGNORECASE)
_BETWEEN = re.compile(
    r"mann|whitney|rank[ -]sum|unpaired|independent|two[ -]sample|kruskal|between[ -]group|inter[ -]?group", re.IGNORECASE
)
_NOT_NAMED = frozenset({"not named", "none", "not published", "not stated", "unnamed", "not reported"})


def is_named(test: str | None) -> bool:
    """Whether a test is named at all."""
    return test is not None and test.strip().casefold() not in _NOT_NAMED


def compares(test: str) -> str:
    """What a test compares: means, ranks, counts; "" for one that is not known here."""
    for kind, pattern in (("counts", _COUNTS), ("ranks", _RANKS), ("means", _MEANS)):
        if pattern.search(test):
            return kind
    return ""


def is_between_groups(words: str) -> bool:
    """Whether a test, or the words about it, compare different patients."""
    return _BETWEEN.search(words) is not None
