"""Derived values of a table of characteristics: one source a row, one key a value, items that exist."""

import pytest

from tests.protocol.written import keys_at_fault, mistakes, the_mistake
from tests.support.folders import a_protocol

PLAN = """
analyses:
  - kind: characteristics
    id: c
    title: C
    rows: [{{label: Row, {row}}}]
"""
DAYS = "derived: {days: {start: {at: admission}, end: {item: DS.DISCHARGED}}}, show: mean_sd"


@pytest.mark.parametrize(
    "row",
    [
        DAYS,
        "derived: {infusions: number}, show: [n_percent, mean_sd]",
        "derived: {infusions: volume}, show: median_iqr",
        "derived: {cleared: {item: MB.SAR2RNA, rule: first-negative}}, show: n_percent",
        "section: [Treatments, Cells], item: DM.AGE, show: range",
    ],
)
def test_a_sound_row_is_sound(row):
    assert mistakes(a_protocol(PLAN.format(row=row))) == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (f"item: DM.AGE, {DAYS}", "with two sources"),
        (f"{DAYS}, visit: D1", "a visit without an item"),
        ("derived: {infusions: number, cleared: {item: MB.SAR2RNA}}, show: n_percent", "2 keys of a derived value"),
        ("derived: {}, show: n_percent", "0 keys of a derived value"),
        ("derived: {days: {start: {}, end: {at: consent}}}, show: mean_sd", "0 keys of a moment"),
        ("derived: {cleared: {item: MB.SAR2RNA}}, show: mean_sd", "whether swabs cleared is no number"),
    ],
)
def test_what_is_said_twice_or_not_at_all_is_a_mistake(row, words):
    assert words in the_mistake(PLAN.format(row=row))


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("derived: {days: {start: {item: LB.CRPP}, end: {at: consent}}}, show: mean_sd", "analyses.0.rows.0.derived.days.start.item"),
        ("derived: {cleared: {item: MB.SARS}}, show: n_percent", "analyses.0.rows.0.derived.cleared.item"),
        ("derived: {days: {start: {at: birth}, end: {at: consent}}}, show: mean_sd", "analyses.0.rows.0.derived.days.start.at"),
    ],
)
def test_a_slip_in_a_moment_is_found_where_it_stands(row, key):
    assert keys_at_fault(PLAN.format(row=row)) == [key]
