"""Rows of a domain, or of a dataset, as they stand: chosen variables, row by row."""

from typing import Any

import polars as pl

from cordside.analysis.members import PLACE, condition, frame_proof, selected
from cordside.analysis.rows import ABSENT, NOT_RECORDED, named, nothing, subjects_of
from cordside.domains.all import domain_of
from cordside.protocol.plans.treatment import SubjectListing
from cordside.record.record import Record
from cordside.results import Result


def summarise(record: Record, planned: SubjectListing) -> list[Result]:
    """A `value` row a row and variable, subjects in DM's order, rows as in the file; `level` is the row's number."""
    frame, file = _rows(record, planned)
    if not frame.height:
        return nothing(planned, "no such row is recorded")
    own = frame.partition_by("USUBJID", as_dict=True, maintain_order=True)
    headings = {name: _heading(planned, name) for name in planned.variables}
    known = {subject.id: subject.columns for subject in subjects_of(record, planned.subject)}
    others = [str(subject) for (subject,) in own if subject not in known]
    everybody = known | {subject: {"group": "subject", "group_level": subject, "subject": subject} for subject in others}
    rows: list[Result] = []
    number = 0
    for subject, columns in everybody.items():
        for at in range(own[subject,].height if (subject,) in own else 0):
            number += 1
            row = own[subject,][at]
            shared = {**named(planned), **columns, "level": str(number), **frame_proof(row, file)}
            rows += [_value(planned, shared, name, headings[name], row) for name in planned.variables]
    return rows


def _rows(record: Record, planned: SubjectListing) -> tuple[pl.DataFrame, str]:
    if planned.selection:
        return selected(record, planned.selection), record.datasets[planned.selection.data].file
    frame = record.frame(planned.domain or "").rename({"SOURCE": PLACE})
    return frame.filter(*(condition(frame, name, wanted) for name, wanted in planned.values.items())), ""


def _heading(planned: SubjectListing, name: str) -> str:
    label = domain_of(planned.domain).variables[name].label if planned.domain else name
    return planned.headings.get(name, label)


def _value(planned: SubjectListing, shared: dict[str, Any], name: str, heading: str, row: pl.DataFrame) -> Result:
    value = row[name][0]
    text = "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)
    return Result(
        **shared,
        variable=f"{planned.domain or (planned.data or '').upper()}.{name}",
        label=heading,
        statistic="value",
        value=float(value) if isinstance(value, (int, float)) else None,
        text=text or ABSENT,
        warning="" if text else NOT_RECORDED,
    )
