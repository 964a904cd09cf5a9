"""`not_published` may stand wherever a part can be without a value; the words say so where it cannot."""

import pytest

from cordside.protocol.protocol import Protocol
from cordside.protocol.read import parse_protocol
from tests.protocol.written import SHIPPED, Place, data_of, mistakes, places_in, spoiled, the_mistake, written
from tests.support.folders import a_protocol

START = data_of(SHIPPED["_start"])

# What a part is without: names that the protocol itself uses, and what makes the part what it is.
NEEDED = {
    "format", "study", "origin", "id", "kind", "item", "show", "rows", "markers", "before", "after", "every", "times", "category",
}  # fmt: skip


def general(place: Place) -> str:
    """The place with every entry of a list alike, so that each kind of key is tried once."""
    return ".".join("#" if isinstance(key, int) else key for key in place)


KEYS = {general(place): place for place in reversed(list(places_in(START))) if isinstance(place[-1], str)}


def without_mentions(data):
    """The protocol without what names other parts, so that one part can be unpublished alone."""
    return data | {"analyses": [], "endpoints": "not_published", "remarks": []}


@pytest.mark.parametrize("name", sorted(KEYS))
def test_every_key_of_the_start_protocol_may_be_not_published_or_says_why_not(name):
    place = KEYS[name]
    found = mistakes(written(spoiled(START, place, "not_published")))
    if not found:
        return
    words = {problem.problem for problem in found}
    if place in (("visits",), ("panels",), ("analyses",)):
        assert all("is not declared" in word for word in words), words
    elif name == "analyses.#.rows.#.item":
        assert len(words) == 1
        assert "without values" in words.pop()
    elif place[-1] == "kind":
        assert words == {"kind not_published is not known"}
    elif name == "analyses.#.rows.#.item":
        # An item or a dataset's variable: that neither is named is the mistake.
        assert words == {"a row without values, or with two sources"}
    else:
        assert words == {f"{place[-1]} cannot be not_published here"}
        assert place[-1] in NEEDED or name in ("regimen.missed_dose.rule", "analyses.#.visits"), name


PARTS = ("sites.01", "arms.MSC", "visits.PHONE", "panels.body", "laboratories.CENTRAL", "roles.nurse", "product", "regimen.dose")


@pytest.mark.parametrize("name", PARTS)
def test_a_whole_part_may_be_not_published(name):
    data = without_mentions(START)
    assert mistakes(written(spoiled(data, tuple(name.split(".")), "not_published"))) == []


def test_an_entry_of_a_list_cannot_be_not_published():
    words = the_mistake("visits: {D1: {day: 1, window: [0, not_published]}}")
    assert words.endswith("cannot be not_published; values; leave it out, or write visits.D1.window: not_published.")


def test_what_was_not_published_is_known_as_such_and_nothing_is_invented():
    visits = "visits: {D1: {day: not_published, window: not_published}}"
    protocol = parse_protocol(a_protocol(f"sponsor: not_published\nregistration: X1\n{visits}"))
    assert (protocol.is_published("sponsor"), protocol.sponsor) == (False, None)
    assert (protocol.is_published("registration"), protocol.registration) == (True, "X1")
    visit = protocol.visits["D1"]
    assert (visit.day, visit.window, visit.is_published("day"), visit.is_published("window")) == (None, [0, 0], False, False)


def test_an_unpublished_text_reads_not_published():
    protocol = parse_protocol(a_protocol("arms: {A: {label: not_published}}\nsites: {S: not_published}"))
    assert (protocol.arms["A"].label, protocol.sites["S"].name, protocol.sites["S"].country) == ("not published", "not published", None)


def test_an_unpublished_list_is_empty_and_an_empty_one_is_a_mistake():
    protocol = parse_protocol(a_protocol("panels: {liver: {items: not_published}}"))
    assert protocol.panels["liver"].items == []
    assert the_mistake("panels: {liver: {items: []}}").startswith("panels.liver: a panel without items; one item or more;")


def test_a_protocol_cannot_be_changed_once_it_is_read():
    protocol = parse_protocol(a_protocol())
    with pytest.raises(ValueError, match="frozen"):
        protocol.study = "other"


@pytest.mark.parametrize("item", ["CRP", "LB", "LB.", "XX.CRP", ".CRP", "lb.CRP"])
def test_an_item_names_its_domain_and_test(item):
    assert the_mistake(f"ranges: [{{item: {item}, high: 1, unit: mg/L}}]").startswith(f"ranges.0.item: {item} names no item; DOMAIN.NAME")


@pytest.mark.parametrize("day", ["2020-13", "2020-02-30", "11/02/2020", "20-02-11", "soon"])
def test_a_date_that_is_none_is_found(day):
    assert the_mistake(f"period: [2020-01, {day}]").startswith("period.1: ")


@pytest.mark.parametrize("day", ["2020", "2020-02", "2020-02-11", "2020-02-11T14:20"])
def test_a_partial_date_is_sound(day):
    assert parse_protocol(a_protocol(f"period: ['{day}', 2021]")).period[0] == day


@pytest.mark.parametrize("study", ["a b", "", "-a", "a" * 65, "é", "a/b", "../x"])
def test_a_study_is_named_by_a_code(study):
    found = mistakes(a_protocol(study=f"'{study}'"))
    assert [problem.variable for problem in found] == ["study"]


def test_every_part_is_built_with_the_protocol_not_alone():
    assert Protocol.__pydantic_complete__
