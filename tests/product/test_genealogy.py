"""The graph: donor → dose → subject and back, whatever was pooled and split; no cell is lost or made."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.product.amounts import split
from cordside.product.cellrows import cells_of
from cordside.product.genealogy import Genealogy
from cordside.product.holds import blocked
from cordside.product.lots import bank_vials, lot_of, thawed_at
from cordside.product.quantities import amount_of, expiry_of, grown
from cordside.product.recall import look_back, recall_of
from cordside.record.read import read_study
from tests.product.made import CELLS, changed_cells, drops, sets

MADE_FROM = {"B": ["A"], "C": ["A"], "P": ["B", "C"], "D": ["P"], "E": ["P"], "F": ["X"]}


def test_ancestors_and_descendants_are_nearest_first():
    graph = Genealogy.from_parents(MADE_FROM)
    assert graph.ancestors("D") == ["P", "B", "C", "A"]
    assert graph.descendants("A") == ["B", "C", "P", "D", "E"]
    assert (graph.parents("P"), graph.children("P"), graph.ancestors("A")) == (["B", "C"], ["D", "E"], [])


def test_parents_come_before_children():
    graph = Genealogy.from_parents(MADE_FROM)
    order = list(graph.oldest_first(graph.materials))
    assert sorted(order) == sorted(graph.materials)
    assert all(order.index(parent) < order.index(child) for child, parents in MADE_FROM.items() for parent in parents)


def test_each_cycle_is_one_group_and_what_hangs_on_it_is_none():
    graph = Genealogy.from_parents({"A": ["C"], "B": ["A"], "C": ["B"], "D": ["C"], "R": ["R"], "B2": ["Z"], "A0": [], "A1": ["A0"]})
    assert sorted(sorted(group) for group in graph.cycles()) == [["A", "B", "C"], ["R"]]
    assert graph.ancestors("D") == ["C", "B", "A"]
    assert "D" not in list(graph.oldest_first(["D"]))


def test_a_chain_of_a_hundred_thousand_does_not_stop_it():
    graph = Genealogy.from_parents({f"M{step}": [f"M{step - 1}"] for step in range(1, 100_000)})
    assert len(graph.ancestors("M99999")) == 99_999
    assert graph.cycles() == []


def test_a_pool_of_many_into_many_is_no_million_of_edges():
    taken, made = [("P", f"A{number}") for number in range(1000)], [("P", f"B{number}") for number in range(1000)]
    graph = Genealogy([*(matid for _, matid in taken), *(matid for _, matid in made)], taken, made, [("D", "A7")])
    assert len(graph.descendants("A3")) == 1000
    assert graph.donors_of("B5") == ["D"]


@st.composite
def families(draw):
    """Parents by child; every material is made of older ones only."""
    size = draw(st.integers(2, 25))
    return {
        f"M{number}": draw(st.lists(st.sampled_from([f"M{older}" for older in range(number)]), max_size=3, unique=True))
        for number in range(1, size)
    }


@given(families())
def test_descendants_are_those_whose_ancestors_one_is(made_from):
    graph = Genealogy.from_parents(made_from)
    for one in graph.materials:
        assert {other for other in graph.materials if one in graph.ancestors(other)} == set(graph.descendants(one))
    assert graph.cycles() == []


@given(families(), st.data())
def test_a_hold_blocks_what_it_holds_and_all_that_was_made_of_it_and_nothing_else(made_from, data):
    graph = Genealogy.from_parents(made_from)
    held = data.draw(st.lists(st.sampled_from(graph.materials), unique=True, max_size=3))
    reached, free = blocked(graph, held)
    assert sorted([*reached, *free]) == sorted(graph.materials)
    assert all((one in reached) == bool({one, *graph.ancestors(one)} & set(held)) for one in graph.materials)


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**11), max_size=6), st.integers(0, 10**9), st.integers(0, 10**9))
def test_random_splits_never_lose_or_make_a_cell(there, made, sample, loss):
    found = split(there, made, sample=sample, loss=loss)
    assert found.left + sum(made) + sample + loss == there
    assert ("more_taken_than_there_is" in [one.code for one in found.refusals]) == (found.left < 0)


@settings(max_examples=60)
@given(st.data())
def test_random_pools_and_splits_keep_the_number_of_cells_and_reach_every_recipient(data):
    """Containers filled from pools of random donations: cells in = cells out, and each recall finds exactly its recipients."""
    donations = {f"D{number}": data.draw(st.integers(1, 10**9)) for number in range(data.draw(st.integers(1, 4)))}
    left, made_from, cells = dict(donations), {}, dict(donations)
    for step in range(data.draw(st.integers(1, 6))):
        inputs = data.draw(st.lists(st.sampled_from(sorted(left)), min_size=1, max_size=3, unique=True))
        total = sum(left.pop(one) for one in inputs)
        parts = sorted(data.draw(st.integers(0, total)) for _ in range(data.draw(st.integers(0, 2))))
        amounts = [high - low for low, high in zip([0, *parts], [*parts, total], strict=True)]
        assert split(total, amounts, taken=total).refusals == ()
        for place, amount in enumerate(amounts):
            name = f"M{step}.{place}"
            made_from[name], left[name], cells[name] = inputs, amount, amount
    assert sum(left.values()) == sum(donations.values())
    graph = Genealogy.from_parents({**{name: [] for name in donations}, **made_from})
    ends = sorted(left)
    infused = {end: f"S{place % 3}" for place, end in enumerate(ends) if data.draw(st.booleans())}
    for donor in donations:
        reached = {donor, *graph.descendants(donor)}
        mine = [end for end in ends if end in reached]
        received = {"lot": [(end, infused[end]) for end in mine if end in infused]}
        found = recall_of("lot", {"lot": [donor]}, {"lot": mine}, received)
        assert set(found.subjects) == {infused[end] for end in infused if donor in {end, *graph.ancestors(end)}}
        assert set(found.blocked) | set(infused) >= set(mine) and not set(found.blocked) & set(infused)


@given(st.dictionaries(st.sampled_from("ABCDEF"), st.sampled_from(["V1", "V2", "V3"]), min_size=1), st.data())
def test_random_recalls_list_every_recipient_of_the_lot_and_its_siblings_once(vials, data):
    containers = {lot: [f"{lot}{number}" for number in range(data.draw(st.integers(0, 3)))] for lot in vials}
    received = {lot: [(one, data.draw(st.sampled_from(["S1", "S2", "S3"]))) for one in held] for lot, held in containers.items()}
    failed = data.draw(st.sampled_from(sorted(vials)))
    found = recall_of(failed, {lot: [vial] for lot, vial in vials.items()}, containers, received)
    siblings = {lot for lot in vials if vials[lot] == vials[failed] and lot != failed}
    assert set(found.siblings) == siblings
    assert set(found.subjects) == {subject for _, subject in received[failed]}
    assert set(found.sibling_subjects) == {subject for lot in siblings for _, subject in received[lot]} - set(found.subjects)


@pytest.fixture(scope="module")
def cells():
    return cells_of(read_study(CELLS))


def test_passage_and_doublings_are_computed_from_the_first_harvest_on(cells):
    assert (grown(cells, "WJ-1").passage, grown(cells, "WJ-1").cum_pd) == (None, None)
    assert (grown(cells, "P0-1").passage, grown(cells, "P0-1").cum_pd, grown(cells, "P0-1").pd_from) == (0, Decimal(0), "P0 harvest")
    assert (grown(cells, "P1-1").passage, grown(cells, "P1-1").cum_pd) == (1, Decimal(3))
    assert (grown(cells, "MCB-2").passage, grown(cells, "MCB-2").cum_pd) == (2, Decimal(6))
    assert grown(cells, "UC-01-1T").passage == 5
    # 48/6, 96/12, 216/27, 720/90 are three doublings each, 1200/300 and the pool's highest two.
    assert grown(cells, "BULK-1").cum_pd == Decimal(14)


def test_an_explant_that_nobody_counted_has_no_doublings(tmp_path):
    uncounted = sets("MATID", "P0-1", CELLS="", VIABLE="")
    found = grown(changed_cells(tmp_path, output=uncounted, material=uncounted), "P1-1")
    assert (found.passage, found.cum_pd) == (1, None)


def test_expiry_is_the_earliest_of_parents_and_shelf_life(cells, tmp_path):
    assert expiry_of(cells, "UC-01-1T") == datetime(2026, 1, 12, 14, 30, tzinfo=UTC)
    assert expiry_of(cells, "P4-1") is None
    soon = changed_cells(tmp_path, material=sets("MATID", "UC-01-1", EXPDTC="2026-01-12T10:00Z"))
    assert expiry_of(soon, "UC-01-1T") == datetime(2026, 1, 12, 10, 0, tzinfo=UTC)


def test_a_container_leads_to_its_lot_vial_thaw_and_donor_and_the_donor_to_every_recipient(cells):
    assert lot_of(cells, "UC-01-1T") == "UC-01"
    assert bank_vials(cells, "UC-01-1T") == ["WCB-1"]
    assert thawed_at(cells, "UC-01-1T") == datetime(2026, 1, 12, 8, 30, tzinfo=UTC)
    assert thawed_at(cells, "UC-01-4") is None
    assert cells.genealogy.donors_of("UC-01-1T") == ["D-01"]
    assert {subject: [row["EXREFID"] for row in rows] for subject, rows in look_back(cells, "D-01").items()} == {
        "cells-001": ["001-1", "001-2"],
        "cells-002": ["002-1"],
    }


def test_a_container_without_a_lot_has_that_of_what_it_was_made_of(tmp_path):
    assert lot_of(changed_cells(tmp_path, material=sets("MATID", "UC-01-1T", LOTID="")), "UC-01-1T") == "UC-01"


def test_an_amount_is_the_one_made(cells, tmp_path):
    assert amount_of(cells, "BULK-1").total == 2_350_000_000
    assert amount_of(cells, "WJ-1") is None
    assert amount_of(changed_cells(tmp_path, output=drops("MATID", "UC-01-4")), "UC-01-4").total == 100_000_000
