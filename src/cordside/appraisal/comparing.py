"""Whether two places of a paper can both be right about one quantity."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import sqrt

from cordside.appraisal.normalranges import converted
from cordside.appraisal.printed import Printed
from cordside.appraisal.sources import Said
from cordside.appraisal.vagueness import are_opposite, is_vague, number_of
from cordside.terms.factors import spelling

_WITHOUT_UNIT = frozenset({"n", "of", "pct", "p"})
_DERIVED = ("min", "max", "mean", "median", "sd")


@dataclass
class Compared:
    """How places agree: numbers or words that cannot both be true, that are only spelt differently, or that leave it open."""

    differ: list[str] = field(default_factory=list)
    spelt: list[str] = field(default_factory=list)
    vague: list[str] = field(default_factory=list)
    agree: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


def compared(places: Sequence[Said]) -> Compared:
    """Every place against every later one."""
    found = Compared()
    for index, one in enumerate(places):
        for other in places[index + 1 :]:
            _compare(found, one, other)
    return found


def cases_that_differ(one: Sequence[Printed | None], other: Sequence[Printed | None]) -> list[int]:
    """Positions (from 1) of patients whose two values cannot both be true."""
    pairs = enumerate(zip(one, other, strict=False), 1)
    return [place for place, (a, b) in pairs if a is not None and b is not None and not agrees(a, b)]


def agrees(one: Printed, other: Printed) -> bool:
    """Whether two prints can be of one number: the finer lies in the interval of the coarser; equal decimals are equal numbers."""
    if one.relation != "=" or other.relation != "=":
        return one.lo <= other.hi and other.lo <= one.hi
    coarse, fine = (one, other) if one.hi - one.lo >= other.hi - other.lo else (other, one)
    return one.value == other.value if coarse.hi - coarse.lo == fine.hi - fine.lo else coarse.holds(fine.value)


def derived(cases: Sequence[Printed | None]) -> dict[str, Printed]:
    """Smallest, largest, mean, median and SD of one printed value a patient."""
    values = sorted((value for value in cases if value is not None and value.relation == "="), key=lambda value: value.value)
    n = len(values)
    if not n or n < len([value for value in cases if value is not None]):
        return {}
    middle = (values[(n - 1) // 2], values[n // 2])
    found = {"min": values[0], "max": values[-1], "mean": _average(values), "median": _average(middle)}
    return found | ({"sd": _sd(values)} if n > 1 else {})


def _average(values: Sequence[Printed]) -> Printed:
    value, lo, hi = (sum((getattr(one, end) for one in values), Fraction(0)) / len(values) for end in ("value", "lo", "hi"))
    decimals = max(one.decimals for one in values)
    return Printed(f"{float(value):.{max(decimals, 0) + 1}f}", value, lo, hi, decimals)


def _sd(values: Sequence[Printed]) -> Printed:
    """The SD, with the interval that the rounding of the values leaves: each may be off by half a step."""
    n, mean = len(values), sum((one.value for one in values), Fraction(0)) / len(values)
    sd = Fraction(sqrt(sum((one.value - mean) ** 2 for one in values) / (n - 1)))
    slack = max(one.hi - one.value for one in values) * Fraction(sqrt(n / (n - 1)))
    return Printed(f"{float(sd):.2f}", sd, max(sd - slack, Fraction(0)), sd + slack, values[0].decimals)


def _compare(found: Compared, one: Said, other: Said) -> None:
    if one.words or other.words:
        _compare_words(found, one, other)
    elif one.cases and other.cases:
        _compare_cases(found, one, other)
    else:
        _compare_numbers(found, one, other)


def _compare_cases(found: Compared, one: Said, other: Said) -> None:
    if len(one.cases) != len(other.cases):
        found.open.append(f"{one.place} has {len(one.cases)} values, {other.place} {len(other.cases)}")
        return
    places = cases_that_differ(one.cases, other.cases)
    listed = " and ".join(f"{said.place} {', '.join('-' if case is None else str(case) for case in said.cases)}" for said in (one, other))
    if places:
        which = ", ".join(map(str, places))
        found.differ.append(f"{listed}: {len(places)} of {len(one.cases)} patients differ ({which})")
    else:
        found.agree.append(listed)


def _compare_numbers(found: Compared, one: Said, other: Said) -> None:
    mine, theirs = (derived(said.cases) if said.cases else dict(said.numbers) for said in (one, other))
    shared = [name for name in mine if name in theirs and (not (one.cases or other.cases) or name in _DERIVED)]
    if not shared:
        found.open.append(f"{one.place} and {other.place} print different numbers of it")
        return
    _compare_units(found, one, other, shared)
    for name in shared:
        _compare_number(found, (one, mine[name]), (other, theirs[name]), name)


def _compare_units(found: Compared, one: Said, other: Said, shared: list[str]) -> None:
    """A unit that differs though the numbers are the same."""
    if _same_unit(one, other) or all(name in _WITHOUT_UNIT for name in shared):
        return
    factor = _factor(one, other)
    if factor == 1:
        found.agree.append(f"{one.unit} and {other.unit} are one unit")
    elif factor is None:
        found.vague.append(f"{one.place} has the unit {one.unit}, {other.place} {other.unit}, and no conversion between them is known")


def _compare_number(found: Compared, one: tuple[Said, Printed], other: tuple[Said, Printed], name: str) -> None:
    (here, mine), (there, theirs) = one, other
    words = f"{name}: {here.place} {mine}{_unit(here, name)}, {there.place} {theirs}{_unit(there, name)}"
    factor = 1 if name in _WITHOUT_UNIT or _same_unit(here, there) else _factor(here, there)
    if factor is None:
        found.open.append(words)
    elif not agrees(_times(mine, Fraction(factor)), theirs):
        found.differ.append(words)
    elif factor == 1 and mine.value == theirs.value and mine.decimals == theirs.decimals and _signs(mine) != _signs(theirs):
        found.spelt.append(words)
    else:
        found.agree.append(words)


def _unit(said: Said, name: str) -> str:
    printed = name not in _WITHOUT_UNIT and said.unit not in (None, "none")
    return f" {said.unit}" if printed else ""


def _same_unit(one: Said, other: Said) -> bool:
    """Whether two units are spelt alike, or one place prints none."""
    units = [said.unit for said in (one, other)]
    return None in units or "none" in units or spelling(units[0] or "") == spelling(units[1] or "")


def _factor(one: Said, other: Said) -> Fraction | None:
    """One unit in the other; None when no way leads there, or when the units have different zeros."""
    code = one.code or other.code
    try:
        ends = [converted(Fraction(value), one.unit or "", other.unit or "", code) for value in (0, 1)] if code else []
    except ValueError:
        return None
    return ends[1] if ends and ends[0] == 0 else None


def _times(printed: Printed, factor: Fraction) -> Printed:
    return printed if factor == 1 else replace(printed, value=printed.value * factor, lo=printed.lo * factor, hi=printed.hi * factor)


def _signs(printed: Printed) -> str:
    """A number as it is spelt, without blanks, kinds of dashes, and the P or = before it."""
    text = re.sub(r"\s|^[pP]|=", "", unicodedata.normalize("NFKC", printed.text))
    return re.sub("[\u2010-\u2015\u2212]", "-", text).removesuffix("%")


def _compare_words(found: Compared, one: Said, other: Said) -> None:
    for here, there in ((one, other), (other, one)):
        if here.word and not there.words:
            _word_and_numbers(found, here, there)
            return
    if len(one.words) == len(other.words) > 1:
        _listed_words(found, one, other)
    elif len(one.words) > 1 and len(other.words) > 1:
        found.open.append(f"{one.place} and {other.place} list different numbers of patients")
    else:
        _two_words(found, one, other)


def _listed_words(found: Compared, one: Said, other: Said) -> None:
    places = [str(index) for index, (a, b) in enumerate(zip(one.words, other.words, strict=True), 1) if _bare(a) != _bare(b)]
    words = f"{one.place} {', '.join(one.words)} and {other.place} {', '.join(other.words)}"
    (found.differ if places else found.agree).append(words + (f" differ in {', '.join(places)}" if places else ""))


def _two_words(found: Compared, one: Said, other: Said) -> None:
    mine, theirs = (said.word or ", ".join(said.words) for said in (one, other))
    words = f'{one.place} "{mine}", {other.place} "{theirs}"'
    if mine == theirs:
        found.agree.append(words)
    elif _bare(mine) == _bare(theirs):
        found.spelt.append(words)
    elif (is_vague(mine) or is_vague(theirs)) and not are_opposite(mine, theirs):
        found.vague.append(f"{words}: the words have no printed limit")
    else:
        found.differ.append(words)


def _word_and_numbers(found: Compared, said: Said, numbers: Said) -> None:
    """A word beside numbers: a count in words is compared, any other word has no printed limit."""
    count = number_of(said.word)
    counts = [number for name, number in numbers.numbers.items() if name in ("n", "value")]
    shown = ", ".join(map(str, [*(case for case in numbers.cases if case is not None), *numbers.numbers.values()][:10]))
    words = f'{said.place} "{said.word}", {numbers.place} {shown}'
    if count is None or not counts:
        found.vague.append(f"{words}: the word has no printed limit")
    elif all(number.value == count for number in counts):
        found.agree.append(words)
    else:
        found.differ.append(words)


def _bare(word: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", word).casefold())


def quotes_of(places: Sequence[Said]) -> Iterator[str]:
    """The sentences among some places."""
    return (said.quote for said in places if said.quote)
