"""Reported results in the standard unit of their test, and limits in any unit of it.

What was reported is never overwritten: `standardise` gives the standard result beside it, and says what looks wrong.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cordside.terms.analytes import Analyte, Range, analyte, kinds_of
from cordside.terms.factors import Factor, between, factors_of, spelling, to_standard
from cordside.terms.reading import ALLOWED, Reading, read_result, shortened

__all__ = ["Analyte", "Standard", "analyte", "convert", "standardise", "ucum_of", "units_of"]

Remark = tuple[str | None, str | None, str | None]


@dataclass(frozen=True)
class Standard:
    """A result in its standard unit: number (None for a word or a limit such as <0.50), text, unit, what looks wrong."""

    value: Decimal | None
    text: str
    unit: str | None
    problem: str | None = None
    allowed: str | None = None
    remedy: str | None = None


def units_of(domain: str, testcd: str, specimen: str | None = None) -> tuple[str, ...]:
    """The units that a result of this test may be reported in, one spelling each, standard unit first."""
    found: dict[tuple[str, str], str] = {}
    for kind in kinds_of(domain, testcd, specimen):
        found.setdefault((kind.unit, kind.ucum), kind.unit)
        for factor in factors_of(domain, testcd, kind.unit).values():
            found.setdefault((kind.unit, factor.ucum), factor.unit)
    return tuple(dict.fromkeys(filter(None, found.values())))


def ucum_of(domain: str, testcd: str, unit: str, specimen: str | None = None) -> str | None:
    """The UCUM code of a reported unit, or None where the table does not know the unit for this test."""
    found = _match(kinds_of(domain, testcd, specimen), unit)
    return found[1].ucum if found else None


def standardise(domain: str, testcd: str, result: str, unit: str | None, specimen: str | None = None) -> Standard:
    """A reported result in the standard unit of its test; never raises.

    "1.09" in 10^9/L stays 1.09; "<0.50" keeps its sign and has no number; a word stays as it is. A result that cannot be
    read or converted has no number, keeps its text and names the problem; an implausible one is converted and named. A
    test without an analyte passes through in its reported unit.
    """
    reading, unit = read_result(result), (unit or "").strip()
    kinds = kinds_of(domain, testcd, specimen)
    if not kinds:
        number = None if reading.operator else reading.value
        return Standard(number, reading.text, unit or None, reading.problem, reading.allowed, reading.remedy)
    if reading.value is None:
        return _word(reading, testcd)
    found = _factor_of(domain, testcd, specimen, unit)
    if found is None:
        return _no_such_unit(reading, unit, kinds[0], units_of(domain, testcd, specimen))
    return _converted(reading, unit, *found)


def convert(value: Decimal, from_unit: str, to_unit: str, domain: str, testcd: str) -> Decimal:
    """A value of one test in another unit, for limits that a protocol writes in units of its own.

    75 mmHg of PO2 is 9.99915 kPa. ValueError when no way leads from one unit to the other: DDU to FEU, AU/mL to
    anything, a mass to moles of a test whose molar mass is not in the table.
    """
    for kind in kinds_of(domain, testcd, None):
        factors = factors_of(domain, testcd, kind.unit)
        reported, wanted = factors.get(spelling(from_unit)), factors.get(spelling(to_unit))
        if reported and wanted:
            return between(value, reported, wanted)
    if spelling(from_unit) == spelling(to_unit):
        return value
    raise ValueError(f"{testcd} has no conversion from {shortened(from_unit) or 'no unit'} to {shortened(to_unit) or 'no unit'}")


def _converted(reading: Reading, unit: str, kind: Analyte, factor: Factor) -> Standard:
    same = factor.factor == 1 and not factor.offset
    value = (reading.value or Decimal(0)) if same else to_standard(reading.value or Decimal(0), factor)
    text = reading.text if same else reading.operator + format(value, "f")
    if reading.operator:
        return Standard(None, text, kind.unit or None, reading.problem, reading.allowed, reading.remedy)
    doubt = _implausible(kind, value, reading.text, text, unit)
    return Standard(value, text, kind.unit or None, *_both((reading.problem, reading.allowed, reading.remedy), doubt))


def _implausible(kind: Analyte, value: Decimal, reported: str, text: str, unit: str) -> Remark:
    low, high = kind.band
    if (low is None or value >= low) and (high is None or value <= high):
        return (None, None, None)
    collected, standard = f"{reported} {unit}".strip(), f"{text} {kind.unit}".strip()
    changed = spelling(collected) != spelling(standard)
    problem = f"{kind.testcd} {collected} is {standard}" if changed else f"{kind.testcd} {collected} is not plausible"
    return (problem, f"plausible is {_words(kind.band)} {kind.unit}".strip(), "check the unit in the source")


def _words(band: Range) -> str:
    low, high = band
    if low is None or high is None:
        return f"at least {low}" if high is None else f"at most {high}"
    return f"{low} to {high}"


def _both(first: Remark, second: Remark) -> Remark:
    problem, allowed, remedy = (" and ".join(filter(None, pair)) or None for pair in zip(first, second, strict=True))
    return (problem, allowed, remedy)


def _word(reading: Reading, testcd: str) -> Standard:
    problem, allowed, remedy = reading.problem, reading.allowed, reading.remedy
    if problem is None and any(character.isdigit() for character in reading.text):
        problem, allowed = f'{testcd} "{shortened(reading.text)}" is not a number', ALLOWED
        remedy = "write the number alone, and its unit in the unit's own place"
    return Standard(None, reading.text, None, problem, allowed, remedy)


def _no_such_unit(reading: Reading, unit: str, kind: Analyte, known: tuple[str, ...]) -> Standard:
    problem = f'{kind.testcd} is not measured in "{shortened(unit)}"' if unit else f"{kind.testcd} {reading.text} has no unit"
    remedy = "check the unit in the source" if unit else "write the unit that the source gives"
    allowed = f"units allowed are {', '.join(known)}" if known else "no unit is allowed"
    return Standard(None, reading.text, None, *_both((reading.problem, reading.allowed, reading.remedy), (problem, allowed, remedy)))


@lru_cache(maxsize=10_000)
def _factor_of(domain: str, testcd: str, specimen: str | None, unit: str) -> tuple[Analyte, Factor] | None:
    return _match(kinds_of(domain, testcd, specimen), unit)


def _match(kinds: tuple[Analyte, ...], unit: str) -> tuple[Analyte, Factor] | None:
    for kind in kinds:
        if factor := factors_of(kind.domain, kind.testcd, kind.unit).get(spelling(unit)):
            return kind, factor
    return None
