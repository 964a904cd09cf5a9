"""Expiry is a moment that is itself too late."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.errors import CannotDo
from cordside.product.expiry import after_thaw, is_expired, planned_dates, planned_end, start_refusals

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def test_the_interval_is_half_open():
    assert [is_expired(NOON - TICK, NOON), is_expired(NOON, NOON), is_expired(NOON + TICK, NOON)] == [False, True, True]
    assert not is_expired(NOON, None)


@given(st.integers(1, 10**6), st.decimals("0.01", 1000, places=2))
def test_rounding_never_makes_an_end_earlier_or_an_expiry_later(volume, pace):
    minutes = Fraction(volume, 1000) / Fraction(pace)
    end = planned_end(NOON, volume, pace) - NOON
    assert Fraction(end // TICK, 60_000_000) >= minutes
    hours = Fraction(pace) / 3
    assert Fraction((after_thaw(NOON, hours) - NOON) // TICK, 3_600_000_000) <= hours


def test_start_and_end_are_both_judged():
    codes = [refusal.code for refusal in start_refusals("bag", NOON, NOON, NOON + TICK)]
    assert codes == ["expired", "would_end_after_expiry"]
    assert [refusal.code for refusal in start_refusals("bag", NOON - TICK, NOON, NOON)] == ["would_end_after_expiry"]
    assert start_refusals("bag", NOON - 2 * TICK, NOON, NOON - TICK) == []
    assert start_refusals("bag", NOON, None, NOON) == []


@pytest.mark.parametrize("pace", ["0", "-1", "NaN", "1E-9"])
def test_a_rate_that_cannot_be_is_refused(pace):
    with pytest.raises(CannotDo):
        planned_end(NOON, 10**9, Decimal(pace))


def test_planned_days_need_not_begin_with_one():
    assert planned_dates(date(2020, 2, 28), [2, 3, 5]) == [date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 2)]
