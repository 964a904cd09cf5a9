"""analyse: result rows of every planned analysis, as Parquet, CSV or JSON."""

import argparse
import io

import polars as pl

from cordside.cli.analysing import all_results
from cordside.cli.engine import opened
from cordside.cli.output import step, write_files
from cordside.errors import CannotDo
from cordside.results import COLUMNS, Result, as_dict, to_csv, to_json

_KINDS = {"value": pl.Float64(), "n": pl.Int64(), "n_missing": pl.Int64(), "source": pl.List(pl.String)}


def run(given: argparse.Namespace) -> int:
    """Write the result rows; the file's ending says in which form."""
    suffix = given.out.suffix.lower()
    if suffix not in (".json", ".csv", ".parquet"):
        if given.out.is_dir():
            raise CannotDo(f"{given.out}: is a folder; name a file that ends in .json, .csv or .parquet.")
        raise CannotDo(f"{given.out}: ends in {given.out.suffix or 'nothing'}; write .json, .csv or .parquet.")
    with opened(given.study, given.engine) as record:
        step("analysing ...")
        rows = all_results(record)
        step("")
    write_files(given.out.parent, {given.out.name: _written(rows, suffix)}, given.force)
    failed = sum(bool(row.error) for row in rows)
    print(f"{record.study}: {given.out}: {len(rows)} result rows" + (f", {failed} without a number, with the reason" if failed else ""))
    return 0


def _written(rows: list[Result], suffix: str) -> str | bytes:
    if suffix == ".json":
        return to_json(rows)
    if suffix == ".csv":
        return to_csv(rows)
    frame = pl.DataFrame([as_dict(row) for row in rows], schema=[(name, _KINDS.get(name, pl.String())) for name in COLUMNS])
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()
