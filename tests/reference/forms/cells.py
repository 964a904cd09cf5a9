"""The form cells/1: `vectors`, each with a kind, `in`, and either `out` or `refuse`; the file's header explains the keys.

A kind is one entry of a dict in tests/reference/methods: in → (out by key, the refusals of the gate).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cordside.product.refusals import Refusal
from tests.reference.methods import cellcounts, celldoses, cellstates
from tests.reference.vectorfile import Case, VectorFile

FORM = "cells/1"

Kind = Callable[[dict[str, Any]], tuple[dict[str, Any], list[Refusal]]]
KINDS: dict[str, Kind] = {**celldoses.KINDS, **cellcounts.KINDS, **cellstates.KINDS}

_BAD = (False, "fail", "unknown")
"""Answers of `out` that say themselves that a gate refused."""


def cases(file: VectorFile) -> Iterable[Case]:
    """One case a vector."""
    return [Case(str(vector["id"]), _check(vector)) for vector in file.document["vectors"]]


def _check(vector: Mapping[str, Any]) -> Callable[[], None]:
    def check() -> None:
        kind = vector["kind"]
        assert kind in KINDS, f"kind {kind} is unknown; known are {', '.join(sorted(KINDS))}"
        assert ("out" in vector) != ("refuse" in vector), "a case has either out or refuse"
        got, refusals = KINDS[kind](dict(vector["in"]))
        if "refuse" in vector:
            assert_refused(refusals, vector["refuse"])
        else:
            assert not refusals or any(value in _BAD for value in vector["out"].values() if not isinstance(value, list | dict)), refusals
            assert_out(got, vector["out"])

    return check


def assert_refused(refusals: list[Refusal], code: str) -> None:
    """The gate gave the code, and every refusal says where, what, what is allowed and what to do."""
    assert code in [refusal.code for refusal in refusals], f"{code} is not among {refusals}"
    assert all(len(words) > 3 for refusal in refusals for words in (refusal.why, refusal.allowed, refusal.remedy)), refusals
    assert all(":" in refusal.why for refusal in refusals), f"where is not said: {refusals}"


def assert_out(got: Any, expected: Any, where: str = "out") -> None:
    """Bare values are exact: integers as integers, quoted numbers as decimals, times as instants; near has its own distance."""
    if isinstance(expected, Mapping) and "near" in expected:
        assert _is_number(got), f"{where}: {got!r} is no number"
        distance = abs(Fraction(got) - Fraction(str(expected["near"])))
        assert distance <= Fraction(str(expected["abs"])), f"{where}: {got!r} is not within {expected['abs']} of {expected['near']}"
    elif isinstance(expected, Mapping):
        assert isinstance(got, Mapping), f"{where}: {got!r} has no entries"
        for key, value in expected.items():
            assert key in got, f"{where}: {key} is missing; there are {', '.join(got)}"
            assert_out(got[key], value, f"{where}.{key}")
    elif isinstance(got, frozenset):
        assert sorted(got) == sorted(expected), f"{where}: {sorted(got)} are not {sorted(expected)}"
    elif isinstance(expected, list):
        assert isinstance(got, list | tuple) and len(got) == len(expected), f"{where}: {got!r} is not a list of {len(expected)}"
        for place, (one, value) in enumerate(zip(got, expected, strict=True)):
            assert_out(one, value, f"{where}[{place}]")
    else:
        assert _is_same(got, expected), f"{where}: {got!r} is not {expected!r}"


def _is_same(got: Any, expected: Any) -> bool:
    if expected is None or isinstance(expected, bool) or isinstance(got, bool):
        return got is expected
    if isinstance(got, datetime):
        return got == datetime.fromisoformat(expected)
    if isinstance(got, date):
        return got == date.fromisoformat(expected)
    if _is_number(got):
        return Fraction(got) == Fraction(str(expected))
    return bool(got == expected)


def _is_number(got: Any) -> bool:
    return isinstance(got, int | float | Decimal | Fraction) and not isinstance(got, bool)
