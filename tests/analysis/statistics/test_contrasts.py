"""An estimate with its variance and degrees of freedom becomes an interval and a t test."""

import pytest

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.contrasts import t_answer

MODEL = Answer(level=0.95, n=12, method="model", warning="")


def test_the_worked_number_holds():
    found = t_answer(2, 1, 10, MODEL)
    assert (found.low, found.high, found.p) == pytest.approx((-0.228139, 4.228139, 0.0733880), rel=1e-5)
    assert (found.n, found.method, found.extra["se"]) == (12, "model", 1)


@pytest.mark.parametrize(("variance", "df"), [(0, 10), (-1, 10), (float("nan"), 10), (1, 0), (1, float("nan"))])
def test_without_variation_there_is_no_interval_and_it_is_said(variance, df):
    found = t_answer(2, variance, df, MODEL)
    assert (found.estimate, found.low, found.p) == (2, None, None)
    assert "no interval" in found.warning


@pytest.mark.parametrize(("estimate", "variance"), [(1e308, 1e-300), (1e200, 1), (0, 5e-324)])
def test_extreme_numbers_do_not_raise(estimate, variance):
    assert t_answer(estimate, variance, 3, MODEL).estimate == estimate
