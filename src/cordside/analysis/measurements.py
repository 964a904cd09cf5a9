"""One measurement by subject and visit, beside its baseline and its change: from the record's items, or from a dataset."""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import polars as pl

from cordside.analysis.conventions import quantile
from cordside.analysis.members import GROUP, PLACE, Members, selected
from cordside.analysis.picking import printed
from cordside.analysis.primitives import BASE, COUNT, count_values, join_baseline
from cordside.analysis.rows import TOTAL, joined
from cordside.analysis.statistics.differences import differences
from cordside.analysis.subjects.subjectvalues import one_unit, unit_of
from cordside.analysis.summaries import moments
from cordside.analysis.tally import Table, counted
from cordside.protocol.plans.comparison import Measure
from cordside.protocol.plans.data import Selection
from cordside.protocol.protocol import Conventions
from cordside.record.items import values_of
from cordside.record.record import Record
from cordside.results import Result
from cordside.words import Number, decimals_of

VALUE, BASELINE, CHANGE = "VALUE", "BASELINE", "CHANGE"
COLUMNS = ("USUBJID", GROUP, "VISIT", VALUE, BASELINE, CHANGE, "UNIT", PLACE, "ORIGIN")
_SHOWN = ("mean", "sd", "median", "min", "max")


@dataclass(frozen=True)
class Measured:
    """Records of one measurement (COLUMNS; VALUE is null where a record has none), and what a reader must know of the choice."""

    frame: pl.DataFrame
    about: str
    warning: str = ""

    @cached_property
    def _recorded(self) -> int:
        return max((decimals_of([f"{value:.10g}"]) for value in self.frame[VALUE].drop_nulls().unique()), default=0)

    def decimals(self, planned: dict[str, int], name: str) -> int:
        """Decimals of a statistic: as planned, else those of the values, and one more where it is not itself a value."""
        if name in planned:
            return planned[name]
        return self._recorded + (0 if name in ("min", "max") else 1)


def measured(record: Record, measure: Measure, selection: Selection | None, members: Members, baseline: str | None) -> Measured:
    """The measurement of the members; baseline: visit before treatment, values flagged as baseline where there is none named."""
    if selection is None:
        return _derived(record, measure, members, baseline)
    roles = record.datasets[selection.data].roles
    rows = selected(record, selection).filter(pl.col(roles.parameter or "").cast(pl.String) == measure.parameter)
    found = rows.select(
        "USUBJID",
        GROUP,
        pl.col(roles.visit or "").cast(pl.String).alias("VISIT"),
        _as_number(roles.value).alias(VALUE),
        _as_number(roles.baseline).alias(BASELINE),
        _as_number(roles.change).alias(CHANGE),
        pl.lit(None, dtype=pl.String).alias("UNIT"),
        PLACE,
        "ORIGIN",
    )
    return Measured(found, f"{selection.data.upper()}.{measure.parameter}")


def _as_number(variable: str | None) -> pl.Expr:
    return pl.col(variable).cast(pl.Float64, strict=False) if variable else pl.lit(None, dtype=pl.Float64)


def _derived(record: Record, measure: Measure, members: Members, baseline: str | None) -> Measured:
    found = values_of(record, measure.item or "", specimen=measure.specimen)
    rows = found.filter(pl.col("VISIT").is_not_null())
    flagged = pl.col("VISIT") == baseline if baseline else pl.col("BLFL") == "Y"
    answered = found.filter(pl.col("NUMBER").is_not_null())
    # The last value of a visit; a visit at which it was not done stays as a record without a value.
    once = rows.sort(pl.col("NUMBER").is_not_null(), maintain_order=True).unique(["USUBJID", "VISIT"], keep="last", maintain_order=True)
    both = join_baseline(once, answered.filter(flagged.fill_null(False))).rename({BASE: BASELINE})
    placed = both.join(members.frame.select("USUBJID", GROUP), on="USUBJID", maintain_order="left")
    shaped = placed.join(_changes(placed), on=[BASELINE, "NUMBER"], how="left", nulls_equal=True, maintain_order="left").rename(
        {"NUMBER": VALUE, "SOURCE": PLACE}
    )
    several = rows.filter(pl.col("NUMBER").is_not_null()).height - once.filter(pl.col("NUMBER").is_not_null()).height
    wrong = one_unit(rows)
    if wrong:
        # Numbers of different units are no numbers together.
        shaped = shaped.with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in (VALUE, BASELINE, CHANGE))
    warnings = ["several values of a subject at a visit; the last is used" if several else "", wrong]
    return Measured(shaped.select(COLUMNS), measure.item or "", joined(warnings))


def _changes(placed: pl.DataFrame) -> pl.DataFrame:
    """The exact change of each distinct pair of baseline and value."""
    pairs = placed.select(BASELINE, "NUMBER").unique()
    change = [None if found is None else float(found) for found in differences(pairs[BASELINE], pairs["NUMBER"])]
    return pairs.with_columns(pl.Series(CHANGE, change, dtype=pl.Float64))


def describe(
    columns: dict[str, Any], frame: pl.DataFrame, column: str, of: Measured, planned: dict[str, int], conventions: Conventions, n: str
) -> list[Result]:
    """`n`, `mean`, `sd`, `median`, `min`, `max` of a column of records, with the records that have no value as missing.

    n: what the row of n counts, values or records.
    """
    table = [(row[column], row[COUNT]) for row in count_values(frame, [], column)]
    shared = {**columns, "unit": unit_of(frame)}
    decimals = {name: of.decimals(planned, name) for name in _SHOWN}
    size, *rows = numbers_of(shared, table, decimals, conventions)
    counts = frame.height if n == "records" else size.n
    return [replace(size, value=counts, text=str(counts), method=f"n counts {n}"), *rows]


def numbers_of(columns: dict[str, Any], table: Table, decimals: dict[str, int], conventions: Conventions) -> list[Result]:
    """`n`, `mean`, `sd`, `median`, `min`, `max` of a (value, count) table, in which None counts the missing."""
    pairs = list(table)
    summary = moments(pairs)
    shared = {**columns, "n": summary.n, "n_missing": summary.n_missing}
    wrong = "" if summary.n else "no value is recorded"
    numbers: dict[str, Number | None] = {
        "mean": summary.mean,
        "sd": summary.sd,
        "median": quantile(counted(pairs), Fraction(1, 2), conventions.quantiles),
        "min": summary.low,
        "max": summary.high,
    }
    size = Result(**shared, statistic="n", value=summary.n, text=str(summary.n), error=wrong)
    return [size, *(_number(shared, name, numbers[name], decimals[name], conventions, wrong) for name in _SHOWN)]


def _number(shared: dict[str, Any], name: str, number: Number | None, decimals: int, conventions: Conventions, wrong: str) -> Result:
    alone = "one value has no spread" if number is None and not wrong else ""
    return Result(
        **{**shared, "warning": joined([shared.get("warning", ""), alone])},
        statistic=name,
        value=None if number is None else float(number),
        text=printed(number, decimals, conventions.rounding),
        method="SD, divisor n - 1" if name == "sd" else "",
        convention=conventions.quantiles if name == "median" else "",
        error=wrong,
    )


def of_group(frame: pl.DataFrame, group: str) -> pl.DataFrame:
    """The records of a group."""
    return frame if group == TOTAL else frame.filter(pl.col(GROUP) == group)
