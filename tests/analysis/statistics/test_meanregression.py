"""Regression to the mean: the change that comes by itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.meanregression import change_after_cutoff, change_from_baseline_mean, mean_regression_statement
from cordside.errors import CannotDo
from tests.analysis.statistics.anything import numbers
from tests.analysis.statistics.drawing import is_sound


def test_the_worked_number_holds_by_the_tables_of_the_normal_distribution():
    # z = 20/15: density 0.164010, tail 0.0912112; 0.5 x 15 x 0.164010 / 0.0912112
    found = change_after_cutoff(60, 15, 0.5, 40, side="below")
    assert found.estimate == pytest.approx(7.5 * 0.164010 / 0.0912112, rel=1e-5)
    assert found.extra["share_chosen"] == pytest.approx(0.0912112, rel=1e-6)


def test_a_simulated_choice_changes_as_foreseen():
    draw = np.random.default_rng(20200211)
    truth = draw.normal(60, 15 * np.sqrt(0.6), 400_000)
    before, after = (truth + draw.normal(0, 15 * np.sqrt(0.4), truth.size) for _ in range(2))
    chosen = before < 50
    assert (after - before)[chosen].mean() == pytest.approx(change_after_cutoff(60, 15, 0.6, 50, side="below").estimate, abs=0.1)
    from_mean = change_from_baseline_mean(before[chosen].mean(), 60, 0.6)
    assert (after - before)[chosen].mean() == pytest.approx(from_mean.estimate, abs=0.1)


@given(st.floats(-50, 50), st.floats(0.1, 20), st.floats(0, 1), st.floats(-80, 80))
@settings(deadline=None)
def test_both_sides_are_mirror_images(mean, sd, reliability, cutoff):
    below = change_after_cutoff(mean, sd, reliability, cutoff, side="below")
    above = change_after_cutoff(-mean, sd, reliability, -cutoff, side="above")
    assert below.error == above.error.replace("above", "below")
    assert below.error or below.estimate == -above.estimate >= 0


@given(st.floats(-9, 9))
@settings(deadline=None)
def test_a_perfect_measurement_does_not_regress(cutoff):
    assert change_after_cutoff(0, 1, 1, cutoff, side="below").estimate == 0
    assert change_from_baseline_mean(cutoff, 0, 1).estimate == 0


def test_a_choice_of_everybody_changes_nothing_and_one_of_nobody_is_an_error():
    assert change_after_cutoff(0, 1, 0.5, 300, side="below").estimate == 0
    assert "nobody would be chosen" in change_after_cutoff(0, 1, 0.5, -300, side="below").error
    # Far out the mean of those chosen is the cut-off itself, nearly.
    assert change_after_cutoff(0, 1, 0.5, -25, side="below").estimate == pytest.approx(12.5, rel=2e-3)


@pytest.mark.parametrize(
    ("given_numbers", "words"),
    [
        ((60, 0, 0.5, 40), "not above zero"),
        ((60, 15, 1.5, 40), "reliability"),
        ((60, 15, float("nan"), 40), "finite"),
        ((None, 1, 0, 1), "missing"),
    ],
)
def test_impossible_numbers_are_an_error(given_numbers, words):
    found = change_after_cutoff(*given_numbers, side="below")
    assert words in found.error
    assert found.estimate is None


def test_an_unknown_side_is_the_mistake_of_the_protocol():
    with pytest.raises(CannotDo, match="below, above"):
        change_after_cutoff(60, 15, 0.5, 40, side="left")


def test_the_statement_sets_both_changes_side_by_side():
    text = mean_regression_statement(change_after_cutoff(60, 15, 0.5, 40, side="below"), -3, "mg/dL")
    assert "mean change of +13.5 mg/dL" in text
    assert "chosen below 40, reliability 0.5" in text
    assert text.endswith("; -3.0 mg/dL was seen.")


@pytest.mark.parametrize(
    ("expected", "observed"), [(Answer(error="why"), 1), (Answer(estimate=1), None), (Answer(estimate=1), float("nan"))]
)
def test_the_statement_says_when_there_is_nothing_to_state(expected, observed):
    assert mean_regression_statement(expected, observed, "mg/dL").startswith("Regression to the mean was not estimated")


@given(numbers, numbers, numbers, numbers)
@settings(deadline=None)
def test_nothing_raises(a, b, c, d):
    assert is_sound(change_after_cutoff(a, b, c, d, side="above"))
    assert is_sound(change_from_baseline_mean(a, b, c))
