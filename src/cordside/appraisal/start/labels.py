"""A printed label → the row's name, its unit and its normal range; a heading → what its column holds."""

import re
from dataclasses import dataclass

from cordside.appraisal.start.cells import plain_text

_STATISTIC = re.compile(
    r"(?:n|no\.?|number|mean|median|geometric mean|average)?\s*"
    r"(?:[(\[]?\s*(?:%|iqr|interquartile range|q1[^)]*|sd|s\.d\.|se|sem|range|standard deviation|standard error|95 ?% ?ci)\s*[)\]]?"
    r"|±\s*(?:sd|se|sem)|\+/-\s*(?:sd|se|sem))?",
    re.IGNORECASE,
)
_UNITS = frozenset(
    word
    for line in (
        "years year yr yrs y months month days day d weeks hours hour h min s kg g mg ug µg ng pg cm m mm ml l dl % mmhg kpa °c c f",
        "score scores points iu u copies cells bpm x10^9/l ratio degc",
    )
    for word in line.split()
)
_RANGE = re.compile(r"(?:normal|reference)\s*(?:range|values?|limits?)?\s*[:,]?\s*(.+)", re.IGNORECASE)
_LIMIT = re.compile(r"([<>≤≥])=?\s*([\d.]+)")
_LIMITS = re.compile(r"([\d.]+)\s*(?:-|to)\s*([\d.]+)")
_POWER = re.compile(r"(?:[×x*·]\s*)?\b10\s?\^?(\d{1,2})\s*/")
_N = re.compile(r"\bn\s*=\s*(\d+)", re.IGNORECASE)
_P_HEADING = re.compile(r"p(?:[ -]?values?)?\s*[*†‡]*", re.IGNORECASE)
_BEFORE = re.compile(r"\b(before|baseline|pre|pretreatment|admission|initial|day 0)\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(after|post|posttreatment|follow[- ]?up|discharge|final|end)\b", re.IGNORECASE)
_WHOLE = re.compile(r"\b(total|all|overall)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """A label in its parts; normal: low and high as printed, None where there is no limit; without_range: the rest of the text."""

    text: str
    name: str
    without_range: str
    unit: str | None = None
    normal: tuple[str | None, str | None] | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: what its column holds (before, after, p, all or a group), and the patients it names."""

    text: str
    role: str
    n: int | None = None

    @property
    def name(self) -> str:
        """The heading without the number of patients."""
        return re.sub(r"\s*[(\[]?\s*n\s*=\s*\d+\s*[)\]]?", "", self.text, flags=re.IGNORECASE).strip() or self.text


def read_label(text: str) -> Label:
    """The parts of a label: "CRP, mg/L (normal range, < 10)" is CRP in mg/L, to 10."""
    printed = re.sub(r"\s+", " ", text).strip()
    normal, rest = _normal_range(printed)
    kept: list[str] = []
    unit = None
    for place, part in enumerate(_parts(rest)):
        if place and _STATISTIC.fullmatch(part):
            continue
        if place and unit is None and _is_unit(part):
            unit = _written(part)
        else:
            kept.append(part)
    name = ", ".join(kept) or printed
    name, inside = _bracketed(name)
    return Label(printed, name, rest, unit or inside, normal)


def read_heading(text: str) -> Heading:
    """What a column holds."""
    plain = plain_text(text)
    n = _N.search(plain)
    count = int(n[1]) if n else None
    if _P_HEADING.fullmatch(plain):
        return Heading(text.strip(), "p")
    before, after = bool(_BEFORE.search(plain)), bool(_AFTER.search(plain))
    role = "before" if before and not after else "after" if after and not before else "all" if _WHOLE.search(plain) else "group"
    return Heading(text.strip(), role, count)


def _parts(text: str) -> list[str]:
    """The parts of a label between commas that stand outside brackets."""
    return [part.strip() for part in re.split(r",(?![^(\[]*[)\]])", text) if part.strip()]


def _bracketed(name: str) -> tuple[str, str | None]:
    """A name without a unit or a statistic in brackets at its end, and that unit."""
    found = re.fullmatch(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]", name)
    if found is None:
        return name, None
    if _STATISTIC.fullmatch(found[2].strip()):
        return _bracketed(found[1])
    return (found[1], _written(found[2])) if _is_unit(found[2].strip()) else (name, None)


def _is_unit(text: str) -> bool:
    word = plain_text(text).casefold()
    return word in _UNITS or ("/" in word and " " not in word.replace("x 10", "x10").strip()) or _POWER.search(word) is not None


def _written(unit: str) -> str:
    """A unit with its power of ten written out: "× 109/mL" has lost a raised 9."""
    return _POWER.sub(r"x 10^\1/", plain_text(unit))


def _normal_range(text: str) -> tuple[tuple[str | None, str | None] | None, str]:
    """The normal range of a label, and the label without it."""
    for found in re.finditer(r"[(\[]([^()\[\]]*)[)\]]", text):
        said = _RANGE.fullmatch(plain_text(found[1]))
        limits = _limits(said[1]) if said else None
        if limits is not None:
            return limits, (text[: found.start()] + text[found.end() :]).strip()
    return None, text


def _limits(text: str) -> tuple[str | None, str | None] | None:
    both, one = _LIMITS.search(text), _LIMIT.search(text)
    if both:
        return both[1], both[2]
    if one is None:
        return None
    return (None, one[2]) if one[1] in "<≤" else (one[2], None)
