"""Baseline, end and change by arm, and the differences between arms adjusted by an analysis of covariance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from cordside.analysis.measurements import BASELINE, CHANGE, VALUE, Measured, describe, measured, of_group
from cordside.analysis.members import GROUP, Members, members_of, selected
from cordside.analysis.rows import ABSENT, joined, named, nothing
from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.linear import LinearFit, coefficient, difference, fit_linear
from cordside.analysis.subjects.grouptests import answer_columns, rows_of_test
from cordside.protocol.plans.comparison import Comparison
from cordside.record.record import Record
from cordside.results import Result
from cordside.words import rounded

ARM, DOSE = "arm", "dose"
_PARTS = {"baseline": BASELINE, "value": VALUE, "change": CHANGE}


@dataclass(frozen=True)
class _Model:
    """What the model explains: records at the visit with value, baseline and further factors."""

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

    def words(self, arm: str = "arm") -> str:
        """The model as a reader would write it."""
        terms = [*self.planned.factors, *(["baseline"] if self.planned.adjusts_for_baseline else [])]
        return f"{self.planned.response} explained by {arm}{''.join(f', {term}' for term in terms)}"

    def fitted(self, doses: dict[str, float] | None = None) -> LinearFit:
        """The model with the arm as a factor, or with the dose of the arm as a number."""
        frame = self.frame
        factors: dict[str, Sequence[Any]] = {} if doses else {ARM: _texts(frame, GROUP)}
        factors |= {name: _texts(frame, name) for name in self.planned.factors}
        covariates: dict[str, Sequence[Any]] = {BASELINE: frame[BASELINE].to_list()} if self.planned.adjusts_for_baseline else {}
        covariates |= {DOSE: [doses.get(arm or "") for arm in _texts(frame, GROUP)]} if doses else {}
        return fit_linear(frame[_PARTS[self.planned.response]].to_list(), factors=factors, covariates=covariates)


def _texts(frame: pl.DataFrame, name: str) -> list[str | None]:
    return frame[name].cast(pl.String).to_list()


def summarise(record: Record, planned: Comparison) -> list[Result]:
    """Subjects and baseline, end and change of each arm; P of a dose response; every arm minus every arm before it."""
    members = members_of(record, planned.selection, total=False)
    found = measured(record, planned.measure, planned.selection, members, planned.baseline)
    frame = found.frame.filter(pl.col("VISIT") == planned.visit)
    if not frame.height:
        return nothing(planned, f"no values of {planned.measure.label} are recorded at {planned.visit}")
    once = frame.unique("USUBJID", keep="first", maintain_order=True)
    several = "several records of a subject at the visit; the first is used" if once.height < frame.height else ""
    found = replace(found, warning=joined([found.warning, several]))
    model = _Model(record, planned, members, found, _with_factors(record, planned, once))
    rows = [row for group in members.groups for row in _of_group(model, group)]
    return [*rows, *_dose_response(model), *_differences(model)]


def _with_factors(record: Record, planned: Comparison, frame: pl.DataFrame) -> pl.DataFrame:
    """The records with the further factors of their subject beside."""
    if not planned.factors:
        return frame
    source = selected(record, planned.selection) if planned.selection else record.frame("DM")
    factors = source.select("USUBJID", *planned.factors).unique("USUBJID", keep="first", maintain_order=True)
    return frame.join(factors, on="USUBJID", how="left", maintain_order="left")


def _of_group(model: _Model, group: str) -> Iterator[Result]:
    own = of_group(model.frame, group)
    columns = {**model.columns, "group_level": group, "warning": model.found.warning, **model.members.proof(own)}
    yield Result(**columns, level="subjects", statistic="n", value=own.height, text=str(own.height), n=own.height)
    conventions = model.record.protocol.conventions
    for level, column in _PARTS.items():
        yield from describe({**columns, "level": level}, own, column, model.found, model.planned.measure.places, conventions, "values")


def _dose_response(model: _Model) -> Iterator[Result]:
    if not model.planned.doses:
        return
    labels = {code: arm.label for code, arm in (model.record.protocol.arms or {}).items()}
    doses = {labels.get(arm, arm): dose for arm, dose in model.planned.doses.items()}
    answer = replace(coefficient(model.fitted(doses), DOSE), convention=model.words("the dose of the arm"))
    columns = {**model.columns, "level": "dose response", **model.members.proof(model.frame)}
    yield from rows_of_test(columns, answer, _p_style(model), model.record.protocol.conventions.rounding)


def _differences(model: _Model) -> Iterator[Result]:
    arms = [arm for arm in model.members.arms if of_group(model.frame, arm).height]
    fit = model.fitted()
    for at, minus in enumerate(arms):
        for arm in arms[at + 1 :]:
            answer = replace(difference(fit, ARM, arm, minus), convention=model.words())
            columns = {**model.columns, "group_level": arm, "level": f"minus {minus}", **model.members.proof(model.frame)}
            yield from _difference(model, columns, answer)


def _difference(model: _Model, columns: dict[str, Any], answer: Answer) -> Iterator[Result]:
    rounding = model.record.protocol.conventions.rounding
    shared = answer_columns(columns, answer)
    numbers = {
        "estimate": (answer.estimate, "difference"),
        "se": (answer.extra.get("se"), "se"),
        "conf_low": (answer.low, "limits"),
        "conf_high": (answer.high, "limits"),
    }
    for name, (value, kind) in numbers.items():
        decimals = model.found.decimals(model.planned.measure.places, kind)
        text = ABSENT if value is None else rounded(value, decimals, rounding)
        yield Result(**shared, statistic=name, value=value, text=text)
    yield from rows_of_test(columns, answer, _p_style(model), rounding)


def _p_style(model: _Model) -> str:
    return model.planned.p_style or model.record.protocol.conventions.printing.p_style
