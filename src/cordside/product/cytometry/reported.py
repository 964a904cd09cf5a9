"""Results of a tube as rows of the product's test results, and whether rows reported before are reproduced bit for bit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cordside.product.cytometry.tube import Test, Tube

COLUMNS = ("TSTCD", "METHOD", "METHVER", "ORRES", "ORRESU", "EVENTS", "CILOW", "CIHIGH", "RAWFILE", "RAWSHA", "RCPSHA", "CTLSHA")
"""Columns of the product's test results that a tube can fill; whose they are, whoever enters them adds."""
_DIGESTS = {"RAWSHA": "the file", "RCPSHA": "the recipe", "CTLSHA": "the set of controls"}
_VALUES = ("ORRES", "EVENTS", "CILOW", "CIHIGH")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where results come from: the method's name and version, the raw file's neutral name, and all digests.

    controls: digest by kind.
    """

    method: str
    version: str
    file: str
    raw: str
    recipe: str
    controls: Mapping[str, str]


def result_rows(tube: Tube, origin: Origin) -> list[dict[str, str]]:
    """A row a test; percentages unrounded, with as many digits as give the number back."""
    return [_row(test, origin) for test in tube.tests]


def _row(test: Test, origin: Origin) -> dict[str, str]:
    found = test.population
    values = (_text(found.judged), "%", str(found.of), _text(found.low), _text(found.high))
    controls = ";".join(f"{kind}={digest}" for kind, digest in sorted(origin.controls.items()))
    method = f"flow cytometry, {origin.method}: {test.what}"
    return dict(zip(COLUMNS, (test.code, method, origin.version, *values, origin.file, origin.raw, origin.recipe, controls), strict=True))


def not_reproduced(before: Sequence[Row], again: Sequence[Row]) -> list[str]:
    """What of rows reported before is not found again, in words; empty when file, recipe and controls give every number bit for bit.

    before: rows with at least TSTCD, ORRES and the digests, for tests of the same raw files as `again`; others are left alone.
    """
    known = {(row["RAWSHA"], row["TSTCD"]): row for row in again}
    files = {row["RAWSHA"] for row in again}
    told = []
    for row in before:
        if row.get("RAWSHA", "") not in files:
            continue
        found = known.get((row["RAWSHA"], row.get("TSTCD", "")))
        told += [f"{row.get('TSTCD', '')}: the recipe does not count it"] if found is None else _differences(row, found)
    if not any(row.get("RAWSHA", "") in files for row in before):
        told.append("no row was reported for these files: their digests are not among RAWSHA")
    return told


def _differences(before: Row, again: Row) -> list[str]:
    code = again["TSTCD"]
    changed = [key for key in _DIGESTS if before.get(key, "") != again[key]]
    others = [f"{code}: {_DIGESTS[key]} is not the one reported ({key} differs)" for key in changed]
    values = [key for key in _VALUES if before.get(key, "") and before[key] != again[key]]
    return others + [f"{code}: {key} was {before[key]} and is {again[key]}" for key in values]


def _text(value: Fraction | float | None) -> str:
    return "" if value is None else repr(float(value))
