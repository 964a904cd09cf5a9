"""The mean that quartiles allow: published examples, SciPy's linear programme, and every sample."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from cordside.analysis.conventions import TYPES
from cordside.appraisal.arithmetic.meanbounds import mean_bounds
from cordside.appraisal.arithmetic.places import USUAL, place
from cordside.appraisal.arithmetic.quartiles import Quartiles
from cordside.appraisal.printed import exactly, read_printed
from tests.appraisal.arithmetic.samples import mean_of, policies, quartiles_of, scores


def test_days_of_31_subjects():
    days = Quartiles(exactly(10), exactly(6), exactly(22))
    assert mean_bounds(days, 31, "type-6", floor=Fraction(0)).least == Fraction(304, 31)
    assert float(mean_bounds(days, 31, "type-7", floor=Fraction(0)).least) == pytest.approx(10.194, abs=1e-3)


def test_rounding_lowers_the_bound():
    days = Quartiles(*map(read_printed, ("10", "6", "22")))
    assert (
        mean_bounds(days, 31, "type-6", floor=Fraction(0)).least
        == Fraction("9.5") * 8 / 31 + Fraction("5.5") * 8 / 31 + Fraction("21.5") * 8 / 31
    )


def test_an_open_end_bounds_nothing():
    days = Quartiles(*map(read_printed, ("10", "6", "22")))
    found = mean_bounds(days, 31, "type-6")
    assert (found.feasible, found.least, found.greatest) == (True, None, None)
    assert mean_bounds(days, 31, "type-6", ceiling=Fraction(30)).greatest is not None


def test_quartiles_that_cannot_be_have_no_mean():
    assert not mean_bounds(Quartiles(*map(read_printed, ("10", "16", "22"))), 31, "type-6").feasible
    assert not mean_bounds(Quartiles(*map(read_printed, ("10", "6", "22"))), 31, "type-6", floor=Fraction(8)).feasible


@pytest.mark.parametrize("definition", TYPES)
@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 8, 13, 31])
def test_scipy_finds_the_same_with_every_subject_as_a_variable(n, definition):
    quartiles = Quartiles(*map(read_printed, ("10", "9", "12")))
    asked = ((quartiles.q1, "0.25", definition), (quartiles.median, "0.5", USUAL), (quartiles.q3, "0.75", definition))
    rows, limits = [], []
    for shown, p, name in asked:
        where, row = place(n, p, name), [0.0] * n
        row[where.low - 1] += float(1 - where.weight)
        row[where.high - 1] += float(where.weight)
        rows += [row, [-cell for cell in row]]
        limits += [float(shown.hi), -float(shown.lo)]
    rising = [[float(rank == low) - float(rank == low + 1) for rank in range(n)] for low in range(n - 1)]
    found = mean_bounds(quartiles, n, definition, floor=Fraction(2), ceiling=Fraction(40))
    for sign, ours in ((1, found.least), (-1, found.greatest)):
        theirs = linprog([sign / n] * n, A_ub=rows + rising, b_ub=limits + [0.0] * (n - 1), bounds=(2, 40))
        assert found.feasible == (theirs.status == 0)
        if found.feasible:
            assert float(ours) == pytest.approx(sign * theirs.fun, abs=1e-7)


@settings(max_examples=60)
@given(scores, st.sampled_from(TYPES), st.integers(0, 2), policies)
def test_no_true_mean_lies_outside(values, definition, decimals, policy):
    found = mean_bounds(
        quartiles_of(values, definition, decimals, policy=policy),
        len(values),
        definition,
        floor=Fraction(min(values)),
        ceiling=Fraction(max(values)),
    )
    assert found.least <= mean_of(values) <= found.greatest
