"""Table 1 of a million subjects, thirty variables and two groups: Cordside, tableone, and the same written directly in polars.

Each reads the Parquet file and makes its table in a process of its own; the times are those of the table alone, the peak is the
process's. tableone takes minutes: --rows makes it shorter.

python benchmarks/bench_table1.py [--rows 1000000] [--times 3]
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import polars as pl
from generate_subjects import CLASSES, NUMBERS, generate

ARM = "TRT01A"


def direct(frame: pl.DataFrame) -> None:
    """The same summary in polars: n, mean, SD, quartiles and range of numbers, counts of classes, by arm and in total."""
    lazy = frame.lazy()
    summaries = [made for name in NUMBERS for made in _of_number(name)]
    tables = [lazy.group_by(ARM).agg(summaries), lazy.select(summaries)]
    tables += [lazy.group_by(*keys).len() for name in CLASSES for keys in ((ARM, name), (name,))]
    pl.collect_all(tables)


def _of_number(name: str) -> list[pl.Expr]:
    column = pl.col(name)
    made = {"n": column.count(), "mean": column.mean(), "sd": column.std(), "min": column.min(), "max": column.max()}
    made |= {f"q{share}": column.quantile(share, "linear") for share in (0.25, 0.5, 0.75)}
    return [expression.alias(f"{name}_{what}") for what, expression in made.items()]


def in_polars(study: Path) -> Callable[[], object]:
    """Directly in polars."""
    frame = pl.read_parquet(study / "analysis_data" / "adsl.parquet")
    return lambda: direct(frame)


def in_cordside(study: Path) -> Callable[[], object]:
    """The planned item of a record."""
    from cordside.analysis.subjects.characteristics import summarise  # noqa: PLC0415 - each side loads only its own
    from cordside.record.cut import open_study  # noqa: PLC0415

    record = open_study(study)
    return lambda: summarise(record, record.protocol.analyses[0])


def in_tableone(study: Path, *, tests: bool) -> Callable[[], object]:
    """PyPI tableone."""
    from tableone import TableOne  # noqa: PLC0415

    warnings.simplefilter("ignore")
    frame = pl.read_parquet(study / "analysis_data" / "adsl.parquet").to_pandas()
    columns, half = [*NUMBERS, *CLASSES], NUMBERS[10:]
    return lambda: TableOne(frame, columns, [*CLASSES], groupby=ARM, nonnormal=[*half], pval=tests, smd=tests)


SIDES = {
    "polars": in_polars,
    "cordside": in_cordside,
    "tableone": lambda study: in_tableone(study, tests=False),
    "tableone-tests": lambda study: in_tableone(study, tests=True),
}


def one(side: str, study: Path, times: int) -> None:
    """Make the table so many times in this process, and print the least time and the peak as JSON."""
    make, taken = SIDES[side](study), []
    for _ in range(times):
        start = time.perf_counter()
        make()
        taken.append(time.perf_counter() - start)
    print(json.dumps({"wall": min(taken), "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3}))


def measured(side: str, study: Path, times: int) -> float:
    """The same in a process of its own; prints it, returns seconds."""
    command = [sys.executable, __file__, "--side", side, "--study", str(study), "--times", str(times)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(f"  {side:16}{found['wall']:9.3f} s, peak {found['peak_mb']:,.0f} MB")
    return float(found["wall"])


def compare(folder: Path, rows: int, times: int) -> None:
    """Make both studies, and print every side and the ratios."""
    plain, tested = folder / "plain", folder / "tested"
    file = generate(plain, rows)
    (tested / "analysis_data").mkdir(parents=True)
    (tested / "analysis_data" / file.name).symlink_to(file)
    generate(tested, rows, tests=True)
    print(f"{rows:,} subjects, 30 variables, two groups and total (least of {times}; tableone once)")
    in_one, ours, theirs = (measured(side, plain, many) for side, many in (("polars", times), ("cordside", times), ("tableone", 1)))
    print(f"  cordside / polars {ours / in_one:.2f}, tableone / cordside {theirs / ours:.0f}")
    print("with tests and standardised differences")
    ours, theirs = measured("cordside", tested, times), measured("tableone-tests", tested, 1)
    print(f"  tableone / cordside {theirs / ours:.0f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--side", choices=SIDES)
    parser.add_argument("--study", type=Path)
    given = parser.parse_args()
    if given.side:
        one(given.side, given.study, given.times)
    else:
        with tempfile.TemporaryDirectory() as place:
            compare(Path(place), given.rows, given.times)
