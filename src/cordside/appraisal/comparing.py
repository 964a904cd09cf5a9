"""Whether two places of a paper can both be right about one quantity."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import sqrt

from cordside.appraisal.comparingwords import Compared, compare_words
from cordside.appraisal.names import shown_place
from cordside.appraisal.normalranges import converted
from cordside.appraisal.printed import Printed
from cordside.appraisal.sources import Numbers, Said
from cordside.terms.factors import spelling

_WITHOUT_UNIT = frozenset({"n", "of", "pct", "p"})
_NUMBERS = {
    "n": "count",
    "of": "denominator",
    "pct": "percentage",
    "q1": "Q1",
    "q3": "Q3",
    "sd": "SD",
    "se": "SE",
    "p": "P",
    "min": "smallest",
    "max": "largest",
    "low": "lower limit",
    "high": "upper limit",
}
_CELLS = {"change": "of the change"}
_DERIVED = ("min", "max", "mean", "median", "sd")


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
    if coarse.hi - coarse.lo > fine.hi - fine.lo:
        return coarse.holds(fine.value)
    return one.value == other.value or (not (_is_written(one) and _is_written(other)) and coarse.holds(fine.value))


def _is_written(number: Printed) -> bool:
    """Whether a number has no more digits than it prints; a mean or median that was computed may have."""
    return (number.value / number.unit).denominator == 1


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
        compare_words(found, one, other)
    elif one.cases and other.cases:
        _compare_cases(found, one, other)
    else:
        _compare_numbers(found, one, other)


def _compare_cases(found: Compared, one: Said, other: Said) -> None:
    if len(one.cases) != len(other.cases):
        found.open.append(f"{one.place} has {len(one.cases)} values, {other.place} {len(other.cases)}")
        return
    places = cases_that_differ(one.cases, other.cases)
    listed = " and ".join(f"{_cases(said)} in {shown_place(said.place)}" for said in (one, other))
    if places:
        which = ", ".join(map(str, places))
        found.differ.append(f"{listed}: {len(places)} of {len(one.cases)} patients differ ({which})")
    else:
        found.agree.append(listed)


def _cases(said: Said) -> str:
    return ", ".join("-" if case is None else str(case) for case in said.cases)


def _compare_numbers(found: Compared, one: Said, other: Said) -> None:
    mine, theirs = (derived(said.cases) if said.cases else dict(said.numbers) for said in (one, other))
    shared = [name for name in mine if name in theirs and (not (one.cases or other.cases) or name in _DERIVED)]
    if not shared:
        found.open.append(f"{one.place} and {other.place} print different numbers of it")
        return
    if _only_the_unit_differs(found, one, other, (mine, theirs), shared):
        shared = [name for name in shared if name in _WITHOUT_UNIT]
    else:
        _compare_units(found, one, other, shared)
    for name in shared:
        _compare_number(found, (one, mine[name]), (other, theirs[name]), name)


def _only_the_unit_differs(found: Compared, one: Said, other: Said, numbers: tuple[Numbers, Numbers], shared: list[str]) -> bool:
    """Whether the numbers are printed alike beside two units of which one is a multiple of the other; then that is said, once."""
    pairs = [(numbers[0][name], numbers[1][name]) for name in shared if name not in _WITHOUT_UNIT]
    factor = None if not pairs or _same_unit(one, other) else _factor(one, other)
    if factor in (None, 1) or not all(mine.value and agrees(mine, its) for mine, its in pairs):
        return False
    places = f"{one.unit} in {shown_place(one.place)}, {other.unit} in {shown_place(other.place)}"
    found.differ.append(f"the unit differs beside the same numbers: {places}")
    return True


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
    sides = f"{mine}{_unit(here, name)} in {shown_place(here.place)}, {theirs}{_unit(there, name)} in {shown_place(there.place)}"
    words = f"{_called(name)}: {sides}"
    factor = 1 if name in _WITHOUT_UNIT or _same_unit(here, there) else _factor(here, there)
    if factor is None:
        found.open.append(words)
    elif not agrees(_times(mine, Fraction(factor)), theirs):
        found.differ.append(words)
    elif factor == 1 and not (here.cases or there.cases) and _is_spelt_otherwise(mine, theirs):
        found.spelt.append(words)
    else:
        found.agree.append(words)


def _is_spelt_otherwise(one: Printed, other: Printed) -> bool:
    return one.value == other.value and one.decimals == other.decimals and _signs(one) != _signs(other)


def _called(name: str) -> str:
    """What a sentence calls a number: before.median is the median before."""
    cell, _, number = name.rpartition(".")
    return f"{_NUMBERS.get(number, number)} {_CELLS.get(cell, cell)}".strip()


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


def quotes_of(places: Sequence[Said]) -> Iterator[str]:
    """The sentences among some places."""
    return (said.quote for said in places if said.quote)
