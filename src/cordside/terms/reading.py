"""How the text of a result is read: a number, a number with `<` or `>`, a word, or nothing that can be used.

A number is what a person would write: plain digits, a point, perhaps a sign and a power of ten. Python reads more than
that without a word (full-width digits, underscores, "nan"), so the text is matched before it is converted.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal

_DIGITS = r"(?:[0-9]{1,20}(?:\.[0-9]{1,20})?|\.[0-9]{1,20})"
_NUMBER = re.compile(rf"[+-]?{_DIGITS}(?:[eE][+-]?[0-9]{{1,2}})?")
_LIMIT = re.compile(rf"(<=|>=|<|>)\s*({_NUMBER.pattern})")
_COMMA = re.compile(r"(?:<=|>=|<|>)?\s*[+-]?[0-9]{1,20}(?:,[0-9]{1,20})+(?:\.[0-9]{1,20})?")
_SIGNS = str.maketrans({"−": "-", "≤": "<=", "≥": ">="})
_MISSING = frozenset(["na", "n/a", "n.a.", "n.a", "#n/a", "nan", "null", "missing", "not done", "-", "--", "---", "–", "—", "/", ".", "?"])
_ENDLESS = frozenset(sign + word for sign in ("", "+", "-") for word in ("inf", "infinity", "∞"))

ALLOWED = "a number with a point, a number after < or >, or a word such as NEGATIVE"


@dataclass(frozen=True)
class Reading:
    """A result as read.

    value: the number, or the number after the operator; operator: "", "<", "<=", ">", ">="; text: the result in plain
    characters; problem, allowed, remedy: what to say where it could not be read, or was read with a doubt.
    """

    value: Decimal | None
    operator: str
    text: str
    problem: str | None = None
    allowed: str | None = None
    remedy: str | None = None


def read_result(result: str) -> Reading:
    """Read the text of a result; never raises.

    "1.09" is a number, "<0.50" a limit, "NEGATIVE" a word; "13,39", "NA" and "Infinity" are problems. Full-width digits
    are read, and the reading is reported.
    """
    collected = result.strip().translate(_SIGNS)
    text = "".join(map(_plain, collected))
    reading = _read(text)
    if reading.problem or text == collected:
        return reading
    problem = f"{_quoted(collected)} was read as {shortened(text)}"
    return replace(reading, problem=problem, allowed="plain digits and letters", remedy=f"write {shortened(text)}")


def shortened(text: str) -> str:
    """A text short enough to be quoted in a message."""
    return text if len(text) <= 40 else text[:37] + "..."


def _read(text: str) -> Reading:
    if not text:
        return Reading(None, "", "")
    if _NUMBER.fullmatch(text):
        return Reading(Decimal(text), "", text)
    if limit := _LIMIT.fullmatch(text):
        return Reading(Decimal(limit[2]), limit[1], limit[1] + limit[2])
    return _refused(text) or Reading(None, "", text)


def _refused(text: str) -> Reading | None:
    folded = text.casefold()
    if folded in _MISSING:
        return Reading(None, "", text, f"{_quoted(text)} is not a result", ALLOWED, "leave the result empty and set the status to NOT DONE")
    if folded == "nd":
        remedy = "write NOT DETECTED, or leave the result empty and set the status to NOT DONE"
        return Reading(None, "", text, '"ND" may mean not detected or not done', ALLOWED, remedy)
    if folded in _ENDLESS:
        return Reading(None, "", text, f"{_quoted(text)} is not a number", ALLOWED, "write what the source says")
    if _COMMA.fullmatch(text):
        return Reading(None, "", text, f"{_quoted(text)} has a comma", "a number with a point", f"write {_without_comma(text)}")
    return None


def _without_comma(text: str) -> str:
    joined = text.replace(",", "")
    if "." in text or text.count(",") > 1:
        return joined
    pointed = text.replace(",", ".")
    # Three digits after the comma may be thousands: only the source can tell.
    return f"{pointed} or {joined}, whichever the source means" if re.search(r",[0-9]{3}$", text) else pointed


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    # Only the full-width forms: NFKC of a whole text would turn the power in 10⁹ into more digits.
    return unicodedata.normalize("NFKC", character) if "\uff01" <= character <= "\uff5e" else character


def _quoted(text: str) -> str:
    return f'"{shortened(text)}"'
