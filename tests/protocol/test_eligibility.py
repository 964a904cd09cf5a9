"""Criteria are data: one shape each, three-valued, and readable as words."""

import pytest

from cordside.protocol.eligibility import Truth, all_of, any_of
from cordside.protocol.read import parse_protocol
from tests.protocol.written import the_mistake
from tests.support.folders import a_protocol

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("truths", "every", "some"),
    [([T], T, T), ([F], F, F), ([U], U, U), ([T, F], F, T), ([T, U], U, T), ([F, U], F, U), ([T, F, U], F, T), ([], U, U)],
)
def test_groups_follow_kleene_and_nothing_known_is_unknown(truths, every, some):
    assert (all_of(truths), any_of(truths)) == (every, some)


def test_unknown_stays_unknown_when_negated():
    assert [truth.negated() for truth in (T, F, U)] == [F, T, U]


def criterion(keys: str):
    """The one go/no-go criterion of a protocol."""
    return parse_protocol(a_protocol(f"before_each_infusion: [{{id: c, {keys}}}]")).before_each_infusion[0]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("text: No shock, item: CE.SHOCK, recorded: false", "No shock"),
        ("item: CE.SHOCK, recorded: true", "CE.SHOCK is recorded"),
        ("item: CE.SHOCK, recorded: false", "CE.SHOCK is recorded as absent"),
        ("item: DM.AGE, between: [18, 75]", "DM.AGE between 18 to 75"),
        ("item: RS.AGVHDGR, one_of: [II, III]", "RS.AGVHDGR one of II or III"),
        ("item: VS.OXYSAT, at_most: 93, unit: '%', on: room air", "VS.OXYSAT at most 93 % on room air"),
        ("item: AE.*, grade_at_least: 3", "AE.* grade at least 3"),
        ("any: [{item: DM.SEX, equals: M}, {text: Old, item: DM.AGE, above: 60}]", "any of: DM.SEX equals M; Old"),
        ("none: [{all: [{item: DM.SEX, equals: F}]}]", "none of: all of: DM.SEX equals F"),
    ],
)
def test_a_condition_reads_as_words(keys, words):
    assert criterion(keys).words() == words


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("text: a", "a condition of 0 shapes"),
        ("item: DM.AGE, at_least: 1, any: [{item: DM.SEX, equals: F}]", "a condition of 2 shapes"),
        ("all: [{item: DM.SEX, equals: F}], any: [{item: DM.SEX, equals: F}]", "a condition of 2 shapes"),
        ("item: DM.AGE", "0 comparisons of DM.AGE"),
        ("item: DM.AGE, at_least: 18, at_most: 75", "2 comparisons of DM.AGE"),
        ("at_least: 18, any: [{item: DM.SEX, equals: F}]", "at_least beside a group"),
        ("any: []", "any without conditions"),
        ("item: DM.AGE, at_least: 18, within: [0, 3]", "day 0 in within"),
        ("item: DM.AGE, at_least: 18, within: [3, 1]", "within [3, 1] ends before it starts"),
        ("item: DM.AGE, between: [75, 18]", "between 75 to 18: the lower limit is above the upper"),
    ],
)
def test_a_condition_has_exactly_one_sound_shape(keys, words):
    assert the_mistake(f"before_each_infusion: [{{id: c, {keys}}}]").startswith(f"before_each_infusion.0: {words};")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("text: Organ function is good, item: not_published", "Organ function is good"),
        ("text: Enough cells, item: LB.WBC, at_least: not_published, unit: 10^9/L", "Enough cells"),
        ("item: LB.WBC, at_least: not_published", "LB.WBC, compared with what was not published"),
        ("text: Severe, any: not_published", "Severe"),
        ("any: not_published", "not published"),
    ],
)
def test_a_condition_that_was_published_in_words_only_can_be_judged_by_nobody(keys, words):
    found = criterion(keys)
    assert (found.is_in_words_only(), found.item, found.parts(), found.words()) == (True, None, [], words)


@pytest.mark.parametrize("around", ["any", "all", "none"])
def test_a_part_of_a_group_may_be_published_in_words_only(around):
    found = criterion(f"{around}: [{{text: Severe, item: VS.RESP, at_least: not_published}}, {{item: DM.SEX, equals: F}}]")
    assert [part.is_in_words_only() for part in found.parts()] == [True, False]
