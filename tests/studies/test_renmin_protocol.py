"""The protocol written out from the paper says what the paper says, and what it does not say stays unpublished."""

from decimal import Decimal

import pytest

from cordside.protocol.plans.listing import Listing
from cordside.protocol.plans.swabs import Swabs
from cordside.protocol.read import read_protocol
from tests.studies.folders import RENMIN, published

PUBLISHED = published()
PROTOCOL, _ = read_protocol(RENMIN / "protocol.yaml")


def planned(name):
    """The planned analysis of an id."""
    return next(analysis for analysis in PROTOCOL.analyses if analysis.id == name)


def test_identity_ethics_and_place_are_those_of_the_paper():
    assert PROTOCOL.study == PUBLISHED["study"]
    assert PROTOCOL.origin == "published"
    assert PROTOCOL.period == PUBLISHED["period"]
    assert PROTOCOL.control_group is False
    assert PROTOCOL.ethics and PROTOCOL.ethics.number == PUBLISHED["ethics"]["number"]
    assert [site.name for site in PROTOCOL.sites.values()] == [PUBLISHED["place"]]


def test_the_regimen_is_the_published_one_and_the_rest_of_it_unpublished():
    regimen, wanted = PROTOCOL.regimen, PUBLISHED["regimen"]
    assert (regimen.treatment, regimen.dose.cells) == (wanted["product"], Decimal(wanted["cells_per_infusion"]))
    assert regimen.days == [int(day) for day in wanted["days"]]
    assert regimen.maximum == int(wanted["infusions"])
    unpublished = ("vehicle", "volume_ml", "window", "caps", "missed_dose", "premedication")
    assert not [key for key in unpublished if regimen.is_published(key)]
    assert not regimen.dose.is_published("count")


@pytest.mark.parametrize("key", ["before_each_infusion", "events_of_special_interest", "laboratories", "roles", "registration"])
def test_what_the_paper_is_silent_about_is_not_published(key):
    assert not PROTOCOL.is_published(key)


def test_severity_is_one_criterion_of_two_parts():
    criterion = next(c for c in PROTOCOL.population.inclusion if c.id == "severity")
    parts = [(part.item, part.at_least, part.at_most, part.on) for part in criterion.any]
    assert parts == [("VS.RESP", Decimal(30), None, None), ("VS.OXYSAT", None, Decimal(93), "room air")]


def test_every_published_exclusion_is_a_criterion_of_its_own():
    assert len(PROTOCOL.population.exclusion) == len(PUBLISHED["eligibility"]["exclude"]) == 6


def test_the_specification_names_the_published_tests_and_no_limit():
    tests = PROTOCOL.product.specification.tests
    markers = {test.test: test.operator for test in tests if test.operator in ("present", "absent")}
    assert markers == {row["test"]: row["direction"] for row in PUBLISHED["product"]["release"] if "direction" in row}
    assert all(test.limit is None for test in tests)
    assert sorted({test.stage for test in tests if test.test == "Viability"}) == ["after preparation", "before administration"]
    assert PROTOCOL.product.passage == int(PUBLISHED["regimen"]["passage"])
    assert len(PROTOCOL.product.process) > 0


def test_there_are_admission_and_four_checks_without_a_day():
    undated = [visit.name for visit in PROTOCOL.planned_visits() if visit.day is None]
    assert [name for name in undated if name.startswith("CHECK")] == ["CHECK1", "CHECK2", "CHECK3", "CHECK4"]
    assert {visit.name: visit.day for visit in PROTOCOL.planned_visits() if visit.day is not None} == {"D1": 1, "D4": 4, "D7": 7}
    assert not PROTOCOL.visits["CHECK1"].is_published("day")


def test_table_1_is_planned_with_the_printed_labels_and_sections():
    table = planned("table1")
    assert isinstance(table, Listing)
    labels, sections = PUBLISHED["labels"], PUBLISHED["sections"]
    section_of = {key: section for section, keys in sections.items() for key in keys}
    assert sorted((row.label, row.section or "") for row in table.rows) == sorted(
        (label, section_of.get(key, "")) for key, label in labels.items()
    )
    assert (table.title, table.corner) == (PUBLISHED["captions"]["table1"].rstrip("."), PUBLISHED["columns"]["table1"][0])


def test_table_2_is_planned_with_the_printed_columns():
    table = planned("table2")
    assert isinstance(table, Swabs)
    columns = [table.corner, table.positive, table.first_dose, table.date, *(place.label for place in table.places)]
    assert columns == PUBLISHED["columns"]["table2"]
    assert table.title == PUBLISHED["captions"]["table2"].rstrip(".")


def test_figure_3_shows_the_printed_markers_over_admission_and_checks():
    figure, wanted = planned("figure3"), PUBLISHED["figures"]["3"]
    assert [marker.label for marker in figure.markers] == wanted["shows"]
    assert len(figure.visits) == len(wanted["over"])
    assert [outlier.visit for outlier in figure.outliers] == [f"CHECK{PUBLISHED['clinical']['outlier']['check']}"]


def test_adverse_events_that_are_nobodys_stand_in_a_remark():
    said = " ".join(PROTOCOL.remarks_about("AE")).lower()
    assert all(event["term"] in said for event in PUBLISHED["adverse_events"])
