"""Upper limits for events that were not seen."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.firstevent import unseen_rate, unseen_risk
from tests.analysis.statistics.anything import numbers
from tests.analysis.statistics.drawing import is_sound

SEEN = {"event": "infusion reactions", "assessor": "the investigator", "follow_up": "28 days"}


@pytest.mark.parametrize(("subjects", "high"), [(5, 0.450719728347), (31, 0.0921140599473), (1, 0.95)])
def test_the_limit_is_the_exact_one_of_r_binom_test(subjects, high):
    found = unseen_risk(subjects, **SEEN)
    assert (found.estimate, found.high, found.n) == (0, pytest.approx(high, rel=1e-9), subjects)
    assert found.low is None


def test_the_rate_is_the_exact_poisson_limit():
    assert unseen_rate(100, **SEEN).high == pytest.approx(0.0299573227, rel=1e-8)
    assert unseen_rate(100, level=0.975, **SEEN).high == pytest.approx(3.688879454 / 100, rel=1e-9)


def test_event_assessor_and_follow_up_are_named_in_the_answer():
    found = unseen_risk(5, **SEEN)
    assert "infusion reactions" in found.method
    assert found.convention == "assessed by the investigator over 28 days"


@pytest.mark.parametrize("missing", ["event", "assessor", "follow_up"])
def test_without_them_there_is_no_number(missing):
    for found in (unseen_risk(5, **{**SEEN, missing: " "}), unseen_rate(5, **{**SEEN, missing: ""})):
        assert "must be named" in found.error
        assert found.high is None


@pytest.mark.parametrize("subjects", [0, -1, 2.5, float("nan"), float("inf"), None])
def test_no_subjects_give_no_limit(subjects):
    assert "no number of subjects" in unseen_risk(subjects, **SEEN).error
    if subjects != 2.5:
        assert "no person-time" in unseen_rate(subjects, **SEEN).error


@given(st.integers(1, 10**6), st.floats(0.5, 0.999))
@settings(deadline=None)
def test_at_the_limit_seeing_nothing_has_just_the_chance_left(subjects, level):
    high = unseen_risk(subjects, level=level, **SEEN).high
    assert math.exp(subjects * math.log1p(-high)) == pytest.approx(1 - level, rel=1e-6)
    assert high <= -math.log(1 - level) / subjects


@given(numbers, numbers)
@settings(deadline=None)
def test_nothing_raises(number, level):
    for found in (unseen_risk(number, level=level, **SEEN), unseen_rate(number, level=level, **SEEN)):
        assert is_sound(found)
        assert found.error or found.high is not None
