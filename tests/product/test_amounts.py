"""Pools and splits lose no cell and make none."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.errors import CannotDo
from cordside.product.amounts import Amount, pool, split, viable_of

AMOUNTS = st.integers(0, 10**10)


def test_a_pool_takes_the_highest_passage_and_doublings_and_the_earliest_expiry():
    early, late = (datetime(2026, 1, day, tzinfo=UTC) for day in (5, 6))
    found = pool([Amount(20, 18, 4, Decimal("9.1"), late), Amount(30, 24, 5, Decimal("8.7"), early), Amount(0, 0, 1, Decimal(0))])
    assert (found.total, found.viable, found.passage, found.cum_pd, found.expiry) == (50, 42, 5, Decimal("9.1"), early)
    assert found.viability_pct == 84


def test_what_one_input_does_not_tell_is_unknown_for_the_pool():
    found = pool([Amount(20, 18, 4, Decimal(9)), Amount(30)])
    assert (found.total, found.viable, found.passage, found.cum_pd, found.expiry, found.viability_pct) == (50, None, None, None, None, None)


def test_nothing_cannot_be_joined_and_an_empty_material_has_no_viability():
    assert Amount(0, 0).viability_pct is None
    with pytest.raises(CannotDo, match="nothing to join"):
        pool([])


@given(st.lists(AMOUNTS, max_size=6), AMOUNTS, AMOUNTS, AMOUNTS)
def test_a_split_conserves_to_the_cell(made, sample, loss, rest):
    accounted = sum(made) + sample + loss
    found = split(accounted + rest, made, sample=sample, loss=loss)
    assert (found.taken, found.left, found.refusals) == (accounted, rest, ())


@given(st.lists(AMOUNTS, min_size=1, max_size=6), st.integers(1, 10**9))
def test_more_than_there_is_is_never_taken(made, beyond):
    found = split(max(sum(made) - beyond, 0), made, where="TR-1")
    assert [refusal.code for refusal in found.refusals] == (["more_taken_than_there_is"] if sum(made) else [])


@given(st.lists(AMOUNTS, max_size=6), st.integers(1, 10**9))
def test_a_loss_must_be_stated(made, lost):
    found = split(sum(made) + lost, made, taken=sum(made) + lost)
    assert [refusal.code for refusal in found.refusals] == ["not_conserved"]
    assert split(sum(made) + lost, made, taken=sum(made) + lost, loss=lost).refusals == ()


def test_both_faults_of_a_split_are_said_at_once():
    found = split(40, [50], taken=45)
    assert [refusal.code for refusal in found.refusals] == ["more_taken_than_there_is", "not_conserved"]


@pytest.mark.parametrize("given_parts", [{"made": [-1]}, {"made": [1], "loss": -1}, {"made": [1], "taken": -1}])
def test_a_negative_amount_is_no_amount(given_parts):
    with pytest.raises(CannotDo, match="negative"):
        split(10, **given_parts)


@given(st.lists(st.tuples(AMOUNTS, st.decimals(0, 100, places=2)), min_size=1, max_size=6))
def test_a_pool_makes_no_cell(inputs):
    found = pool([Amount(total, viable_of(total, share)) for total, share in inputs])
    assert found.total == sum(total for total, _ in inputs)
    assert found.viable is not None and found.viable <= found.total
