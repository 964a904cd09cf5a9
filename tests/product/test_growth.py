"""Doublings, and why there are none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.errors import CannotDo
from cordside.product.growth import Passage, doublings, grow, seeding

COUNTS = st.integers(1, 10**10)


@given(COUNTS, st.integers(0, 20))
def test_each_doubling_counts_one(seeded, times):
    assert doublings(seeded, seeded * 2**times) == times


@given(COUNTS, COUNTS, COUNTS)
def test_doublings_of_passages_add(first, second, third):
    both = doublings(first, second) + doublings(second, third)
    assert abs(both - doublings(first, third)) <= Decimal("2E-12")


def test_growth_after_explants_is_counted_from_their_harvest():
    found = grow(
        [Passage(None, 6_000_000, Decimal(216)), Passage(600_000, 4_800_000, Decimal(72)), Passage(600_000, 2_400_000, Decimal(48))]
    )
    assert (found.pd, found.reasons) == ((None, 3, 2), ("seeding_not_counted", None, None))
    assert (found.cum_pd, found.cum_pd_from) == (5, "P0 harvest")
    assert found.pdt_hours == (None, 24, 24)


def test_a_later_passage_that_was_seeded_uncounted_starts_the_count_again():
    found = grow([Passage(1, 4, number=3), Passage(None, 8, number=4), Passage(1, 2, number=5)])
    assert (found.cum_pd, found.cum_pd_from) == (1, "P4 harvest")


@pytest.mark.parametrize(
    ("passage", "pd", "reason"),
    [
        (Passage(100, 100, Decimal(24)), 0, "no_growth"),
        (Passage(100, 50, Decimal(24)), -1, "no_growth"),
        (Passage(100, 0, Decimal(24)), None, "nothing_harvested"),
        (Passage(100, None, Decimal(24)), None, "harvest_not_counted"),
        (Passage(100, 200), 1, "hours_not_recorded"),
    ],
)
def test_a_time_that_does_not_exist_has_a_reason_and_no_number(passage, pd, reason):
    found = grow([passage])
    assert (found.pd, found.pdt_hours, found.reasons) == ((pd,), (None,), (reason,))
    assert found.cum_pd == pd


@pytest.mark.parametrize(
    "passage", [Passage(0, 10), Passage(-5, 10), Passage(5, -10), Passage(5, 10, Decimal(0)), Passage(5, 10, Decimal("NaN"))]
)
def test_cells_and_hours_that_cannot_be_are_refused(passage):
    with pytest.raises(CannotDo):
        grow([passage])


def test_no_passage_is_no_growth_at_all():
    assert grow([]).cum_pd == 0


def test_cells_are_seeded_by_area():
    assert seeding(Decimal("75"), 6000) == 450_000
    with pytest.raises(CannotDo, match="area"):
        seeding(Decimal(0), 6000)
