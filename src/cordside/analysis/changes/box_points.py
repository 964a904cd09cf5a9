"""Values at each visit by arm: their quartiles and extremes, and every single one."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import polars as pl

from cordside.analysis.conventions import quantile
from cordside.analysis.picking import by_subject, last_of, one_unit, printed, printed_value, recorded_decimals, unit_of, without_number
from cordside.analysis.primitives import COUNT, count_values
from cordside.analysis.rows import Row, Subject, groups_of, joined, named, nothing, proof, subjects_of, values
from cordside.analysis.tally import Table
from cordside.protocol.plans.base import Marker
from cordside.protocol.plans.charts import BoxPoints
from cordside.record.record import Record
from cordside.results import Result
from cordside.words import Number

BOX = ("min", "q1", "median", "q3", "max")
_P = dict(zip(BOX, (Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1)), strict=True))
_QUARTILES = ("q1", "median", "q3")

Picked = dict[str, tuple[Row, str]]
"""The row of each subject at a visit, and the warning of the choice."""


def summarise(record: Record, planned: BoxPoints) -> list[Result]:
    """By marker, visit and group `n` and the five numbers of a box; then the values, the arm in `level`."""
    everybody = subjects_of(record, planned.subject)
    groups = groups_of(record, planned.by == "arm", total=False)
    rows: list[Result] = []
    for marker in planned.markers:
        found = values(record, marker.item, specimen=marker.specimen)
        for visit in planned.visits:
            picked = {subject: last_of(own) for subject, own in by_subject(found, visit).items()}
            for label, subjects in groups:
                rows += _box(record, planned, marker, visit, label, subjects, picked)
            rows += [
                _value(record, planned, marker, visit, subject, picked, len(groups) > 1) for subject in everybody if subject.id in picked
            ]
    if not any(row.subject for row in rows):
        markers = ", ".join(marker.label for marker in planned.markers)
        return nothing(planned, f"no values of {markers} are recorded at {', '.join(planned.visits)}")
    return rows


def _box(
    record: Record, planned: BoxPoints, marker: Marker, visit: str, label: str, subjects: Sequence[Subject], picked: Picked
) -> list[Result]:
    own = [picked[subject.id] for subject in subjects if subject.id in picked]
    rows = [row for row, _ in own]
    frame = pl.DataFrame({"NUMBER": [row["NUMBER"] for row in rows]}, schema={"NUMBER": pl.Float64})
    table: Table = [(row["NUMBER"], row[COUNT]) for row in count_values(frame, [], "NUMBER")]
    n = sum(row["NUMBER"] is not None for row in rows)
    wrong = one_unit(rows) or ("" if n else "no value at this visit")
    columns: dict[str, Any] = {
        **named(planned),
        "group": "arm",
        "group_level": label,
        "variable": marker.item,
        "label": marker.label,
        "visit": visit,
        "unit": unit_of(rows),
        "n": n,
        "n_missing": len(subjects) - n,
        "warning": joined([without_number(rows), *(warning for _, warning in own)]),
        **proof(rows),
    }
    conventions = record.protocol.conventions
    decimals = recorded_decimals(rows)
    found = [Result(**{**columns, "unit": ""}, statistic="n", value=n, text=str(n))]
    for name in BOX:
        number: Number | None = None if wrong else quantile(table, _P[name], conventions.quantiles)
        more = int(name in _QUARTILES)
        found.append(
            Result(
                **columns,
                statistic=name,
                value=None if number is None else float(number),
                text=printed(number, decimals + more if marker.decimals is None else marker.decimals, conventions.rounding),
                convention=conventions.quantiles if name in _QUARTILES else "",
                error=wrong,
            )
        )
    return found


def _value(record: Record, planned: BoxPoints, marker: Marker, visit: str, subject: Subject, picked: Picked, by_arm: bool) -> Result:
    row, warning = picked[subject.id]
    return Result(
        **named(planned),
        **subject.columns,
        variable=marker.item,
        label=marker.label,
        level=subject.arm if by_arm else "",
        visit=visit,
        statistic="value",
        value=row["NUMBER"],
        text=printed_value(row, marker.decimals, record.protocol.conventions.rounding),
        unit=unit_of([row]),
        n=int(row["NUMBER"] is not None),
        n_missing=int(row["NUMBER"] is None),
        warning=joined([warning, without_number([row])]),
        **proof([row]),
    )
