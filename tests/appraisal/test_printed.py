"""A printed number is the closed interval of what rounds to it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.appraisal.printed import exactly, must_read, read_p, read_printed
from cordside.errors import CannotDo


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        ("13.39", "13.385", "13.395"),
        ("2.20", "2.195", "2.205"),
        ("100", "99.5", "100.5"),
        ("-1.3", "-1.35", "-1.25"),
        ("\u22121.3", "-1.35", "-1.25"),
        ("\u20131.3", "-1.35", "-1.25"),
        (" .001 ", "0.0005", "0.0015"),
        ("0\u00b750", "0.495", "0.505"),
        ("80.6%", "80.55", "80.65"),
        ("80.6 %", "80.55", "80.65"),
        ("1,234.5", "1234.45", "1234.55"),
        ("12 345", "12344.5", "12345.5"),
        ("12\u2009345", "12344.5", "12345.5"),
        ("0,5", "0.45", "0.55"),
        ("0,123", "0.1225", "0.1235"),
        ("+0.31", "0.305", "0.315"),
        ("< 0.001", "0", "0.001"),
        ("<.001", "0", "0.001"),
        ("\u2264 0.05", "0", "0.05"),
        ("P = 0.03", "0.025", "0.035"),
        ("p-value < 0.05", "0", "0.05"),
        ("0.03*", "0.025", "0.035"),
        ("1.2e-5", "0.0000115", "0.0000125"),
        ("1.2 \u00d7 10\u207b\u2075", "0.0000115", "0.0000125"),
        ("1.2 x 10^9", "1150000000", "1250000000"),
        ("\uff11\uff0e\uff15", "1.45", "1.55"),
    ],
)
def test_a_number_is_the_interval_that_rounds_to_it(text, lo, hi):
    found = read_printed(text)
    assert found is not None
    assert (found.lo, found.hi) == (Fraction(lo), Fraction(hi))
    assert str(found) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "NS", "not published", "3 (9.7)", "70 61", "1.2.3", "6.72 \u00b1 2.62", "12a", "-", "> 0.05", "< -1", None, True, [1], "nan"],
)
def test_what_is_no_single_number_is_none(text):
    assert read_printed(text) is None


def test_decimals_tell_the_printed_step():
    assert [read_printed(text).unit for text in ("0.50", "495", "1.2e-5", "1.2 x 10^9")] == [
        Fraction(1, 100),
        1,
        Fraction(1, 10**6),
        10**8,
    ]


def test_a_number_that_the_file_holds_as_such_is_read_too():
    assert read_printed(12).lo == Fraction("11.5")
    assert read_printed(Decimal("2.20")).decimals == 2


@pytest.mark.parametrize(
    ("text", "lo", "hi"), [("0.000", "0", "0.0005"), ("1.000", "0.9995", "1"), (">0.05", "0.05", "1"), ("1", "0.5", "1")]
)
def test_a_p_is_cut_to_what_a_probability_can_be(text, lo, hi):
    found = read_p(text)
    assert (found.lo, found.hi) == (Fraction(lo), Fraction(hi))


@pytest.mark.parametrize("text", ["1.2", "-0.03", "NS", "< 1.5"])
def test_what_is_no_probability_is_no_p(text):
    assert read_p(text) is None


def test_a_bound_lies_surely_on_its_side():
    limit = Fraction("0.05")
    assert read_p("< 0.05").surely_below(limit) and not read_p("<= 0.05").surely_below(limit)
    assert read_p("> 0.05").surely_above(limit) and not read_p("0.05").surely_above(limit)
    assert not read_p("0.05").surely_below(limit) and read_p("0.04").surely_below(limit)


def test_an_sd_has_no_negative_part():
    assert read_printed("0.0").not_negative().lo == 0


def test_an_unrounded_number_is_one_point():
    assert (exactly("0.5").lo, exactly("0.5").hi) == (Fraction(1, 2), Fraction(1, 2))


def test_what_must_be_a_number_and_is_none_says_so():
    with pytest.raises(CannotDo, match="the mean: ten is no printed number"):
        must_read("ten", "the mean")


@given(st.floats(min_value=-1e6, max_value=1e6), st.integers(min_value=0, max_value=6))
def test_every_float_prints_as_something_that_holds_it(number, decimals):
    found = read_printed(f"{number:.{decimals}f}")
    assert found.holds(Fraction(number)) and found.decimals == decimals


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_without_an_error(text):
    read_printed(text)
    read_p(text)
