"""How the benchmarks measure: whole processes by what the system counts, and calls inside this process."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Cost:
    """Wall and CPU time in seconds, and the peak of resident memory in MB (None for calls in this process)."""

    wall: float
    cpu: float
    peak_mb: float | None = None

    def __str__(self) -> str:
        memory = f", peak {self.peak_mb:,.0f} MB" if self.peak_mb is not None else ""
        return f"{self.wall:8.3f} s wall, {self.cpu:8.3f} s CPU{memory}"


def process(command: list[str]) -> Cost:
    """What one whole process costs; it must succeed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    start = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as running:
        said = running.stderr.read()
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        sys.exit(f"{' '.join(command)} failed: {said.decode(errors='replace')}")
    # Linux counts ru_maxrss in kilobytes, macOS in bytes.
    return Cost(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3))


def call(function: Callable[[], object]) -> Cost:
    """What one call in this process costs."""
    wall, cpu = time.perf_counter(), time.process_time()
    function()
    return Cost(time.perf_counter() - wall, time.process_time() - cpu)


def least(measure: Callable[[], Cost], times: int) -> Cost:
    """The cheapest of several measurements: what else the machine does only adds to it."""
    found = [measure() for _ in range(times)]
    peaks = [cost.peak_mb for cost in found if cost.peak_mb is not None]
    return Cost(min(cost.wall for cost in found), min(cost.cpu for cost in found), max(peaks, default=None))


def ratio(ours: Cost, theirs: Cost) -> str:
    """One cost as a multiple of another."""
    return f"{ours.wall / theirs.wall:6.2f} × wall, {ours.cpu / theirs.cpu:6.2f} × CPU"
