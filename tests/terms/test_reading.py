"""The text of a result: what is a number, what is a word, what must be asked about."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.terms.reading import read_result


@pytest.mark.parametrize(
    ("written", "value", "operator", "text"),
    [
        ("1.09", "1.09", "", "1.09"),
        (" 13.39 ", "13.39", "", "13.39"),
        ("-2", "-2", "", "-2"),
        ("−2", "-2", "", "-2"),
        ("1.2E+3", "1200", "", "1.2E+3"),
        ("<0.50", "0.50", "<", "<0.50"),
        ("< 0.50", "0.50", "<", "<0.50"),
        ("≥ 1000", "1000", ">=", ">=1000"),
    ],
)
def test_a_number_is_read_as_it_stands(written, value, operator, text):
    found = read_result(written)
    assert (found.value, found.operator, found.text, found.problem) == (Decimal(value), operator, text, None)


@pytest.mark.parametrize("written", ["NEGATIVE", "1:40", "++", "1_000", "0x10", "3-5", "1 2", "阴性", "10²", "1" * 21, ""])
def test_what_is_no_number_stays_a_word(written):
    assert (read_result(written).value, read_result(written).text, read_result(written).problem) == (None, written, None)


@pytest.mark.parametrize(
    ("written", "problem", "remedy"),
    [
        ("13,39", '"13,39" has a comma', "write 13.39"),
        ("<0,5", '"<0,5" has a comma', "write <0.5"),
        ("1,234", '"1,234" has a comma', "write 1.234 or 1234, whichever the source means"),
        ("1,234.5", '"1,234.5" has a comma', "write 1234.5"),
        ("NA", '"NA" is not a result', "leave the result empty and set the status to NOT DONE"),
        ("n/a", '"n/a" is not a result', "leave the result empty and set the status to NOT DONE"),
        ("-", '"-" is not a result', "leave the result empty and set the status to NOT DONE"),
        ("NaN", '"NaN" is not a result', "leave the result empty and set the status to NOT DONE"),
        ("Infinity", '"Infinity" is not a number', "write what the source says"),
        ("-inf", '"-inf" is not a number', "write what the source says"),
    ],
)
def test_what_cannot_be_used_says_what_to_do(written, problem, remedy):
    found = read_result(written)
    assert (found.value, found.problem, found.remedy) == (None, problem, remedy)


@pytest.mark.parametrize("written", ["１３．３９", "１３.３９", "١٣.٣٩"])
def test_digits_of_another_width_or_script_are_read_and_the_reading_is_reported(written):
    found = read_result(written)
    assert found.value == Decimal("13.39")
    assert found.problem == f'"{written}" was read as 13.39'


def test_a_very_long_text_is_quoted_shortly():
    assert len(read_result("１" * 1_000_000).problem) < 120


@given(st.text())
def test_no_text_makes_it_raise(written):
    assert isinstance(read_result(written).text, str)
