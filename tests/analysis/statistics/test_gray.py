"""Gray's test: expected numbers are R 4.2.2's, cmprsk 2.2-11 (cuminc(t, s, g)$Tests)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.analysis.statistics.gray import gray
from cordside.analysis.statistics.logrank import logrank

TWELVE = ([3, 5, 5, 8, 12, 14, 2, 4, 7, 7, 9, 15], [1, 2, 0, 1, 1, 0, 2, 1, 1, 0, 2, 1], list("AAAAAABBBBBB"))
# Ties between and within three groups, three causes.
THIRTY = (
    [1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 12, 13, 14, 15, 16, 17, 18],
    [1, 2, 1, 1, 0, 2, 1, 1, 3, 1, 0, 2, 1, 1, 0, 2, 1, 1, 2, 0, 1, 3, 1, 1, 0, 2, 1, 0, 1, 1],
    [1, 2, 3] * 10,
)


@pytest.mark.parametrize(
    ("data", "cause", "chi2", "p", "df"),
    [
        (TWELVE, 1, 0.205131362842772, 0.650610453635168, 1),
        (TWELVE, 2, 0.420083994308488, 0.516895135717143, 1),
        (THIRTY, 1, 0.3302594735783175, 0.847783708216609, 2),
        (THIRTY, 2, 0.0253610595131734, 0.987399529406050, 2),
        (THIRTY, 3, 0.7753135111129963, 0.678645244500073, 2),
    ],
)
def test_the_statistic_is_cmprsks(data, cause, chi2, p, df):
    found = gray(*data, cause=cause, causes=3)
    assert (found.statistic, found.p, found.df) == (pytest.approx(chi2), pytest.approx(p), df)


def test_without_competing_events_or_censoring_it_is_nearly_the_log_rank_test():
    # Without competition the two scores are the same; the variances differ only in how ties and the pooled curve enter.
    times, groups = list(range(1, 41)), [number % 2 for number in range(40)]
    assert gray(times, [1] * 40, groups).statistic == pytest.approx(logrank(times, [1] * 40, groups).statistic, rel=0.1)


def test_few_events_are_warned_of():
    assert gray(*TWELVE).warning == "fewer than 5 events are expected in a group: P is rough"
    times, groups = list(range(1, 41)), [number % 2 for number in range(40)]
    assert gray(times, [1, 2] * 20, groups[::-1]).warning == ""


def test_which_group_comes_last_does_not_matter():
    times, statuses, groups = THIRTY
    turned = [{1: "c", 2: "a", 3: "b"}[group] for group in groups]
    assert gray(times, statuses, turned, causes=3).statistic == pytest.approx(gray(times, statuses, groups, causes=3).statistic)


@pytest.mark.parametrize(
    ("time", "status", "group", "error"),
    [
        ([], [], [], "nobody has a time and a status"),
        ([1, 2], [1, 1], ["A", "A"], "there is one group only"),
        ([1, 2, 3], [2, 0, 2], ["A", "B", "A"], "nobody had the event"),
        ([1, 2], [1, 3], ["A", "B"], "the status 3 is none of 0 to 2"),
        ([1, float("inf")], [1, 1], ["A", "B"], "the time inf is not a finite number"),
        ([-1, 2], [1, 1], ["A", "B"], "the time -1 lies before the start"),
        ([1, 2, 3, 4], [1, 1, 2, 2], ["A", "A", "B", "B"], ""),
    ],
)
def test_bad_input_has_its_reason(time, status, group, error):
    found = gray(time, status, group)
    assert found.error == error
    assert (found.p is None) == bool(error)


def test_a_missing_time_status_or_group_is_left_out_and_counted():
    found = gray([*TWELVE[0], None, 3, 4], [*TWELVE[1], 1, None, 1], [*TWELVE[2], "A", "B", None])
    assert (found.n, found.n_missing, found.p) == (12, 3, pytest.approx(0.650610453635168))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2), st.sampled_from("ABC")), max_size=25))
def test_whatever_comes_in_gives_a_p_or_a_reason(rows):
    found = gray([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])
    assert (found.p is not None and 0 <= found.p <= 1) != bool(found.error)
