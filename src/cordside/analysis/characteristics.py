"""Who the subjects are: counts with percentages, means, medians and ranges, by arm and in total."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from cordside.analysis.conventions import Table, quantile
from cordside.analysis.levels import levels_of
from cordside.analysis.picking import baseline_of, by_subject, last_of, one_unit, printed, recorded_decimals, unit_of, without_number
from cordside.analysis.primitives import COUNT, count_values
from cordside.analysis.rows import Row, Subject, groups_of, joined, named, nothing, proof, values
from cordside.analysis.summaries import moments
from cordside.protocol.analyses import Characteristics, SummaryRow
from cordside.protocol.protocol import Conventions
from cordside.record.record import Record
from cordside.results import Result
from cordside.words import Number, percent

_SHOWN = {
    "mean_sd": ("mean", "sd"),
    "median_iqr": ("median", "q1", "q3"),
    "median_range": ("median", "min", "max"),
    "range": ("min", "max"),
}
_QUANTILES = {"q1": Fraction(1, 4), "median": Fraction(1, 2), "q3": Fraction(3, 4)}
_AS_RECORDED = ("min", "max")


@dataclass(frozen=True, slots=True)
class _Part:
    """One planned row in one group: the values of its subjects and the columns that all its statistics share."""

    row: SummaryRow
    rows: list[Row]
    subjects: list[Subject]
    columns: dict[str, Any]
    conventions: Conventions


def summarise(record: Record, planned: Characteristics) -> list[Result]:
    """The subjects of each group, then every planned row by group."""
    groups = groups_of(record, planned.by == "arm", planned.total)
    if not any(subjects for _, subjects in groups):
        return nothing(planned, "no subjects are recorded")
    sizes = [_size(record, planned, label, subjects) for label, subjects in groups]
    return sizes + [result for row in planned.rows for result in _of_row(record, planned, row, groups)]


def _size(record: Record, planned: Characteristics, label: str, subjects: list[Subject]) -> Result:
    own = {subject.id for subject in subjects}
    rows = [row for row in record.frame("DM").iter_rows(named=True) if row["USUBJID"] in own]
    columns = {**named(planned), "group": "arm", "group_level": label, "variable": "DM.USUBJID", "label": "Subjects"}
    return Result(**columns, statistic="n", value=len(subjects), text=str(len(subjects)), n=len(subjects), n_missing=0, **proof(rows))


def _of_row(record: Record, planned: Characteristics, row: SummaryRow, groups: list[tuple[str, list[Subject]]]) -> list[Result]:
    found = by_subject(values(record, row.item), row.visit)
    everywhere = [value for rows in found.values() for value in rows]
    results: list[Result] = []
    for label, subjects in groups:
        picked = [_pick(row, found[subject.id]) for subject in subjects if subject.id in found]
        columns = {
            **named(planned),
            "group": "arm",
            "group_level": label,
            "variable": row.item,
            "label": row.label,
            "visit": row.visit or "",
            "warning": joined(warning for _, warning in picked),
        }
        part = _Part(row, [value for value, _ in picked], subjects, columns, record.protocol.conventions)
        results += _counts(part, everywhere) if row.show == "n_percent" else _numbers(part, everywhere)
    return results


def _pick(row: SummaryRow, rows: list[Row]) -> tuple[Row, str]:
    return last_of(rows) if row.visit else baseline_of(rows)


def _counts(part: _Part, everywhere: list[Row]) -> list[Result]:
    """`n`, then `count` and `percent` of each level, of the subjects for whom the answer is known."""
    levels, complete = levels_of(part.row, everywhere)
    known = len(part.rows) if complete else len(part.subjects)
    columns = {**part.columns, "n": known, "n_missing": len(part.subjects) - known}
    if not complete:
        columns["warning"] = joined([columns["warning"], "nobody is recorded without it: a subject without a row counts as without"])
    counted = {row["TEXT"]: row[COUNT] for row in count_values(_frame(part.rows, "TEXT", pl.String), [], "TEXT")}
    found = [Result(**columns, statistic="n", value=known, text=str(known), error=_no_answer(known), **proof(part.rows))]
    for value, word in levels.items():
        own = [row for row in part.rows if row["TEXT"] == value]
        found += _count(part, {**columns, "level": word, **proof(own)}, counted.get(value, 0), known)
    return found


def _count(part: _Part, columns: dict[str, Any], count: int, known: int) -> list[Result]:
    decimals = 1 if part.row.decimals is None else part.row.decimals
    share = 100 * count / known if known else None
    text = percent(count, known, decimals, part.conventions.rounding)
    return [
        Result(**columns, statistic="count", value=count, text=str(count), error=_no_answer(known)),
        Result(**columns, statistic="percent", value=share, text=text, unit="%", error=_no_answer(known)),
    ]


def _numbers(part: _Part, everywhere: list[Row]) -> list[Result]:
    """`n`, then what the planned row shows of the numbers."""
    frame = _frame(part.rows, "NUMBER", pl.Float64)
    table: Table = [(row["NUMBER"], row[COUNT]) for row in count_values(frame, [], "NUMBER")]
    summary = moments(table)
    left = len(part.subjects) - summary.n
    columns = {**part.columns, "n": summary.n, "n_missing": left, "unit": unit_of(part.rows), **proof(part.rows)}
    columns["warning"] = joined([columns["warning"], without_number(part.rows)])
    wrong = one_unit(part.rows) or _no_answer(summary.n)
    size = Result(**columns, statistic="n", value=summary.n, text=str(summary.n), error=_no_answer(summary.n))
    return [size, *(_number(part, columns, name, table, everywhere, wrong) for name in _SHOWN[part.row.show])]


def _number(part: _Part, columns: dict[str, Any], name: str, table: Table, everywhere: list[Row], wrong: str) -> Result:
    number = None if wrong else _statistic(name, table, part.conventions.quantiles)
    # A mean says more than its values: one decimal beyond theirs, unless the plan says otherwise.
    default = recorded_decimals(everywhere) + (0 if name in _AS_RECORDED else 1)
    alone = "one value has no spread" if number is None and not wrong else ""
    return Result(
        **{**columns, "warning": joined([columns["warning"], alone])},
        statistic=name,
        value=None if number is None else float(number),
        text=printed(number, default if part.row.decimals is None else part.row.decimals, part.conventions.rounding),
        method="SD, divisor n - 1" if name == "sd" else "",
        convention=part.conventions.quantiles if name in _QUANTILES else "",
        error=wrong,
    )


def _statistic(name: str, table: Table, definition: str) -> Number | None:
    if name in _QUANTILES:
        return quantile(table, _QUANTILES[name], definition)
    summary = moments(table)
    return {"mean": summary.mean, "sd": summary.sd, "min": summary.low, "max": summary.high}[name]


def _no_answer(known: int) -> str:
    return "" if known else "no value is recorded"


def _frame(rows: list[Row], column: str, kind: type[pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame({column: [row[column] for row in rows]}, schema={column: kind})
