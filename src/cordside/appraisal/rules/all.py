"""Every rule, in the order of the reference. A rule is a file beside this one: ID, LEVELS, a page as its docstring,
and `judge`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from cordside.appraisal.paper import Paper
from cordside.appraisal.rules import (
    change_p_range,
    claim_vs_limits,
    claim_without_control,
    count_in_n,
    cross_source,
    date_statement,
    debit,
    eligibility_row,
    grim,
    grimmer,
    mean_change,
    median_grid,
    n_per_cell,
    p_from_counts,
    p_vs_ci,
    partition_sum,
    percent_of_n,
    quartile_definition,
    quartile_mean,
    quartile_order,
    reachable,
    rebuild,
    reference_target,
    sd_bound,
    selective_report,
    signed_rank_floor,
    spread_named,
    test_named,
    unit_vs_definition,
    unit_vs_normal,
)
from cordside.appraisal.verdict import Verdicts


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, the levels of its findings, its page, and how it judges a paper."""

    id: str
    levels: tuple[str, ...]
    page: str
    judge: Callable[[Paper], Verdicts]


def rule_of(module: ModuleType) -> Rule:
    """The rule that a module holds."""
    return Rule(module.ID, module.LEVELS, module.__doc__ or "", module.judge)


RULES = tuple(
    rule_of(module)
    for module in (
        percent_of_n,
        count_in_n,
        partition_sum,
        grim,
        grimmer,
        debit,
        reachable,
        sd_bound,
        quartile_order,
        median_grid,
        quartile_definition,
        quartile_mean,
        mean_change,
        change_p_range,
        signed_rank_floor,
        p_vs_ci,
        p_from_counts,
        cross_source,
        unit_vs_normal,
        unit_vs_definition,
        eligibility_row,
        date_statement,
        reference_target,
        test_named,
        spread_named,
        n_per_cell,
        selective_report,
        claim_vs_limits,
        claim_without_control,
        rebuild,
    )
)
"""The rules in the order in which they are applied; findings are then put in the order of the file."""
