"""Criteria as a paper prints them, judged on one printed value: met, not met, or unknown.

A criterion is a comparison: `rr >= 30`, `18 <= age <= 75`, `in_hospital = Y`, `spo2 <= 93 on room air`. What cannot
be read so is unknown. Limits count as met when they are printed with an equal sign.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cordside.appraisal.printed import read_printed

_COMPARISON = re.compile(
    r"(?:(?P<low>[-\d.]+)\s*(?P<low_sign><=|<|≤)\s*)?(?P<name>[^\W\d][\w /-]*?)\s*(?P<sign><=|>=|<|>|!=|=|≤|≥)\s*(?P<value>.+?)"
)
_ROOM_AIR = re.compile(r"\s+(?:on|in|while breathing)\s+(?:room|indoor|ambient)\s+air$", re.IGNORECASE)
_TURNED = {"<=": ">=", "<": ">", "≤": ">=", "≥": ">="}
_IS_ROOM_AIR = frozenset({"room air", "air", "none", "no oxygen", "indoor air"})
Truth = bool | None
"""What is known of a criterion: met, not met, or (None) unknown."""

WORDS: dict[Truth, str] = {True: "met", False: "not met", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A variable and its limits: (sign, limit) each of which must hold; on_room_air: what matters is the value without oxygen."""

    text: str
    name: str
    limits: tuple[tuple[str, str], ...]
    on_room_air: bool = False


def read_criterion(text: str) -> Comparison | None:
    """The comparison that a printed criterion is, or None."""
    bare = _ROOM_AIR.sub("", text.strip())
    found = _COMPARISON.fullmatch(bare)
    if found is None:
        return None
    limits = [(found["sign"].replace("≤", "<=").replace("≥", ">="), found["value"].strip())]
    if found["low"]:
        limits.insert(0, (_TURNED[found["low_sign"]], found["low"]))
    return Comparison(text, found["name"].strip(), tuple(limits), bare != text.strip())


def judge_value(criterion: Comparison, value: str | None, support: str | None = None) -> Truth:
    """What one printed value says of a criterion.

    support: the oxygen support at that moment, as printed; None when it is not. On any support a value at or below the
    limit is so on room air too; above it on oxygen, or with the support not stated, nothing is known.
    """
    if value is None or not value.strip():
        return None
    holds = [_holds(value, sign, limit) for sign, limit in criterion.limits]
    if None in holds:
        return None
    truth = all(holds)
    if criterion.on_room_air and (support or "").strip().casefold() not in _IS_ROOM_AIR:
        return _without_oxygen(criterion, truth)
    return truth


def any_met(truths: Sequence[Truth]) -> Truth:
    """Met when one is, not met when all are not, else unknown."""
    return True if True in truths else None if None in truths or not truths else False


def _without_oxygen(criterion: Comparison, truth: Truth) -> Truth:
    """On room air the value would be no higher: a low one stays low, and a lower limit that it misses stays missed."""
    wants_low = all(sign in ("<", "<=") for sign, _ in criterion.limits)
    wants_high = all(sign in (">", ">=") for sign, _ in criterion.limits)
    certain = (wants_low and truth is True) or (wants_high and truth is False)
    return truth if certain else None


def _holds(value: str, sign: str, limit: str) -> bool | None:
    """Whether a comparison holds; None when a number is needed and there is none."""
    number, other = read_printed(value), read_printed(limit)
    if sign in ("=", "!="):
        same = number.value == other.value if number and other else value.strip().casefold() == limit.strip().casefold()
        return same if sign == "=" else not same
    if number is None or other is None:
        return None
    if number.relation != "=":
        return _holds_limit(number.lo, number.hi, sign, other.value)
    return _compares(number.value, sign, other.value)


def _holds_limit(low: Fraction, high: Fraction, sign: str, limit: Fraction) -> bool | None:
    """Whether a value known only to lie in an interval is on one side."""
    ends = {_compares(end, sign, limit) for end in (low, high)}
    return ends.pop() if len(ends) == 1 else None


def _compares(number: Fraction, sign: str, limit: Fraction) -> bool:
    return {"<=": number <= limit, "<": number < limit, ">=": number >= limit, ">": number > limit}[sign]
