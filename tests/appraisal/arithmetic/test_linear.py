"""The exact linear programme, beside SciPy's."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from cordside.appraisal.arithmetic.linear import Unbounded, minimise

small = st.integers(min_value=-4, max_value=4)


def row(*numbers):
    return [Fraction(number) for number in numbers]


def test_the_smallest_sum_lies_at_a_corner():
    assert minimise(row(-3, -5), [row(1, 0), row(0, 2), row(3, 2)], row(4, 12, 18)) == -36


def test_what_cannot_be_is_none():
    assert minimise(row(1), [row(1), row(-1)], row(2, -3)) is None


def test_what_has_no_end_says_so():
    with pytest.raises(Unbounded):
        minimise(row(-1, 0), [row(0, 1)], row(1))


def test_the_answer_is_exact():
    assert minimise(row(1), [row(-3)], row(-1)) == Fraction(1, 3)


def test_a_programme_that_goes_in_circles_by_the_usual_rule_ends():
    rows = [row("1/4", -60, "-1/25", 9), row("1/2", -90, "-1/50", 3), row(0, 0, 1, 0)]
    assert minimise(row("-3/4", 150, "-1/50", 6), rows, row(0, 0, 1)) == Fraction(-1, 20)


@given(
    st.integers(1, 4).flatmap(
        lambda w: st.tuples(
            st.lists(small, min_size=w, max_size=w),
            st.lists(st.tuples(st.lists(small, min_size=w, max_size=w), small), min_size=1, max_size=6),
        )
    )
)
def test_it_agrees_with_scipy(programme):
    cost, bounds = programme
    found = linprog(cost, A_ub=[cells for cells, _ in bounds], b_ub=[limit for _, limit in bounds], method="highs")
    ours = [row(*cost), [row(*cells) for cells, _ in bounds], row(*(limit for _, limit in bounds))]
    feasible = minimise(row(*[0] * len(cost)), *ours[1:]) is not None
    if not feasible:
        assert found.status in (2, 4)
    elif found.status == 0:
        assert float(minimise(*ours)) == pytest.approx(found.fun, abs=1e-7)
    else:
        assert found.status in (3, 4)
        with pytest.raises(Unbounded):
            minimise(*ours)
