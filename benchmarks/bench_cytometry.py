"""One tube of a million events × 12 channels: read, compensate 7 × 7, cells, singlets, live and six markers, against FlowKit.

Each side runs in a fresh process, which prints the counts and the seconds of the work without imports; the counts must agree. Then
importing `cordside.product` and the cytometry modules against importing polars and numpy.

python benchmarks/bench_cytometry.py [--events 1000000] [--times 5]
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from measure import ROOT, Cost, least, process, ratio

LIVE, MARKERS = "PerCP-Cy5-5-A", ("FITC-A", "PE-A", "PE-Cy7-A", "APC-A", "APC-Cy7-A", "PacBlue-A")
BOUND = 0.42
"""On the logicle scale: about 1,000."""
CELLS = [(45_000, 10_000), (262_143, 10_000), (262_143, 120_000), (150_000, 140_000), (45_000, 140_000)]
SINGLETS = [(40_000, 25_000), (262_143, 163_000), (262_143, 262_143), (40_000, 40_000)]
POLARS = [sys.executable, "-c", "import polars, numpy"]
PRODUCT = [sys.executable, "-c", "import cordside.product"]
CYTOMETRY = [sys.executable, "-c", "import cordside.exchange.fcs, cordside.product.reciperead, cordside.product.cytometry.tube"]


class Clock:
    """Wall and CPU seconds since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Wall and CPU seconds."""
        return time.perf_counter() - self._wall, time.process_time() - self._cpu


def generate(path: Path, events: int) -> None:
    """A synthetic tube whose spillover covers seven dyes."""
    sys.path.insert(0, str(ROOT))
    from tests.support import tubes  # noqa: PLC0415 - the processes that are measured do without it

    seven = list(tubes.DYES)[:7]
    matrix = tubes.spillover()[:7, :7]
    spill = ",".join(["7", *seven, *(f"{value:g}" for value in matrix.flatten())])
    tubes.a_tube(path, events, seed=20200213, **{"$SPILLOVER": spill})


def cordside(path: Path) -> dict[str, Any]:
    """Counts by Cordside."""
    from cordside.exchange.fcs import read_fcs  # noqa: PLC0415 - only one side is loaded in a process
    from cordside.product.cytometry.columns import Dimension  # noqa: PLC0415
    from cordside.product.cytometry.gates import Box, Polygon, Side  # noqa: PLC0415
    from cordside.product.cytometry.transforms import Logicle  # noqa: PLC0415
    from cordside.product.cytometry.tree import GateTree, evaluate  # noqa: PLC0415

    start, scale = Clock(), Logicle()
    gates = [
        Polygon("cells", None, Dimension("FSC-A"), Dimension("SSC-A"), tuple(CELLS)),
        Polygon("singlets", "cells", Dimension("FSC-A"), Dimension("FSC-H"), tuple(SINGLETS)),
        Box("live", "singlets", (Side(Dimension(LIVE, "FCS", scale), None, BOUND),)),
        *(Box(name, "live", (Side(Dimension(name, "FCS", scale), BOUND, None),)) for name in MARKERS),
    ]
    held = evaluate(GateTree(tuple(gates)), read_fcs(path).events)
    counts = {name: int(mask.sum()) for name, mask in held.items()}
    return {**counts, "seconds": start.read()}


def flowkit(path: Path) -> dict[str, Any]:
    """Counts by FlowKit."""
    import flowkit as fk  # noqa: PLC0415 - only one side is loaded in a process

    start = Clock()
    strategy, seven = fk.GatingStrategy(), [*MARKERS, LIVE]
    sample = fk.Sample(path, sample_id="tube", null_channel_list=["BV605-A"])
    strategy.add_comp_matrix("spill", fk.Matrix(sample.metadata["spillover"], seven))
    strategy.add_transform("logicle", fk.transforms.LogicleTransform(262144, 0.5, 4.5, 0))
    plain = [fk.Dimension(name, compensation_ref="uncompensated") for name in ("FSC-A", "SSC-A", "FSC-H")]
    live = fk.Dimension(LIVE, compensation_ref="spill", transformation_ref="logicle", range_max=BOUND)
    strategy.add_gate(fk.gates.PolygonGate("cells", plain[:2], CELLS), ("root",))
    strategy.add_gate(fk.gates.PolygonGate("singlets", [plain[0], plain[2]], SINGLETS), ("root", "cells"))
    strategy.add_gate(fk.gates.RectangleGate("live", [live]), ("root", "cells", "singlets"))
    for name in MARKERS:
        side = fk.Dimension(name, compensation_ref="spill", transformation_ref="logicle", range_min=BOUND)
        strategy.add_gate(fk.gates.RectangleGate(name, [side]), ("root", "cells", "singlets", "live"))
    found = strategy.gate_sample(sample)
    counts = {name: int(found.get_gate_count(name)) for name in ("cells", "singlets", "live", *MARKERS)}
    return {**counts, "seconds": start.read()}


def side(name: str, path: Path) -> list[str]:
    """The command of one side."""
    return [sys.executable, __file__, "--side", name, "--file", str(path)]


def work(name: str, path: Path, times: int) -> tuple[dict[str, int], Cost]:
    """Counts of a side, and the least cost of its work without imports."""
    answers = [json.loads(subprocess.run(side(name, path), check=True, stdout=subprocess.PIPE, text=True).stdout) for _ in range(times)]
    walls, cpus = zip(*(answer.pop("seconds") for answer in answers), strict=True)
    return answers[0], Cost(min(walls), min(cpus))


def compare(path: Path, times: int) -> None:
    """Print both sides and their ratios."""
    ours, theirs = work("cordside", path, times), work("flowkit", path, times)
    if ours[0] != theirs[0]:
        sys.exit(f"the counts differ: {ours[0]} and {theirs[0]}")
    print(f"  counts agree                  {ours[0]}")
    print(f"  FlowKit, without imports      {theirs[1]}")
    print(f"  Cordside, without imports     {ours[1]}")
    print(f"  FlowKit / Cordside            {theirs[1].wall / ours[1].wall:8.1f} × wall, {theirs[1].cpu / ours[1].cpu:.1f} × CPU")
    theirs_whole, ours_whole = (least(lambda name=name: process(side(name, path)), times) for name in ("flowkit", "cordside"))
    print(f"  FlowKit, process              {theirs_whole}")
    print(f"  Cordside, process             {ours_whole}")
    memory = _memory(ours_whole, theirs_whole)
    print(f"  FlowKit / Cordside            {theirs_whole.wall / ours_whole.wall:8.1f} × wall, with {memory:.2f} of its memory")


def _memory(ours: Cost, theirs: Cost) -> float:
    return (ours.peak_mb or 0) / (theirs.peak_mb or 1)


def imports(times: int) -> None:
    """Print what the imports cost."""
    plain = least(lambda: process(POLARS), times)
    print(f"  import polars, numpy          {plain}")
    for name, command in (("cordside.product", PRODUCT), ("cytometry and recipes", CYTOMETRY)):
        cost = least(lambda command=command: process(command), times)
        print(f"  import {name:22} {cost}")
        print(f"  ratio                         {ratio(cost, plain)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--side", choices=["cordside", "flowkit", "generate"], help="only count a file by one side, or make it")
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    if given.side == "generate":
        generate(given.file, given.events)
    elif given.side:
        print(json.dumps({"cordside": cordside, "flowkit": flowkit}[given.side](given.file)))
    else:
        with tempfile.TemporaryDirectory() as place:
            tube = Path(place) / "tube.fcs"
            # In a process of its own: the memory of this one would be counted in those it starts.
            subprocess.run([*side("generate", tube), "--events", str(given.events)], check=True)
            print(f"Cytometry: {given.events:,} events, {tube.stat().st_size / 1e6:.0f} MB (least of {given.times})")
            compare(tube, given.times)
            imports(given.times)
