from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.analysis.conventions import TYPES
from cordside.appraisal.arithmetic.places import USUAL, at_or_above, at_or_below, place
from cordside.errors import CannotDo
from tests.appraisal.arithmetic.samples import quantile_of


def test_the_lower_quartile_of_31_is_one_value_or_lies_between_two():
    assert place(31, "0.25", "type-6") == place(31, "0.25", "SPSS-6")
    assert (place(31, "0.25", "type-6").low, place(31, "0.25", "type-6").high) == (8, 8)
    assert (place(31, "0.25", "type-7").low, place(31, "0.25", "type-7").high, place(31, "0.25", "type-7").weight) == (8, 9, Fraction(1, 2))


def test_so_many_values_lie_at_or_below_and_at_or_above():
    assert [at_or_below(31, "0.25", name) for name in TYPES] == [8, 8, 8, 7, 8, 8, 8, 8, 8]
    assert at_or_above(31, "0.5", USUAL) == 16
    assert [at_or_above(4, "0.75", name) for name in ("type-1", "type-2", "type-7")] == [2, 1, 1]


def test_an_unknown_definition_is_the_users_mistake():
    with pytest.raises(CannotDo, match="no definition of a quantile"):
        place(31, "0.25", "type-10")


@given(st.lists(st.integers(0, 6), min_size=1, max_size=30), st.sampled_from(TYPES), st.sampled_from(["0.25", "0.5", "0.75"]))
def test_the_guaranteed_numbers_hold_and_the_place_gives_the_quantile(values, definition, p):
    values, n = sorted(values), len(values)
    where, found = place(n, p, definition), quantile_of(values, p, definition)
    assert found == (1 - where.weight) * values[where.low - 1] + where.weight * values[where.high - 1]
    assert sum(value <= found for value in values) >= at_or_below(n, p, definition)
    assert sum(value >= found for value in values) >= at_or_above(n, p, definition)


@pytest.mark.parametrize("definition", TYPES)
@pytest.mark.parametrize("n", range(1, 14))
def test_the_guaranteed_numbers_are_the_largest_that_can_be(n, definition):
    steps = list(range(n))
    found = quantile_of(steps, "0.25", definition)
    assert sum(step <= found for step in steps) == at_or_below(n, "0.25", definition)
    assert sum(step >= found for step in steps) == at_or_above(n, "0.25", definition)


@pytest.mark.parametrize("definition", TYPES)
@pytest.mark.parametrize("p", ["0.25", "0.5", "0.75", "0.1"])
def test_large_numbers_have_the_place_that_their_ranks_give(definition, p):
    for n in range(14, 60):
        found = place(n, p, definition)
        assert found.low + found.weight == quantile_of(range(1, n + 1), p, definition), n
