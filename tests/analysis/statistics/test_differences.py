"""Differences are taken at the precision at which values were recorded."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.differences import differences, paired, recorded

TEXTS = st.decimals(-1000, 1000, places=3).map(str)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (5.1, 4.8, "-0.3"),
        (6.3, 6.0, "-0.3"),
        ("5.10", "4.8", "-0.30"),
        (Decimal("5.1"), 4.8, "-0.3"),
        (5, Fraction(9, 2), "-0.5"),
        ("1e20", "0.1", "-99999999999999999999.9"),
    ],
)
def test_a_difference_is_that_of_the_decimals_written_down(before, after, change):
    assert differences([before], [after]) == [Decimal(change)]


@pytest.mark.parametrize("value", [None, float("nan"), "NaN", "NA", "<0.50", "", "12,5"])
def test_what_is_no_number_is_missing(value):
    assert recorded(value) is None
    found = paired([1, value, 3], [2, 2, value])
    assert (found.changes, found.n_missing) == ((Decimal(1),), 2)
    assert differences([1, value], [2, 2]) == [Decimal(1), None]


def test_an_infinite_value_makes_an_infinite_change_that_statistics_refuse():
    assert paired([1.0, float("inf")], [float("inf"), float("inf")]).changes == (Decimal("Infinity"), Decimal("Infinity"))


@settings(deadline=None)
@given(before=st.lists(TEXTS, min_size=1, max_size=5))
def test_no_digit_is_lost_either_way(before):
    after = before[::-1]
    for first, second, change in zip(before, after, differences(before, after), strict=True):
        assert Fraction(first) + Fraction(change) == Fraction(second)


@settings(deadline=None)
@given(before=st.floats(allow_nan=False, allow_infinity=False), after=st.floats(allow_nan=False, allow_infinity=False))
def test_any_two_floats_are_subtracted_exactly_as_printed(before, after):
    assert Fraction(differences([before], [after])[0]) == Fraction(repr(after)) - Fraction(repr(before))
