"""Order, draw, vials, weights and caps: never less than the order, never flattered by rounding."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.errors import CannotDo
from cordside.product.dosing.caps import (
    dmso_g,
    endotoxin_limit,
    endotoxin_per_kg,
    hours_counted,
    largest_volume_ml,
    over_dmso,
    over_endotoxin,
    over_rate,
    over_volume,
)
from cordside.product.dosing.draw import cells_in, draw, viable_concentration
from cordside.product.dosing.order import dose_order
from cordside.product.dosing.vials import vials_for
from cordside.product.dosing.weights import capped_weight, is_too_old, kind_words, predicted_weight
from cordside.product.numbers import microlitres

CELLS = st.integers(1, 10**10)
CONCENTRATIONS = st.integers(1_000, 10**9)
STEPS = st.sampled_from([1, 10, 100, 200, 500, 1000])
WEIGHTS = st.decimals("0.5", 350, places=3)


@given(CELLS, CONCENTRATIONS, STEPS)
def test_a_draw_is_never_less_than_its_target_nor_a_step_more(target, per_ml, step):
    found = draw(target, per_ml, step_ul=step)
    assert found.volume_ul % step == 0
    assert target <= found.cells < target + Fraction(per_ml * step, 1000)
    assert found.cells == cells_in(found.volume_ul, per_ml)
    assert found.per_ml == per_ml


@given(CELLS, CONCENTRATIONS, STEPS, st.integers(0, 20_000))
def test_a_bag_with_overfill_gives_the_target_in_the_volume_given(target, per_ml, step, overfill):
    fill = max(1000, -(-target * 2000 // per_ml))
    found = draw(target, per_ml, step_ul=step, fill_to_ul=fill + 1000, overfill_ul=overfill)
    assert found.volume_ul + found.diluent_ul == found.prepared_ul == fill + 1000 + overfill
    assert found.given_ul == fill + 1000
    assert found.cells >= target
    assert found.cells * found.prepared_ul == cells_in(found.volume_ul, per_ml) * found.given_ul


def test_a_syringe_without_diluent_holds_its_overfill_beside_the_dose():
    found = draw(10_000_000, 1_000_000, step_ul=500, overfill_ul=200)
    assert (found.volume_ul, found.given_ul, found.cells, found.diluent_ul) == (10_500, 10_300, 10_300_000, None)


def test_a_draw_that_does_not_fit_is_refused():
    with pytest.raises(CannotDo, match="does not fit"):
        draw(200_000_000, 1_000_000, fill_to_ul=100_000)


@pytest.mark.parametrize(
    "given",
    [{"target": 0}, {"target": -1}, {"per_ml": 0}, {"per_ml": Decimal("NaN")}, {"step_ul": 0}, {"fill_to_ul": 0}, {"overfill_ul": -1}],
)
def test_a_draw_that_cannot_be_is_refused(given):
    with pytest.raises(CannotDo):
        draw(**({"target": 1000, "per_ml": 1000} | given))


@given(CELLS, st.decimals(0, 100, places=2))
def test_the_tolerance_is_closed_at_both_ends(cells, percent):
    order = dose_order("flat", cells, tolerance_pct=percent)
    assert order.is_met_by(order.lowest) and order.is_met_by(order.highest)
    assert not order.is_met_by(order.lowest - Fraction(1, 10**6))
    assert not order.is_met_by(order.highest + Fraction(1, 10**6))
    assert [one.code for one in order.refusals(order.highest + 1, "dose")] == ["dose_out_of_tolerance"]


def test_without_a_tolerance_any_dose_is_within_it():
    order = dose_order("per_kg", 1_000_000, Decimal(70))
    assert (order.lowest, order.highest, order.refusals(1, "dose")) == (None, None, [])


@pytest.mark.parametrize(
    "given",
    [
        ("per_kg", 1_000_000, None),
        ("per_kg", 1_000_000, Decimal(0)),
        ("per_kg", 0, Decimal(70)),
        ("twice", 1, None),
        ("flat", 1, None, Decimal(-1)),
        ("flat", 1, None, Decimal(101)),
    ],
)
def test_an_order_that_cannot_be_is_refused(given):
    with pytest.raises(CannotDo):
        dose_order(*given)


@given(CELLS, st.integers(1, 10**9), st.decimals(1, 100, places=1), st.decimals(1, 100, places=1))
def test_vials_hold_the_target_and_one_less_would_not(target, per_vial, recovery, viability):
    found = vials_for(target, per_vial, recovery, viability)
    assert found.number * found.viable_per_vial - target == found.surplus >= 0
    assert (found.number - 1) * found.viable_per_vial < target


def test_a_vial_without_viable_cells_is_refused():
    with pytest.raises(CannotDo, match="no viable cell"):
        vials_for(1, 10, 90, 0)


@given(WEIGHTS, WEIGHTS)
def test_a_cap_lowers_a_weight_and_never_raises_it(weight, cap):
    found, capped = capped_weight(weight, cap)
    assert found == min(Fraction(weight), Fraction(cap))
    assert capped == (weight > cap)
    assert capped_weight(weight, None) == (Fraction(weight), False)


@pytest.mark.parametrize(
    ("sex", "height", "age"), [("U", 175, None), ("", 175, None), ("M", Decimal("1.75"), None), ("M", 300, None), ("F", 150, 17)]
)
def test_predicted_weight_is_for_adults(sex, height, age):
    with pytest.raises(CannotDo, match="predicted body weight"):
        predicted_weight(sex, height, age)


def test_a_woman_is_predicted_four_and_a_half_kilograms_lighter():
    assert predicted_weight("M", 170, 18) - predicted_weight("F", 170) == Fraction("4.5")


def test_the_last_day_of_a_weight_is_allowed():
    assert [is_too_old(date(2026, 1, 1), date(2026, 1, day), 3) for day in (1, 4, 5)] == [False, False, True]
    assert not is_too_old(date(2020, 1, 1), date(2026, 1, 1), None)


def test_the_kind_of_weight_reads_as_words():
    assert kind_words("per_kg", False) == "actual"
    assert kind_words("per_kg_pbw", True, Decimal(80)) == "predicted, capped at 80 kg"


@given(st.decimals("0.1", 100, places=1), WEIGHTS, st.decimals("0.01", 5, places=2))
def test_the_largest_volume_is_exactly_at_the_cap_on_dmso(percent, weight, cap):
    largest = largest_volume_ml(percent, weight, cap)
    below = int(largest * 1000)
    assert over_dmso("bag", dmso_g(percent, below), weight, cap) == []
    assert [one.code for one in over_dmso("bag", dmso_g(percent, below + 1), weight, cap)] == ["over_dmso_cap"]


def test_without_dmso_there_is_no_largest_volume():
    assert largest_volume_ml(0, 70, 1) is None


@given(st.decimals("0.01", 5, places=2), st.integers(1_000, 10**6), WEIGHTS, st.integers(1, 600))
def test_a_product_at_its_endotoxin_limit_is_at_the_cap(k, volume, weight, minutes):
    limit = endotoxin_limit(k, volume, weight, minutes)
    at_limit = endotoxin_per_kg(limit, volume, weight)
    assert at_limit / hours_counted(minutes) == Fraction(k)
    assert over_endotoxin("bag", at_limit, minutes, k) == []
    assert [one.code for one in over_endotoxin("bag", at_limit * 2, minutes, k)] == ["over_endotoxin_cap"]


def test_a_cap_itself_is_allowed_and_a_refusal_says_what_would_be():
    assert over_volume("bag", 100_000, 100) == over_volume("bag", 10**9, None) == []
    (found,) = over_rate("bag", 100_000, 15, 5)
    assert (found.code, found.allowed, found.remedy) == ("over_rate_cap", "at most 5 mL/min", "plan at least 20 minutes")
    assert over_rate("bag", 100_000, 20, 5) == []
    assert over_volume("bag", 100_001, 100)[0].why == "bag: 100.001 mL is over the cap"


def test_viable_cells_per_ml_come_from_all_cells_and_viability():
    assert viable_concentration(4_000_000, Decimal("88.5")) == 3_540_000
    assert cells_in(microlitres(Decimal("23.5")), 3_540_000) == 83_190_000
