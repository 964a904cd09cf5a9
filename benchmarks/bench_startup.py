"""`cordside --help` against `python -c pass`, both as whole processes: the median and the least of many runs.

python benchmarks/bench_startup.py [--times 40]
"""

import argparse
import statistics
import sys

from measure import Cost, process

PLAIN = [sys.executable, "-c", "pass"]
HELP = [sys.executable, "-m", "cordside", "--help"]


def main() -> None:
    """Measure in turn, so that what else the machine does meets both alike."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=40)
    times = parser.parse_args().times
    costs: dict[str, list[Cost]] = {"python -c pass": [], "cordside --help": []}
    for _ in range(times):
        for found, command in zip(costs.values(), (PLAIN, HELP), strict=True):
            found.append(process(command))
    walls = {name: [cost.wall for cost in found] for name, found in costs.items()}
    print(f"Start ({times} runs each)")
    for name, found in walls.items():
        print(f"  {name:16} median {statistics.median(found) * 1000:6.1f} ms, least {min(found) * 1000:6.1f} ms")
    plain, ours = walls.values()
    print(f"  ratio            median {statistics.median(ours) / statistics.median(plain):6.2f} ×,  least {min(ours) / min(plain):6.2f} ×")


if __name__ == "__main__":
    main()
