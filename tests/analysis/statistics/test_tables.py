"""Tables of counts: chi-square, Fisher's exact test against every table written out, the odds ratio against its own equations."""

import math
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.fisher import TOO_LARGE, fisher
from cordside.analysis.statistics.oddsratio import odds_ratio
from cordside.analysis.statistics.tables import chi_square


def tables(largest: int = 3) -> st.SearchStrategy[list[list[int]]]:
    sizes = st.tuples(st.integers(2, 3), st.integers(2, 3))
    return sizes.flatmap(
        lambda size: st.lists(st.lists(st.integers(0, largest), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
    )


def margins(table):
    return [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]


def probability(table):
    rows, columns = margins(table)
    above = math.prod(map(math.factorial, [*rows, *columns]))
    return Fraction(above, math.prod(math.factorial(cell) for row in table for cell in row) * math.factorial(sum(rows)))


def all_tables(rows, columns):
    """Every table with these margins."""
    if len(rows) == 1:
        yield [list(columns)] if sum(columns) == rows[0] else None
        return
    for row in product(*(range(column + 1) for column in columns)):
        if sum(row) == rows[0]:
            left = [column - cell for column, cell in zip(columns, row, strict=True)]
            yield from ([list(row), *rest] for rest in all_tables(rows[1:], left) if rest)


@settings(deadline=None)
@given(table=tables())
def test_fishers_p_is_the_sum_over_all_tables_no_more_probable(table):
    answer = fisher(table)
    if answer.error:
        return
    seen = probability(table)
    chances = [probability(other) for other in all_tables(*margins(table))]
    assert sum(chances) == 1
    assert answer.p == pytest.approx(float(sum(chance for chance in chances if chance <= seen)), rel=1e-9)
    assert answer.extra["table_probability"] == pytest.approx(float(seen))


@settings(deadline=None)
@given(table=tables(6), order=st.permutations([0, 1]))
def test_neither_order_nor_turning_changes_a_test_of_independence(table, order):
    turned = [list(row) for row in zip(*table[::-1], strict=True)]
    for test in (fisher, lambda counts: chi_square(counts, yates=False)):
        one, other = test(table), test(turned)
        assert (one.p is None) == (other.p is None)
        assert one.p is None or one.p == pytest.approx(other.p, rel=1e-9)


def test_a_table_of_five_grades_in_three_groups_is_enumerated():
    answer = fisher([[3, 2, 4], [1, 9, 5], [2, 2, 1], [6, 1, 3], [0, 2, 5]])
    assert 0.01 < answer.p < 0.1


def test_a_table_too_large_to_enumerate_says_so_instead_of_guessing():
    answer = fisher([[40 + row + column for column in range(6)] for row in range(6)])
    assert (answer.error, answer.p, answer.n) == (TOO_LARGE, None, 1620)


def test_yates_corrects_two_by_two_only_and_never_past_the_expected():
    assert chi_square([[33, 34, 44], [53, 50, 40]], yates=True).p == chi_square([[33, 34, 44], [53, 50, 40]], yates=False).p
    assert chi_square([[10, 10], [10, 11]], yates=True).statistic == 0


def test_small_expected_counts_are_a_warning():
    assert chi_square([[3, 1], [1, 3]], yates=False).warning == "4 of 4 expected counts are below 5"
    assert chi_square([[30, 10], [10, 30]], yates=False).warning == ""


def tail(table, ratio, far):
    """P(first cell is far) when the odds ratio is `ratio`, in fractions."""
    (a, b), (c, d) = table
    cells = range(max(0, a - d), min(a + b, a + c) + 1)
    weights = {k: math.comb(a + c, k) * math.comb(b + d, a + b - k) * Fraction(ratio) ** k for k in cells}
    return float(sum(weight for k, weight in weights.items() if far(k)) / sum(weights.values()))


@settings(deadline=None)
@given(table=st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2))
def test_the_limits_of_an_odds_ratio_solve_their_equations(table):
    answer = odds_ratio(table, estimate="conditional")
    if answer.error:
        return
    a = table[0][0]
    assert answer.low == 0 or tail(table, answer.low, lambda k: k >= a) == pytest.approx(0.025, rel=1e-6)
    assert answer.high is None or tail(table, answer.high, lambda k: k <= a) == pytest.approx(0.025, rel=1e-6)
    assert answer.high is not None or answer.warning
    assert answer.estimate is None or answer.low <= answer.estimate <= (answer.high or math.inf)


@settings(deadline=None)
@given(table=st.lists(st.lists(st.integers(1, 6), min_size=2, max_size=2), min_size=2, max_size=2))
def test_exchanging_the_rows_inverts_the_odds_ratio(table):
    one, other = odds_ratio(table, estimate="sample"), odds_ratio(table[::-1], estimate="sample")
    assert one.estimate == pytest.approx(1 / other.estimate)
    # At the edge of its margins a table has a limit at 0, whose inverse is infinite.
    assert other.low == 0 or one.high == pytest.approx(1 / other.low)


def test_an_odds_ratio_needs_two_by_two():
    assert odds_ratio([[1, 2, 3], [4, 5, 6]], estimate="sample").error == "an odds ratio needs a table of 2 x 2"
