"""A study whose Table 1 has thirty variables of two groups: an analysis dataset with one row a subject, values as a clinic records them.

python benchmarks/generate_subjects.py DIR [--subjects 1000000]
"""

import argparse
from pathlib import Path

import numpy as np
import polars as pl

NUMBERS = tuple(f"N{place:02}" for place in range(20))
CLASSES = tuple(f"C{place:02}" for place in range(10))
_DECIMALS = (0, 1, 1, 2)
_MISSING = 0.03
_HEAD = """\
format: 1
study: BENCH
title: Table 1 of many subjects
origin: simulated
control_group: true
period: not_published
ethics: not_published
sites: not_published
arms: {MSC: {label: Cells}, SOC: {label: Control, treated: false}}
population: not_published
product: not_published
regimen: not_published
before_each_infusion: not_published
visits: not_published
events_of_special_interest: not_published
endpoints: not_published
roles: not_published
analysis_data:
  adsl: {arm: TRT01A}
analyses:
"""


def dataset(subjects: int, seed: int = 20200213) -> pl.DataFrame:
    """One row a subject: two arms, twenty numbers of 0 to 2 decimals, ten classes of 2 to 6 levels, 3 % of each missing."""
    chance = np.random.default_rng(seed)
    columns = {
        "USUBJID": pl.Series([f"BENCH-{number:07}" for number in range(1, subjects + 1)]),
        "TRT01A": pl.Series(np.where(chance.random(subjects) < 0.5, "MSC", "SOC")),
    }
    for place, name in enumerate(NUMBERS):
        values = np.round(chance.normal(50 + 3 * place, 8 + place / 3, subjects), _DECIMALS[place % 4])
        columns[name] = _with_missing(pl.Series(values), chance)
    for place, name in enumerate(CLASSES):
        levels = pl.Series([f"Level {number}" for number in range(2 + place % 5)])
        columns[name] = _with_missing(levels.gather(chance.integers(0, levels.len(), subjects)), chance)
    return pl.DataFrame(columns)


def _with_missing(values: pl.Series, chance: np.random.Generator) -> pl.Series:
    return values.scatter(np.nonzero(chance.random(values.len()) < _MISSING)[0], None)


def plan(*, tests: bool) -> str:
    """The planned Table 1; tests: with Welch's t, chi-square and standardised differences."""
    numbers = [f"show: [mean_sd, median_iqr, range]{', test: welch' if tests else ''}"] * len(NUMBERS)
    classes = [f"show: n_percent{', test: chi_square' if tests else ''}"] * len(CLASSES)
    rows = [f"      - {{variable: {name}, label: {name}, {how}}}" for name, how in zip(NUMBERS + CLASSES, numbers + classes, strict=True)]
    head = [
        "  - id: table1",
        "    kind: characteristics",
        "    number: Table 1",
        "    title: The subjects",
        "    data: adsl",
        "    by: arm",
    ]
    return "\n".join([*head, "    total: true", f"    standardised_differences: {str(tests).lower()}", "    rows:", *rows]) + "\n"


def generate(folder: Path, subjects: int, *, tests: bool = False) -> Path:
    """Write the study folder; returns the dataset's file."""
    for part in ("records", "analysis_data"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "protocol.yaml").write_text(_HEAD + plan(tests=tests), encoding="utf-8")
    # The record of so many subjects is another benchmark's: here is the first of them.
    (folder / "records" / "dm.csv").write_text("USUBJID,SUBJID,ARMCD\nBENCH-0000001,0000001,MSC\n", encoding="utf-8")
    file = folder / "analysis_data" / "adsl.parquet"
    if not file.exists():
        dataset(subjects).write_parquet(file)
    return file


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--subjects", type=int, default=1_000_000)
    given = parser.parse_args()
    generate(given.folder, given.subjects)
