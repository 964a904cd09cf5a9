from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cordside.appraisal.arithmetic.grim import grim
from cordside.appraisal.printed import read_printed
from tests.appraisal.arithmetic.samples import mean_of, policies, printed, scores, some_decimals


def test_an_impossible_mean_names_its_neighbours():
    found = grim(read_printed("5.19"), 28)
    assert found.testable and not found.consistent
    assert found.nearest == (Fraction(145, 28), Fraction(146, 28))


def test_a_grain_finer_than_the_print_tests_nothing():
    assert not grim(read_printed("37.2"), 31).testable
    assert grim(read_printed("37.20"), 31).testable
    assert grim(read_printed("5.2"), 10).testable


def test_items_and_steps_make_the_grain_finer():
    assert grim(read_printed("5.18"), 14, items=2).consistent and not grim(read_printed("5.18"), 14).consistent
    assert grim(read_printed("3.113"), 8, step=Fraction("0.1")).consistent and not grim(read_printed("3.113"), 8).consistent


@given(scores, some_decimals, policies, st.integers(min_value=1, max_value=4), st.sampled_from(["1", "0.5", "0.1"]))
def test_no_true_mean_is_refused(values, decimals, policy, items, step):
    values = [value * Fraction(step) / items for value in values]
    assert grim(printed(mean_of(values), decimals, policy), len(values), items=items, step=Fraction(step)).consistent


@given(st.integers(min_value=1, max_value=40), st.integers(min_value=-500, max_value=500))
def test_the_sums_are_those_that_a_search_finds(n, hundredths):
    shown = read_printed(f"{hundredths / 100:.2f}")
    near = range(-6 * n, 6 * n)
    assert list(grim(shown, n).sums) == [total for total in near if abs(Fraction(total, n) - shown.value) <= Fraction(1, 200)]
