import pytest

from cordside.appraisal.arithmetic.counts import mcnemar_from_counts, p_from_counts
from cordside.appraisal.printed import read_p


def test_the_choice_of_the_test_can_decide():
    found = p_from_counts([[10, 10], [4, 16]], read_p("0.047"))
    assert found.ps == {
        "fisher": pytest.approx(0.0958, abs=1e-4),
        "chi2": pytest.approx(0.0467, abs=1e-4),
        "chi2_corrected": pytest.approx(0.0974, abs=1e-4),
    }
    assert found.prints_as_reported == ("chi2",) and found.crosses_005


def test_a_p_that_no_test_prints_has_no_test():
    found = p_from_counts([[10, 10], [10, 10]], read_p("0.03"))
    assert found.prints_as_reported == () and not found.crosses_005


def test_only_a_table_of_two_by_two_is_corrected():
    assert set(p_from_counts([[5, 3, 2], [1, 4, 9]], None).ps) == {"fisher", "chi2"}


def test_counts_that_allow_no_test_have_no_p():
    found = p_from_counts([[5, 0], [7, 0]], read_p("0.5"))
    assert found.ps == {} and not found.crosses_005


def test_pairs_have_their_own_test():
    found = mcnemar_from_counts(8, 1, read_p("0.039"))
    assert found.prints_as_reported == ("exact",) and found.ps["chi2_cc"] == pytest.approx(0.0455, abs=1e-4)
