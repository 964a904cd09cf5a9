"""Periods of a paper, to the month or to the day."""

from collections.abc import Sequence


def periods_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two periods begin and end alike, as exactly as both are printed: 2020-01 and 2020-01-03 agree."""
    return all(_alike(a, b) for a, b in zip(one, other, strict=True))


def all_agree(periods: Sequence[Sequence[str]]) -> bool:
    """Whether every period agrees with every other."""
    return all(periods_agree(one, other) for index, one in enumerate(periods) for other in periods[index + 1 :])


def _alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]
