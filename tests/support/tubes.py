"""Synthetic tubes of an MSC panel with known truth, written as FCS: events of known kinds, spillover, and an isotype control.

a_tube(folder / "tube.fcs", cells=20_000) writes the file and returns what each event is.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cordside.exchange.fcswrite import fcs_bytes

SCATTER = ("FSC-A", "FSC-H", "SSC-A")
DYES = {
    "FITC-A": "CD73",
    "PE-A": "CD90",
    "PE-Cy7-A": "CD105",
    "APC-A": "CD45",
    "APC-Cy7-A": "CD34",
    "PacBlue-A": "HLA-DR",
    "PerCP-Cy5-5-A": "7-AAD",
    "BV605-A": "Annexin V",
}
CHANNELS = (*SCATTER, *DYES, "Time")
POSITIVE = {"CD73": 0.98, "CD90": 0.97, "CD105": 0.96, "CD45": 0.01, "CD34": 0.005, "HLA-DR": 0.015}
"""Share of live cells that bear each marker."""


@dataclass(frozen=True)
class Truth:
    """What each event of a tube is, and how many."""

    kind: NDArray[np.str_]
    positive: dict[str, NDArray[np.bool_]]
    spill: NDArray[np.float64]

    def count(self, kind: str) -> int:
        """Events of a kind: live, early, dead, doublet, debris."""
        return int((self.kind == kind).sum())


def spillover(size: int = len(DYES)) -> NDArray[np.float64]:
    """A spillover matrix with the strongest spill into the neighbours."""
    steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
    matrix = np.where(steps == 0, 1.0, np.where(steps == 1, 0.12, np.where(steps == 2, 0.03, 0.004)))
    return np.round(matrix + np.triu(matrix, 1) * 0.25, 4)


def events(total: int, seed: int, *, stained: bool = True) -> tuple[NDArray[np.float32], Truth]:
    """Events × channels of a tube: 70 % live cells, the rest early apoptotic, dead, doublets and debris.

    stained False: an isotype control, in which no marker shines.
    """
    chance = np.random.default_rng(seed)
    kind = chance.choice(np.array(["live", "early", "dead", "doublet", "debris"]), total, p=[0.70, 0.06, 0.06, 0.06, 0.12])
    area = chance.normal(110_000, 14_000, total).clip(60_000, 180_000)
    side = chance.normal(60_000, 11_000, total).clip(20_000, 120_000)
    height = area * chance.normal(0.80, 0.02, total)
    for values, low, high in ((area, 3_000, 25_000), (side, 2_000, 18_000)):
        values[kind == "debris"] = chance.uniform(low, high, total)[kind == "debris"]
    height = np.where(kind == "debris", area * 0.8, height)
    area = np.where(kind == "doublet", area * 1.9, area)
    positive = {}
    light = np.empty((total, len(DYES)))
    for at, name in enumerate(DYES.values()):
        bright = chance.lognormal(np.log(18_000), 0.35, total)
        dim = chance.normal(0, 90, total)
        if name in POSITIVE:
            positive[name] = (chance.random(total) < POSITIVE[name]) & (kind != "debris")
            light[:, at] = np.where(positive[name] & stained, bright, dim)
        else:
            positive[name] = (kind == "dead") | ((kind == "early") & (name == "Annexin V"))
            light[:, at] = np.where(positive[name], bright, dim)
    matrix = spillover()
    measured = light @ matrix + chance.normal(0, 15, light.shape)
    time = np.sort(chance.uniform(0, 100, total))
    return np.column_stack([area, height, side, measured, time]).astype(np.float32), Truth(kind, positive, matrix)


def keywords(total: int, **more: str) -> dict[str, str]:
    """The keywords of such a tube of little-endian floats."""
    spill = spillover()
    words = {
        "$PAR": str(len(CHANNELS)),
        "$TOT": str(total),
        "$DATATYPE": "F",
        "$BYTEORD": "1,2,3,4",
        "$MODE": "L",
        "$CYT": "Synthetic",
        "$SPILLOVER": ",".join([str(len(DYES)), *DYES, *(f"{value:g}" for value in spill.flatten())]),
    }
    for number, name in enumerate(CHANNELS, 1):
        own = {"B": "32", "E": "0,0", "N": name, "R": "262144", "S": DYES.get(name, "")}
        words |= {f"$P{number}{key}": value for key, value in own.items()}
    return words | more


def a_tube(path: Path, total: int = 20_000, seed: int = 1, *, stained: bool = True, version: str = "3.1", **more: str) -> Truth:
    """Write a tube; more: keywords to add or change, such as {"$OP": "a name"}."""
    table, truth = events(total, seed, stained=stained)
    path.write_bytes(fcs_bytes(keywords(total, **more), table.astype("<f4").tobytes(), version))
    return truth


RECIPE = """\
format: 1
name: MSC identity and viability
version: "1.0"
compensation: file
gates:
  - id: cells
    polygon:
      x: FSC-A
      y: SSC-A
      points: [[45000, 10000], [262143, 10000], [262143, 140000], [45000, 140000]]
  - id: singlets
    parent: cells
    quotient: {of: FSC-A, by: FSC-H, low: 1.0, high: 1.6}
  - id: live
    parent: singlets
    negative: [7-AAD]
thresholds:
  7-AAD: {fixed: 1500}
  Annexin V: {fixed: 1500}
  CD73: {control: isotype, percentile: 99}
  CD90: {control: isotype, percentile: 99}
  CD105: {control: isotype, percentile: 99}
  CD45: {control: isotype, percentile: 99.5}
  CD34: {control: isotype, percentile: 99.5}
  HLA-DR: {fixed: 1000}
markers:
  parent: live
  names: [CD73, CD90, CD105, CD45, CD34, HLA-DR]
viability: {parent: singlets, dye: 7-AAD, annexin: Annexin V}
panel:
  - {marker: CD73, operator: ">=", limit: 95}
  - {marker: CD90, operator: ">=", limit: 95}
  - {marker: CD105, operator: ">=", limit: 95}
  - {marker: CD45, operator: "<=", limit: 2}
  - {marker: CD34, operator: "<=", limit: 2}
  - {marker: HLA-DR, operator: "<=", limit: 2, blocking: false}
"""
"""A recipe for such tubes, which needs an isotype control."""
