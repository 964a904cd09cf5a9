"""Gates of Gating-ML 2.0 hold the events that the standard's own compliance set says, event by event; what is not Gating-ML is refused."""

from pathlib import Path

import numpy as np
import pytest

from cordside.errors import CannotDo
from cordside.exchange.fcs import read_fcs
from cordside.exchange.gatingml import parse_gatingml, read_gatingml
from cordside.product.cytometry.gates import Box
from cordside.product.cytometry.transforms import Bounded
from cordside.product.cytometry.tree import evaluate

OTHER_NAMES = {"ParRectangle1": "ParQuadRect"}
"""Gates that their truth file calls otherwise."""
WITHOUT_TRUTH = {"myEllipse2"}


def truth_of(compliance, gate):
    return np.loadtxt(compliance / "truth" / f"Results_{OTHER_NAMES.get(gate, gate)}.txt", dtype=int).astype(bool)


def held_by(compliance, name):
    return evaluate(read_gatingml(compliance / "gml" / name), read_fcs(compliance / "data1.fcs").events)


def test_all_gates_of_the_whole_set_agree_in_every_event(compliance: Path):
    held = held_by(compliance, "gml_all_gates.xml")
    assert len(held) == 49
    assert {gate: int((mask != truth_of(compliance, gate)).sum()) for gate, mask in held.items()} == dict.fromkeys(held, 0)


def test_all_truth_files_are_met_by_the_files_of_single_gates(compliance: Path):
    met = set()
    for path in sorted((compliance / "gml").glob("*.xml")):
        if path.name in ("gml_all_gates.xml", "gml_range_gate_attr_testing.xml"):
            continue
        for gate, mask in held_by(compliance, path.name).items():
            if gate not in WITHOUT_TRUTH:
                assert np.array_equal(mask, truth_of(compliance, gate)), (path.name, gate)
                met.add(OTHER_NAMES.get(gate, gate))
    wanted = {path.stem.removeprefix("Results_") for path in (compliance / "truth").glob("*.txt")}
    assert len(wanted) == 51 and wanted - met <= {"RatRange1a"} | _only_in_whole(compliance)


def _only_in_whole(compliance):
    """Gates for which the set has no file of their own."""
    singles = [path for path in (compliance / "gml").glob("*.xml") if path.name != "gml_all_gates.xml"]
    texts = " ".join(path.read_text(encoding="utf-8") for path in singles)
    whole = {gate.id for gate in read_gatingml(compliance / "gml" / "gml_all_gates.xml").gates}
    return {gate for gate in whole if f'"{gate}"' not in texts}


def test_a_gate_inside_a_foreign_element_is_refused(compliance: Path):
    with pytest.raises(CannotDo, match="gml_range_gate_attr_testing.xml:7: <sample>"):
        read_gatingml(compliance / "gml" / "gml_range_gate_attr_testing.xml")


HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gating:Gating-ML xmlns:gating="http://www.isac-net.org/std/Gating-ML/v2.0/gating"
 xmlns:transforms="http://www.isac-net.org/std/Gating-ML/v2.0/transformations"
 xmlns:data-type="http://www.isac-net.org/std/Gating-ML/v2.0/datatypes">
"""
RANGE = """<gating:RectangleGate gating:id="{id}"{more}>
<gating:dimension gating:compensation-ref="uncompensated" {bounds}><data-type:fcs-dimension data-type:name="A"/></gating:dimension>
</gating:RectangleGate>
"""


def a_range(name="R", bounds='gating:min="1"', more=""):
    return RANGE.format(id=name, bounds=bounds, more=more)


def parsed(*parts):
    return parse_gatingml((HEAD + "".join(parts) + "</gating:Gating-ML>").encode(), "gates.xml")


def test_a_gate_of_our_own_is_read():
    gate = parsed(a_range(bounds='gating:min="1" gating:max="2.5"')).gate("R")
    assert isinstance(gate, Box) and (gate.sides[0].low, gate.sides[0].high) == (1, 2.5)


def test_bounds_of_a_scale_are_kept():
    scale = '<transforms:transformation transforms:id="S" transforms:boundMin="0.1"><transforms:flin transforms:T="10" transforms:A="0"/>'
    gate = parsed(scale, "</transforms:transformation>", a_range(bounds='gating:transformation-ref="S" gating:min="0.5"')).gate("R")
    scale = gate.dimensions[0].scale
    assert isinstance(scale, Bounded) and scale.apply(np.array([-5.0, 5.0])).tolist() == [0.1, 0.5]


BROKEN = {
    "no bound": (a_range(bounds=""), "neither min nor max"),
    "no number": (a_range(bounds='gating:min="one"'), "min is 'one'"),
    "not finite": (a_range(bounds='gating:min="inf"'), "min is 'inf'"),
    "unknown scale": (a_range(bounds='gating:min="1" gating:transformation-ref="S"'), "transformation-ref is S"),
    "unknown matrix": (a_range().replace("uncompensated", "M"), "compensation-ref is M"),
    "no id": (a_range(name=""), "id is missing"),
    "twice": (a_range() + a_range(), "R: two gates have this id"),
    "no parent": (a_range(more=' gating:parent_id="P"'), "R: refers to P"),
    "circle": (a_range("A", more=' gating:parent_id="B"') + a_range("B", more=' gating:parent_id="A"'), "waits for the next"),
    "nothing": ("", "no gate is in it"),
    "foreign": ("<sample/>" + a_range(), "<sample>"),
    "no dimension": ('<gating:RectangleGate gating:id="R"/>', "0 dimensions"),
    "one side": (a_range().replace("Rectangle", "Polygon"), "1 dimensions"),
    "empty and": ('<gating:BooleanGate gating:id="B"><gating:and/></gating:BooleanGate>', "0 gates"),
    "no operation": ('<gating:BooleanGate gating:id="B"/>', "0 operations"),
    "empty scale": ('<transforms:transformation transforms:id="S"/>' + a_range(), "holds nothing"),
    "scale that falls": (
        '<transforms:transformation transforms:id="S"><transforms:flog transforms:T="-1" transforms:M="4"/></transforms:transformation>',
        "outside its limits",
    ),
    "matrix without rows": ('<transforms:spectrumMatrix transforms:id="M"/>' + a_range(), "is not 0 × 0"),
}


@pytest.mark.parametrize(("what", "said"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_said_with_file_and_line(what, said):
    with pytest.raises(CannotDo, match=said) as refused:
        parsed(what)
    assert str(refused.value).startswith("gates.xml:")


def test_other_roots_and_versions_are_refused():
    with pytest.raises(CannotDo, match="not the root of Gating-ML 2.0"):
        parse_gatingml(HEAD.replace("v2.0", "v1.5").encode() + b"</gating:Gating-ML>", "gates.xml")


def test_a_document_type_is_refused_before_any_entity_is_expanded():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(CannotDo, match="gates.xml:1: a document type"):
        parse_gatingml(f"{bomb}<x>&b;</x>".encode(), "gates.xml")


def test_what_is_no_xml_is_refused_with_its_line():
    with pytest.raises(CannotDo, match="gates.xml:2: "):
        parse_gatingml(b"<x>\n<y></x>", "gates.xml")


def test_endless_nesting_is_refused():
    with pytest.raises(CannotDo, match="nested more than"):
        parse_gatingml(b"<x>" * 500 + b"</x>" * 500, "gates.xml")
