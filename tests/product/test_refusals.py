"""A gate gives all codes that apply, in one order."""

import pytest

from cordside.product.refusals import CODES, Refusal, in_order


def refused(code, why="bag"):
    return Refusal(code, why, "a", "b")


def test_codes_come_in_the_order_of_the_gates_named_each_once():
    found = in_order([refused("on_hold"), refused("no_weight"), refused("expired"), refused("on_hold")], "dose", "start")
    assert [one.code for one in found] == ["no_weight", "on_hold", "expired"]


def test_a_code_of_another_gate_is_a_mistake():
    with pytest.raises(KeyError):
        in_order([refused("cycle")], "dose")


def test_a_refusal_reads_as_a_line_and_as_json():
    one = Refusal("expired", "C1: expired", "a start before noon", "take another")
    assert str(one) == "expired: C1: expired; a start before noon; take another."
    assert list(one.as_dict()) == ["code", "why", "allowed", "remedy"]


def test_no_gate_has_a_code_twice():
    assert all(len(codes) == len(set(codes)) for codes in CODES.values())
