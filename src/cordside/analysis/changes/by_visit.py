"""Mean with SD and SE of each marker at each visit; a named outlier is kept, and shown with and without."""

from dataclasses import dataclass
from typing import Any

from cordside.analysis.picking import by_subject, last_of, one_unit, printed, printed_value, recorded_decimals, unit_of, without_number
from cordside.analysis.rows import ABSENT, NOT_RECORDED, Row, Subject, joined, named, nothing, proof, subjects_of, values
from cordside.analysis.summaries import moments
from cordside.protocol.plans.base import Marker
from cordside.protocol.plans.visits import ByVisit
from cordside.record.record import Record
from cordside.results import Result
from cordside.words import Number

WITHOUT = "without outliers"
_SPREADS = {"mean": "", "sd": "SD, divisor n - 1", "se": "SE, SD divided by the root of n"}

Cells = dict[tuple[str, str], list[Row]]
"""Answered rows by subject and visit."""


@dataclass(frozen=True, slots=True)
class _Panel:
    """One marker of the figure: whose values, in which cells, which of them the plan calls outliers, how they are rounded."""

    planned: ByVisit
    marker: Marker
    everybody: list[Subject]
    cells: Cells
    outliers: dict[tuple[str, str], str]
    policy: str

    @property
    def columns(self) -> dict[str, Any]:
        return {**named(self.planned), "variable": self.marker.item, "label": self.marker.label}

    @property
    def decimals(self) -> int:
        recorded = recorded_decimals(row for rows in self.cells.values() for row in rows)
        return recorded + 1 if self.marker.decimals is None else self.marker.decimals


def summarise(record: Record, planned: ByVisit) -> list[Result]:
    """`n`, `mean`, `sd` and `se` by marker and visit, again without outliers where some are named, then the values."""
    panels = [_panel(record, planned, marker) for marker in planned.markers]
    if not any(panel.cells for panel in panels):
        markers = ", ".join(marker.label for marker in planned.markers)
        return nothing(planned, f"no values of {markers} are recorded at {', '.join(planned.visits)}")
    return [row for panel in panels for row in _of_panel(panel)]


def _panel(record: Record, planned: ByVisit, marker: Marker) -> _Panel:
    rows, everybody = values(record, marker.item, specimen=marker.specimen), subjects_of(record)
    cells = {(subject, visit): own for visit in planned.visits for subject, own in by_subject(rows, visit).items()}
    known = {subject.id for subject in everybody}
    outliers = {}
    for outlier in planned.outliers:
        if outlier.item == marker.item:
            # The plan may name a subject by its short number.
            subject = outlier.subject if outlier.subject in known else f"{record.study}-{outlier.subject}"
            outliers[subject, outlier.visit] = outlier.reason
    return _Panel(planned, marker, everybody, cells, outliers, record.protocol.conventions.rounding)


def _of_panel(panel: _Panel) -> list[Result]:
    rows = [row for visit in panel.planned.visits for row in _at_visit(panel, visit, panel.cells, "")]
    if any(place in panel.cells for place in panel.outliers):
        kept = {place: own for place, own in panel.cells.items() if place not in panel.outliers}
        rows += [row for visit in panel.planned.visits for row in _at_visit(panel, visit, kept, WITHOUT)]
    return rows + [_value(panel, subject, visit) for subject in panel.everybody for visit in panel.planned.visits]


def _at_visit(panel: _Panel, visit: str, cells: Cells, level: str) -> list[Result]:
    picked = [last_of(cells[subject.id, visit]) for subject in panel.everybody if (subject.id, visit) in cells]
    rows = [row for row, _ in picked]
    summary = moments([(row["NUMBER"], 1) for row in rows])
    columns: dict[str, Any] = {
        **panel.columns,
        "level": level,
        "visit": visit,
        "unit": unit_of(rows),
        "n": summary.n,
        "n_missing": len(panel.everybody) - summary.n,
        "warning": joined([without_number(rows), *(warning for _, warning in picked)]),
        **proof(rows),
    }
    wrong = one_unit(rows) or ("" if summary.n else "no value at this visit")
    numbers: dict[str, Number | None] = {"mean": summary.mean, "sd": summary.sd, "se": summary.se}
    found = [_statistic(panel, columns, name, None if wrong else number, wrong) for name, number in numbers.items()]
    return [Result(**columns, statistic="n", value=summary.n, text=str(summary.n)), *found]


def _statistic(panel: _Panel, columns: dict[str, Any], name: str, number: Number | None, wrong: str) -> Result:
    alone = "one value has no spread" if number is None and not wrong else ""
    return Result(
        **{**columns, "warning": joined([columns["warning"], alone])},
        statistic=name,
        value=None if number is None else float(number),
        text=printed(number, panel.decimals, panel.policy),
        method=_SPREADS[name],
        error=wrong,
    )


def _value(panel: _Panel, subject: Subject, visit: str) -> Result:
    rows = panel.cells.get((subject.id, visit), [])
    row, warning = last_of(rows) if rows else (None, NOT_RECORDED)
    reason = panel.outliers.get((subject.id, visit), "") if row else ""
    return Result(
        **panel.columns,
        **subject.columns,
        level="outlier" if reason else "",
        visit=visit,
        statistic="value",
        value=row["NUMBER"] if row else None,
        text=printed_value(row, panel.marker.decimals, panel.policy) if row else ABSENT,
        unit=unit_of([row]) if row else "",
        n=int(row is not None),
        n_missing=int(row is None),
        warning=joined([warning, reason, without_number([row]) if row else ""]),
        **proof([row] if row else []),
    )
