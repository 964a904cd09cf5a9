"""Possible definitions of quartiles agree with the enumeration of all samples, and no true quartiles are refused."""

from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.conventions import TYPES
from cordside.appraisal.arithmetic.definitions import possible_definitions
from cordside.appraisal.arithmetic.places import USUAL
from cordside.appraisal.arithmetic.quartiles import Quartiles
from tests.appraisal.arithmetic.samples import policies, quantile_of, quartiles_of, scores

CELLS = [
    ("2.0", "1.0", "3.0"),
    ("2.0", "1.5", "3.2"),
    ("2.5", "1.2", "2.8"),
    ("3", "2", "4"),
    ("1.50", "0.75", "2.25"),
    ("2.0", "0.7", "4.4"),
]


def cell(texts):
    found = Quartiles.read(texts)
    assert found is not None
    return found


@cache
def tables(n, least, most):
    """The quantiles of every sample by every definition: {(p, definition): values}, samples in one order."""
    samples = list(combinations_with_replacement(range(least, most + 1), n))
    return {(p, name): [quantile_of(values, p, name) for values in samples] for p in ("0.25", "0.5", "0.75") for name in (*TYPES, USUAL)}


def enumerated(quartiles, n, median, least, most):
    """The definitions under which some sample of whole numbers from least to most prints so."""
    found = tables(n, least, most)

    def some(name):
        columns = found["0.25", name], found["0.5", USUAL if median == USUAL else name], found["0.75", name]
        return any(quartiles.q1.holds(a) and quartiles.median.holds(b) and quartiles.q3.holds(c) for a, b, c in zip(*columns, strict=True))

    return tuple(name for name in TYPES if some(name))


@pytest.mark.parametrize("median", [USUAL, "same"])
@pytest.mark.parametrize("n", range(1, 8))
def test_they_are_those_that_an_enumeration_finds(n, median):
    for texts in CELLS:
        found = possible_definitions(cell(texts), n, step=Fraction(1), least=Fraction(0), most=Fraction(5), median=median)
        assert found.possible == enumerated(cell(texts), n, median, 0, 5), (texts, n)


@pytest.mark.parametrize(("n", "least", "most"), [(2, -20, 24), (3, -8, 12), (4, -4, 9), (5, -2, 7)])
def test_without_ends_nothing_is_lost(n, least, most):
    """The enumeration goes far enough beyond the cells that more values would not help."""
    for texts in CELLS:
        assert possible_definitions(cell(texts), n, step=Fraction(1)).possible == enumerated(cell(texts), n, USUAL, least, most), texts


def test_a_finer_step_allows_more():
    texts = ("6.0", "3.3", "8.0")
    assert possible_definitions(cell(texts), 5, step=Fraction(1)).possible == ("type-5", "type-8")
    assert possible_definitions(cell(texts), 5, step=Fraction("0.1")).possible == TYPES
    assert possible_definitions(cell(texts), 5).possible == TYPES


def test_quartiles_out_of_order_have_no_definition():
    assert not possible_definitions(cell(("7", "3", "5")), 31).consistent


def test_a_grid_too_fine_to_go_through_is_judged_as_none():
    fine = possible_definitions(cell(("495", "320", "727")), 5, step=Fraction(1, 10**6))
    assert fine.possible == possible_definitions(cell(("495", "320", "727")), 5).possible


@settings(max_examples=60)
@given(scores, st.sampled_from(TYPES), st.integers(0, 2), policies, st.sampled_from(["1", "0.5", "0.01"]), st.booleans(), st.booleans())
def test_no_true_quartiles_are_refused(values, definition, decimals, policy, step, on_grid, same):
    values = [value * Fraction(step) for value in values]
    found = quartiles_of(values, definition, decimals, median=definition if same else USUAL, policy=policy)
    ends = {"least": min(values), "most": max(values)} if on_grid else {}
    by = "same" if same else "usual"
    for asked in (by, "either"):
        possible = possible_definitions(found, len(values), step=Fraction(step) if on_grid else None, median=asked, **ends).possible
        assert definition in possible
