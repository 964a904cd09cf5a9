"""Numbers as text: the printed digit is the one a reader expects."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.errors import CannotDo
from cordside.words import P_STYLES, decimals_of, p_text, percent, rounded


@pytest.mark.parametrize(
    ("value", "places", "half_up", "printf"),
    [
        (2.5, 0, "3", "2"),
        (0.15, 1, "0.2", "0.1"),
        (2.675, 2, "2.68", "2.67"),
        (0.125, 2, "0.13", "0.12"),
        (524288.1255, 3, "524288.126", "524288.125"),
        (42.649999999999984, 1, "42.7", "42.6"),
        (1.4999999851, 0, "1", "1"),
        (-2.5, 0, "-3", "-2"),
        (-0.15, 1, "-0.2", "-0.1"),
        (1.005, 2, "1.01", "1.00"),
        (0.0, 2, "0.00", "0.00"),
    ],
)
def test_a_float_is_rounded_as_its_policy_says(value, places, half_up, printf):
    assert (rounded(value, places), rounded(value, places, "printf")) == (half_up, printf)


@pytest.mark.parametrize("policy", ["half_up", "printf"])
@pytest.mark.parametrize(("value", "places"), [(-0.0, 1), (-0.04, 1), (-0.4, 0), (Decimal("-0.004"), 2), (Fraction(-1, 1000), 2)])
def test_a_zero_has_no_sign(value, places, policy):
    assert not rounded(value, places, policy).startswith("-")


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("2.675"), 2, "2.68"),
        (Decimal("0.1499999999999999999999999999999999"), 1, "0.1"),
        (Fraction(1, 3), 4, "0.3333"),
        (Fraction(5, 2), 0, "3"),
        (7, 2, "7.00"),
        (123456789.5, 0, "123456790"),
        (0.1 + 0.2, 17, "0.30000000000000004"),
        (1e22, 2, "10000000000000000000000.00"),
        (1e-12, 3, "0.000"),
        (10**40, 1, "1" + "0" * 40 + ".0"),
    ],
)
def test_exact_numbers_are_rounded_as_they_are_and_long_ones_keep_their_digits(value, places, text):
    assert rounded(value, places) == text


@given(st.fractions(min_value=-(10**9), max_value=10**9), st.integers(0, 8))
def test_a_fraction_is_rounded_half_away_from_zero(value, places):
    scaled = abs(value) * 10**places
    whole = int(scaled) + (scaled - int(scaled) >= Fraction(1, 2))
    assert abs(Fraction(rounded(value, places))) == Fraction(whole, 10**places)
    assert Fraction(rounded(value, places)) * value >= 0


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6), st.integers(0, 5))
def test_a_decimal_is_rounded_as_the_decimal_module_does(value, places):
    wanted = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert Decimal(rounded(value, places)) == wanted


@given(st.decimals(min_value=-9999, max_value=9999, places=3))
def test_a_float_that_was_typed_with_few_digits_is_rounded_as_typed(typed):
    assert rounded(float(typed), 2) == rounded(typed, 2)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15), st.integers(0, 6))
def test_the_printed_number_is_within_half_a_unit_of_the_last_digit(value, places):
    step = Fraction(1, 10**places)
    slack = abs(Fraction(value)) * Fraction(1, 10**11)
    for policy in ("half_up", "printf"):
        assert abs(Fraction(rounded(value, places, policy)) - Fraction(value)) <= step / 2 + slack


@pytest.mark.parametrize(
    ("count", "total", "decimals", "text"),
    [
        (23, 40, 0, "58"),
        (1, 8, 1, "12.5"),
        (1, 3, 1, "33.3"),
        (0, 5, 1, "0.0"),
        (5, 5, 1, "100.0"),
        (5, 5, 0, "100"),
        (999, 1000, 0, "100"),
        (9999, 10000, 1, "100.0"),
        (0, 0, 1, "-"),
        (17, 80, 2, "21.25"),
    ],
)
def test_a_percentage_is_rounded_from_the_exact_fraction(count, total, decimals, text):
    assert percent(count, total, decimals) == text


def test_printf_rounds_the_binary_percentage():
    assert (percent(1, 16, 1, "printf"), percent(1, 16, 1)) == ("6.2", "6.3")


@given(st.integers(1, 10_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))), st.integers(0, 4))
def test_a_percentage_agrees_with_fraction_arithmetic(pair, decimals):
    count, total = pair
    assert percent(count, total, decimals) == rounded(Fraction(100 * count, total), decimals)


@pytest.mark.parametrize(("texts", "decimals"), [(["1", "2.5", "3.25"], 2), (["1", "2"], 0), ([], 0), (["0.50"], 2), (["", "7."], 0)])
def test_the_precision_of_collected_numbers_is_that_of_the_finest(texts, decimals):
    assert decimals_of(texts) == decimals


P = (0.00004, 0.0116, 0.0496, 0.346, 0.9996)


@pytest.mark.parametrize(
    ("style", "texts"),
    [
        ("three", ("<0.001", "0.012", "0.0496", "0.346", ">0.999")),
        ("sas", ("<.0001", "0.0116", "0.0496", "0.3460", "0.9996")),
        ("two_or_three", ("<0.001", "0.01", "0.0496", "0.35", ">0.99")),
        ("no_leading_zero", ("<.001", ".01", ".0496", ".35", ">.99")),
        ("two_significant", ("<0.0001", "0.012", "0.0496", "0.35", ">0.99")),
        ("pilot_ae", ("0.000", "0.012", "0.050", "0.346", ">.99")),
    ],
)
def test_each_style_prints_p_as_its_journals_do(style, texts):
    assert tuple(p_text(p, style) for p in P) == texts


@pytest.mark.parametrize(("p", "text"), [(0.0996, "0.10"), (0.00995, "0.010"), (0.0996e-2, "0.0010"), (0.0101, "0.010"), (0.99, "0.99")])
def test_two_significant_digits_stay_two_where_rounding_carries(p, text):
    assert p_text(p, "two_significant") == text


def test_no_p_is_a_dash_and_no_probability_is_refused():
    assert (p_text(None), p_text(float("nan"))) == ("-", "-")
    for p, style in ((1.2, "three"), (-0.1, "sas"), (float("inf"), "three"), (0.5, "lancet")):
        with pytest.raises(CannotDo):
            p_text(p, style)


GUARDED = sorted(style for style, how in P_STYLES.items() if how.guard)


@given(p=st.one_of(st.floats(0, 1), st.floats(0.0499, 0.0501), st.fractions(0, 1)), style=st.sampled_from(GUARDED))
def test_a_guarded_text_stands_on_the_side_of_one_twentieth_where_p_stands(p, style):
    alpha = 0.05 if isinstance(p, float) else Fraction(1, 20)
    assert (Fraction(p_text(p, style).strip("<>")) < Fraction(1, 20)) == (p < alpha)


@given(p=st.floats(0, 1), style=st.sampled_from(GUARDED))
def test_p_is_never_printed_as_zero_or_one(p, style):
    text = p_text(p, style)
    assert text[0] in "<>" or 0 < Fraction(text) < 1
