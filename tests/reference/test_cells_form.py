"""The form cells/1: what counts as the same, and that a case can fail."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from cordside.product.refusals import Refusal
from tests.reference.forms import cells
from tests.reference.vectorfile import VectorFile


@pytest.mark.parametrize(
    ("got", "expected", "same"),
    [
        (84, "84.00", True),
        (Fraction(84), 84, True),
        (Decimal("84.001"), "84.00", False),
        (Fraction(1, 3), 0, False),
        (Fraction(1, 3), {"near": "0.3333", "abs": "0.0001"}, True),
        (Fraction(1, 3), {"near": "0.3331", "abs": "0.0001"}, False),
        (None, {"near": "0", "abs": "1"}, False),
        (True, 1, False),
        (True, True, True),
        (None, None, True),
        (0, None, False),
        ("012345", "012345", True),
        ("12345", "012345", False),
        (datetime(2026, 1, 5, 15, tzinfo=UTC), "2026-01-05T15:00:00Z", True),
        (datetime(2026, 1, 5, 15, tzinfo=UTC), "2026-01-05T16:00:00+01:00", True),
        (date(2026, 1, 5), "2026-01-06", False),
        ((1, None), [1, None], True),
        ([1], [1, 2], False),
        (frozenset({"a", "b"}), ["b", "a"], True),
        (frozenset({"a"}), ["b", "a"], False),
        ({"a": 1, "b": 2}, {"a": 1}, True),
        ({"b": 2}, {"a": 1}, False),
    ],
)
def test_what_counts_as_the_same(got, expected, same):
    if same:
        cells.assert_out(got, expected)
    else:
        with pytest.raises(AssertionError):
            cells.assert_out(got, expected)


@pytest.mark.parametrize(
    "refusals",
    [
        [],
        [Refusal("on_hold", "bag: held", "none open", "take another")],
        [Refusal("expired", "bag: over", "", "take another")],
        [Refusal("expired", "over", "earlier", "take another")],
    ],
)
def test_a_refusal_needs_its_code_and_all_its_words(refusals):
    with pytest.raises(AssertionError):
        cells.assert_refused(refusals, "expired")


def test_a_wrong_case_fails_by_its_name(tmp_path):
    text = (
        "form: cells/1\nvectors:\n"
        "  - {id: wrong, kind: pbw, in: {sex: F, height_cm: '160'}, out: {pbw_kg: '52'}}\n"
        "  - {id: refused, kind: expiry, in: {thawed: 2026-01-05T09:00:00Z, shelf_life_hours: '1', start: 2026-01-05T10:00:00Z},"
        " out: {expiry: 2026-01-05T10:00:00Z}}\n"
        "  - {id: allowed, kind: din, in: {din: G123498654321}, refuse: check_character_wrong}\n"
        "  - {id: strange, kind: alchemy, in: {}, out: {}}\n"
    )
    (tmp_path / "some.yaml").write_text(text, encoding="utf-8")
    found = list(cells.cases(VectorFile(tmp_path / "some.yaml")))
    assert [case.id for case in found] == ["wrong", "refused", "allowed", "strange"]
    for case in found:
        with pytest.raises(AssertionError):
            case.check()
