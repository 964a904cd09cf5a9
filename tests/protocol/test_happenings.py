"""Events as data: one key each, items and conditions checked wherever they stand."""

import pytest

from cordside.protocol.read import parse_protocol
from tests.protocol.written import keys_at_fault, the_mistake
from tests.support.folders import a_protocol


def a_time(happening, *more):
    keys = ", ".join(["kind: time_to_event, id: t, title: T", f"event: {{label: E, first_of: [{happening}]}}", *more])
    return f"analyses:\n  - {{{keys}}}\n"


@pytest.mark.parametrize(
    ("happening", "words"),
    [
        ("{}", "0 keys of what happens"),
        ("{death: true, ended: [PR.ROOM AIR]}", "2 keys of what happens"),
        ("{death: false}", "death: false"),
        ("{when: {any: [{item: VS.TEMP, below: 37}]}}", "a group of conditions has no day"),
        ("{ended: [LB.CRP]}", "LB.CRP is no episode"),
    ],
)
def test_what_happens_is_one_thing_with_a_day(happening, words):
    assert words in the_mistake(a_time(happening))


@pytest.mark.parametrize(
    ("happening", "place"),
    [
        ("{when: {item: LB.NOSUCH, below: 1}}", "analyses.0.event.first_of.0.when.item"),
        ("{when: {item: VS.TEMP, below: 37, unit: kg}}", "analyses.0.event.first_of.0.when.unit"),
        ("{when: {item: VS.TEMP, below: 37, visit: NOWHERE}}", "analyses.0.event.first_of.0.when.visit"),
        ("{cleared: {item: MB.NOSUCH}}", "analyses.0.event.first_of.0.cleared.item"),
    ],
)
def test_what_an_event_names_must_exist(happening, place):
    assert keys_at_fault(a_time(happening)) == [place]


def test_curves_belong_to_a_planned_time_to_event():
    plan = "analyses:\n  - {kind: kaplan_meier, id: f, title: F, of: nothing}\n"
    assert keys_at_fault(plan) == ["analyses.0.of"]


@pytest.mark.parametrize(
    ("event", "more", "incidence", "survival"),
    [
        ("{death: true}", (), False, True),
        ("{when: {item: DS.DISCHARGED, recorded: true}}", (), True, False),
        ("{when: {item: DS.DISCHARGED, recorded: true}}", ("estimate: kaplan-meier",), False, False),
        ("{when: {item: DS.DISCHARGED, recorded: true}}", ("estimate: kaplan-meier", "counted: without the event"), False, True),
        ("{death: true}", ("competing: [{label: T, first_of: [{when: {item: PR.TRANSPLANT, recorded: true}}]}]",), True, False),
    ],
)
def test_the_estimate_follows_from_what_competes_unless_it_is_named(event, more, incidence, survival):
    planned = parse_protocol(a_protocol(a_time(event, *more))).analyses[0]
    assert (planned.is_incidence, planned.is_survival) == (incidence, survival)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("{outcome: free_days, label: A}", "free of what is not said once"),
        ("{outcome: free_days, label: A, of: oxygen, items: [PR.ROOM AIR]}", "free of what is not said once"),
        ("{outcome: free_days, label: A, items: [LB.CRP]}", "LB.CRP is no episode"),
        ("{outcome: room_air, label: A, items: [LB.CRP]}", "LB.CRP is no episode"),
        ("{outcome: scale, label: A, days: [7], window: [1, 2]}", "does not hold the day"),
        ("{outcome: death, label: A}, {outcome: discharge, label: A}", "two rows called A"),
        ("{outcome: discharge, label: A, criteria: [{label: B}]}", "0 keys of a criterion"),
    ],
)
def test_rows_of_outcomes_say_what_they_need(rows, words):
    assert words in the_mistake(f"analyses:\n  - {{kind: outcomes, id: o, title: O, rows: [{rows}]}}\n")


def test_items_of_outcomes_must_exist():
    rows = "{outcome: scale, label: A, item: VS.NOSUCH, days: [7]}, {outcome: free_days, label: B, of: oxygen}"
    found = keys_at_fault(f"analyses:\n  - {{kind: outcomes, id: o, title: O, rows: [{rows}]}}\n")
    assert found == ["analyses.0.rows.0.item"]
