"""A hundred million laboratory rows in a cut, analysed with DuckDB: how long, and how much memory.

A study of 10,000 subjects is cut as ever; then DuckDB writes its laboratory file a hundred times as long: ten samples a visit, a
hundred tests. Its digest is that of the short file, which nobody reads again.

python benchmarks/bench_hundred_million.py [--times 100] [--engine duckdb]
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
from generate_rows import generate
from measure import process

SAMPLES = 10
PLAN = Path(__file__).with_name("hundred_million_rows.yaml")


def lengthen(cut: Path, times: int) -> int:
    """Write the laboratory file of a cut so many times as long; returns its rows."""
    short, long = cut / "lb.parquet", cut / "long.parquet"
    query = f"""
        COPY (
            SELECT * REPLACE (
                CASE WHEN n < {SAMPLES} THEN LBTESTCD ELSE LBTESTCD || (n // {SAMPLES})::VARCHAR END AS LBTESTCD,
                CASE WHEN n % {SAMPLES} = 0 THEN LBBLFL END AS LBBLFL,
                LBSTRESN + (n % {SAMPLES}) AS LBSTRESN,
                _ROW * {times} + n AS _ROW
            )
            FROM read_parquet('{short}'), range({times}) AS copies(n)
        ) TO '{long}' (FORMAT parquet, COMPRESSION lz4)
    """
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("SET memory_limit = '4GB'")
        connection.execute(query)
        rows = connection.execute(f"SELECT count(*) FROM read_parquet('{long}')").fetchone()
    shutil.move(long, short)
    manifest = json.loads((cut / "manifest.json").read_text())
    manifest["domains"]["LB"]["rows"] = rows[0]
    (cut / "manifest.json").write_text(json.dumps(manifest))
    return int(rows[0])


def run(folder: Path, times: int, engine: str) -> None:
    """Make the cut and analyse it."""
    study, cut = folder / "study", folder / "cut"
    generate(study, 10_000)
    with (study / "protocol.yaml").open("a", encoding="utf-8") as protocol:
        protocol.write(PLAN.read_text(encoding="utf-8"))
    subprocess.run([sys.executable, "-m", "cordside", "cut", str(study), "--out", str(cut)], check=True, capture_output=True)
    rows = lengthen(cut, times)
    size = (cut / "lb.parquet").stat().st_size / 1e9
    print(f"{rows:,} laboratory rows, {size:.1f} GB of Parquet, engine {engine}", flush=True)
    command = [sys.executable, "-m", "cordside", "analyse", str(cut), "--engine", engine, "--out", str(folder / "rows.json")]
    print(f"  cordside analyse {process(command)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--engine", choices=["polars", "duckdb", "spark"], default="duckdb")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        run(Path(place), given.times, given.engine)
