"""How the groups of one row of a table differ: its planned test, and standardised differences from the reference arm."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cordside.analysis.rows import ABSENT
from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.sample import Values
from cordside.analysis.statistics.standardised import standardised_mean_difference, standardised_proportion_difference
from cordside.analysis.subjects.grouptests import answer_columns, compare_counts, compare_values, rows_of_test
from cordside.results import Result
from cordside.words import rounded


@dataclass(frozen=True)
class Compared:
    """One row by arm: numbers, or counts of levels (one of the two), and how many subjects each arm has."""

    columns: Mapping[str, Any]
    numbers: Mapping[str, Values]
    counts: Mapping[str, list[int]]
    sizes: Mapping[str, int]
    rounding: str
    fault: str = ""


def tested(row: Compared, test: str, rank_sum_p: str, p_style: str) -> Iterator[Result]:
    """`statistic`, `df` and `p` of the planned test, in rows without a group."""
    if row.fault:
        answer = Answer(error=row.fault, method=test)
    elif row.counts:
        answer = compare_counts(test, [list(level) for level in zip(*row.counts.values(), strict=True)])
    else:
        answer = compare_values(test, list(row.numbers.values()), rank_sum_p)
    yield from rows_of_test(row.columns, _with_missing(answer, row, tuple(row.sizes)), p_style, row.rounding)


def standardised(row: Compared, reference: str) -> Iterator[Result]:
    """`smd` of every arm but the reference: arm minus reference, of counts without a sign."""
    for arm in row.counts or row.numbers:
        if arm == reference:
            continue
        if row.counts:
            answer = standardised_proportion_difference(row.counts[arm], row.counts[reference])
        else:
            answer = standardised_mean_difference(row.numbers[arm], row.numbers[reference])
        answer = _with_missing(answer, row, (arm, reference))
        columns = answer_columns({**row.columns, "group_level": arm}, answer)
        error = row.fault or answer.error
        value = None if error else answer.estimate
        text = ABSENT if value is None else rounded(value, 2, row.rounding)
        yield Result(**{**columns, "error": error, "level": f"from {reference}"}, statistic="smd", value=value, text=text)


def _with_missing(answer: Answer, row: Compared, arms: tuple[str, ...]) -> Answer:
    """The tables hold no missing values: the missing are the subjects that are in none of them."""
    return answer if answer.n is None else replace(answer, n_missing=sum(row.sizes[arm] for arm in arms) - answer.n)
