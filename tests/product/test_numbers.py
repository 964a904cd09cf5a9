"""Quantities stay exact, and what is no quantity is said to be none."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.errors import CannotDo
from cordside.product.numbers import as_decimal, exact, microlitres, millilitres, nearest, plain, positive, share, up_to_step, whole


@given(st.integers(0, 10**12))
def test_microlitres_come_back_from_millilitres(volume):
    assert microlitres(millilitres(volume)) == volume


@pytest.mark.parametrize("text", ["0.0005", "1.2345", "-1", "NaN", "Infinity", "1E+40", "1E-40"])
def test_a_volume_that_cannot_be_is_refused_with_its_name(text):
    with pytest.raises(CannotDo, match="^bag: "):
        microlitres(Decimal(text), "bag")


@pytest.mark.parametrize("value", [0.5, True, "3", None])
def test_only_exact_numbers_are_quantities(value):
    with pytest.raises(CannotDo, match="no exact number"):
        exact(value, "cells")


def test_zero_is_not_positive_and_a_part_of_a_cell_is_no_count():
    with pytest.raises(CannotDo, match="more than 0"):
        positive(0, "weight")
    with pytest.raises(CannotDo, match="not a whole number"):
        whole(Decimal("1.5"), "cells")
    with pytest.raises(CannotDo, match="0 to 100"):
        share(Decimal("100.1"), "viability")


@given(st.fractions(0, 10**9), st.integers(1, 10_000))
def test_rounding_up_to_a_step_is_never_less_and_less_than_a_step_more(value, step):
    found = up_to_step(value, step)
    assert found % step == 0
    assert value <= found < value + step


@pytest.mark.parametrize(("text", "shown"), [("7E+1", "70"), ("23.500", "23.5"), ("100", "100"), ("0.0", "0"), ("1E-3", "0.001")])
def test_a_decimal_is_written_as_people_write_it(text, shown):
    assert plain(Decimal(text)) == shown
    assert str(as_decimal(Decimal(text))) == shown


def test_halves_are_rounded_up_and_places_end():
    assert [nearest(Fraction(one, 2)) for one in (1, 3, 4)] == [1, 2, 2]
    assert str(as_decimal(Fraction(1, 3))) == "0.333333"
