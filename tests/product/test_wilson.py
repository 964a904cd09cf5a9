"""The interval of a percentage is the one that the analysis room prints."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.analysis.statistics.proportions import proportion
from cordside.errors import CannotDo
from cordside.product.wilson import wilson


@given(st.integers(1, 10**6).flatmap(lambda events: st.tuples(st.integers(0, events), st.just(events))))
def test_it_agrees_with_the_analysis_room(counted):
    positive, events = counted
    found = proportion(positive, events, interval="wilson", level=0.95)
    assert wilson(positive, events) == pytest.approx((100 * found.low, 100 * found.high), abs=1e-9)


@pytest.mark.parametrize(("counts", "limits"), [((0, 0), (0, 100)), ((0, 50), (0, None)), ((50, 50), (None, 100))])
def test_none_and_all_have_their_own_limit(counts, limits):
    assert all(limit is None or limit == one for limit, one in zip(limits, wilson(*counts), strict=True))


@pytest.mark.parametrize("given", [(5, 4), (-1, 4), (1, 4, Decimal(1)), (1, 4, Decimal(0))])
def test_counts_that_cannot_be_are_refused(given):
    with pytest.raises(CannotDo):
        wilson(*given)
