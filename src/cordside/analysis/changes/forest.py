"""Estimates with their intervals, taken over from the rows of another planned item."""

from collections.abc import Sequence
from dataclasses import replace

from cordside.analysis.rows import named, nothing
from cordside.protocol.plans.charts import Forest
from cordside.results import Result

_TAKEN = ("estimate", "conf_low", "conf_high", "p", "p_adjusted")


def summarise(planned: Forest, rows: Sequence[Result]) -> list[Result]:
    """The estimates, limits and p values of another item's rows, in their order; nothing is computed anew.

    rows: all rows of the item that the plan names.
    """
    wanted = [row for row in rows if _is_wanted(planned, row)]
    estimated = {_place(row) for row in wanted if row.statistic == "estimate"}
    taken = [row for row in wanted if row.statistic in _TAKEN and _place(row) in estimated]
    if not any(row.value is not None for row in taken if row.statistic == "estimate"):
        return nothing(
            planned, f"{planned.of} gave no estimate" + (" of these levels and groups" if planned.levels or planned.groups else "")
        )
    return [replace(row, **named(planned)) for row in taken]


def _is_wanted(planned: Forest, row: Result) -> bool:
    return (not planned.levels or row.level in planned.levels) and (not planned.groups or row.group_level in planned.groups)


def _place(row: Result) -> tuple[str, ...]:
    return row.group, row.group_level, row.subject, row.variable, row.label, row.level, row.visit
