"""Tests of a characteristic between groups, by the name that the plan gives them; and any answer as result rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from cordside.analysis.rows import ABSENT, joined
from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.fisher import fisher
from cordside.analysis.statistics.sample import Values
from cordside.analysis.statistics.tables import chi_square
from cordside.analysis.statistics.twosamples import rank_sum, two_sample_t
from cordside.analysis.statistics.variance import anova, kruskal_wallis
from cordside.results import Result
from cordside.words import p_text, rounded

OF_COUNTS = ("chi_square", "chi_square_yates", "fisher")


def compare_values(test: str, groups: Sequence[Values], rank_sum_p: str) -> Answer:
    """A test of values between groups; rank_sum_p: how mann_whitney finds P."""
    if test == "anova":
        return anova(groups)
    if test == "kruskal_wallis":
        return kruskal_wallis(groups)
    if test in OF_COUNTS:
        return Answer(method=test, error=f"{test} compares counts, not numbers: plan n_percent, or another test")
    if len(groups) != 2:
        return Answer(method=test, error=f"{test} compares two groups; there are {len(groups)}")
    if test == "mann_whitney":
        return rank_sum(groups[0], groups[1], p=rank_sum_p)
    return two_sample_t(groups[0], groups[1], variance=test)


def compare_counts(test: str, table: Sequence[Sequence[int]]) -> Answer:
    """A test of counts: rows are levels, columns are groups."""
    if test == "fisher":
        return fisher(table)
    if test in OF_COUNTS:
        return chi_square(table, yates=test == "chi_square_yates")
    return Answer(method=test, error=f"{test} compares numbers, not counts: plan {', '.join(OF_COUNTS)}")


def rows_of_test(columns: Mapping[str, Any], answer: Answer, p_style: str, policy: str) -> list[Result]:
    """`statistic` and `df` where the test has them, and `p`; a test that failed is a `p` row with its error."""
    shared = answer_columns(columns, answer)
    numbers = {"statistic": answer.statistic, "df": answer.df} if answer.p is not None else {}
    found = [
        Result(**shared, statistic=name, value=value, text=rounded(value, 0 if value == int(value) else 3, policy))
        for name, value in numbers.items()
        if value is not None
    ]
    error = answer.error or ("" if answer.p is not None else answer.warning or "the test gives no P")
    text = ABSENT if answer.p is None else p_text(answer.p, p_style, policy)
    return [*found, Result(**{**shared, "error": error}, statistic="p", value=answer.p, text=text)]


def answer_columns(columns: Mapping[str, Any], answer: Answer) -> dict[str, Any]:
    """The columns of result rows made from an answer: counts, method, convention, warning and error beside the given ones."""
    return {
        **columns,
        "n": answer.n,
        "n_missing": answer.n_missing,
        "method": answer.method,
        "convention": answer.convention,
        "warning": joined([columns.get("warning", ""), answer.warning]),
        "error": answer.error,
    }
