"""Analytes: what is known of a test of one specimen, read from `analytes.csv`."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from cordside.terms.tables import decimal_or_none, rows_of

Range = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Analyte:
    """One test of one specimen ("" any): its standard unit ("" none), band of plausible values, usual range, codes.

    band, usual: (low, high) in the standard unit, None where there is no limit; usual_source: "T" printed by Taikang,
    else "to confirm" or "".
    """

    domain: str
    testcd: str
    specimen: str
    name: str
    unit: str
    band: Range
    usual: Range
    usual_source: str
    loinc: str
    ucum: str


def analyte(domain: str, testcd: str, specimen: str | None = None, unit: str | None = None) -> Analyte | None:
    """The analyte of a test, or None where the table has none for this specimen.

    specimen: None means the usual one; white cells of urine are not those of blood. unit: a standard unit, to choose
    among the kinds of D-dimer; without it the first is given, "ug/L" with the kind not stated.
    """
    return next((found for found in kinds_of(domain, testcd, specimen) if unit in (None, found.unit)), None)


def analytes() -> tuple[Analyte, ...]:
    """All analytes, in the order of the table."""
    return tuple(found for kinds in _analytes().values() for found in kinds)


@lru_cache(maxsize=10_000)
def kinds_of(domain: str, testcd: str, specimen: str | None = None) -> tuple[Analyte, ...]:
    """The analytes of a test: one, or one a kind (D-dimer), or none for this specimen."""
    return tuple(kind for kind in _analytes().get((domain, testcd), ()) if _is_of(kind.specimen, (specimen or "").upper()))


def _is_of(needed: str, specimen: str) -> bool:
    if not needed or not specimen or needed == specimen:
        return True
    if needed == "ARTERIAL BLOOD":
        return specimen == "BLOOD"
    return any(word in specimen for word in ("BLOOD", "SERUM", "PLASMA"))


@cache
def _analytes() -> dict[tuple[str, str], tuple[Analyte, ...]]:
    found: dict[tuple[str, str], tuple[Analyte, ...]] = {}
    for row in rows_of("analytes.csv"):
        key = (row["domain"], row["testcd"])
        found[key] = (*found.get(key, ()), _analyte(row))
    return found


def _analyte(row: dict[str, str]) -> Analyte:
    band = (decimal_or_none(row["band_low"]), decimal_or_none(row["band_high"]))
    usual = (decimal_or_none(row["usual_low"]), decimal_or_none(row["usual_high"]))
    codes = (row["usual_source"], row["loinc"], row["ucum"])
    return Analyte(row["domain"], row["testcd"], row["specimen"], row["name"], row["unit"], band, usual, *codes)
