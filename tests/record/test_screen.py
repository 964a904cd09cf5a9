"""Eligibility: `met` is always the good answer, and nothing is assumed."""

import pytest

from cordside.record.read import read_study
from cordside.record.screen import screen
from tests.studies.folders import RENMIN
from tests.support.records import a_record

POPULATION = """
population:
  planned: not_published
  inclusion:
    - {id: age, item: DM.AGE, between: [18, 75]}
  exclusion:
    - {id: shock, text: Shock, item: CE.SHOCK, recorded: true}
"""


@pytest.mark.parametrize(
    ("age", "shock", "criteria", "overall"),
    [
        ("65", "N", ["met", "met"], "met"),
        ("65", "Y", ["met", "not met"], "not met"),
        ("65", "U", ["met", "unknown"], "unknown"),
        ("65", None, ["met", "unknown"], "unknown"),
        ("80", None, ["not met", "unknown"], "not met"),
        ("", "N", ["unknown", "met"], "unknown"),
    ],
)
def test_an_exclusion_is_met_when_it_is_known_to_be_absent(tmp_path, age, shock, criteria, overall):
    tables = {"CE": f"USUBJID | CETERM | CEPRESP | CEOCCUR\nT-1 | Shock | Y | {shock}"} if shock else {}
    found = screen(a_record(tmp_path, POPULATION, DM=f"USUBJID | AGE | AGEU\nT-1 | {age} | YEARS", **tables))[0]
    assert [criterion.verdict for criterion in found.criteria] == criteria
    assert [criterion.kind for criterion in found.criteria] == ["inclusion", "exclusion"]
    assert found.verdict == overall


def test_where_no_criterion_was_published_nobody_is_called_eligible(tmp_path):
    assert [one.verdict for one in screen(a_record(tmp_path))] == ["unknown"]


def test_one_subject_can_be_asked_for(tmp_path):
    record = a_record(tmp_path, POPULATION, DM="USUBJID\nT-1\nT-2\nT-1")
    assert [one.subject for one in screen(record)] == ["T-1", "T-2"]
    assert [one.subject for one in screen(record, "T-2")] == ["T-2"]


def test_a_group_shows_its_parts_and_the_value_that_decided(tmp_path):
    group = "{id: any, any: [{item: DM.AGE, above: 75}, {item: DM.SEX, equals: F}]}"
    parts = POPULATION.replace("{id: age, item: DM.AGE, between: [18, 75]}", group)
    criterion = screen(a_record(tmp_path, parts, DM="USUBJID | AGE | AGEU | SEX\nT-1 | 65 | YEARS | F"))[0].as_dict()["criteria"][0]
    assert (criterion["verdict"], criterion["value"], criterion["source"]) == ("met", "F", "records/dm.csv:2")
    assert [(part["verdict"], part["value"]) for part in criterion["parts"]] == [("not met", "65 YEARS"), ("met", "F")]


def test_the_five_patients_of_renmin_are_judged_by_what_was_published():
    found = {one.subject: {criterion.id: criterion.verdict for criterion in one.criteria} for one in screen(read_study(RENMIN))}
    assert [verdicts["severity"] for verdicts in found.values()] == ["unknown", "met", "met", "met", "met"]
    assert {verdicts["age"] for verdicts in found.values()} == {"met"}
    exclusions = ("shock", "organ_failure", "tumour", "ventilation", "pregnancy", "coinfection")
    assert {verdicts[name] for verdicts in found.values() for name in exclusions} == {"unknown"}
