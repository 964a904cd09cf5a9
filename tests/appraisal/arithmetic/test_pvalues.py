from fractions import Fraction
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.analysis.statistics.distributions import normal_two_sided, two_sided_z
from cordside.analysis.statistics.ranks import signed_rank
from cordside.appraisal.arithmetic.pvalues import p_vs_ci, signed_rank_claim, signed_rank_floor
from cordside.appraisal.printed import read_p, read_printed
from tests.appraisal.arithmetic.samples import printed


def of(estimate, low, high, p, **how):
    return p_vs_ci(*map(read_printed, (estimate, low, high)), read_p(p), **how)


@pytest.mark.parametrize("n", range(1, 13))
def test_the_floor_is_the_p_of_changes_all_one_way(n):
    assert float(signed_rank_floor(n)) == signed_rank(list(range(1, n + 1)), p="exact", zeros="drop").p
    normal = signed_rank(list(range(1, n + 1)), p="normal", zeros="drop").p
    assert signed_rank_claim(n, read_p("0.5")).normal_floor == pytest.approx(normal)


def test_a_p_below_the_floor_is_impossible():
    assert not signed_rank_claim(5, read_p("0.03")).possible and signed_rank_claim(5, read_p("0.06")).possible
    assert not signed_rank_claim(6, read_p("0.016")).possible
    assert signed_rank_claim(5, read_p("< 0.07")).possible and not signed_rank_claim(5, read_p("< 0.05")).possible
    assert signed_rank_floor(0) == 1


def test_the_usual_programs_p_below_the_floor_is_known():
    assert signed_rank_claim(5, read_p("0.043")).normal_floor == pytest.approx(0.0431, abs=1e-4)


def test_an_estimate_lies_in_its_interval():
    assert not of("5.0", "5.6", "9.9", "0.001").estimate_inside
    assert of("5.6", "5.6", "9.9", "0.001").estimate_inside


def test_interval_and_p_stand_on_one_side():
    assert not of("0.70", "0.45", "1.09", "0.01", scale="ratio").consistent
    assert not of("0.70", "0.45", "0.97", "0.21", scale="ratio").consistent
    assert of("0.70", "0.45", "0.97", "0.03", scale="ratio").consistent
    assert not of("7.4", "-44.7", "59.7", "< 0.05").consistent


def test_a_limit_printed_as_no_effect_decides_nothing():
    assert of("0.70", "0.49", "1.00", "0.049", scale="ratio").same_side and of("0.70", "0.49", "1.00", "0.051", scale="ratio").same_side
    assert of("2.0", "0.0", "4.0", "0.05").same_side


def test_other_levels_have_other_sides():
    assert of("2.0", "0.3", "3.7", "0.07", level=0.9).same_side and not of("2.0", "0.3", "3.7", "0.07").same_side


def test_a_p_that_only_differs_is_no_contradiction():
    found = of("-13.31", "-29.14", "2.13", "0.080")
    assert found.consistent and not found.p_agrees and found.p_from_interval == pytest.approx(0.095, abs=1e-3)


def test_a_ratio_with_a_limit_of_0_has_no_p():
    found = of("0.70", "0.00", "1.40", "0.30", scale="ratio")
    assert (found.p_from_interval, found.p_low, found.consistent, found.p_agrees) == (None, None, True, True)


def test_without_a_p_only_the_interval_is_judged():
    assert p_vs_ci(*map(read_printed, ("5.0", "5.6", "9.9")), None).consistent is False


@given(
    st.floats(-3, 3), st.floats(0.05, 3), st.integers(1, 4), st.sampled_from([0.9, 0.95, 0.99]), st.sampled_from(["difference", "ratio"])
)
def test_no_true_interval_is_refused(centre, se, decimals, level, scale):
    numbers = [centre, centre - two_sided_z(level) * se, centre + two_sided_z(level) * se]
    shown = [printed(exp(number) if scale == "ratio" else number, decimals) for number in numbers]
    found = p_vs_ci(*shown, read_p(f"{normal_two_sided(centre / se):.{decimals}f}"), level=level, scale=scale)
    assert found.consistent and found.p_agrees


def test_the_floor_is_exact():
    assert signed_rank_floor(10) == Fraction(1, 512)
