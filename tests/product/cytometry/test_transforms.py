"""Scales are those of Gating-ML, and a bound on a scale is a bound on values, to the last digit."""

import math

import numpy as np
import pytest
from flowutils import transforms as flowutils
from hypothesis import given
from hypothesis import strategies as st

from cordside.product.cytometry.scaletable import EXACT_WITHIN, quick_places
from cordside.product.cytometry.transforms import Asinh, Bounded, Hyperlog, Linear, Log, Logicle, value_at

SCALES = {
    "linear": Linear(10_000, 500),
    "log": Log(10_000, 5),
    "asinh": Asinh(10_000, 4, 1),
    "logicle": Logicle(10_000, 0.5, 4.5, 0),
    "logicle of FlowJo": Logicle(),
    "logicle with negative decades": Logicle(10_000, 1, 4, 0.5),
    "hyperlog": Hyperlog(10_000, 1, 4.5, 0),
}
ROUND = np.concatenate([-np.logspace(6, -3, 400), [0.0], np.logspace(-3, 6, 400)])


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_the_top_of_a_scale_is_at_one(scale):
    assert scale.apply(np.array([scale.top]))[0] == pytest.approx(1, abs=1e-12)


def test_places_are_those_of_the_standard():
    values = np.array([-10.0, 0.5, 100.0, 9_000.0])
    assert Linear(10_000, 500).apply(values) == pytest.approx((values + 500) / 10_500)
    assert Asinh(10_000, 4, 1).apply(values) == pytest.approx(flowutils.asinh(values, None, 10_000, 4, 1))
    assert Log(10_000, 5).apply(values[1:]) == pytest.approx(flowutils.log(values[1:], None, 10_000, 5))
    assert np.array_equal(Logicle().apply(values), flowutils.logicle(values, None))
    assert np.array_equal(Hyperlog().apply(values), flowutils.hyperlog(values, None))


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_a_scale_rises_and_its_inverse_leads_back(scale):
    values = ROUND[ROUND > 0] if isinstance(scale, Log) else ROUND
    places = scale.apply(values)
    assert (np.diff(places) > 0).all()
    assert [scale.invert(float(place)) for place in places[::40]] == pytest.approx(list(values[::40]), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
@given(bound=st.floats(-0.4, 1.4))
def test_a_bound_on_the_scale_is_a_bound_on_values_to_the_last_digit(scale, bound):
    value = value_at(scale, bound)
    places = scale.apply(np.array([value, np.nextafter(value, -np.inf)]))
    assert places[0] >= bound and not places[1] >= bound


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_events_compare_with_the_value_as_with_the_bound(scale):
    values = np.random.default_rng(7).normal(300, 4_000, 200_000)
    values = np.concatenate([values, np.round(values), [value_at(scale, 0.37)]])
    with np.errstate(invalid="ignore"):
        assert np.array_equal(scale.apply(values) >= 0.37, values >= value_at(scale, 0.37))


def test_a_bound_that_no_value_reaches_is_infinite():
    ends = Bounded(Linear(10), 0.1, 0.9)
    assert (value_at(ends, 0.95), value_at(ends, 0.05)) == (math.inf, -math.inf)
    assert value_at(ends, 0.5) == 5


@pytest.mark.parametrize("scale", [Logicle(), Hyperlog()])
def test_what_is_no_number_has_no_place_and_what_is_huge_is_at_the_end(scale):
    places = scale.apply(np.array([np.nan, 1e300, -1e300, np.inf]))
    assert np.isnan(places[0]) and places[1] > 5 and places[2] < -5 and places[3] > 5


@pytest.mark.parametrize("scale", [Logicle(), Logicle(10_000, 1, 4, 0.5), Logicle(262_144, 0, 4.5), Hyperlog(), Hyperlog(10_000, 1, 4.5)])
def test_the_table_is_much_nearer_than_it_promises(scale):
    chance = np.random.default_rng(8)
    values = np.concatenate([chance.normal(0, 300, 50_000), chance.lognormal(6, 2.5, 50_000), -chance.lognormal(5, 2, 50_000), [1e9, -1e9]])
    assert np.abs(quick_places(scale, values) - scale.apply(values)).max() < 2e-7 < EXACT_WITHIN


def test_few_values_and_fast_scales_need_no_table():
    values = np.linspace(-100, 1_000, 50)
    assert np.array_equal(quick_places(Logicle(), values), Logicle().apply(values))
    assert np.array_equal(quick_places(Linear(10), values), values / 10)
    assert quick_places(None, values) is values
