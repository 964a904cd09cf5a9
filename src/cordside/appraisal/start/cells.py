"""What a printed cell holds: a count with its percentage, a mean ± SD, a median with quartiles, a number, a P."""

import re
import unicodedata
from dataclasses import dataclass

from cordside.appraisal.printed import read_p

_NUMBER = r"[<>≤≥]?\s*[-+]?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_COUNT = re.compile(r"([0-9]+(?:,[0-9]{3})*)\s*(?:/\s*([0-9]+(?:,[0-9]{3})*)\s*)?[(\[]\s*([0-9]+(?:\.[0-9]+)?)\s*(%?)\s*[)\]]\s*(%?)")
_SPREAD = re.compile(rf"({_NUMBER})\s*(?:±|\+/-|\+-)\s*({_NUMBER})")
_IN_BRACKETS = re.compile(rf"({_NUMBER})\s*[(\[]\s*({_NUMBER})\s*[)\]]")
_THREE = re.compile(rf"({_NUMBER})\s*[(\[]\s*(?:95\s*%\s*CI[:,]?\s*)?({_NUMBER})\s*(?:-|to|,|;|/)\s*({_NUMBER})\s*[)\]]", re.IGNORECASE)
_ALONE = re.compile(rf"({_NUMBER})\s*(%?)")
_P = re.compile(r"(?:p\s*=?\s*)?([<>≤≥]?\s*[0-9]*\.[0-9]+|[<>≤≥]?\s*[01]|ns|n\.s\.?)\s*[*†‡§]*", re.IGNORECASE)
_NOTHING = frozenset({"", "-", "na", "n/a", "nr", "..", "..."})
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell as read: its kind, its numbers as printed, what has to be looked at; kind "" where it could not be read."""

    kind: str
    numbers: tuple[str, ...] = ()
    of: str | None = None
    doubt: str = ""


def plain_text(cell: str) -> str:
    """The text with one sort of dash and blank, full-width signs as plain ones."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", cell.replace("·", ".")).translate(_DASHES)).strip()


def is_nothing(cell: str) -> bool:
    """Whether a cell prints no value."""
    return plain_text(cell).casefold() in _NOTHING


def read_p_cell(cell: str) -> str | None:
    """The P of a cell as printed, without the letter; None when it is none."""
    found = _P.fullmatch(plain_text(cell))
    is_p = found is not None and (found[1][0] in "nN" or read_p(found[1]) is not None)
    return found[1] if found and is_p else None


def read_cell(cell: str, said: str, n: int | None) -> ReadCell:
    """What a cell holds.

    said: label and headings of the cell, which may name mean, SD, median, IQR, range or n (%); n: patients of the column.
    """
    text, words = plain_text(cell), plain_text(said).casefold()
    for read in (_count, _spread, _three, _two, _alone):
        found = read(text, words, n)
        if found is not None:
            return found
    return ReadCell("")


def _count(text: str, words: str, n: int | None) -> ReadCell | None:
    found = _COUNT.fullmatch(text)
    if found is None:
        return None
    count, of, percentage, *signs = (part and part.replace(",", "") for part in found.groups())
    if of is None and not any(signs) and not (_says(words, "%") or _is_share(count, percentage, n)):
        return None
    return ReadCell("count", (count, percentage), of)


def _is_share(count: str, percentage: str, n: int | None) -> bool:
    """Whether the number in brackets is the percentage that the count has of n."""
    decimals = len(percentage.partition(".")[2])
    return n is not None and n > 0 and abs(100 * int(count) / n - float(percentage)) <= 0.51 * 10**-decimals


def _spread(text: str, words: str, _: int | None) -> ReadCell | None:
    found = _SPREAD.fullmatch(text)
    if found is None:
        return None
    kind = _spread_kind(words)
    return ReadCell(kind, found.groups(), doubt="" if kind != "mean_spread" else "what follows ± is not named: mean_sd or mean_se")


def _spread_kind(words: str) -> str:
    if _says(words, r"se|sem|standard error"):
        return "mean_se"
    return "mean_sd" if _says(words, r"sd|s\.d\.|standard deviation") else "mean_spread"


def _three(text: str, words: str, _: int | None) -> ReadCell | None:
    found = _THREE.fullmatch(text)
    if found is None:
        return None
    if _says(words, r"ci|confidence") or "ci" in text.casefold():
        return ReadCell("mean_ci" if _says(words, "mean") else "estimate_ci", found.groups())
    if _says(words, r"range") and not _says(words, r"iqr|interquartile|quartiles?"):
        return ReadCell("median_range", found.groups())
    named = _says(words, r"iqr|interquartile|quartiles?|q1|median")
    return ReadCell("median_iqr", found.groups(), doubt="" if named else "taken as median with quartiles: the table does not say")


def _two(text: str, words: str, _: int | None) -> ReadCell | None:
    found = _IN_BRACKETS.fullmatch(text)
    if found is None or not _says(words, r"mean|sd|s\.d\.|se|sem|standard (?:deviation|error)"):
        return None
    kind = _spread_kind(words)
    return ReadCell(kind, found.groups(), doubt="" if kind != "mean_spread" else "what stands in brackets is not named: mean_sd or mean_se")


def _alone(text: str, words: str, _: int | None) -> ReadCell | None:
    found = _ALONE.fullmatch(text)
    if found is None:
        return None
    if found[2]:
        return ReadCell("percentage", (found[1],))
    if found[1].isdigit() and _says(words, r"n|no\.?|number|%"):
        return ReadCell("count_alone", (found[1],))
    for name in ("median", "mean"):
        if _says(words, name):
            return ReadCell(name, (found[1],))
    return ReadCell("number", (found[1],), doubt="a number alone: a count (n), a mean, a median?")


def _says(words: str, pattern: str) -> bool:
    return re.search(rf"(?<!\w)(?:{pattern})(?!\w)", words) is not None
