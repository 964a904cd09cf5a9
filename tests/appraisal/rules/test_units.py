"""Units against normal ranges and definitions: a sound page, a broken one, one that cannot be checked."""

import pytest

from tests.appraisal.papers import BROKEN, row, said


def measured(code: str, unit: str, normal: str, more: str = "") -> str:
    """A row of a laboratory test with its printed range."""
    return row(f'kind: mean_sd, value: ["6.7", "2.6"], unit: "{unit}", normal: [{normal}], as: {{domain: LB, testcd: {code}}}{more}')


@pytest.mark.parametrize(
    ("code", "unit", "normal"),
    [
        ("WBC", "10^9/L", '"3.5", "9.5"'),
        ("WBC", "10^3/uL", '"4.0", "10.0"'),
        ("LYM", "10^6/L", '"1100", "3200"'),
        ("CRP", "mg/dL", 'null, "< 1.0"'),
        ("DDIMER", "mg/L FEU", 'null, "0.5"'),
        ("BILI", "umol/L", 'null, "21"'),
        ("OXYSAT", "%", '"95", null'),
    ],
)
def test_a_range_near_the_usual_one_fits_its_unit(code, unit, normal):
    found = said("unit-vs-normal", measured(code, unit, normal))
    assert (found.findings, found.passed) == ([], ["Row"])


@pytest.mark.parametrize(
    ("code", "unit", "normal"),
    [("WBC", "10^9/mL", '"3.5", "9.5"'), ("CRP", "mg/dL", 'null, "10"'), ("DDIMER", "ug/mL", 'null, "243"'), ("CRP", "mg/L", 'null, "1"')],
)
def test_a_range_far_from_the_usual_one_is_found(code, unit, normal):
    assert said("unit-vs-normal", measured(code, unit, normal)).findings == BROKEN


def test_the_printed_unit_is_judged_not_the_one_that_fits():
    found = said("unit-vs-normal", measured("WBC", "10^9/L", '"3.5", "9.5"', ', printed_unit: "x 10^9/mL"'))
    assert found.findings == BROKEN
    assert "1000 times too large" in found.why


@pytest.mark.parametrize(
    "page",
    [
        measured("K", "mmol/L", '"3.5", "5.0"'),
        measured("NOSUCH", "mg/L", '"3.5", "5.0"'),
        measured("WBC", "furlong", '"3.5", "9.5"'),
        measured("WBC", "10^9/L", '"3.5", "9.5"', ", printed_unit: none"),
        row('kind: mean_sd, value: ["1", "2"], normal: ["1", "2"], unit: mg/L'),
    ],
)
def test_what_no_table_knows_is_not_checked(page):
    found = said("unit-vs-normal", page)
    assert (found.findings, found.not_checked) == ([], ["Row"])


def ratio(numbers: str, more: str) -> str:
    """A row of PaO2/FiO2."""
    return row(f"kind: median_iqr, before: [{numbers}], as: {{domain: LB, testcd: PO2FIO2}}, {more}")


@pytest.mark.parametrize(
    ("numbers", "more", "findings"),
    [
        ('"242", "200", "294"', "definition: {over: fraction}", []),
        ('"242", "200", "294"', "definition: {over: percentage, quote: q}", BROKEN),
        ('"2.42", "2.00", "2.94"', "definition: {over: percentage}", []),
        ('"2.42", "2.00", "2.94"', "definition: {over: fraction}", BROKEN),
        ('"242", "200", "294"', "unit: mmHg", []),
        ('"242", "200", "294"', "unit: kPa", BROKEN),
        ('"32.3", "26.7", "39.2"', "unit: kPa", []),
    ],
)
def test_a_ratio_is_possible_by_its_definition_or_unit(numbers, more, findings):
    assert said("unit-vs-definition", ratio(numbers, more)).findings == findings


def test_a_ratio_without_definition_and_unit_is_not_checked():
    assert said("unit-vs-definition", ratio("242, 200, 294", "unit: mmHg, printed_unit: none")).not_checked == ["Row"]


def test_the_pressure_that_a_percentage_needs_stands_in_the_finding():
    assert "5,082 mmHg" in said("unit-vs-definition", ratio("242, 200, 294", "definition: {over: percentage}")).why
