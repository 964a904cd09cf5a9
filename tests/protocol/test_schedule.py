"""Visits: there is no day 0, a window holds its day, repeats are written out."""

from decimal import Decimal

import pytest

from cordside.protocol.read import parse_protocol
from tests.protocol.written import the_mistake
from tests.support.folders import a_protocol


def planned(visits: str):
    """Name, day and number of every planned visit."""
    found = parse_protocol(a_protocol(f"visits: {{{visits}}}")).planned_visits()
    return [(visit.name, visit.day, visit.number) for visit in found]


def test_repeats_are_written_out_in_the_order_of_the_schedule():
    assert planned("SCREEN: {day: -1}, PHONE: {day: 90, repeat: {every: 90, times: 3}}, END: {day: 365}") == [
        ("SCREEN", -1, Decimal(1)),
        ("PHONE", 90, Decimal(2)),
        ("PHONE.2", 180, Decimal("2.01")),
        ("PHONE.3", 270, Decimal("2.02")),
        ("END", 365, Decimal(3)),
    ]


def test_repeats_that_begin_before_the_first_infusion_leave_day_0_out():
    found = planned("RUN: {day: -3, repeat: {every: 1, times: 5}}")
    assert [day for _, day, _ in found] == [-3, -2, -1, 1, 2]


def test_repeats_keep_their_order_up_to_the_limit():
    found = planned("A: {day: 1, repeat: {every: 1, times: 99}}, B: {day: 200}")
    numbers = [number for _, _, number in found]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == 100
    assert the_mistake("visits: {A: {day: 1, repeat: {every: 1, times: 100}}}").endswith(
        "'100' is not allowed here; 99 or less; mend the value."
    )


def test_a_repeated_visit_is_labelled_with_its_turn():
    found = parse_protocol(a_protocol("visits: {P: {label: Call, day: 9, repeat: {every: 9, times: 2}}, Q: {day: 1}}")).planned_visits()
    assert [visit.label for visit in found] == ["Call (1)", "Call (2)", "Q"]


def test_a_visit_without_a_day_is_planned_without_one():
    assert planned("A: {day: not_published}, U: {unscheduled: true}") == [("A", None, Decimal(1)), ("U", None, Decimal(2))]


def test_a_visit_is_numbered_by_its_name():
    protocol = parse_protocol(a_protocol("visits: {A: {day: 1}, B: {day: 2, repeat: {every: 2, times: 2}}}"))
    numbers = {visit.name: visit.number for visit in protocol.planned_visits()}
    assert numbers == {"A": Decimal(1), "B": Decimal(2), "B.2": Decimal("2.01")}


@pytest.mark.parametrize(
    ("visit", "words"),
    [
        ("day: 0", "day 0; study days run ..., -1, 1, ...; write -1 or 1."),
        ("day: 28, window: [3, -3]", "window [3, -3] ends before it starts; first the earlier day; write [-3, 3]."),
        ("day: 28, window: [1, 3]", "window [1, 3] does not hold the planned day; [0 or less, 0 or more]; for instance [-3, 3]."),
        ("day: 28, window: [-3, -1]", "window [-3, -1] does not hold the planned day; [0 or less, 0 or more]; for instance [-3, 3]."),
        ("day: 3, unscheduled: true", "an unscheduled visit with a day; no day and no repeat; drop unscheduled, or the day."),
        ("unscheduled: true, repeat: {every: 1, times: 2}", "an unscheduled visit with a day;"),
    ],
)
def test_a_visit_that_cannot_be_is_found(visit, words):
    assert the_mistake(f"visits: {{D1: {{{visit}}}}}").startswith(f"visits.D1: {words}")


def test_a_visit_that_takes_the_name_of_a_repeat_is_found():
    words = the_mistake("visits: {A: {day: 1, repeat: {every: 1, times: 2}}, A.2: {day: 9}}")
    assert words.startswith("visits.A.2: A.2 stands twice;")


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("low: 5, high: 1", "low 5 is above high 1; low up to high; swap them."),
        ("sex: F", "a range without limits; low, high or both; write one."),
        ("low: 1, age_from: 60, age_to: 18", "age 60 to 18; from the younger to the older; swap them."),
        ("low: 1, valid_from: 2027-02, valid_to: 2027-01", "valid 2027-02 to 2027-01; from the earlier to the later; swap them."),
    ],
)
def test_a_range_that_cannot_be_is_found(reference, words):
    assert the_mistake(f"ranges: [{{item: LB.CRP, unit: mg/L, {reference}}}]") == f"ranges.0: {words}"


@pytest.mark.parametrize(
    "reference",
    ["low: 1, high: 1", "low: 0", "high: 3", "low: not_published, high: 3", "low: not_published", "high: 0, unit: not_published"],
)
def test_a_range_may_have_one_limit_or_one_that_was_not_published(reference):
    unit = "" if "unit" in reference else ", unit: mg/L"
    assert parse_protocol(a_protocol(f"ranges: [{{item: LB.CRP, {reference}{unit}}}]")).ranges[0].item == "LB.CRP"
