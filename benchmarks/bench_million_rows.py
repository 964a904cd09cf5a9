"""A million laboratory rows read, checked, derived and cut, against polars reading the same CSV with the same types.

The record keeps every collected variable as text, so that polars reads text too; beside it stands polars reading the
numbers as numbers. generate_rows.py makes the study folder.

python benchmarks/bench_million_rows.py [--subjects 10000] [--times 3]
"""

import argparse
import contextlib
import io
import shutil
import sys
import tempfile
from pathlib import Path

import polars as pl
from generate_rows import generate
from measure import Cost, call, least, process, ratio

from cordside.cli.main import main

READ = "import sys, polars as pl; pl.read_csv(sys.argv[1], infer_schema=False)"
READ_TYPED = "import sys, polars as pl; pl.read_csv(sys.argv[1], schema_overrides={name: pl.Float64 for name in sys.argv[2:]})"
NUMBERS = ["LBORRES", "LBORNRLO", "LBORNRHI"]


def whole_cut(study: Path, out: Path) -> Cost:
    """`cordside cut` as a user starts it."""
    shutil.rmtree(out, ignore_errors=True)
    return process([sys.executable, "-m", "cordside", "cut", str(study), "--out", str(out)])


def cut_here(study: Path, out: Path) -> Cost:
    """The same in this process."""
    shutil.rmtree(out, ignore_errors=True)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return call(lambda: main(["cut", str(study), "--out", str(out)]))


def compare(folder: Path, subjects: int, times: int) -> None:
    """Make the study, and print both sides and their ratios."""
    study, out = folder / "study", folder / "cut"
    generate(study, subjects)
    laboratory = study / "records" / "lb.csv"
    rows = pl.scan_csv(laboratory, infer_schema=False).select(pl.len()).collect().item()
    print(f"{rows:,} laboratory rows, {laboratory.stat().st_size / 1e6:,.0f} MB (least of {times})")
    read = least(lambda: process([sys.executable, "-c", READ, str(laboratory)]), times)
    typed = least(lambda: process([sys.executable, "-c", READ_TYPED, str(laboratory), *NUMBERS]), times)
    ours = least(lambda: whole_cut(study, out), times)
    print(f"  polars reads texts, process   {read}")
    print(f"  polars reads numbers, process {typed}")
    print(f"  cordside cut, process         {ours}")
    print(f"  ratio to texts                {ratio(ours, read)}")
    print(f"  ratio to numbers              {ratio(ours, typed)}")
    here = least(lambda: call(lambda: pl.read_csv(laboratory, infer_schema=False)), times)
    cut = least(lambda: cut_here(study, out), times)
    print(f"  polars reads texts, here      {here}")
    print(f"  cordside cut, here            {cut}")
    print(f"  ratio to texts                {ratio(cut, here)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        compare(Path(place), given.subjects, given.times)
