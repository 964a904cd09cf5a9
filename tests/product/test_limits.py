"""Results against limits: unrounded, three-valued, and the reader is told where rounding would say otherwise."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.errors import CannotDo
from cordside.product.limits import FAIL, PASS, UNKNOWN, compare, limit_words

NUMBERS = st.decimals(0, 1000, places=4)


@pytest.mark.parametrize(
    ("value", "operator", "limit", "verdict"),
    [
        ("95", ">=", ["95"], PASS),
        ("95", ">", ["95"], FAIL),
        ("2", "<=", ["2"], PASS),
        ("2", "<", ["2"], FAIL),
        ("4.5", "between", ["4.5", "6"], PASS),
        ("6", "between", ["4.5", "6"], PASS),
        ("6.0001", "between", ["4.5", "6"], FAIL),
        ("<0.25", "<=", ["0.25"], PASS),
        ("1e60", "<=", ["5"], UNKNOWN),
        ("<1e-60", "<=", ["5"], UNKNOWN),
        ("<0.25", "<", ["0.25"], PASS),
        ("<=0.25", "<", ["0.25"], UNKNOWN),
        ("≤0.25", "<=", ["0.25"], PASS),
        ("<0.5", "<=", ["0.25"], UNKNOWN),
        (">0.5", "<=", ["0.25"], FAIL),
        ("> 0.25", "<=", ["0.25"], FAIL),
        (">=0.25", "<=", ["0.25"], UNKNOWN),
        ("clotted", "<=", ["0.25"], UNKNOWN),
        ("", "<=", ["0.25"], UNKNOWN),
        (None, "<=", ["0.25"], UNKNOWN),
        ("95", None, ["95"], UNKNOWN),
        ("95", ">=", None, UNKNOWN),
        ("NaN", ">=", ["95"], UNKNOWN),
        ("9" * 40, ">=", ["95"], UNKNOWN),
        ("4.6e7", "between", ["45000000", "60000000"], PASS),
        ("95,1", ">=", ["95"], UNKNOWN),
    ],
)
def test_a_number_is_compared_as_it_is(value, operator, limit, verdict):
    assert compare(value, operator, limit and [Decimal(one) for one in limit]).verdict == verdict


@pytest.mark.parametrize(
    ("value", "operator", "verdict"),
    [
        ("Negative", "negative", PASS),
        ("no growth", "negative", PASS),
        ("POSITIVE", "negative", FAIL),
        ("absent", "absent", PASS),
        ("present", "absent", FAIL),
        ("present", "present", PASS),
        ("not detected", "present", FAIL),
        ("conforms", "conforms", PASS),
        ("does  not conform", "conforms", FAIL),
        ("pending", "negative", UNKNOWN),
        ("95", "present", UNKNOWN),
        ("<0.1", "negative", UNKNOWN),
        (None, "negative", UNKNOWN),
    ],
)
def test_a_word_is_compared_with_the_word_reported(value, operator, verdict):
    assert compare(value, operator).verdict == verdict


def test_what_rounding_first_would_say_is_seen():
    found = compare("94.996", ">=", [Decimal(95)], "%")
    assert (found.verdict, found.shown, found.rounded_verdict) == (FAIL, "95.0", PASS)
    assert found.remark == "94.996 is compared unrounded: fail; rounded to 95.0 it would be: pass"
    assert compare("95.4", ">", [Decimal(95)]).remark == "95.4 is compared unrounded: pass; rounded to 95 it would be: fail"
    assert compare("95.00", ">=", [Decimal(95)], "%").remark == ""


def test_a_value_is_shown_with_the_places_of_its_limit_and_at_least_one():
    assert compare("0.249", "<", [Decimal("0.25")]).shown == "0.25"
    assert compare("0.249", "<", [Decimal("1")]).shown == "0.2"
    assert compare("<0.249", "<", [Decimal("1")]).shown == "<0.249"


def test_a_percentage_lies_between_none_and_all():
    assert compare("101", ">=", [Decimal(95)], "%").verdict == UNKNOWN
    assert compare("-3", "<=", [Decimal(2)], "%").verdict == UNKNOWN
    assert compare("101", ">=", [Decimal(95)], "cells").verdict == PASS


@given(NUMBERS, NUMBERS)
def test_at_least_and_below_are_opposites(value, limit):
    assert {compare(value, ">=", [limit]).verdict, compare(value, "<", [limit]).verdict} == {PASS, FAIL}


@given(NUMBERS, NUMBERS, NUMBERS)
def test_between_is_at_least_and_at_most(value, one, other):
    low, high = sorted([one, other])
    both = compare(value, ">=", [low]).verdict == compare(value, "<=", [high]).verdict == PASS
    assert (compare(value, "between", [low, high]).verdict == PASS) == both


@pytest.mark.parametrize(("operator", "limit"), [("between", ["6", "4"]), ("between", ["4"]), (">=", ["1", "2"]), ("about", ["1"])])
def test_a_limit_that_does_not_fit_its_operator_is_refused(operator, limit):
    with pytest.raises(CannotDo, match="^limit: "):
        compare("5", operator, [Decimal(one) for one in limit])


def test_limits_read_as_words():
    assert limit_words(">=", [Decimal("95.0")], "%") == "≥ 95.0 %"
    assert limit_words("between", [Decimal("4.5"), Decimal(6)]) == "4.5 to 6"
    assert [limit_words("negative", None), limit_words(None, None), limit_words("<", None)] == ["negative", "–", "–"]
