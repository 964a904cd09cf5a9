"""The regimen: days from 1, a window that holds its day, and a dose in words."""

import pytest

from cordside.protocol.read import parse_protocol
from tests.protocol.written import the_mistake
from tests.support.folders import a_protocol

KEYS = ("dose", "vehicle", "volume_ml", "route", "days", "maximum", "caps", "missed_dose")


def a_regimen(**given: str) -> str:
    """A protocol's regimen with the given keys, all others not published."""
    values = dict.fromkeys(KEYS, "not_published") | given
    return "regimen: {treatment: MSC, " + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}"


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        ("{rule: per_kg, cells: 1000000, count: viable}", "1 × 10^6 viable cells per kg"),
        ("{rule: flat, cells: 30000000, count: not_published}", "3 × 10^7 cells, viable or total not stated"),
        ("{rule: flat, cells: 30000000, count: not stated}", "3 × 10^7 cells, viable or total not stated"),
        ("{rule: flat, cells: 3.0e7, count: total}", "3 × 10^7 cells, all counted"),
        ("{rule: per_kg, cells: 1000000, count: not stated}", "1 × 10^6 cells per kg, viable or total not stated"),
        ("{rule: per_kg, cells: not_published, count: total}", "number of cells per kg, all counted, not published"),
        ("{rule: per_kg_pbw, cells: 1250000, count: viable}", "1.25 × 10^6 viable cells per kg of predicted body weight"),
        ("{rule: not_published, cells: 1000000, count: viable}", "1 × 10^6 viable cells, per kg or flat not stated"),
        ("{rule: per_kg, cells: not_published, count: viable}", "number of viable cells per kg not published"),
    ],
)
def test_a_dose_reads_as_it_is_printed(dose, words):
    assert parse_protocol(a_protocol(a_regimen(dose=dose))).regimen.dose.words() == words


@pytest.mark.parametrize(
    ("keys", "fault", "words"),
    [
        ({"days": "[0, 4]"}, "regimen", "infusion days [0, 4]; rising days from 1; the first infusion is day 1; there is no day 0"),
        ({"days": "[-1]"}, "regimen", "infusion days [-1];"),
        ({"days": "[4, 1]"}, "regimen", "infusion days [4, 1];"),
        ({"days": "[1, 1]"}, "regimen", "infusion days [1, 1];"),
        ({"days": "[]"}, "regimen.days", "a list is not allowed here; at least 1 entries"),
        ({"days": "[1, 4, 7]", "maximum": "2"}, "regimen", "3 days but a maximum of 2;"),
        ({"maximum": "0"}, "regimen.maximum", "'0' is not allowed here; 1 or more"),
        ({"window": "[1, 2]"}, "regimen", "window [1, 2] does not hold the planned day;"),
        ({"window": "[-2, -1]"}, "regimen", "window [-2, -1] does not hold the planned day;"),
        ({"window": "[0]"}, "regimen.window", "a list is not allowed here; at least 2 entries"),
        ({"volume_ml": "0"}, "regimen.volume_ml", "'0' is not allowed here; more than 0"),
        ({"dose": "{rule: flat, cells: 0, count: viable}"}, "regimen.dose.cells", "'0' is not allowed here; more than 0"),
        ({"dose": "{rule: flat, cells: 1, count: living}"}, "regimen.dose.count", "'living' is not known here;"),
        ({"missed_dose": "{rule: skp}"}, "regimen.missed_dose.rule", "'skp' is not known here;"),
        ({"caps": "{rate_ml_per_min: -1}"}, "regimen.caps.rate_ml_per_min", "'-1' is not allowed here; more than 0"),
    ],
)  # fmt: skip
def test_a_regimen_that_cannot_be_is_found(keys, fault, words):
    assert the_mistake(a_regimen(**keys)).startswith(f"{fault}: {words}")


def test_an_arm_has_its_own_regimen_or_the_studys_or_none():
    own = a_regimen(days="[1]").removeprefix("regimen: ")
    arms = f"arms: {{A: {{label: A}}, B: {{label: B, regimen: {own}}}, C: {{label: C, treated: false}}}}"
    protocol = parse_protocol(a_protocol(f"{a_regimen(days='[1, 4]')}\n{arms}"))
    assert [found and found.days for found in map(protocol.regimen_of, ("A", "B", "C", None, "X"))] == [[1, 4], [1], None, [1, 4], [1, 4]]
    assert [protocol.is_treated(arm) for arm in ("A", "B", "C", None)] == [True, True, False, True]
