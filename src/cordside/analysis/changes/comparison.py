"""Baseline, end and change by arm, and the differences between arms by a model or a test."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import polars as pl

from cordside.analysis.adjusting import with_adjusted
from cordside.analysis.changes.armmodels import Ancova, Model, model_of
from cordside.analysis.measurements import BASELINE, CHANGE, VALUE, Measured, describe, measured, of_group
from cordside.analysis.members import Members, members_of, selected
from cordside.analysis.rows import ABSENT, joined, named, nothing
from cordside.analysis.statistics.answer import Answer
from cordside.analysis.subjects.grouptests import answer_columns, rows_of_test
from cordside.protocol.plans.comparison import Comparison
from cordside.record.record import Record
from cordside.results import Result
from cordside.words import rounded

_PARTS = {"baseline": BASELINE, "value": VALUE, "change": CHANGE}


MEAN = "least-squares mean"


@dataclass(frozen=True)
class _Compared:
    """What is compared: records at the visits of the plan with value, baseline and further factors."""

    record: Record
    planned: Comparison
    members: Members
    found: Measured
    frame: pl.DataFrame

    @property
    def columns(self) -> dict[str, Any]:
        """The columns that all rows share."""
        label = self.planned.measure.label
        return {**named(self.planned), "group": "arm", "variable": self.found.about, "label": label, "visit": self.planned.visit}

    @property
    def of_visit(self) -> pl.DataFrame:
        """One record a subject at the visit at which arms are compared."""
        return _once(self.frame.filter(pl.col("VISIT") == self.planned.visit))

    @cached_property
    def model(self) -> Model:
        """What compares the arms; a mixed model takes every planned visit."""
        return model_of(self.planned, self.frame if self.planned.method == "mixed" else self.of_visit)


def _once(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.unique(["USUBJID", "VISIT"], keep="first", maintain_order=True)


def summarise(record: Record, planned: Comparison) -> list[Result]:
    """Subjects and baseline, end and change of each arm; P of a dose response; adjusted means; every arm minus every arm before it."""
    members = members_of(record, planned.selection, total=False)
    found = measured(record, planned.measure, planned.selection, members, planned.baseline)
    frame = found.frame.filter(pl.col("VISIT").is_in([planned.visit, *planned.visits]))
    if not frame.filter(pl.col("VISIT") == planned.visit).height:
        return nothing(planned, f"no values of {planned.measure.label} are recorded at {planned.visit}")
    once = _once(frame)
    several = "several records of a subject at a visit; the first is used" if once.height < frame.height else ""
    found = replace(found, warning=joined([found.warning, several]))
    compared = _Compared(record, planned, members, found, _with_factors(record, planned, once))
    rows = [row for group in members.groups for row in _of_group(compared, group)]
    rows += [*_dose_response(compared), *_means(compared), *_differences(compared)]
    if planned.family == "none":
        return rows
    return with_adjusted(
        rows, _family, planned.adjust, lambda _: "differences between arms", record.protocol.conventions, _p_style(compared)
    )


def _family(row: Result) -> str | None:
    return "differences" if row.level.startswith("minus ") else None


def _with_factors(record: Record, planned: Comparison, frame: pl.DataFrame) -> pl.DataFrame:
    """The records with the further factors of their subject beside."""
    if not planned.factors:
        return frame
    source = selected(record, planned.selection) if planned.selection else record.frame("DM")
    factors = source.select("USUBJID", *planned.factors).unique("USUBJID", keep="first", maintain_order=True)
    return frame.join(factors, on="USUBJID", how="left", maintain_order="left")


def _of_group(compared: _Compared, group: str) -> Iterator[Result]:
    own = of_group(compared.of_visit, group)
    columns = {**compared.columns, "group_level": group, "warning": compared.found.warning, **compared.members.proof(own)}
    yield Result(**columns, level="subjects", statistic="n", value=own.height, text=str(own.height), n=own.height)
    conventions = compared.record.protocol.conventions
    for level, column in _PARTS.items():
        yield from describe(
            {**columns, "level": level}, own, column, compared.found, compared.planned.measure.places, conventions, "values"
        )


def _dose_response(compared: _Compared) -> Iterator[Result]:
    if not compared.planned.doses or not isinstance(compared.model, Ancova):
        return
    labels = {code: arm.label for code, arm in (compared.record.protocol.arms or {}).items()}
    answer = compared.model.dose_response({labels.get(arm, arm): dose for arm, dose in compared.planned.doses.items()})
    columns = {**compared.columns, "level": "dose response", **compared.members.proof(compared.of_visit)}
    yield from rows_of_test(columns, answer, _p_style(compared), compared.record.protocol.conventions.rounding)


def _means(compared: _Compared) -> Iterator[Result]:
    """The mean of each arm as the model adjusts it."""
    for arm in _arms(compared) if compared.planned.means else ():
        columns = {**compared.columns, "group_level": arm, "level": MEAN, **compared.members.proof(of_group(compared.of_visit, arm))}
        yield from _sized(compared, columns, compared.model.mean(arm))


def _arms(compared: _Compared) -> list[str]:
    """Arms with a record at the visit."""
    return [arm for arm in compared.members.arms if of_group(compared.of_visit, arm).height]


def _differences(compared: _Compared) -> Iterator[Result]:
    arms = _arms(compared)
    for at, minus in enumerate(arms):
        for arm in arms[at + 1 :]:
            answer = compared.model.difference(arm, minus)
            columns = {**compared.columns, "group_level": arm, "level": f"minus {minus}", **compared.members.proof(compared.frame)}
            yield from _sized(compared, columns, answer)
            yield from rows_of_test(columns, answer, _p_style(compared), compared.record.protocol.conventions.rounding)


def _sized(compared: _Compared, columns: dict[str, Any], answer: Answer) -> Iterator[Result]:
    """`estimate`, `se` where the method has one, and the limits."""
    rounding = compared.record.protocol.conventions.rounding
    shared = answer_columns(columns, answer)
    numbers = {
        "estimate": (answer.estimate, "difference"),
        "se": (answer.extra.get("se"), "se"),
        "conf_low": (answer.low, "limits"),
        "conf_high": (answer.high, "limits"),
    }
    for name, (value, kind) in numbers.items():
        if name == "se" and compared.planned.method == "rank_sum":
            continue
        decimals = compared.found.decimals(compared.planned.measure.places, kind)
        text = ABSENT if value is None else rounded(value, decimals, rounding)
        yield Result(**shared, statistic=name, value=value, text=text)
    if (attained := answer.extra.get("attained")) is not None:
        yield Result(**shared, statistic="attained", value=100 * attained, text=rounded(100 * attained, 1, rounding), unit="%")


def _p_style(compared: _Compared) -> str:
    return compared.planned.p_style or compared.record.protocol.conventions.printing.p_style
