"""Slips that a person makes in the protocol to start from: each is found, with its key."""

import pytest

from cordside.errors import ProblemsFound
from cordside.protocol.read import parse_protocol
from tests.studies.folders import START

TEXT = (START / "protocol.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "instead_of", "key"),
    [
        ("visit: SCREN}", "visit: SCREEN}", "population.inclusion.2.any.0.visit"),
        ("unit: ug/L FEW}", "unit: ug/L FEU}", "panels.laboratory.items.5.unit"),
        ("high: 10, unit: mg, ", "high: 10, unit: mg/L, ", "laboratories.CENTRAL.ranges.3.unit"),
        ("ask: [call, tumor_markers]", "ask: [call]", "visits.PHONE.ask.1"),
        ("category: Thrombembolism", "category: Thromboembolism", "events_of_special_interest.0.category"),
    ],
)
def test_a_slip_is_found_where_it_stands(written, instead_of, key):
    assert instead_of in TEXT
    with pytest.raises(ProblemsFound) as found:
        parse_protocol(TEXT.replace(instead_of, written, 1))
    assert [problem.variable for problem in found.value.problems] == [key]


@pytest.mark.parametrize("unit", ["ug/L FEU", "ug/L DDU", "ng/mL FEU", "ug/L"])
def test_d_dimer_may_be_asked_in_each_of_its_kinds(unit):
    assert parse_protocol(TEXT.replace("unit: ug/L FEU}", f"unit: {unit}}}", 1)).study == "my-study"


def test_an_outlier_at_an_unknown_visit_is_found():
    outlier = "visits: [SCREEN, D14, D28]\n    outliers: [{subject: my-study-1, item: LB.CRP, visit: D15, reason: Typed wrong}]"
    with pytest.raises(ProblemsFound) as found:
        parse_protocol(TEXT.replace("visits: [SCREEN, D14, D28]", outlier, 1))
    assert [problem.variable for problem in found.value.problems] == ["analyses.6.outliers.0.visit"]
