"""FlowKit, an oracle that Cordside does not depend on, counts the synthetic MSC panel the same."""

import flowkit as fk
import numpy as np
import pytest

from cordside.exchange.fcs import read_fcs
from cordside.product.cytometry.columns import Dimension
from cordside.product.cytometry.gates import Box, Ellipsoid, Polygon, Side
from cordside.product.cytometry.transforms import Asinh, Hyperlog, Logicle
from cordside.product.cytometry.tree import GateTree, evaluate
from tests.support.tubes import DYES, a_tube

CELLS = ((45_000, 10_000), (262_143, 10_000), (250_000, 120_000), (150_000, 140_000), (45_000, 90_000))
SCALES = {
    "logicle": (Logicle(), fk.transforms.LogicleTransform(262144, 0.5, 4.5, 0)),
    "hyperlog": (Hyperlog(), fk.transforms.HyperlogTransform(262144, 0.5, 4.5, 0)),
    "asinh": (Asinh(262144, 4, 1), fk.transforms.AsinhTransform(262144, 4, 1)),
}
CORNERS = ((0.02, 0.05), (0.45, 0.1), (0.4, 0.5), (0.6, 0.75), (0.1, 0.6))


@pytest.fixture(scope="module")
def tube(tmp_path_factory):
    """A tube on disk."""
    path = tmp_path_factory.mktemp("tubes") / "tube.fcs"
    a_tube(path, 60_000, seed=4)
    return path


def strategy(path, scale):
    """A gating strategy of FlowKit with the file's matrix, and the sample."""
    sample = fk.Sample(path, sample_id="tube")
    found = fk.GatingStrategy()
    found.add_comp_matrix("spill", fk.Matrix(sample.metadata["spillover"], list(DYES)))
    found.add_transform("scale", scale)
    plain = [fk.Dimension(name, compensation_ref="uncompensated") for name in ("FSC-A", "SSC-A")]
    found.add_gate(fk.gates.PolygonGate("cells", plain, CELLS), ("root",))
    return found, sample


def dye(name, **bounds):
    return fk.Dimension(name, compensation_ref="spill", transformation_ref="scale", **bounds)


@pytest.mark.parametrize("name", SCALES)
def test_ranges_of_every_dye_hold_the_same_events(name, tube):
    ours, theirs = SCALES[name]
    found, sample = strategy(tube, theirs)
    for channel in DYES:
        found.add_gate(fk.gates.RectangleGate(channel, [dye(channel, range_min=0.3, range_max=0.9)]), ("root", "cells"))
    results = found.gate_sample(sample)
    sides = [Box(channel, "cells", (Side(Dimension(channel, "FCS", ours), 0.3, 0.9),)) for channel in DYES]
    tree = GateTree((Polygon("cells", None, Dimension("FSC-A"), Dimension("SSC-A"), CELLS), *sides))
    for gate, mask in evaluate(tree, read_fcs(tube).events).items():
        assert np.array_equal(mask, results.get_gate_membership(gate)), gate


@pytest.mark.parametrize("name", SCALES)
def test_polygons_and_ellipsoids_on_scales_hold_the_same_events(name, tube):
    ours, theirs = SCALES[name]
    found, sample = strategy(tube, theirs)
    covariance = [[0.02, 0.004], [0.004, 0.01]]
    found.add_gate(fk.gates.PolygonGate("P", [dye("FITC-A"), dye("PE-A")], CORNERS), ("root",))
    found.add_gate(fk.gates.EllipsoidGate("E", [dye("APC-A"), dye("PE-A")], [0.2, 0.6], covariance, 1.5), ("root",))
    results = found.gate_sample(sample)
    sides = {channel: Dimension(channel, "FCS", ours) for channel in DYES}
    gates = (
        Polygon("P", None, sides["FITC-A"], sides["PE-A"], CORNERS),
        Ellipsoid("E", None, (sides["APC-A"], sides["PE-A"]), (0.2, 0.6), tuple(map(tuple, covariance)), 1.5),
    )
    held = evaluate(GateTree(gates), read_fcs(tube).events)
    for gate, mask in held.items():
        assert mask.any() and np.array_equal(mask, results.get_gate_membership(gate)), gate
