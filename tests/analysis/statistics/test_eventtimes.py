"""Times to an event: what is read, what is missing, what is refused."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from cordside.analysis.statistics.eventtimes import SLACK, is_finite, is_missing, moments_in_time, read_event_times, shortened

NAN, INF = float("nan"), float("inf")


def test_none_and_nan_are_missing_and_counted():
    read = read_event_times([1, None, NAN, 4, 5], [1, 1, 0, None, 0])
    assert (read.times, read.statuses, read.kept, read.n_missing, read.error) == ((1, 5), (1, 0), (0, 4), 3, "")


def test_a_subject_without_a_group_is_missing():
    assert read_event_times([1, 2], [1, 0], [["A", None]]).kept == (0,)


@pytest.mark.parametrize(
    ("time", "status", "words"),
    [
        ([INF], [1], "not a finite number"),
        ([-1], [1], "before the start"),
        ([1], [2], "none of 0 to 1"),
        ([1], [0.5], "none of 0 to 1"),
        ([], [], "nobody"),
        ([None], [1], "nobody"),
        ([1, 2], [1], "one length"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(time, status, words):
    assert words in read_event_times(time, status).error


def test_times_are_what_is_printed():
    read = read_event_times([0.1, Decimal("0.1"), np.float64(0.1), np.int64(1)], [1, 1, 1, 0])
    assert read.times == (Fraction(1, 10), Fraction(1, 10), Fraction(1, 10), 1)


def test_a_censoring_comes_after_the_events_at_its_time():
    first, second = moments_in_time([Fraction(3), Fraction(3), Fraction(5)], [0, 1, 2])
    assert (first.at_risk, first.events, first.censored, first.all_events) == (3, {1: 1}, 1, 1)
    assert (second.at_risk, second.events, second.censored) == (1, {2: 1}, 0)


def test_only_long_fractions_are_rounded_and_finely():
    assert shortened(Fraction(1, 3)) == Fraction(1, 3)
    long = Fraction(1, 3**3000) + Fraction(1, 7)
    assert shortened(long) != long
    assert abs(shortened(long) - long) < SLACK


@pytest.mark.parametrize(("value", "finite", "missing"), [(1, True, False), (NAN, False, True), (INF, False, False), (None, False, True)])
def test_finite_and_missing_are_told_apart(value, finite, missing):
    assert (is_finite(value), is_missing(value)) == (finite, missing)


@pytest.mark.parametrize("value", [10**400, "x", Decimal("sNaN")])
def test_what_no_double_can_hold_is_not_finite(value):
    assert not is_finite(value)
