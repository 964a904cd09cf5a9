"""Who the subjects are: counts with percentages, means, medians and ranges, by arm and in total; tests and standardised differences."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

import polars as pl

from cordside.analysis.adjusting import with_adjusted
from cordside.analysis.conventions import quantile
from cordside.analysis.groupdifferences import Compared, standardised, tested
from cordside.analysis.members import GROUP, Members, label_of, members_of
from cordside.analysis.percents import percent_text
from cordside.analysis.picking import printed
from cordside.analysis.primitives import count_levels
from cordside.analysis.rows import TOTAL, joined, named, nothing
from cordside.analysis.subjects.levels import levels_of
from cordside.analysis.subjects.subjectvalues import Values, values_for
from cordside.analysis.summaries import Moments, moments
from cordside.analysis.tally import Counted, counted_columns
from cordside.protocol.plans.characteristics import Characteristics, SummaryRow
from cordside.protocol.protocol import Conventions
from cordside.record.record import Record
from cordside.results import Result
from cordside.words import Number

_SHOWN = {
    "n": (),
    "mean_sd": ("mean", "sd"),
    "median_iqr": ("median", "q1", "q3"),
    "median_range": ("median", "min", "max"),
    "range": ("min", "max"),
}
_QUANTILES = {"q1": Fraction(1, 4), "median": Fraction(1, 2), "q3": Fraction(3, 4)}
_AS_RECORDED = ("min", "max")


@dataclass(frozen=True)
class Part:
    """One planned row: the values of its subjects, whose they are, and the conventions of the protocol."""

    planned: Characteristics
    row: SummaryRow
    members: Members
    values: Values
    counts_of: Callable[[str], pl.DataFrame]
    conventions: Conventions
    reference: str

    @property
    def columns(self) -> dict[str, Any]:
        """The columns that all its result rows share."""
        about = self.row.about(self.planned.data)
        return {**named(self.planned), "group": "arm", "variable": about, "label": self.row.label, "visit": self.row.visit or ""}

    def used(self, group: str) -> int:
        """How many values of a group there are."""
        return sum(self.texts.get(group, {}).values()) if self.row.is_counted else self.numbers[group].size

    @cached_property
    def numbers(self) -> dict[str, Counted]:
        """Distinct numbers and their counts by group."""
        known = self.counts_of("NUMBER").drop_nulls("NUMBER")
        counts = {level: known[str(at)].to_list() for at, level in enumerate(self.members.levels)}
        found = counted_columns(known["NUMBER"].to_list(), counts, TOTAL)
        return {group: Counted({}, 1) for group in self.members.arms} | found

    @cached_property
    def decimals(self) -> int:
        """Decimals at which the numbers were recorded."""
        return self.numbers[TOTAL].decimals if self.values.file else self.values.decimals

    @cached_property
    def texts(self) -> dict[str, dict[str, int]]:
        """Distinct texts and their counts by group."""
        found: dict[str, dict[str, int]] = {group: {} for group in (*self.members.arms, TOTAL)}
        for text, *counts in self.counts_of("TEXT").drop_nulls("TEXT").iter_rows():
            found[TOTAL][text] = sum(counts)
            for level, count in zip(self.members.levels, counts, strict=True):
                if count and level != TOTAL:
                    found.setdefault(level, {})[text] = count
        return found

    @cached_property
    def levels(self) -> tuple[dict[str, str], bool]:
        """Values to count with their words, and whether every subject without a row is unknown."""
        return levels_of(self.row, set(self.texts[TOTAL]))

    def known(self, group: str) -> int:
        """Subjects of a group whose answer is known."""
        return sum(self.texts.get(group, {}).values()) if self.levels[1] else self.members.size(group)

    def counts(self, group: str) -> list[int]:
        """Subjects of each level; where one level alone is counted, then those without it."""
        found = [self.texts.get(group, {}).get(value, 0) for value in self.levels[0]]
        return [*found, self.known(group) - sum(found)] if len(found) == 1 else found


def summarise(record: Record, planned: Characteristics) -> list[Result]:
    """The subjects of each group, then every planned row: by group, and then its test and its differences."""
    members = members_of(record, planned.selection, planned.by == "arm", planned.total)
    if not members.frame.height:
        return nothing(planned, "no subjects are recorded")
    reference = label_of(record, planned.reference, members.arms)
    rows = [_size(planned, members, group) for group in members.groups]
    for row, values, counts_of in _counted(record, planned, members):
        part = Part(planned, row, members, values, counts_of, record.protocol.conventions, reference)
        rows += [result for group in members.groups for result in _of_group(part, group)]
        rows += _differences(part)
    if planned.family == "none":
        return rows
    return with_adjusted(rows, lambda _: "rows", planned.adjust, lambda _: "rows", record.protocol.conventions, planned.p_style or "")


def _counted(
    record: Record, planned: Characteristics, members: Members
) -> Iterator[tuple[SummaryRow, Values, Callable[[str], pl.DataFrame]]]:
    """Every planned row with its values, and its counts by group: those that it shows are made with those of all other rows."""
    values = [values_for(record, members, row) for row in planned.rows]
    shown = ["TEXT" if row.is_counted else "NUMBER" for row in planned.rows]
    tables = count_levels([(found.frame, GROUP, members.levels, column) for found, column in zip(values, shown, strict=True)])
    for row, found, column, table in zip(planned.rows, values, shown, tables, strict=True):
        yield row, found, partial(_table, found.frame, members.levels, {column: table})


def _table(frame: pl.DataFrame, levels: Sequence[str], made: dict[str, pl.DataFrame], column: str) -> pl.DataFrame:
    return made[column] if column in made else count_levels([(frame, GROUP, levels, column)])[0]


def _size(planned: Characteristics, members: Members, group: str) -> Result:
    size = members.size(group)
    columns = {**named(planned), "group": "arm", "group_level": group, "variable": "DM.USUBJID", "label": "Subjects"}
    return Result(**columns, statistic="n", value=size, text=str(size), n=size, n_missing=0, **members.proof_of(group))


def _of_group(part: Part, group: str) -> Iterator[Result]:
    columns = {
        **part.columns,
        "group_level": group,
        "warning": part.values.warnings.get(group, ""),
        **part.values.proof(group, part.used(group)),
    }
    if part.row.is_counted:
        yield from _counts(part, group, columns)
    shown = dict.fromkeys(name for show in part.row.show for name in _SHOWN.get(show, ()))
    if not part.row.is_counted or shown:
        columns["warning"] = joined([columns["warning"], part.values.without_number(group)])
        yield from _numbers(part, group, columns | {"unit": part.values.unit(group)}, list(shown), part.values.one_unit(group))


def _counts(part: Part, group: str, columns: dict[str, Any]) -> Iterator[Result]:
    """`n`, then `count` and `percent` of each level, of the subjects for whom the answer is known."""
    levels, complete = part.levels
    known, size = part.known(group), part.members.size(group)
    columns = {**columns, "n": known, "n_missing": size - known}
    counts = {word: part.texts.get(group, {}).get(value, 0) for value, word in levels.items()}
    if not complete and sum(counts.values()) < size:
        columns["warning"] = joined([columns["warning"], "nobody is recorded without it: a subject without a row counts as without"])
    yield Result(**columns, statistic="n", value=known, text=str(known), method=part.values.rule, error=_no_answer(known))
    total = size if part.planned.percent_of == "group" else known
    for word, count in counts.items():
        yield from _count(part, {**columns, "level": word}, count, total, _no_answer(known))


def _count(part: Part, columns: dict[str, Any], count: int, total: int, error: str) -> Iterator[Result]:
    planned = 0 if part.planned.whole_hundred and count == total else part.row.decimals_of("percent")
    decimals = part.conventions.printing.percent_decimals(total) if planned is None else planned
    share = 100 * count / total if total else None
    text = "" if part.planned.zero_alone and count == 0 and total else percent_text(count, total, decimals, part.conventions.rounding)
    yield Result(**columns, statistic="count", value=count, text=str(count), error=error)
    yield Result(**columns, statistic="percent", value=share, text=text, unit="%", error=error)


def _numbers(part: Part, group: str, columns: dict[str, Any], shown: list[str], wrong: str) -> Iterator[Result]:
    """`n`, then what the planned row shows of the numbers."""
    table = part.numbers[group]
    summary = moments(table)
    columns = {**columns, "n": summary.n, "n_missing": part.members.size(group) - summary.n}
    wrong = wrong or _no_answer(summary.n)
    yield Result(**columns, statistic="n", value=summary.n, text=str(summary.n), method=part.values.rule, error=_no_answer(summary.n))
    for name in shown:
        yield _number(part, columns, name, None if wrong else _statistic(name, table, summary, part.conventions.quantiles), wrong)


def _number(part: Part, columns: dict[str, Any], name: str, number: Number | None, wrong: str) -> Result:
    # A mean says more than its values: one decimal beyond theirs, unless the plan says otherwise.
    planned = part.row.decimals_of(name)
    decimals = part.decimals + (0 if name in _AS_RECORDED else 1) if planned is None else planned
    alone = "one value has no spread" if number is None and not wrong else ""
    return Result(
        **{**columns, "warning": joined([columns["warning"], alone])},
        statistic=name,
        value=None if number is None else float(number),
        text=printed(number, decimals, part.conventions.rounding),
        method="SD, divisor n - 1" if name == "sd" else "",
        convention=part.conventions.quantiles if name in _QUANTILES else "",
        error=wrong,
    )


def _statistic(name: str, table: Counted, summary: Moments, definition: str) -> Number | None:
    if name in _QUANTILES:
        return quantile(table, _QUANTILES[name], definition)
    return {"mean": summary.mean, "sd": summary.sd, "min": summary.low, "max": summary.high}[name]


def _differences(part: Part) -> Iterator[Result]:
    """The planned test of the arms, and their standardised differences."""
    arms = part.members.arms
    if not (part.row.test or part.planned.standardised_differences):
        return
    numbers = {} if part.row.is_counted else {arm: part.numbers[arm] for arm in arms}
    counts = {arm: part.counts(arm) for arm in arms} if part.row.is_counted else {}
    found = part.values.proof(TOTAL, part.used(TOTAL))
    fault = "" if part.row.is_counted else part.values.one_unit(TOTAL)
    fault = fault or ("" if arms else "there is one group only")
    compared = Compared(
        {**part.columns, **found}, numbers, counts, {arm: part.members.size(arm) for arm in arms}, part.conventions.rounding, fault
    )
    if part.row.test:
        yield from tested(compared, part.row.test, part.planned.rank_sum, part.planned.p_style or part.conventions.printing.p_style)
    if part.planned.standardised_differences:
        yield from standardised(compared, part.reference)


def _no_answer(known: int) -> str:
    return "" if known else "no value is recorded"
