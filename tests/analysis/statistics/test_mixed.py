"""The linear mixed model: closed forms that balanced data have, and what the data cannot carry.

The numbers of lme4, lmerTest and pbkrtest on Orthodont (with and without gaps) are in the vectors.
"""

import math
from decimal import Decimal
from statistics import fmean, stdev, variance

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.mixed import DF, coefficient, contrast, fit_mixed
from cordside.errors import CannotDo
from tests.analysis.statistics.anything import labels, numbers, subjects
from tests.analysis.statistics.drawing import is_sound

# Six subjects, measured before and after, made up: strongly correlated.
BEFORE = [10.0, 12.5, 9.0, 14.0, 11.0, 13.2]
AFTER = [11.5, 13.0, 10.5, 15.5, 11.4, 15.0]


def long(*visits, gaps=()):
    """Rows of response, visit number and subject, one a subject and visit, without the gaps (visit, subject)."""
    rows = [(value, visit, who) for visit, values in enumerate(visits) for who, value in enumerate(values) if (visit, who) not in gaps]
    return ([row[column] for row in rows] for column in range(3))


def paired(before, after, df):
    response, visit, subject = long(before, after)
    return fit_mixed(response, {"visit": visit}, subject, df=df)


@pytest.mark.parametrize("df", DF)
def test_complete_pairs_give_the_paired_t_test(df):
    found = coefficient(paired(BEFORE, AFTER, df), "visit")
    changes = [after - before for before, after in zip(BEFORE, AFTER, strict=True)]
    se = stdev(changes) / math.sqrt(6)
    expected = (fmean(changes), se, fmean(changes) / se, 5)
    assert (found.estimate, found.extra["se"], found.statistic, found.df) == pytest.approx(expected, rel=1e-6)


def test_complete_pairs_give_the_components_of_the_analysis_of_variance():
    fit = paired(BEFORE, AFTER, "satterthwaite")
    changes = [after - before for before, after in zip(BEFORE, AFTER, strict=True)]
    means = [(after + before) / 2 for before, after in zip(BEFORE, AFTER, strict=True)]
    residual = variance(changes) / 2
    assert fit.variances["residual"] == pytest.approx(residual, rel=1e-6)
    assert fit.variances["intercept"] == pytest.approx(variance(means) - residual / 2, rel=1e-6)
    assert (fit.n, fit.n_subjects, fit.n_missing) == (12, 6, 0)


def test_the_restricted_likelihood_is_that_of_its_definition():
    response, visit, subject = long(BEFORE, AFTER, gaps={(1, 2)})
    fit = fit_mixed(response, {"visit": visit}, subject, df="satterthwaite")
    x, y = np.column_stack([np.ones(11), visit]), np.array(response)
    v = np.equal.outer(subject, subject) * fit.variances["intercept"] + np.eye(11) * fit.variances["residual"]
    weight = np.linalg.inv(v)
    precision = x.T @ weight @ x
    residual = y - x @ np.linalg.solve(precision, x.T @ weight @ y)
    logs = np.linalg.slogdet(v)[1] + np.linalg.slogdet(precision)[1] + residual @ weight @ residual
    assert fit.loglik == pytest.approx(-(logs + 9 * math.log(2 * math.pi)) / 2, rel=1e-12)


def test_kenward_and_roger_widen_what_gaps_make_uncertain():
    response, visit, subject = long(BEFORE, AFTER, gaps={(0, 1), (1, 2)})
    plain, adjusted = (coefficient(fit_mixed(response, {"visit": visit}, subject, df=df), "visit") for df in DF)
    assert plain.estimate == adjusted.estimate
    assert plain.extra["se"] < adjusted.extra["se"]


def test_a_contrast_adds_what_it_is_made_of():
    response, visit, subject = long(BEFORE, AFTER)
    fit = fit_mixed(response, {"visit": visit}, subject, df="kenward_roger")
    assert contrast(fit, {"intercept": 1, "visit": 1}).estimate == pytest.approx(fmean(AFTER))
    assert "no such effect" in contrast(fit, {"age": 1}).error


def test_a_random_slope_of_lines_has_the_variances_of_their_slopes():
    # Balanced: the REML variance of the slopes is their variance less what the residuals give them.
    times = [0.0, 1.0, 2.0, 3.0]
    draw = np.random.default_rng(7)
    lines = [
        [a + b * time + e for time, e in zip(times, draw.normal(0, 0.3, 4), strict=True)] for a, b in draw.normal([5, 1], [2, 0.7], (12, 2))
    ]
    response, visit, subject = long(*zip(*lines, strict=True))
    fit = fit_mixed(response, {"visit": visit}, subject, df="satterthwaite", slope="visit")
    fitted = [np.polyfit(times, line, 1) for line in lines]
    residual = sum(((np.array(line) - np.polyval(one, times)) ** 2).sum() for line, one in zip(lines, fitted, strict=True)) / (12 * 2)
    slopes = [one[0] for one in fitted]
    assert fit.variances["residual"] == pytest.approx(residual, rel=1e-6)
    assert fit.variances["slope"] == pytest.approx(variance(slopes) - residual / 5, rel=1e-6)
    found = coefficient(fit, "visit")
    assert (found.estimate, found.extra["se"], found.df) == pytest.approx((fmean(slopes), stdev(slopes) / math.sqrt(12), 11), rel=1e-6)


@pytest.mark.parametrize("df", DF)
def test_no_spread_between_subjects_is_a_warning_and_least_squares(df):
    fit = paired([1, 2, 3, 4], [4, 3, 2, 1.5], df)
    found = coefficient(fit, "visit")
    assert fit.variances["intercept"] == 0
    assert "estimated as zero" in found.warning
    assert (found.estimate, found.df) == (pytest.approx(0.125), 6)
    assert found.p is not None


@pytest.mark.parametrize(
    ("response", "visit", "subject", "slope", "words"),
    [
        ([], [], [], None, "two subjects"),
        ([1, 2], [0, 1], ["A", "A"], None, "two subjects"),
        ([1, 2, 4], [0, 1, 0], ["A", "B", "C"], None, "two values"),
        ([1, 2, 4], [0, 1, 0], ["A", "B", "A"], None, "too few"),
        ([3, 3, 3, 3, 3, 3], [0, 1, 0, 1, 0, 1], list("AABBCC"), None, "no variation"),
        ([1, 2, 4, 5, 7, 9], [1, 1, 1, 1, 1, 1], list("AABBCC"), None, "determine one another"),
        ([1, 2, 4, 5, 7, 9], [0, 0, 0, 0, 0, 0], list("AABBCC"), None, "zero throughout"),
        ([1, 1, 4, 4, 9, 9], [0, 1, 0, 1, 0, 1], list("AABBCC"), None, "no maximum"),
        ([1, 2, 4, 5, 7, float("inf")], [0, 1, 0, 1, 0, 1], list("AABBCC"), None, "not a finite number"),
        ([1, 2, 4, 5, 7, 9.5, 3], [0, 1, 0, 1, 0, 1, 1], list("AABBCCD"), "visit", "random slope"),
        ([1, 2, 4], [0, 1], list("AAB"), None, "one length"),
        ([1, 2], [0, 1], list("AA"), "age", "the random slope is one of"),
    ],
)
def test_what_cannot_be_fitted_says_why(response, visit, subject, slope, words):
    fit = fit_mixed(response, {"visit": visit}, subject, df="satterthwaite", slope=slope)
    assert words in coefficient(fit, "visit").error
    assert coefficient(fit, "visit").estimate is None


def test_rows_with_anything_missing_are_left_out_and_counted():
    response, visit, subject = long(BEFORE, AFTER)
    fit = fit_mixed([*response, None, 3], {"visit": [*visit, 1, float("nan")]}, [*subject, 1, 2], df="satterthwaite")
    assert (fit.n, fit.n_missing) == (12, 2)
    assert coefficient(fit, "visit").estimate == pytest.approx(coefficient(paired(BEFORE, AFTER, "satterthwaite"), "visit").estimate)


def test_an_unknown_way_to_degrees_of_freedom_is_the_mistake_of_the_protocol():
    with pytest.raises(CannotDo, match="satterthwaite, kenward_roger"):
        paired(BEFORE, AFTER, "between-within")


@given(st.floats(1e-3, 1e3), st.floats(-1e3, 1e3), st.floats(1e-3, 1e3), st.sampled_from(DF))
@settings(max_examples=40, deadline=None)
def test_units_and_origins_change_no_test(factor, shift, visit_factor, df):
    response, visit, subject = long(BEFORE, AFTER, [13.0, 13.5, 12.0, 15.0, 13.0, 15.2], gaps={(0, 1), (2, 3)})
    response, visit, subject = list(response), list(visit), list(subject)
    plain = coefficient(fit_mixed(response, {"visit": visit}, subject, df=df), "visit")
    columns = {"visit": [visit_factor * one - shift for one in visit]}
    moved = coefficient(fit_mixed([factor * one + shift for one in response], columns, subject, df=df), "visit")
    assert (moved.p, moved.df) == pytest.approx((plain.p, plain.df), rel=1e-4)
    assert moved.estimate * visit_factor == pytest.approx(factor * plain.estimate, rel=1e-5)


@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20)), min_size=4, max_size=9), st.sampled_from(DF))
@settings(max_examples=60, deadline=None)
def test_any_complete_pairs_with_spread_give_the_paired_t_test(pairs, df):
    changes, means = [after - before for before, after in pairs], [(before + after) / 2 for before, after in pairs]
    assume(variance(changes) > 0 and variance(means) - variance(changes) / 4 > 0.01 * variance(changes))
    found = coefficient(paired(*zip(*pairs, strict=True), df), "visit")
    assert (found.estimate, found.df) == pytest.approx((fmean(changes), len(pairs) - 1), rel=1e-5, abs=1e-9)
    assert found.extra["se"] == pytest.approx(stdev(changes) / math.sqrt(len(pairs)), rel=1e-5)


@given(subjects(numbers, numbers, labels), st.sampled_from(DF), st.sampled_from([None, "visit"]), numbers)
@settings(deadline=None)
def test_nothing_raises_and_nothing_is_silent(columns, df, slope, level):
    response, visit, subject = columns
    fit = fit_mixed(response, {"visit": visit}, subject, df=df, slope=slope, level=level)
    assert is_sound(coefficient(fit, "visit"))
    assert is_sound(contrast(fit, {"visit": level}))


@given(subjects(st.integers(0, 5), st.integers(0, 3), st.sampled_from("ABCD"), most=16), st.sampled_from([None, "visit"]))
@settings(deadline=None)
def test_a_small_study_gives_positive_variances_or_says_why(columns, slope):
    response, visit, subject = columns
    fit = fit_mixed(response, {"visit": visit}, subject, df="kenward_roger", slope=slope)
    found = coefficient(fit, "visit")
    assert is_sound(found)
    assert all(fit.variances[name] >= 0 for name in fit.variances if name != "covariance")
    assert found.error or found.warning or (found.df > 0 and found.extra["se"] > 0)


def test_a_level_may_be_a_decimal():
    response, visit, subject = (list(column) for column in long(BEFORE, AFTER))
    found = [fit_mixed(response, {"visit": visit}, subject, df="kenward_roger", level=level) for level in (0.9, Decimal("0.9"))]
    assert coefficient(found[0], "visit") == coefficient(found[1], "visit")
