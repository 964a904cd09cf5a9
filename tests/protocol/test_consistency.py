"""Names used in a protocol are names declared in it; tests and units exist."""

import pytest

from tests.protocol.written import keys_at_fault, mistakes, the_mistake
from tests.support.folders import a_protocol

PANELS = "panels:\n  vital_signs: {items: [{item: VS.RESP, unit: breaths/min}]}\n"
VISITS = "visits:\n  D1: {day: 1, infusion: 1}\n  D7: {day: 7, repeat: {every: 7, times: 2}}\n"
REGIMEN = """regimen:
  {treatment: MSC, dose: not_published, vehicle: not_published, volume_ml: not_published, route: not_published, days: [1, 4],
   maximum: not_published, caps: not_published, missed_dose: not_published}
"""


def an_analysis(keys: str) -> str:
    """One planned analysis beside two visits."""
    return f"{VISITS}analyses:\n  - {{id: a, title: A, {keys}}}\n"


def test_a_panel_that_is_not_declared_is_found_with_the_nearest():
    words = the_mistake(f"{PANELS}visits: {{D1: {{day: 1, ask: [vital_signs, vital_sign]}}}}")
    assert words == "visits.D1.ask.1: vital_sign is not declared; panels are vital_signs; did you mean vital_signs."


def test_an_infusion_beyond_the_regimen_is_found():
    assert the_mistake(f"{REGIMEN}visits: {{D7: {{day: 7, infusion: 3}}}}").startswith("visits.D7.infusion: infusion 3 of 2;")
    arms = "arms: {A: {label: A, " + REGIMEN.strip().replace("days: [1, 4]", "days: [1, 4, 7]") + "}}\n"
    assert keys_at_fault(f"{REGIMEN}{arms}visits: {{D7: {{day: 7, infusion: 3}}}}") == []


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ("kind: before_after, markers: [{item: LB.CRP, label: C}], before: D1, after: D8", "after"),
        ("kind: before_after, markers: [{item: LB.CRP, label: C}], before: D0, after: D7.2", "before"),
        ("kind: images, item: PR.CT SCAN, before: D1, after: X", "after"),
        ("kind: by_visit, markers: [{item: LB.CRP, label: C}], visits: [D1, D9]", "visits.1"),
        ("kind: timeline, visits: [D9]", "visits.0"),
        ("kind: listing, rows: [{label: A, item: DM.AGE, visit: D9}]", "rows.0.visit"),
        ("kind: characteristics, rows: [{label: A, item: DM.AGE, show: mean_sd, visit: D9}]", "rows.0.visit"),
        ("kind: by_visit, markers: [{item: LB.CRP, label: C}], visits: [D1, D7], "
         "outliers: [{subject: T-1, item: LB.CRP, visit: D9, reason: r}]", "outliers.0.visit"),
    ],
)  # fmt: skip
def test_an_analysis_of_an_unknown_visit_is_found(keys, fault):
    assert keys_at_fault(an_analysis(keys)) == [f"analyses.0.{fault}"]


def test_a_repeated_visit_is_known_by_each_of_its_names():
    assert keys_at_fault(an_analysis("kind: timeline, visits: [D1, D7, D7.2]")) == []
    assert the_mistake(an_analysis("kind: timeline, visits: [D7.3]")).endswith("visits are D1, D7, D7.2; did you mean D7.2.")


@pytest.mark.parametrize("place", ["before_each_infusion", "population.inclusion", "population.exclusion", "panels"])
def test_a_condition_on_an_unknown_visit_is_found_wherever_it_stands(place):
    condition = "{id: c, any: [{all: [{item: VS.RESP, at_least: 30, visit: D9}]}]}"
    parts = {
        "before_each_infusion": f"before_each_infusion: [{condition}]\n",
        "population.inclusion": f"population: {{planned: 3, inclusion: [{condition}], exclusion: []}}\n",
        "population.exclusion": f"population: {{planned: 3, inclusion: [], exclusion: [{condition}]}}\n",
        "panels": "panels: {p: {when: {any: [{all: [{item: VS.RESP, at_least: 30, visit: D9}]}]}, items: [{item: LB.CRP}]}}\n",
    }
    at = "panels.p.when" if place == "panels" else f"{place}.0"
    assert keys_at_fault(VISITS + parts[place]) == [f"{at}.any.0.all.0.visit"]


def test_an_endpoint_of_an_unknown_analysis_is_found_with_the_nearest():
    parts = an_analysis("kind: adverse_events") + "endpoints: [{id: e, type: safety, text: E, analysis: aa}]\n"
    assert the_mistake(parts) == "endpoints.0.analysis: aa is not declared; planned analyses are a; did you mean a."


@pytest.mark.parametrize("about", ["AE", "a", "flow"])
def test_a_remark_is_about_a_domain_or_a_planned_item(about):
    found = keys_at_fault(an_analysis("kind: adverse_events") + f"remarks: [{{about: {about}, text: T}}]\n")
    assert found == (["remarks.0.about"] if about == "flow" else [])


@pytest.mark.parametrize(
    ("item", "remedy"),
    [
        ("LB.CPR", "LB.CRP"),
        ("LB.leukocytes", "LB.WBC"),
        ("VS.RESPI", "VS.RESP"),
        ("DM.AGEE", "AGE"),
        ("LB.ZZZZZZ", "declare it under sponsor_terms"),
    ],
)
def test_a_test_that_does_not_exist_is_found_with_the_nearest(item, remedy):
    words = the_mistake(f"panels: {{p: {{items: [{{item: {item}}}]}}}}")
    assert words.startswith("panels.p.items.0.item: ")
    assert remedy in words


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        ("before_each_infusion: [{id: c, none: [{item: LB.CPR, below: 3}]}]", "before_each_infusion.0.none.0.item"),
        ("panels: {p: {when: {item: LB.CPR, below: 3}, items: [{item: LB.CRP}]}}", "panels.p.when.item"),
        ("ranges: [{item: LB.CPR, low: 1, unit: mg/L}]", "ranges.0.item"),
        ("laboratories: {L: {name: L, ranges: [{item: LB.CPR, low: 1, unit: mg/L}]}}", "laboratories.L.ranges.0.item"),
        ("events_of_special_interest: [{category: Arrhythmia, terms: [a], follow: [LB.CPR]}]", "events_of_special_interest.0.follow.0"),
        (an_analysis("kind: listing, rows: [{label: A, item: LB.CPR}]"), "analyses.0.rows.0.item"),
        (an_analysis("kind: before_after, markers: [{item: LB.CPR, label: C}], before: D1, after: D7"), "analyses.0.markers.0.item"),
        (an_analysis("kind: clearance, item: MB.SARS2"), "analyses.0.item"),
        (an_analysis("kind: timeline, swabs: MB.SARS2"), "analyses.0.swabs"),
        (an_analysis("kind: by_visit, markers: [{item: LB.CRP, label: C}], visits: [D1, D7], "
                     "outliers: [{subject: T-1, item: LB.CPR, visit: D1, reason: r}]"), "analyses.0.outliers.0.item"),
    ],
)  # fmt: skip
def test_a_slip_in_an_item_is_found_wherever_items_stand(parts, key):
    assert keys_at_fault(parts) == [key]


def test_a_sponsor_term_makes_a_test_known():
    parts = "panels: {p: {items: [{item: LB.OURS}]}}\n"
    assert keys_at_fault(parts) == ["panels.p.items.0.item"]
    assert keys_at_fault(parts + "sponsor_terms: {LBTESTCD: {OURS: Our own marker}}\n") == []


@pytest.mark.parametrize(
    ("codelist", "words"),
    [
        ("LBTESTCDD", "LBTESTCDD is no codelist; codelists of the CDISC terminology; did you mean LBTESTCD."),
        ("SEX", "SEX takes no terms of a study's own; an extensible codelist; use one of its terms."),
    ],
)
def test_a_sponsor_term_needs_a_list_that_takes_it(codelist, words):
    assert the_mistake(f"sponsor_terms: {{{codelist}: {{X: Ours}}}}") == f"sponsor_terms.{codelist}: {words}"


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        ("before_each_infusion: [{id: c, item: VS.TEMP, below: 39, unit: mmHg}]", "before_each_infusion.0.unit"),
        ("panels: {p: {items: [{item: LB.WBC, specimen: BLOOD, unit: 10^9}]}}", "panels.p.items.0.unit"),
        ("ranges: [{item: LB.CRP, high: 10, unit: mg}]", "ranges.0.unit"),
        ("laboratories: {L: {name: L, ranges: [{item: LB.CRP, high: 10, unit: mg}]}}", "laboratories.L.ranges.0.unit"),
    ],
)
def test_a_unit_that_the_test_does_not_have_is_found(parts, key):
    (found,) = mistakes(a_protocol(parts))
    assert (found.variable, found.problem.split(" is not a unit of ")[1:] != []) == (key, True)
    assert found.allowed.startswith("units are ")


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        ("before_each_infusion: [{id: c, item: CE.A, recorded: true}, {id: c, item: CE.B, recorded: true}]", "before_each_infusion.1.id"),
        ("population: {planned: 1, inclusion: [], exclusion: [{id: c, item: CE.A, recorded: true}, {id: c, item: CE.B, recorded: true}]}",
         "population.exclusion.1.id"),
        ("analyses: [{kind: infusions, id: a, title: A}, {kind: deviations, id: a, title: B}]", "analyses.1.id"),
        ("endpoints: [{id: e, type: safety, text: A}, {id: e, type: safety, text: B}]", "endpoints.1.id"),
    ],
)  # fmt: skip
def test_an_id_that_stands_twice_is_found(parts, key):
    (found,) = mistakes(a_protocol(parts))
    assert (found.variable, found.remedy) == (key, "rename it; the first is number 1")


@pytest.mark.parametrize("study", ["flow", "eligibility", "data", "schedule"])
def test_a_planned_item_does_not_take_the_name_of_a_standing_analysis(study):
    assert keys_at_fault(f"analyses: [{{kind: infusions, id: {study}, title: A}}]") == ["analyses.0.id"]


def test_a_category_of_special_interest_is_a_known_one():
    words = the_mistake("events_of_special_interest: [{category: Arhythmia, terms: [a]}]")
    assert words == "events_of_special_interest.0.category: Arhythmia is no category; terms of AESCAT; did you mean ARRHYTHMIA."


def test_mistakes_of_several_parts_are_reported_together_in_the_order_of_the_file():
    parts = f"{VISITS}panels: {{p: {{items: [{{item: LB.CPR}}]}}}}\nremarks: [{{about: x, text: T}}]\n"
    found = mistakes(a_protocol(parts))
    assert [problem.variable for problem in found] == ["panels.p.items.0.item", "remarks.0.about"]
    assert [problem.row for problem in found] == sorted(problem.row for problem in found)
