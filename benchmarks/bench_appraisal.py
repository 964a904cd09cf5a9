"""An appraisal of a whole paper and a rebuild of its 31 patients, against importing numpy and scipy and reading the file.

All sides are whole processes. 300 draws stand beside one rebuild.

python benchmarks/bench_appraisal.py [--times 5]
"""

import argparse
import sys
import tempfile
from pathlib import Path

from measure import ROOT, Cost, least, process, ratio

PAPER = ROOT / "studies" / "taikang-2020" / "published.yaml"
READ = "import sys, numpy, scipy.special, scipy.stats, yaml; yaml.load(open(sys.argv[1], encoding='utf-8'), yaml.CBaseLoader)"


def rebuilt(folder: Path, *more: str) -> Cost:
    """One rebuild as a user starts it."""
    command = [sys.executable, "-m", "cordside", "rebuild", str(PAPER), "--seed", "1", "--out", str(folder), "--force", *more]
    return process(command)


def appraised() -> Cost:
    """One appraisal as a user starts it; exit status 1 says that a contradiction was found."""
    script = "import sys; from cordside.cli.main import main; sys.exit(0 if main(sys.argv[1:]) in (0, 1) else 2)"
    return process([sys.executable, "-c", script, "appraise", str(PAPER)])


def compare(folder: Path, times: int) -> None:
    """Print every side and the ratios."""
    print(f"{PAPER.parent.name} (least of {times})")
    plain = least(lambda: process([sys.executable, "-c", READ, str(PAPER)]), times)
    check, one = least(appraised, times), least(lambda: rebuilt(folder / "one"), times)
    draws = least(lambda: rebuilt(folder / "draws", "--draws", "300"), max(1, times // 2))
    print(f"  numpy, scipy and the file      {plain}")
    print(f"  cordside appraise              {check}")
    print(f"  ratio                          {ratio(check, plain)}")
    print(f"  cordside rebuild               {one}")
    print(f"  ratio                          {ratio(one, plain)}")
    print(f"  cordside rebuild --draws 300   {draws}")
    print(f"  ratio to one                   {ratio(draws, one)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    with tempfile.TemporaryDirectory() as place:
        compare(Path(place), parser.parse_args().times)
