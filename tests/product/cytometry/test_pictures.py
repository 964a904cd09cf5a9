"""Pictures show every gate with its percentage, on axes that a cytometrist reads."""

import numpy as np
import pytest

from cordside.exchange.fcs import read_fcs
from cordside.product.cytometry.axes import axis_of
from cordside.product.cytometry.method import Method
from cordside.product.cytometry.pictures import pictures
from cordside.product.cytometry.picturesource import of_method
from cordside.product.cytometry.transforms import Log, Logicle
from cordside.product.cytometry.tube import count
from cordside.product.reciperead import parse_recipe
from tests.support.tubes import RECIPE, a_tube


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """The tube counted, and its pictures."""
    folder = tmp_path_factory.mktemp("tubes")
    a_tube(folder / "tube.fcs", 8_000)
    a_tube(folder / "isotype.fcs", 5_000, seed=2, stained=False)
    events = read_fcs(folder / "tube.fcs").events
    method = Method(parse_recipe(RECIPE)[0], {"isotype": read_fcs(folder / "isotype.fcs").events})
    tube = count(method, events)
    return tube, list(pictures(of_method(method, events, tube)))


def test_every_gate_is_on_a_picture_with_its_percentage(drawn):
    tube, found = drawn
    shown = {outline.gate: outline.percent for picture in found for outline in picture.outlines}
    assert set(shown) == {one.gate for one in tube.populations}
    one = tube.population("CD73+")
    assert shown["CD73+"] == f"{float(one.percent):.1f} % ({one.low:.1f}–{one.high:.1f})"


def test_quadrants_share_a_picture_and_are_cut_at_its_edge(drawn):
    _, found = drawn
    picture = next(one for one in found if len(one.outlines) == 4)
    assert (picture.x.label, picture.y.label) == ("Annexin V (BV605-A)", "7-AAD (PerCP-Cy5-5-A)")
    assert all(picture.x.low <= x <= picture.x.high for outline in picture.outlines for x, _ in outline.points)


def test_densities_count_the_parent_s_events(drawn):
    tube, found = drawn
    for picture in found:
        of = next(one.of for one in tube.populations if one.gate == picture.outlines[0].gate)
        assert 0.98 * of <= picture.counts.sum() <= of
        assert f"(n = {of:,})" in picture.title


def test_the_control_stands_behind_the_bound_that_it_set(drawn):
    _, found = drawn
    by_gate = {picture.outlines[0].gate: picture for picture in found}
    assert by_gate["CD73+"].control_words == "isotype control (scaled)" and by_gate["CD73+"].control.sum() > 0
    assert by_gate["HLA-DR+"].control is None


def test_a_logicle_axis_has_decades_and_a_zero():
    scale = Logicle()
    axis = axis_of("x", scale, scale.apply(np.linspace(-500, 200_000, 1_000)), ())
    assert [label for _, label in axis.ticks] == ["0", "10³", "10⁴", "10⁵"]
    assert all(axis.low <= place <= axis.high for place in (*axis.minor, *(place for place, _ in axis.ticks)))


def test_a_logarithmic_axis_has_no_zero():
    scale = Log(10_000, 4)
    axis = axis_of("x", scale, scale.apply(np.array([1.0, 10.0, 9_000.0])), ())
    assert [label for _, label in axis.ticks] == ["10⁰", "10¹", "10²", "10³", "10⁴"]


def test_a_plain_axis_counts_in_thousands_and_holds_every_bound():
    axis = axis_of("x", None, np.linspace(0, 1_000, 100), (200_000.0,))
    assert axis.high > 200_000 and ("100k" in {label for _, label in axis.ticks})


@pytest.mark.parametrize("places", [np.empty(0), np.array([5.0]), np.array([np.nan, np.inf])])
def test_an_axis_of_few_or_no_events_can_still_be_drawn(places):
    axis = axis_of("x", None, places, ())
    assert axis.low < axis.high and len(axis.ticks) >= 2
