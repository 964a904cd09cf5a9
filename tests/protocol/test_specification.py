"""A release test has the limits that its operator needs."""

import pytest

from cordside.protocol.read import parse_protocol
from tests.protocol.written import the_mistake
from tests.support.folders import a_protocol

PRODUCT = ("name", "tissue", "allogeneic", "manufacturer", "isolation", "medium", "passage", "cryopreserved", "process")


def a_product(test: str) -> str:
    """A product with one release test."""
    tests = f"{{test: CD73, method: not_published, stage: not_published, blocking: true, due: before, {test}}}"
    unknown = ", ".join(f"{key}: not_published" for key in PRODUCT)
    return f"product: {{{unknown}, specification: {{id: S, version: 1, effective: 2027-01, tests: [{tests}]}}}}"


@pytest.mark.parametrize(
    "test",
    [
        "operator: '>=', limit: [95]",
        "operator: between, limit: [1, 2]",
        "operator: negative",
        "operator: '>=', limit: not_published",
        "operator: conforms, limit: not_published",
        "operator: not_published, limit: not_published",
        "operator: not_published, limit: [95]",
    ],
)
def test_limits_that_fit_their_operator_are_sound(test):
    assert parse_protocol(a_protocol(a_product(test))).product.specification.tests[0].test == "CD73"


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ("operator: '>=', limit: [1, 2]", ">= with 2 limits; 1;"),
        ("operator: '>='", ">= with 0 limits; 1;"),
        ("operator: between, limit: [1]", "between with 1 limits; 2;"),
        ("operator: between, limit: [2, 1]", "the lower limit is above the upper;"),
        ("operator: negative, limit: [1]", "negative with 1 limits; 0;"),
    ],
)
def test_limits_that_do_not_fit_are_found(test, words):
    assert the_mistake(a_product(test)).startswith(f"product.specification.tests.0: {words}")


def test_an_operator_that_is_not_known_is_found():
    words = the_mistake(a_product("operator: '=>', limit: [1]"))
    assert words.startswith("product.specification.tests.0.operator: '=>' is not known here;")
