"""The study to start from: it passes the check, and shows what a ward needs."""

import pytest

from cordside.domains.all import DOMAINS
from cordside.protocol.read import read_protocol
from cordside.record.read import read_study
from tests.studies.folders import START

PROTOCOL, _ = read_protocol(START / "protocol.yaml")


def test_it_passes_the_check_without_a_single_problem():
    assert read_study(START).problems == ()


@pytest.mark.parametrize("path", sorted((START / "records").iterdir()), ids=lambda path: path.stem)
def test_a_file_has_a_header_of_known_variables_with_the_key_and_no_rows(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    domain, header = DOMAINS[path.stem.upper()], lines[0].split(",")
    assert len(lines) == 1
    assert set(header) <= set(domain.variables)
    assert {name for name, variable in domain.variables.items() if variable.required} <= set(header)


def test_no_file_asks_a_person_for_what_is_derived():
    asked = {(path.stem, name) for path in (START / "records").iterdir() for name in path.read_text(encoding="utf-8").strip().split(",")}
    assert not [name for domain, name in asked if DOMAINS[domain.upper()].variables[name].derived]


def test_every_item_that_decides_or_is_analysed_can_be_written_down():
    asked = {item.item for panel in PROTOCOL.panels.values() for item in panel.items}
    domains = {item.partition(".")[0] for item in asked}
    assert {domain.lower() for domain in domains} <= {path.stem for path in (START / "records").iterdir()}


def test_every_criterion_rests_on_something_that_a_panel_asks():
    asked = {item.item for panel in PROTOCOL.panels.values() for item in panel.items}
    population = PROTOCOL.population
    criteria = [*population.inclusion, *population.exclusion, *PROTOCOL.before_each_infusion]
    compared = {part.item for criterion in criteria for part in [criterion, *criterion.parts()] if part.item}
    assert not {item for item in compared - asked if not item.startswith("DM.")}


def test_every_panel_is_asked_at_some_visit():
    assert set(PROTOCOL.panels) == {name for visit in PROTOCOL.visits.values() for name in visit.ask}


def test_diabetes_and_coronary_disease_bring_their_own_panels():
    conditional = {panel.when.item: {item.item for item in panel.items} for panel in PROTOCOL.panels.values() if panel.when}
    assert conditional["MH.TYPE 2 DIABETES MELLITUS"] == {"LB.GLUC", "LB.HBA1C"}
    assert {"LB.TROPONI", "EG.INTP"} <= conditional["MH.CORONARY HEART DISEASE"]


def test_thromboembolism_is_the_first_event_of_special_interest_and_d_dimer_follows_it():
    first = PROTOCOL.events_of_special_interest[0]
    assert first.category == "Thromboembolism"
    assert "LB.DDIMER" in first.follow
