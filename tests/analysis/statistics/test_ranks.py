"""The signed-rank test by every convention, against all sign patterns written out and against programs; the sign test."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordside.analysis.statistics.ranks import doubled_midranks, sign_test, signed_rank, signed_rank_as
from tests.analysis.statistics.drawing import tied

TWELVE = [-3, -2, -2, 0, 1, -5, -4, 0, -6, -1, -7, 2]
FIVE = [-1, 0, 1, 0, 2]
NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9]


def midrank(value, values):
    return Fraction(2 * sum(other < value for other in values) + sum(other == value for other in values) + 1, 2)


def written_out(changes, zeros, alternative="two-sided"):
    """p by the definition: the share of all sign patterns whose rank sum is at least as far out."""
    sizes = [abs(change) for change in changes if change or zeros == "pratt"]
    ranked = [(midrank(abs(change), sizes), change) for change in changes if change]
    seen, mean = sum(rank for rank, change in ranked if change > 0), sum(rank for rank, _ in ranked) / 2
    sums = [sum(rank for (rank, _), up in zip(ranked, signs, strict=True) if up) for signs in product([0, 1], repeat=len(ranked))]
    far = {
        "two-sided": lambda total: abs(total - mean) >= abs(seen - mean),
        "less": lambda total: total <= seen,
        "greater": lambda total: total >= seen,
    }[alternative]
    return sum(far(total) for total in sums) / len(sums)


@settings(deadline=None)
@given(changes=tied(), zeros=st.sampled_from(["drop", "pratt"]), alternative=st.sampled_from(["two-sided", "less", "greater"]))
def test_the_exact_p_is_the_share_of_all_sign_patterns_with_ties_and_zeros(changes, zeros, alternative):
    assert signed_rank(changes, p="exact", zeros=zeros, alternative=alternative).p == pytest.approx(
        written_out(changes, zeros, alternative), rel=1e-12
    )


@settings(deadline=None)
@given(changes=tied(), p=st.sampled_from(["exact", "normal", "normal_cc", "sas"]), order=st.randoms(use_true_random=False))
def test_neither_order_nor_direction_nor_unit_changes_the_two_sided_p(changes, p, order):
    found = signed_rank(changes, p=p, zeros="drop").p
    shuffled = order.sample(changes, len(changes))
    assert found == signed_rank(shuffled, p=p, zeros="drop").p
    assert found == pytest.approx(signed_rank([-change for change in changes], p=p, zeros="drop").p)
    assert found == signed_rank([change / 8 for change in changes], p=p, zeros="drop").p


@settings(deadline=None)
@given(changes=tied())
def test_a_table_of_counts_gives_what_its_values_written_out_give(changes):
    counts = {change: changes.count(change) for change in changes}
    assert signed_rank(counts, p="exact", zeros="pratt") == signed_rank(changes, p="exact", zeros="pratt")


@pytest.mark.parametrize(
    ("changes", "program", "statistic", "p"),
    [
        (TWELVE, "R-4.5", 5.5, 0.0279040307952),
        (TWELVE, "R-4.6", 9.5, 0.029296875),
        (TWELVE, "coin", 9.5, 0.029296875),
        (TWELVE, "exactRankTests", 5.5, 0.025390625),
        (TWELVE, "SAS", 5.5, 0.025390625),
        (FIVE, "R-4.6", 8.5, 0.75),
        (FIVE, "R-4.5", 4.5, 0.5862),
        (NINE, "R-4.5", 45, 2 / 2**9),
    ],
)
def test_a_program_is_reproduced_by_its_name(changes, program, statistic, p):
    answer = signed_rank_as(changes, program=program)
    assert (answer.statistic, answer.p) == (statistic, pytest.approx(p, rel=1e-4))
    assert answer.convention.startswith(f"{program}: ")


@pytest.mark.parametrize(("n", "convention"), [(49, "exact, zeros dropped"), (50, "normal_cc, zeros dropped")])
def test_r_is_exact_below_fifty(n, convention):
    changes = [(-1) ** place * place for place in range(1, n + 1)]
    assert signed_rank_as(changes, program="R-4.5").convention == f"R-4.5: {convention}"
    assert signed_rank_as(changes, program="R-4.6").convention.startswith("R-4.6: exact" if n < 50 else "R-4.6: normal_cc")


@pytest.mark.parametrize(("n", "has_t"), [(20, False), (21, True)])
def test_sas_is_exact_up_to_twenty_and_then_takes_its_t(n, has_t):
    answer = signed_rank([(-1) ** place * place for place in range(1, n + 1)], p="sas", zeros="drop")
    assert ("t" in answer.extra) == has_t and answer.p is not None


def test_sas_has_no_t_where_all_differences_are_equal():
    assert signed_rank([2] * 21, p="sas", zeros="drop").error


def test_too_many_pairs_for_the_exact_p_get_the_normal_one_and_a_warning():
    answer = signed_rank(range(-900, 1000), p="exact", zeros="drop")
    assert "too many for the exact p" in answer.warning
    assert answer.convention == "normal, zeros dropped"
    assert answer.p == signed_rank(range(-900, 1000), p="normal", zeros="drop").p


def test_many_equal_differences_are_no_hindrance_to_the_exact_p():
    assert signed_rank([1] * 270 + [-1] * 230, p="exact", zeros="drop").p == pytest.approx(sign_test([1] * 270 + [-1] * 230).p, rel=1e-12)


def test_five_pairs_cannot_give_a_p_below_one_sixteenth():
    assert min(signed_rank(signs, p="exact", zeros="drop").p for signs in product([-2, -1, 1, 2], repeat=5)) == 2 / 2**5


@settings(deadline=None)
@given(counts=st.lists(st.integers(1, 4), max_size=6))
def test_midranks_add_to_what_ranks_without_ties_add_to(counts):
    n = sum(counts)
    assert sum(rank * count for rank, count in zip(doubled_midranks(counts), counts, strict=True)) == n * (n + 1)


@pytest.mark.parametrize(("up", "down", "p"), [(5, 0, 0.0625), (8, 1, 0.0390625), (4, 4, 1.0), (0, 0, 1.0), (6, 2, 0.2890625)])
def test_the_sign_test_is_a_fair_coin(up, down, p):
    answer = sign_test([1] * up + [-2] * down + [0])
    assert (answer.p, answer.statistic, answer.n, answer.extra["zeros"]) == (pytest.approx(p), up, up + down, 1)
    assert answer.extra["M"] == (up - down) / 2
