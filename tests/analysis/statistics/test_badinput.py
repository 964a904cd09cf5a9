"""Whatever the data are, a statistic answers: with numbers, with a warning, or with the reason why there is none."""

import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.adjust import METHODS, adjusted
from cordside.analysis.statistics.differences import differences, paired
from cordside.analysis.statistics.fisher import fisher
from cordside.analysis.statistics.hodgeslehmann import hodges_lehmann, hodges_lehmann_two
from cordside.analysis.statistics.location import mean_interval, median_interval, one_sample_t, paired_ratio, paired_t
from cordside.analysis.statistics.oddsratio import odds_ratio
from cordside.analysis.statistics.proportiondifference import mcnemar, paired_difference, proportion_difference
from cordside.analysis.statistics.proportions import INTERVALS, proportion, upper_limit
from cordside.analysis.statistics.ranks import PROGRAMS, sign_test, signed_rank, signed_rank_as
from cordside.analysis.statistics.tables import chi_square
from cordside.analysis.statistics.twosamples import PROGRAMS as RANK_SUM_PROGRAMS
from cordside.analysis.statistics.twosamples import rank_sum, rank_sum_as, two_sample_t
from cordside.analysis.statistics.variance import anova, friedman, kruskal_wallis
from cordside.errors import CannotDo
from tests.analysis.statistics.drawing import ANY_FLOATS, is_sound

ONE = {
    "mean": mean_interval,
    "t": one_sample_t,
    "t of logarithms": lambda x: one_sample_t(x, mu=1, scale="log"),
    "paired t": paired_t,
    "median": lambda x: median_interval(x, definition="R-7"),
    "sign": sign_test,
    "lehmann keep": lambda x: hodges_lehmann(x, zeros="keep"),
    "lehmann drop": lambda x: hodges_lehmann(x, zeros="drop"),
    **{
        f"{p} {zeros}": lambda x, p=p, zeros=zeros: signed_rank(x, p=p, zeros=zeros)
        for p in ("exact", "normal", "normal_cc", "sas")
        for zeros in ("drop", "pratt")
    },
    **{program: lambda x, program=program: signed_rank_as(x, program=program) for program in PROGRAMS},
}
TWO = {
    "welch": lambda x, y: two_sample_t(x, y, variance="welch"),
    "pooled": lambda x, y: two_sample_t(x, y, variance="pooled"),
    "lehmann": hodges_lehmann_two,
    "anova": lambda x, y: anova([x, y]),
    "kruskal": lambda x, y: kruskal_wallis([x, y]),
    **{p: lambda x, y, p=p: rank_sum(x, y, p=p) for p in ("exact", "normal", "normal_cc")},
    **{program: lambda x, y, program=program: rank_sum_as(x, y, program=program) for program in RANK_SUM_PROGRAMS},
}
NAN, INF = math.nan, math.inf


@pytest.mark.parametrize("name", ONE)
@pytest.mark.parametrize(
    ("values", "promise"),
    [
        ([], "error"),
        ([None, NAN, Decimal("NaN")], "error"),
        ([1.0, 2.0, INF], "error"),
        ([1.0, Decimal("-Infinity")], "error"),
    ],
    ids=["no values", "all missing", "infinite", "infinite decimal"],
)
def test_values_that_cannot_be_used_are_an_error_with_its_reason(name, values, promise):
    answer = ONE[name](values)
    assert answer.error and is_sound(answer)
    assert (answer.estimate, answer.low, answer.high, answer.p, answer.statistic) == (None, None, None, None, None)


@pytest.mark.parametrize(
    ("statistic", "values", "estimate"),
    [
        (mean_interval, [4.2], 4.2),
        (paired_t, [4.2], 4.2),
        (mean_interval, [3, 3, 3], 3),
        (paired_t, [0.1, 0.1, 0.1], 0.1),
        (paired_t, [0, 0, 0], 0),
    ],
    ids=["one value", "one pair", "constant", "all ties", "all zero"],
)
def test_a_mean_without_spread_is_given_without_interval_and_test_and_says_so(statistic, values, estimate):
    answer = statistic(values)
    assert answer.estimate == estimate
    assert answer.warning
    assert (answer.low, answer.high, answer.p, answer.statistic) == (None, None, None, None)


@pytest.mark.parametrize("p", ["exact", "normal", "normal_cc", "sas"])
def test_nothing_but_zero_differences_is_p_one_with_a_warning(p):
    answer = signed_rank([0, 0, 0, None], p=p, zeros="drop")
    assert (answer.n, answer.n_missing, answer.p, answer.warning) == (0, 1, 1.0, "every difference is zero")


def test_an_interval_that_few_values_cannot_reach_says_what_it_reaches():
    for answer in (hodges_lehmann([1, 2, 3, 4, 5], zeros="keep"), median_interval([1, 2, 3, 4, 5], definition="R-7")):
        assert (answer.low, answer.high, answer.extra["attained"]) == (1, 5, 0.9375)
        assert answer.warning == "5 values reach only 93.75 %"


@pytest.mark.parametrize("name", TWO)
@pytest.mark.parametrize(("x", "y"), [([], [1, 2]), ([1, 2], [None]), ([1, INF], [1, 2]), ([], [])])
def test_a_group_with_nobody_or_with_infinity_is_an_error(name, x, y):
    answer = TWO[name](x, y)
    assert answer.error and answer.p is None and answer.estimate is None


@pytest.mark.parametrize("name", TWO)
def test_groups_whose_values_are_all_equal_have_no_silent_test(name):
    answer = TWO[name]([2, 2, 2], [2, 2])
    assert answer.p in (None, 1.0) and is_sound(answer)


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ([], True),
        ([[0, 0], [0, 0]], True),
        ([[1, 2]], True),
        ([[1, 2], [3]], True),
        ([[1, -1], [2, 3]], True),
        ([[1, 0.5], [2, 3]], True),
        ([[1, NAN], [2, 3]], True),
        ([[3, 0], [5, 0]], True),
        ([[3, 2, 0], [1, 9, 0]], False),
        ([[3, 2], [0, 0], [1, 9]], False),
    ],
)
def test_a_level_never_seen_is_left_out_and_a_table_of_nothing_is_an_error(table, fault):
    for answer in (chi_square(table, yates=False), fisher(table)):
        assert bool(answer.error) == fault and is_sound(answer)
        assert fault or "never seen" in answer.warning


@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize(("k", "n"), [(0, 0), (3, 2), (-1, 2), (0.5, 2), (NAN, 2), (1, INF)])
def test_what_is_no_proportion_is_an_error(interval, k, n):
    assert proportion(k, n, interval=interval).error
    assert upper_limit(k, n).error
    assert proportion_difference(k, n, 1, 2).error


@pytest.mark.parametrize("level", [0, 1, -1, 2, NAN, INF])
def test_a_level_that_is_none_is_an_error(level):
    answers = [
        mean_interval([1, 2], level=level),
        median_interval([1, 2], definition="R-7", level=level),
        hodges_lehmann([1, 2], zeros="keep", level=level),
        hodges_lehmann_two([1, 2], [3], level=level),
        two_sample_t([1, 2], [3, 5], variance="welch", level=level),
        proportion(1, 2, interval="wilson", level=level),
        upper_limit(1, 2, level=level),
        odds_ratio([[3, 2], [1, 9]], estimate="sample", level=level),
        paired_difference(1, 2, 3, 4, interval="tango", level=level),
    ]
    assert [answer.error for answer in answers] == ["the level of an interval lies between 0 and 1"] * len(answers)


def test_pairs_of_nobody_and_pairs_that_did_not_change_are_said():
    assert paired_difference(0, 0, 0, 0, interval="tango").error == "no pairs"
    assert (mcnemar(0, 0, p="exact").p, mcnemar(0, 0, p="exact").warning) == (1.0, "no pair changed")
    assert mcnemar(-1, 2, p="exact").error
    assert friedman([[1, 2], [None, 3]]).n_missing == 1
    assert friedman([]).error and friedman([[1], [2]]).error and friedman([[1, None]]).error
    assert friedman([[1, 1], [2, 2]]).warning == "no row varies"
    assert anova([[1, 1], [1]]).error and anova([[1, 2], [], [3]]).warning


def test_a_ratio_needs_values_above_zero():
    assert paired_ratio(paired([1, 0], [2, 3])).error == "a value is not above zero, so that it has no logarithm"
    assert one_sample_t([1, 2], mu=0, scale="log").error
    assert paired_ratio(paired([1, 2], [INF, 3])).error == "a value is infinite"


@pytest.mark.parametrize(
    "asked",
    [
        lambda: signed_rank([1], p="R", zeros="drop"),
        lambda: signed_rank([1], p="exact", zeros="keep"),
        lambda: signed_rank_as([1], program="R"),
        lambda: rank_sum([1], [2], p="sas"),
        lambda: rank_sum_as([1], [2], program="R"),
        lambda: hodges_lehmann([1], zeros="pratt"),
        lambda: two_sample_t([1], [2], variance="equal"),
        lambda: proportion(1, 2, interval="exact"),
        lambda: mcnemar(1, 2, p="cc"),
        lambda: paired_difference(1, 1, 1, 1, interval="wald"),
        lambda: odds_ratio([[1, 2], [3, 4]], estimate="mle"),
        lambda: adjusted([0.1], method="fdr"),
    ],
)
def test_an_unknown_convention_is_refused_with_those_that_are_known(asked):
    with pytest.raises(CannotDo, match=r"known are .*; choose one of them"):
        asked()


@settings(deadline=None)
@given(values=ANY_FLOATS)
def test_one_sample_of_any_floats_never_raises_and_is_sound(values):
    for name, statistic in ONE.items():
        assert is_sound(statistic(values)), name


@settings(deadline=None)
@given(x=ANY_FLOATS, y=ANY_FLOATS)
def test_two_samples_of_any_floats_never_raise_and_are_sound(x, y):
    for name, statistic in TWO.items():
        assert is_sound(statistic(x, y)), name


@settings(deadline=None)
@given(x=ANY_FLOATS)
def test_pairs_of_any_floats_never_raise_and_are_sound(x):
    pairs = paired(x, x[::-1])
    assert is_sound(paired_ratio(pairs)) and is_sound(paired_t(pairs.changes))
    assert len(pairs.changes) + pairs.n_missing == len(differences(x, x[::-1])) == len(x)


@settings(deadline=None)
@given(table=st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=3), min_size=1, max_size=4))
def test_any_table_of_counts_never_raises_and_is_sound(table):
    assert is_sound(chi_square(table, yates=True)) and is_sound(fisher(table))
    assert odds_ratio(table, estimate="conditional").error or len(table) == 2


@settings(deadline=None)
@given(blocks=st.lists(st.lists(st.one_of(st.none(), st.floats()), min_size=2, max_size=3), max_size=4))
def test_friedman_of_any_rows_never_raises_and_is_sound(blocks):
    assert is_sound(friedman(blocks))


@settings(deadline=None)
@given(p=st.lists(st.one_of(st.none(), st.floats()), max_size=6), method=st.sampled_from(sorted(METHODS)))
def test_any_family_of_p_values_is_adjusted_upwards_only(p, method):
    found = adjusted(p, method=method)
    assert len(found) == len(p)
    for before, after in zip(p, found, strict=True):
        known = before is not None and not math.isnan(before) and 0 <= before <= 1
        assert (after is not None) == known
        assert after is None or before <= after <= 1


def test_numbers_of_other_libraries_are_read_as_they_print():
    assert mean_interval(np.array([0.1, 0.2, 0.3])).estimate == 0.2
    assert mean_interval(np.array([0.1, 0.2, 0.3], dtype=np.float32)).estimate == 0.2
    assert mean_interval(np.array([1, 2, 3])).estimate == 2
    assert mean_interval({Decimal("0.1"): 2, 0.1: 1, None: 3}).n_missing == 3
