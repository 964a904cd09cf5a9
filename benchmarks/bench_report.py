"""The five-patient report against importing polars and matplotlib and drawing its figures alone.

The plain side is a process that imports the two packages, and the time that drawing the figures takes in a process where
everything else is loaded already and nothing was drawn before.

python benchmarks/bench_report.py [--study renmin-2020] [--times 7]
"""

import argparse
import contextlib
import io
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import Cost, call, least, process, ratio

from cordside.cli.main import main
from cordside.cli.making import made_report
from cordside.cli.study import sound_record
from cordside.report.drawfigures import draw_figures, draw_flow

IMPORTS = [sys.executable, "-c", "import polars, matplotlib.figure, matplotlib.backends.backend_svg"]


def drawing(study: str) -> Cost:
    """Drawing all figures once."""
    with contextlib.redirect_stderr(io.StringIO()):
        report = made_report(sound_record(study))
    return call(lambda: (draw_figures(report.results, report.protocol, report.images), draw_flow(report.results, report.protocol)))


def drawing_at_first(study: str) -> Cost:
    """Drawing all figures once in a fresh process, which prints what it cost."""
    command = [sys.executable, __file__, "--study", study, "--draw"]
    wall, cpu = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    return Cost(float(wall), float(cpu))


def whole(study: str) -> Cost:
    """`cordside report` as a user starts it."""
    with tempfile.TemporaryDirectory() as folder:
        return process([sys.executable, "-m", "cordside", "report", study, "--out", str(Path(folder) / "out"), "--format", "html"])


def compare(study: str, times: int) -> None:
    """Print both sides and their ratio: as whole processes, and again in a process that has done it before."""
    from_start, at_first = least(lambda: process(IMPORTS), times), least(lambda: drawing_at_first(study), times)
    plain = Cost(from_start.wall + at_first.wall, from_start.cpu + at_first.cpu)
    ours = least(lambda: whole(study), times)
    print(f"Report of {study} (least of {times})")
    print(f"  imports and figures, process  {plain}")
    print(f"  cordside report, process      {ours}")
    print(f"  ratio                         {ratio(ours, plain)}")
    with tempfile.TemporaryDirectory() as folder:
        again = least(lambda: call(lambda: run(study, Path(folder))), times)
    drawn = least(lambda: drawing(study), times)
    print(f"  figures again, in-process     {drawn}")
    print(f"  report again, in-process      {again}")
    print(f"  ratio                         {ratio(again, drawn)}")


def run(study: str, folder: Path) -> None:
    """The report once more in this process."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        main(["report", study, "--out", str(folder), "--format", "html", "--force"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--study", default="renmin-2020")
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--draw", action="store_true", help="only draw the figures, and print wall and CPU seconds")
    given = parser.parse_args()
    if given.draw:
        cost = drawing(given.study)
        print(cost.wall, cost.cpu)
    else:
        compare(given.study, given.times)
