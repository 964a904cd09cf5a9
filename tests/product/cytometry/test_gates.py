"""Gates hold their edges as Gating-ML says, look only at their parent's events, and give the same answer however it is computed."""

import numpy as np
import pytest
from flowutils.gating import points_in_polygon

from cordside.errors import CannotDo
from cordside.product.cytometry import blocks
from cordside.product.cytometry.columns import Dimension, Ratio
from cordside.product.cytometry.compensation import Spillover
from cordside.product.cytometry.events import Channel, Events
from cordside.product.cytometry.gates import Boolean, Box, Ellipsoid, Operand, Polygon, Side
from cordside.product.cytometry.polygon import within
from cordside.product.cytometry.transforms import Log, Logicle
from cordside.product.cytometry.tree import GateTree, evaluate, values_of

A, B = Dimension("A"), Dimension("B")


def tube(table, *names, spill=None):
    names = names or ("A", "B", "C")[: len(table[0])]
    channels = tuple(Channel(number, name) for number, name in enumerate(names, 1))
    return Events(channels, np.array(table, dtype=float), spill)


def held(gates, events, **matrices):
    return {name: mask.tolist() for name, mask in evaluate(GateTree(tuple(gates), matrices), events).items()}


def test_a_range_is_closed_below_and_open_above():
    assert held([Box("R", None, (Side(A, 1, 2),))], tube([[0.9], [1], [1.9], [2], [np.nan]]))["R"] == [False, True, True, False, False]


def test_a_range_without_end_holds_all_on_its_side_but_no_number_is_on_none():
    events = tube([[-np.inf], [0], [np.inf], [np.nan]])
    gates = [Box("above", None, (Side(A, 0, None),)), Box("below", None, (Side(A, None, 0),))]
    assert held(gates, events) == {"above": [False, True, True, False], "below": [True, False, False, False]}


def test_a_logarithm_has_no_place_below_zero():
    below = Box("R", None, (Side(Dimension("A", scale=Log(10_000, 4)), None, 0.5),))
    assert held([below], tube([[-5], [0], [1], [1_000]]))["R"] == [False, True, True, False]


def test_only_events_of_the_parent_are_held():
    gates = [Box("P", None, (Side(A, 1, None),)), Box("C", "P", (Side(B, None, 1),)), Boolean("N", "P", "not", (Operand("C"),))]
    assert held(gates, tube([[0, 0], [1, 0], [1, 5]])) == {
        "P": [False, True, True],
        "C": [False, True, False],
        "N": [False, False, True],
    }


def test_boolean_gates_combine_gates_and_complements():
    gates = [
        Boolean("and", None, "and", (Operand("X"), Operand("Y", complement=True))),
        Boolean("or", None, "or", (Operand("X"), Operand("Y"))),
        Box("X", None, (Side(A, 1, None),)),
        Box("Y", None, (Side(B, 1, None),)),
    ]
    found = held(gates, tube([[0, 0], [0, 1], [1, 0], [1, 1]]))
    assert (found["and"], found["or"]) == ([False, False, True, False], [False, True, True, True])


def test_a_polygon_that_crosses_itself_leaves_out_what_it_encloses_twice():
    star = tuple((np.sin(turn * 4 * np.pi / 5), np.cos(turn * 4 * np.pi / 5)) for turn in range(5))
    assert held([Polygon("S", None, A, B, star)], tube([[0, 0], [0, 0.8], [2, 2]]))["S"] == [False, True, False]


@pytest.mark.parametrize("seed", range(40))
def test_polygons_are_those_of_flowutils_also_on_their_edges(seed):
    chance = np.random.default_rng(seed)
    size = int(chance.integers(3, 9))
    corners = chance.integers(0, 8, (size, 2)).astype(float) if seed % 2 else chance.normal(0, 1, (size, 2))
    points = chance.integers(-1, 9, (3_000, 2)).astype(float) if seed % 2 else chance.normal(0, 1.2, (3_000, 2))
    found = within([(x, y) for x, y in corners], points[:, 0], points[:, 1])
    assert np.array_equal(found, points_in_polygon(corners, points))


def test_a_polygon_on_a_slow_scale_is_exact_though_it_uses_a_table():
    chance, scale = np.random.default_rng(9), Logicle()
    table = np.column_stack([chance.lognormal(6, 2, 60_000), chance.normal(0, 800, 60_000)])
    places = scale.apply(table[:, 0]), scale.apply(table[:, 1])
    # Corners on events, so that many of them lie on an edge to the last digit.
    corners = tuple((float(places[0][at]), float(places[1][at])) for at in (3, 77, 1_234, 9_876, 31_000))
    dimensions = Dimension("A", scale=scale), Dimension("B", scale=scale)
    found = evaluate(GateTree((Polygon("P", None, *dimensions, corners),)), tube(table))["P"]
    assert np.array_equal(found, within(corners, *places))


def test_an_ellipse_holds_its_edge():
    gate = Ellipsoid("E", None, (A, B), (1.0, 1.0), ((4.0, 0.0), (0.0, 1.0)), 1.0)
    assert held([gate], tube([[3, 1], [3.01, 1], [1, 2], [1, 2.01], [2, 1.5]]))["E"] == [True, False, True, False, True]


def test_a_ratio_is_a_dimension_of_its_own():
    side = Side(Dimension(Ratio("A", "B", 2.0, 1.0, 0.0)), 3, None)
    assert held([Box("R", None, (side,))], tube([[4, 2], [3, 2], [1, 0], [5, 0]]))["R"] == [True, False, False, True]


SPILL = Spillover(("FITC", "PE"), ("A", "B"), ((1.0, 0.5), (0.1, 1.0)))


def test_compensation_is_none_the_file_s_or_a_matrix():
    events = tube([[10.0, 6.0]], spill=SPILL)
    tree = GateTree((), {"M": SPILL})
    read = [values_of(tree, events, Dimension(name, how)).tolist()[0] for name, how in (("B", "uncompensated"), ("B", "FCS"), ("PE", "M"))]
    assert read == pytest.approx([6.0, (6 - 5) / 0.95, (6 - 5) / 0.95])
    assert values_of(tree, tube([[10.0, 6.0]]), Dimension("B", "FCS")).tolist() == [6.0]


def test_a_channel_outside_the_matrix_stays_as_it_is():
    events = tube([[10.0, 6.0, 3.0]], spill=SPILL)
    assert values_of(GateTree(()), events, Dimension("C", "FCS")).tolist() == [3.0]


def test_a_bound_on_a_dye_is_judged_by_the_exact_sum_in_every_event():
    size = 8
    chance, names = np.random.default_rng(10), tuple(f"D{at}" for at in range(size))
    spill = Spillover(names, names, tuple(map(tuple, np.eye(size) + chance.uniform(0, 0.3, (size, size)))))
    events = tube(chance.integers(0, 1_024, (50_000, size)), *names, spill=spill)
    dimension = Dimension("D3", "FCS")
    exact = values_of(GateTree(()), events, dimension)
    for bound in (float(exact[17]), float(exact[4_711]), float(np.median(exact))):
        gates = Box("R", None, (Side(dimension, bound, None),)), Box("L", None, (Side(dimension, None, bound),))
        found = evaluate(GateTree(gates), events)
        assert np.array_equal(found["R"], exact >= bound) and np.array_equal(found["L"], exact < bound)


def test_a_number_that_is_none_spoils_only_its_own_event():
    events = tube([[np.nan, 1.0], [np.inf, 1.0], [10.0, 6.0]], spill=SPILL)
    both = [Box("R", None, (Side(Dimension("B", "FCS"), 0, None),)), Box("L", None, (Side(Dimension("B", "FCS"), None, 0),))]
    assert held(both, events) == {"R": [False, False, True], "L": [False, True, False]}


@pytest.mark.parametrize("size", [1, 7, 100])
def test_the_size_of_a_block_changes_nothing(size, monkeypatch):
    chance = np.random.default_rng(11)
    events = tube(chance.normal(5, 3, (250, 2)), spill=SPILL)
    gates = [Box("P", None, (Side(Dimension("A", "FCS"), 4, None),)), Polygon("C", "P", A, B, ((0, 0), (9, 1), (8, 9)))]
    whole = held(gates, events)
    monkeypatch.setattr(blocks, "BLOCK", size)
    assert held(gates, events) == whole


@pytest.mark.parametrize(
    ("gates", "said"),
    [
        ([Box("R", None, (Side(Dimension("Z"), 1, None),))], "R: Z: no channel has this name; the channels are A, B"),
        ([Box("R", None, (Side(Dimension("A", "M"), 1, None),))], "R: M: no compensation has this name"),
    ],
)
def test_what_a_tube_lacks_is_named(gates, said):
    with pytest.raises(CannotDo, match=said):
        held(gates, tube([[1.0, 2.0]]))
