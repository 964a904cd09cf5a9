"""The log-rank test: numbers of R and published ones, and what must not change it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.logrank import logrank
from tests.analysis.statistics.anything import labels, numbers, statuses, subjects, times
from tests.analysis.statistics.drawing import is_sound

MAINTAINED = ([9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161], [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0])
NOT_MAINTAINED = ([5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45], [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1])

# Remission of leukaemia (weeks), 6-MP against placebo: Freireich et al., Blood 1963;21:699.
TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
FREIREICH = (TREATED + PLACEBO, RELAPSED + [1] * 21, ["6-MP"] * 21 + ["placebo"] * 21)

THREE = ([1, 2, 2, 3, 4, 4, 5, 6, 7, 8, 9, 9], [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0], list("ABCABCABCABC"))


def test_the_remission_trial_gives_the_published_test():
    found = logrank(*FREIREICH)
    assert found.statistic == pytest.approx(16.793, abs=5e-4)
    assert found.df == 1
    assert (found.extra["observed 6-MP"], found.extra["observed placebo"]) == (9, 21)
    assert found.extra["expected 6-MP"] == pytest.approx(19.251, abs=5e-4)


def test_maintained_chemotherapy_gives_the_test_of_r():
    time, status = (MAINTAINED[column] + NOT_MAINTAINED[column] for column in (0, 1))
    found = logrank(time, status, ["Maintained"] * 11 + ["Nonmaintained"] * 12)
    assert found.p == pytest.approx(0.0653393, abs=1e-6)
    assert found.extra["expected Maintained"] == pytest.approx(10.69, abs=5e-3)


def test_three_groups_have_two_degrees_of_freedom():
    found = logrank(*THREE)
    assert found.df == 2
    assert found.statistic == pytest.approx(5.325682097935348, rel=1e-10)


@pytest.mark.parametrize(
    ("time", "status", "group", "words"),
    [
        ([], [], [], "nobody"),
        ([1], [1], ["A"], "one group"),
        ([1, 2], [0, 0], ["A", "B"], "no event"),
        ([1, 2], [1, 1], ["A", "A"], "one group"),
        ([1, 1], [1, 1], ["A", "B"], "not at risk together"),
        ([-1, 1], [1, 1], ["A", "B"], "before the start"),
    ],
)
def test_what_cannot_be_tested_says_why(time, status, group, words):
    found = logrank(time, status, group)
    assert words in found.error
    assert found.p is None
    assert not found.extra


def test_a_group_without_any_expected_event_carries_no_weight_as_in_r():
    with_it = logrank([0, *FREIREICH[0]], [0, *FREIREICH[1]], ["early", *FREIREICH[2]])
    assert (with_it.statistic, with_it.df) == (pytest.approx(logrank(*FREIREICH).statistic), 1)


@given(subjects(st.integers(0, 9), st.integers(0, 1), st.sampled_from("ABC"), most=30))
@settings(deadline=None)
def test_only_the_order_of_times_counts(columns):
    time, status, group = columns
    plain, bent = logrank(time, status, group), logrank([value**3 + 2 * value for value in time], status, group)
    assert plain == bent


@given(subjects(st.integers(0, 9), st.integers(0, 1), st.sampled_from("AB"), most=30))
@settings(deadline=None)
def test_the_names_of_two_groups_do_not_matter(columns):
    time, status, group = columns
    plain, swapped = logrank(time, status, group), logrank(time, status, ["B" if label == "A" else "A" for label in group])
    assert swapped.statistic == (None if plain.statistic is None else pytest.approx(plain.statistic, rel=1e-9, abs=1e-12))


@given(subjects(st.integers(0, 9), st.integers(0, 1), st.sampled_from("ABC"), most=30))
@settings(deadline=None)
def test_as_many_events_are_expected_as_observed(columns):
    extra = logrank(*columns).extra
    observed, expected = (sum(value for name, value in extra.items() if name.startswith(word)) for word in ("observed", "expected"))
    assert observed == pytest.approx(expected)


@given(subjects(numbers, statuses, labels))
@settings(deadline=None)
def test_nothing_raises_and_nothing_is_silent(columns):
    assert is_sound(logrank(*columns))


@given(subjects(times, st.integers(0, 1), labels))
@settings(deadline=None)
def test_groups_may_be_of_any_kind(columns):
    assert is_sound(logrank(*columns))
