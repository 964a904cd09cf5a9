"""Several groups and repeated values: invariances, textbook numbers, and agreement with the tests of two."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.ranks import sign_test
from cordside.analysis.statistics.variance import LEFT_OUT, anova, friedman, kruskal_wallis
from tests.analysis.statistics.drawing import tied

GROUPS = st.lists(tied(2, 5), min_size=2, max_size=4)


@settings(deadline=None)
@given(groups=GROUPS, moved=st.integers(-3, 3))
def test_neither_order_nor_shift_changes_a_comparison_of_groups(groups, moved):
    changed = [[value + moved for value in group][::-1] for group in groups[::-1]]
    for test in (anova, kruskal_wallis):
        one, other = test(groups), test(changed)
        assert (one.p, one.statistic, one.error, one.warning) == (other.p, other.statistic, other.error, other.warning)


def test_three_groups_apart_give_the_textbook_numbers():
    groups = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    assert (kruskal_wallis(groups).statistic, kruskal_wallis(groups).p) == pytest.approx((7.2, 0.02732372))
    assert (anova(groups).statistic, anova(groups).df, anova(groups).extra["df2"]) == (27, 2, 6)
    assert anova(groups).p == pytest.approx(0.001)


def test_an_empty_group_is_left_out_with_a_warning():
    for test in (anova, kruskal_wallis):
        assert test([[1, 2], [], [3, 5]]).warning == LEFT_OUT
        assert test([[1, 2], [], [3, 5]]).p == test([[1, 2], [3, 5]]).p


@settings(deadline=None)
@given(blocks=st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=1, max_size=6), moved=st.integers(-3, 3))
def test_friedman_knows_only_ranks_within_a_row(blocks, moved):
    changed = [[(value + moved * place) * 2 for value in row] for place, row in enumerate(blocks)]
    assert friedman(blocks).statistic == friedman(changed).statistic
    assert friedman(blocks).statistic == pytest.approx(friedman([row[::-1] for row in blocks]).statistic)


@settings(deadline=None)
@given(changes=tied(1, 12).filter(any))
def test_friedman_of_two_columns_is_the_sign_test_by_chi_square(changes):
    answer, coin = friedman([[0, change] for change in changes]), sign_test(changes)
    assert answer.statistic == pytest.approx((2 * coin.statistic - coin.n) ** 2 / coin.n)
