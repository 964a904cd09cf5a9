"""Kaplan-Meier: numbers from R survival 3.5 and SAS, and what must hold of every curve."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.survival import BEYOND, FLAT, INTERVALS, kaplan_meier, numbers_at_risk, survival_at, survival_quantile
from cordside.errors import CannotDo
from tests.analysis.statistics.anything import numbers, statuses, subjects, times
from tests.analysis.statistics.drawing import is_sound

TEN = ([54, 75, 77, 84, 87, 92, 103, 105, 112, 118], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
MAINTAINED = ([9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161], [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0])
NOT_MAINTAINED = ([5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45], [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1])

R = {"interval": "log", "beyond_last": "carry"}
SAS = {"interval": "log-log", "beyond_last": "not-estimable"}


def limits(answer):
    return (answer.estimate, answer.low, answer.high)


@pytest.mark.parametrize(
    ("data", "interval", "time", "expected"),
    [
        (TEN, "log", 100, (0.5, 0.269027355064, 0.929273530348)),
        (TEN, "log-log", 100, (0.5, 0.183605590619, 0.753174076998)),
        (TEN, "log", 77, (0.7, 0.466533226139, 1)),
        (MAINTAINED, "log", 23, (0.613636363636, 0.376867059502, 0.999157600228)),
        (MAINTAINED, "log-log", 23, (0.613636363636, 0.265752040001, 0.83529924325)),
        (NOT_MAINTAINED, "log-log", 30, (0.291666666667, 0.0724016089078, 0.560886052671)),
    ],
)
def test_survival_and_its_interval_are_those_of_r(data, interval, time, expected):
    found = survival_at(kaplan_meier(*data), time, interval=interval, beyond_last="carry")
    assert limits(found) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("data", "interval", "flat", "p", "expected"),
    [
        (TEN, "log", "midpoint", 0.5, (102.5, 77, None)),
        (TEN, "log-log", "midpoint-if-later-event", 0.5, (None, 54, None)),
        (TEN, "log-log", "midpoint", 0.75, (None, 87, None)),
        (MAINTAINED, "log", "midpoint", 0.5, (31, 18, None)),
        (MAINTAINED, "log-log", "midpoint", 0.25, (18, 9, 34)),
        (NOT_MAINTAINED, "log-log", "midpoint", 0.75, (33, 23, None)),
    ],
)
def test_quantiles_are_those_of_r_and_sas(data, interval, flat, p, expected):
    assert limits(survival_quantile(kaplan_meier(*data), p, interval=interval, flat_at_half=flat)) == expected


def test_a_flat_half_between_two_events_has_its_middle_as_median_in_r_and_sas():
    curve = kaplan_meier([1, 2, 3, 6], [1, 1, 0, 1])
    assert curve.steps[1].survival == Fraction(1, 2)
    assert [survival_quantile(curve, 0.5, interval="log", flat_at_half=flat).estimate for flat in FLAT] == [4, 4]


def test_one_half_is_one_half_whatever_doubles_make_of_it():
    # In doubles the product over these six steps is 0.49999999999999983, and the median would jump to the last step.
    curve = kaplan_meier(range(1, 13), [1] * 6 + [0] * 6)
    assert curve.steps[5].survival == Fraction(1, 2)
    assert survival_quantile(curve, 0.5, interval="log", flat_at_half="midpoint").estimate == 9


def test_at_risk_counts_those_observed_to_the_time_or_beyond():
    assert numbers_at_risk(kaplan_meier(*TEN), [0, 77, 80, 100, 118, 120]) == (10, 8, 7, 4, 1, 0)


def test_beyond_the_last_time_sas_says_nothing_and_r_carries_on():
    curve = kaplan_meier(*TEN)
    assert "beyond the last observed time, 118" in survival_at(curve, 120, **SAS).error
    assert survival_at(curve, 120, **R).estimate == 0.5


def test_when_nobody_is_left_survival_stays_zero_without_interval():
    found = survival_at(kaplan_meier(*NOT_MAINTAINED), 60, **SAS)
    assert limits(found) == (0, None, None)
    assert "nobody is left" in found.warning


def test_before_the_first_event_there_is_no_interval():
    found = survival_at(kaplan_meier(*TEN), 10, **R)
    assert limits(found) == (1, None, None)
    assert "no event so far" in found.warning


def test_upwards_counts_the_share_with_the_event_and_turns_the_limits():
    down, up = (survival_at(kaplan_meier(*TEN), 77, upwards=upwards, **R) for upwards in (False, True))
    assert limits(up) == pytest.approx((1 - down.estimate, 1 - down.high, 1 - down.low))


@pytest.mark.parametrize("given_names", [{"interval": "arcsine", "beyond_last": "carry"}, {"interval": "log", "beyond_last": "guess"}])
def test_an_unknown_convention_is_the_mistake_of_the_protocol(given_names):
    with pytest.raises(CannotDo, match="known are"):
        survival_at(kaplan_meier(*TEN), 1, **given_names)


@pytest.mark.parametrize(
    ("time", "status", "words"),
    [
        ([], [], "nobody"),
        ([-1], [1], "before the start"),
        ([float("inf")], [1], "finite"),
        ([1, 2], [1], "one length"),
        ([1], [3], "none of"),
    ],
)
def test_bad_input_is_an_answer_with_its_error(time, status, words):
    curve = kaplan_meier(time, status)
    for found in (survival_at(curve, 1, **R), survival_quantile(curve, 0.5, interval="log", flat_at_half="midpoint")):
        assert words in found.error
        assert found.estimate is None


def test_one_subject_and_all_censored_have_no_median_and_say_so():
    for time, status in ([[5], [0]], [[3, 4, 4], [0, 0, 0]]):
        found = survival_quantile(kaplan_meier(time, status), 0.5, interval="log", flat_at_half="midpoint")
        assert limits(found) == (None, None, None)
        assert "not reached" in found.warning


@pytest.mark.parametrize("p", [0, 1, -0.5, 2, float("nan")])
def test_a_share_outside_zero_and_one_is_an_error(p):
    assert survival_quantile(kaplan_meier(*TEN), p, interval="log", flat_at_half="midpoint").error


def test_a_long_curve_is_quick_and_reaches_zero():
    curve = kaplan_meier(range(1, 5001), [int(time % 3 > 0) for time in range(1, 5000)] + [1])
    assert curve.steps[-1].survival == 0
    assert max(step.survival.denominator.bit_length() for step in curve.steps) < 5000


@given(st.lists(times, min_size=1, max_size=30))
@settings(deadline=None)
def test_without_censoring_the_curve_is_the_empirical_survival(values):
    curve = kaplan_meier(values, [1] * len(values))
    read = Counter(curve.steps[place].time for place in range(len(curve.steps)))
    assert set(read.values()) == {1}
    for step in curve.steps:
        later = sum(1 for value in values if Fraction(str(value)) > step.time)
        assert step.survival == Fraction(later, len(values))


@given(subjects(times, st.integers(0, 1), most=25), st.integers(1, 9))
@settings(deadline=None)
def test_another_unit_of_time_changes_nothing_but_the_times(columns, factor):
    time, status = columns
    plain, longer = kaplan_meier(time, status), kaplan_meier([Fraction(str(value)) * factor for value in time], status)
    assert [step.survival for step in plain.steps] == [step.survival for step in longer.steps]
    quantiles = [survival_quantile(curve, 0.5, interval="log", flat_at_half="midpoint") for curve in (plain, longer)]
    assert quantiles[1].estimate == (None if quantiles[0].estimate is None else pytest.approx(quantiles[0].estimate * factor))


@given(subjects(times, st.integers(0, 1), most=25), st.sampled_from(INTERVALS), st.integers(0, 13))
@settings(deadline=None)
def test_limits_enclose_the_estimate_within_zero_and_one(columns, interval, at):
    found = survival_at(kaplan_meier(*columns), at, interval=interval, beyond_last="carry")
    if found.low is not None:
        assert 0 <= found.low <= found.estimate <= found.high <= 1


@given(subjects(numbers, statuses), st.sampled_from(INTERVALS), st.sampled_from(BEYOND), st.sampled_from(FLAT), numbers, numbers)
@settings(deadline=None)
def test_nothing_raises_and_nothing_is_silent(columns, interval, beyond, flat, at, level):
    curve = kaplan_meier(*columns)
    assert is_sound(survival_at(curve, at, interval=interval, beyond_last=beyond, level=level))
    assert is_sound(survival_quantile(curve, at, interval=interval, flat_at_half=flat, level=level))


def test_a_level_may_be_a_decimal():
    curve = kaplan_meier(*TEN)
    assert survival_at(curve, 77, level=Decimal("0.95"), **R) == survival_at(curve, 77, level=0.95, **R)
    quantile = {"interval": "log", "flat_at_half": "midpoint"}
    assert survival_quantile(curve, 0.5, level=Decimal("0.95"), **quantile) == survival_quantile(curve, 0.5, **quantile)
