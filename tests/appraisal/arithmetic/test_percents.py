from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cordside.appraisal.arithmetic.percents import count_in_n, grim_percent, partition, percent_counts, percent_of_n
from cordside.appraisal.printed import read_printed
from cordside.words import percent


def test_the_arithmetic_explains_itself():
    found = percent_of_n(25, 31, read_printed("80.6"))
    assert found.consistent and found.exact == Fraction(2500, 31)
    assert not percent_of_n(24, 31, read_printed("74.7")).consistent


def test_a_tie_may_be_rounded_either_way():
    assert all(percent_of_n(1, 8, read_printed(text)).consistent for text in ("12", "13", "12.5"))
    assert not percent_of_n(1, 8, read_printed("12.4")).consistent


def test_nothing_of_nothing_is_not_tested():
    found = percent_of_n(0, 0, read_printed("0"))
    assert found.exact is None and found.consistent
    assert grim_percent(read_printed("12"), 0).consistent


def test_an_impossible_percentage_names_its_neighbours():
    found = grim_percent(read_printed("7"), 50)
    assert not found.consistent and found.nearest == (6, 8)


def test_counts_stay_within_n():
    assert percent_counts(read_printed("100"), 31) == (31,)
    assert percent_counts(read_printed("0"), 300) == (0, 1)
    assert percent_counts(read_printed("104"), 25) == ()


def test_parts_add_to_the_whole():
    assert partition([19, 4, 8], 31).consistent
    assert (partition([10, 9, 4], 24).total, partition([10, 9, 4], 24).consistent) == (23, False)
    assert count_in_n(31, 31).consistent and not count_in_n(32, 31).consistent and not count_in_n(-1, 31).consistent


@given(st.integers(min_value=1, max_value=3000), st.data(), st.integers(min_value=0, max_value=3), st.sampled_from(["half_up", "printf"]))
def test_no_true_percentage_is_refused(n, data, decimals, policy):
    count = data.draw(st.integers(min_value=0, max_value=n))
    shown = read_printed(percent(count, n, decimals, policy))
    assert percent_of_n(count, n, shown).consistent
    assert count in percent_counts(shown, n)


@given(st.integers(min_value=1, max_value=60), st.integers(min_value=0, max_value=1000))
def test_the_counts_are_those_that_a_search_finds(n, tenths):
    shown = read_printed(f"{tenths / 10:.1f}")
    assert list(percent_counts(shown, n)) == [
        count for count in range(n + 1) if abs(Fraction(100 * count, n) - shown.value) <= Fraction(1, 20)
    ]
