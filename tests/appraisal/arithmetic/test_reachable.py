"""The exact search agrees with the enumeration of all samples."""

from collections import Counter
from fractions import Fraction
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.appraisal.arithmetic.grimmer import grimmer
from cordside.appraisal.arithmetic.reachable import ONE_SUBJECT, TOO_LARGE, grid_value, reachable
from cordside.appraisal.printed import Printed, read_printed
from cordside.errors import CannotDo
from tests.appraisal.arithmetic.samples import mean_of, policies, printed, sd_of


def of(mean, sd, n, least=None, most=None, **more):
    ends = {"least": None if least is None else Fraction(least), "most": None if most is None else Fraction(most)}
    return reachable(read_printed(mean), read_printed(sd), n, **ends, **more)


def prints(values, mean: Printed, sd: Printed) -> bool:
    squares = sum((value - mean_of(values)) ** 2 for value in values)
    low, high = max(sd.lo, Fraction(0)), sd.hi
    return mean.holds(mean_of(values)) and (len(values) - 1) * low**2 <= squares <= (len(values) - 1) * high**2


@pytest.mark.parametrize(("n", "least", "most"), [(2, 0, 5), (3, -2, 3), (4, 1, 5), (5, 0, 3)])
def test_it_agrees_with_the_enumeration_of_all_samples(n, least, most):
    samples = list(combinations_with_replacement(range(least, most + 1), n))
    means = sorted({f"{float(mean_of(values)):.2f}" for values in samples})[::3]
    for mean, sd in product(means, [f"{tenth / 10:.1f}" for tenth in range(0, 40, 3)]):
        shown = read_printed(mean), read_printed(sd)
        assert of(mean, sd, n, least, most).reachable == any(prints(values, *shown) for values in samples), (mean, sd)


@pytest.mark.parametrize("fixed", [{0: 1}, {2: 0}, {1: 2, 3: 0}, {3: 3}, {0: 2, 1: 2, 2: 1}])
def test_given_counts_leave_only_the_other_values(fixed):
    samples = [values for values in combinations_with_replacement(range(4), 4) if all(Counter(values)[key] == fixed[key] for key in fixed)]
    for quarter, sd in product(range(13), ("0.00", "0.50", "0.58", "0.96", "1.00", "1.29", "1.50", "1.73")):
        shown = read_printed(f"{quarter / 4:.2f}"), read_printed(sd)
        found = reachable(*shown, 4, least=Fraction(0), most=Fraction(3), fixed={Fraction(key): count for key, count in fixed.items()})
        assert found.reachable == any(prints(values, *shown) for values in samples), (fixed, shown)


def test_passing_grimmer_is_not_existing():
    assert grimmer(read_printed("1.00"), read_printed("3.06"), 4).consistent
    assert of("1.00", "3.06", 4).reachable is False
    assert grimmer(read_printed("0.33"), read_printed("2.71"), 3).consistent
    assert of("0.33", "2.71", 3).reachable is False


def test_without_ends_the_sd_bounds_the_values():
    assert of("0.0", "10.00", 2).reachable is False and of("0.0", "9.90", 2).reachable
    assert of("0.0", "9.90", 2, least=-6).reachable is False and of("0.0", "9.90", 2, most=6).reachable is False


def test_what_was_not_searched_is_not_refused():
    large = of("130000", "40000", 60)
    assert (large.testable, large.reachable, large.consistent, large.why) == (False, None, True, TOO_LARGE)
    assert of("5", "1", 1).why == ONE_SUBJECT
    assert of("18.0", "4.27", 86, 0, 30, max_work=1e6).why == TOO_LARGE


@pytest.mark.parametrize(("mean", "sd", "n"), [("5", "1e9", 3), ("0.5", "1e40", 2), ("1e12", "3", 20), ("1e40", "1e30", 400)])
def test_a_search_too_large_is_refused_before_anything_is_listed(mean, sd, n):
    assert of(mean, sd, n).why == TOO_LARGE


def test_an_sd_beyond_both_ends_of_the_scale_needs_no_list():
    assert of("5", "1e9", 3, 0, 10).reachable is False


@given(st.data(), st.integers(min_value=1, max_value=3), policies)
def test_no_true_sample_is_refused(data, items, policy):
    values = data.draw(st.lists(st.integers(min_value=0, max_value=7 * items), min_size=2, max_size=12))
    means = [2 + Fraction(value, items) for value in values]
    mean, sd = printed(mean_of(means), data.draw(st.integers(0, 2)), policy), printed(sd_of(means), data.draw(st.integers(0, 3)), policy)
    counts = {means[0]: Counter(means)[means[0]]} if data.draw(st.booleans()) else {}
    assert reachable(mean, sd, len(means), least=Fraction(2), most=Fraction(9), items=items, fixed=counts).reachable


def test_a_rounded_value_of_the_scale_is_found():
    third = {"grain": Fraction(1, 3), "origin": Fraction(1)}
    assert grid_value("3.67", **third) == Fraction(11, 3)
    assert grid_value("3", **third) == 3
    with pytest.raises(CannotDo, match="0 values"):
        grid_value("3.5", **third)
    with pytest.raises(CannotDo, match="2 values"):
        grid_value("2", grain=Fraction(1, 2), origin=Fraction(1, 4))


def test_a_given_count_beyond_the_scale_is_the_users_mistake():
    with pytest.raises(CannotDo, match="no value of the scale"):
        of("2.0", "1.0", 5, 1, 5, fixed={Fraction(6): 1})
    assert of("2.0", "1.0", 5, 1, 5, fixed={Fraction(1): 6}).reachable is False
