"""Numbers on labels: one wrong character and two swapped ones are found."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cordside.errors import CannotDo
from cordside.product.codes.din import check_character, din_refusals
from cordside.product.codes.sec import parse_sec, sec_refusals, shown_code

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DINS = st.from_regex(re.compile(r"[A-Z0-9]{5}[0-9]{8}"), fullmatch=True)


@given(DINS, st.integers(0, 12), st.sampled_from(LETTERS))
def test_one_wrong_character_is_found(din, place, letter):
    assume(din[place] != letter)
    wrong = din[:place] + letter + din[place + 1 :]
    assert [one.code for one in din_refusals(wrong, check_character(din))] == ["check_character_wrong"]


@given(DINS, st.integers(0, 11))
def test_two_swapped_characters_are_found(din, place):
    assume(din[place] != din[place + 1])
    wrong = din[:place] + din[place + 1] + din[place] + din[place + 2 :]
    assert [one.code for one in din_refusals(wrong, check_character(din))] == ["check_character_wrong"]


@given(DINS)
def test_its_own_character_fits_and_no_other(din):
    wanted = check_character(din)
    assert din_refusals(din, wanted) == [] == din_refusals(din)
    assert [one for one in LETTERS + "*" if not din_refusals(din, one)] == [wanted]


@pytest.mark.parametrize(
    ("din", "code"),
    [
        ("G12349865432", "wrong_length"),
        ("", "wrong_length"),
        ("g123498654321", "check_character_wrong"),
        ("G12349865432A", "check_character_wrong"),
    ],
)
def test_what_is_no_number_has_no_character(din, code):
    assert [one.code for one in din_refusals(din)] == [code]


def test_a_code_printed_in_two_lines_is_one():
    text = "NL0123451234567890123 E000123400120270131"
    assert sec_refusals(text) == []
    assert parse_sec(text).split == "001"
    assert shown_code("".join(text.split())) == text
    assert shown_code("G123498654321") == "G123498654321"


@pytest.mark.parametrize(
    "text",
    [
        "nl0123451234567890123E000123400120270131",
        "NL0123451234567890123X000123400120270131",
        "NL0123451234567890123E000123400120271331",
        "x",
    ],
)
def test_a_code_of_another_form_is_refused(text):
    with pytest.raises(CannotDo, match="Single European Code"):
        parse_sec(text)
