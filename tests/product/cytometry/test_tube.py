"""A synthetic MSC panel is counted as it was made, and the same bytes give the same numbers."""

import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from cordside.errors import CannotDo
from cordside.exchange.fcs import read_fcs
from cordside.product.cytometry.method import Method, missing_channels, missing_controls, unknown_controls
from cordside.product.cytometry.tree import evaluate, values_of
from cordside.product.cytometry.tube import ALL, count
from cordside.product.reciperead import parse_recipe
from tests.support.tubes import POSITIVE, RECIPE, a_tube

TOTAL = 40_000


@pytest.fixture(scope="module")
def tubes(tmp_path_factory):
    """The tube's events, its truth, and the events of an isotype control."""
    folder = tmp_path_factory.mktemp("tubes")
    truth = a_tube(folder / "tube.fcs", TOTAL)
    a_tube(folder / "isotype.fcs", 15_000, seed=2, stained=False)
    return read_fcs(folder / "tube.fcs").events, truth, read_fcs(folder / "isotype.fcs").events


def counted(tubes, recipe=RECIPE, **controls):
    events, _, isotype = tubes
    method = Method(parse_recipe(recipe)[0], controls or {"isotype": isotype})
    return method, count(method, events)


def without_controls(recipe):
    """The recipe with fixed thresholds in place of percentiles."""
    return re.sub(r"control: isotype, percentile: [0-9.]+", "fixed: 1000", recipe)


def test_gates_find_the_cells_that_were_made(tubes):
    _, truth, _ = tubes
    held = counted(tubes)[1].held
    # Doublets and debris were made beyond the gates, but for the tails of their distributions.
    assert not (held["cells"] & (truth.kind == "debris")).any()
    assert not (held["singlets"] & (truth.kind == "doublet")).any()
    assert np.array_equal(held["live"], np.isin(truth.kind, ["live", "early"]) & held["singlets"])
    assert (held["live"] & (truth.kind == "live")).sum() >= 0.999 * truth.count("live")


def test_viability_by_7aad_and_by_annexin_v_are_two_tests(tubes):
    _, truth, _ = tubes
    _, tube = counted(tubes)
    singlets = tube.held["singlets"]
    tests = {test.code: test.population for test in tube.tests}
    assert tests["VIA7AAD"].events == (singlets & np.isin(truth.kind, ["live", "early"])).sum()
    assert tests["VIADNEG"].events == (singlets & (truth.kind == "live")).sum()
    assert tests["VIA7AAD"].events > tests["VIADNEG"].events
    assert tube.population("Annexin V+ 7-AAD-").events == (singlets & (truth.kind == "early")).sum()
    assert tube.population("Annexin V+ 7-AAD+").events == (singlets & (truth.kind == "dead")).sum()


@pytest.mark.parametrize("marker", POSITIVE)
def test_percent_positive_is_what_was_made_plus_the_control_s_tail(marker, tubes):
    _, truth, _ = tubes
    method, tube = counted(tubes)
    made = Fraction(int((truth.positive[marker] & tube.held["live"]).sum()), int(tube.held["live"].sum())) * 100
    tail = 0 if method.recipe.thresholds[marker].percentile is None else 100 - float(method.recipe.thresholds[marker].percentile)
    dim = 1 - float(made) / 100
    assert float(tube.population(f"{marker}+").percent) == pytest.approx(float(made) + tail * dim, abs=0.35)


def test_quadrants_share_out_their_parent(tubes):
    _, tube = counted(tubes)
    quadrants = [one for one in tube.populations if one.gate.startswith("Annexin V")]
    assert len(quadrants) == 4 and sum(one.events for one in quadrants) == quadrants[0].of


def test_intervals_are_wilson_s_of_the_parent_s_events(tubes):
    _, tube = counted(tubes)
    first = tube.populations[0]
    assert (first.gate, first.parent, first.of) == ("cells", ALL, TOTAL)
    z, share = 1.959963984540054, first.events / first.of
    half = z * (share * (1 - share) / first.of + z * z / (4 * first.of**2)) ** 0.5 / (1 + z * z / first.of)
    middle = (share + z * z / (2 * first.of)) / (1 + z * z / first.of)
    assert (first.low, first.high) == pytest.approx((100 * (middle - half), 100 * (middle + half)))


def test_a_percentile_is_that_of_the_control_in_the_same_gate(tubes):
    events, _, isotype = tubes
    method, _ = counted(tubes)
    bound = method.bounds["CD73", "live"]
    mask = evaluate(method.tree, isotype)["live"]
    values = values_of(method.tree, isotype, method.dimension("CD73"), mask)
    assert bound.value == np.quantile(values, 0.99) and (bound.control, bound.events) == ("isotype", mask.sum())
    assert (values >= bound.value).mean() == pytest.approx(0.01, abs=1e-4)


def test_a_stricter_percentile_lowers_the_result_of_a_dim_marker(tubes):
    looser = counted(tubes, RECIPE.replace("CD45: {control: isotype, percentile: 99.5}", "CD45: {control: isotype, percentile: 90}"))[1]
    assert looser.population("CD45+").percent > 5 * counted(tubes)[1].population("CD45+").percent
    assert looser.verdict == "fail" and counted(tubes)[1].verdict == "pass"


def test_a_control_of_its_own_comes_before_the_common_one(tubes):
    events, _, isotype = tubes
    method, _ = counted(tubes, **{"isotype": isotype, "isotype:CD73": events})
    assert (method.bounds["CD73", "live"].control, method.bounds["CD90", "live"].control) == ("isotype:CD73", "isotype")


def test_the_background_is_subtracted_only_where_it_is_asked_for(tubes):
    assert {one.background for one in counted(tubes)[1].populations} == {None}
    _, tube = counted(tubes, RECIPE + "background_subtraction: true\n")
    marker, other = tube.population("CD73+"), tube.population("HLA-DR+")
    assert float(marker.background) == pytest.approx(1, abs=0.01) and marker.judged == marker.percent - marker.background
    assert other.background is None and other.judged == other.percent
    assert next(row for row in tube.panel if row.marker == "CD73").measured == marker.judged


def test_a_drawn_threshold_and_names_of_the_recipe_s_own_give_the_same(tubes):
    drawn = RECIPE.replace(
        "HLA-DR: {fixed: 1000}", "HLA-DR: {polygon: {x: DR, y: SSC-A, points: [[1000, -1e6], [1e7, -1e6], [1e7, 1e7], [1000, 1e7]]}}"
    )
    named = drawn + "channels: {DR: HLA-DR, CD73: FITC-A}\n"
    assert counted(tubes, named)[1].populations == counted(tubes)[1].populations


def test_a_matrix_of_the_recipe_or_none_at_all_may_compensate(tubes):
    plain = counted(tubes, RECIPE.replace("compensation: file", "compensation: none"))[1]
    assert plain.population("CD45+").percent > counted(tubes)[1].population("CD45+").percent
    _, truth, _ = tubes
    names = "[CD73, CD90, CD105, CD45, CD34, HLA-DR, 7-AAD, Annexin V]"
    matrix = [[float(value) for value in row] for row in truth.spill]
    own = RECIPE.replace("compensation: file", f"compensation: {{channels: {names}, matrix: {matrix}}}")
    channels = "channels: {" + ", ".join(f"{label}: {name}" for name, label in _names(tubes).items() if label) + "}\n"
    assert counted(tubes, own + channels)[1].populations == counted(tubes)[1].populations


def _names(tubes):
    return {one.name: one.label for one in tubes[0].channels}


def test_the_same_events_controls_and_recipe_give_the_same_bit_for_bit(tubes):
    (first, one), (second, other) = counted(tubes), counted(tubes)
    assert one.populations == other.populations and first.bounds == second.bounds
    assert all(np.array_equal(one.held[name], other.held[name]) for name in one.held)


def test_the_confidence_level_is_the_recipe_s(tubes):
    wide = counted(tubes, RECIPE + "level: 0.99\n")[1].populations[0]
    assert wide.low < counted(tubes)[1].populations[0].low


def test_a_recipe_that_needs_a_control_refuses_without_it(tubes):
    recipe = parse_recipe(RECIPE)[0]
    assert (missing_controls(recipe, []), missing_controls(recipe, ["isotype"])) == (["isotype"], [])
    assert unknown_controls(recipe, ["isotype", "fmo", "isotype:CD73", "isotype:HLA-DR"]) == ["fmo", "isotype:HLA-DR"]
    with pytest.raises(CannotDo, match="CD73: its threshold needs the control isotype; add --control isotype=FILE"):
        count(Method(recipe), tubes[0])


def test_a_control_without_events_in_the_gate_is_told(tubes):
    high = RECIPE.replace("[45000,", "[450000,").replace("262143", "460000")
    with pytest.raises(CannotDo, match="control isotype: no event in live"):
        counted(tubes, high)


def test_a_gate_without_events_has_no_percentage(tubes):
    recipe = without_controls(RECIPE).replace("7-AAD: {fixed: 1500}", "7-AAD: {fixed: -1e7}")
    tube = counted(tubes, recipe.replace("[7-AAD]", "[7-AAD]\n    positive: [Annexin V]"), none=None)[1]
    marker = tube.population("CD73+")
    assert (marker.of, marker.percent, marker.low, marker.high) == (0, None, None, None)
    assert tube.verdict == "unknown"


def test_every_channel_that_a_tube_lacks_is_named_at_once(tubes):
    recipe = parse_recipe(without_controls(RECIPE).replace("x: FSC-A", "x: FSC-Q").replace("by: FSC-H", "by: FSC-Z"))[0]
    faults = missing_channels(Method(recipe), tubes[0])
    assert [fault.split(":")[0] for fault in faults] == ["FSC-Q", "FSC-Z"]
    assert "the channels are FSC-A, FSC-H, SSC-A, FITC-A (CD73)" in faults[0]


def test_percentages_are_exact(tubes):
    one = counted(tubes)[1].populations[0]
    assert one.percent == Fraction(100 * one.events, one.of) and isinstance(counted(tubes)[0].recipe.level, Decimal)
