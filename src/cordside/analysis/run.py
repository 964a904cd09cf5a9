"""Every planned analysis, then the standing ones, as result rows in a fixed order."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from cordside.analysis.changes import (
    before_after,
    box_points,
    by_visit,
    change_by_visit,
    comparison,
    forest,
    paired,
    shift,
    values_by_visit,
    waterfall,
)
from cordside.analysis.courses import images, kaplan_meier, outcomes, swimmer, time_to_event, timeline
from cordside.analysis.rows import proof
from cordside.analysis.safety import adverse_events, deviations, exposure, infusions, treatments
from cordside.analysis.standing import data, eligibility, flow, schedule
from cordside.analysis.subjects import characteristics, listing, subject_listing
from cordside.analysis.swabs import clearance, swabs
from cordside.protocol.plans.charts import Forest
from cordside.record.record import Record
from cordside.results import Result

KINDS: dict[str, Callable[[Record, Any], list[Result]]] = {
    "listing": listing.summarise,
    "characteristics": characteristics.summarise,
    "swabs": swabs.summarise,
    "clearance": clearance.summarise,
    "before_after": before_after.summarise,
    "by_visit": by_visit.summarise,
    "timeline": timeline.summarise,
    "images": images.summarise,
    "adverse_events": adverse_events.summarise,
    "comparison": comparison.summarise,
    "exposure": exposure.summarise,
    "treatments": treatments.summarise,
    "subject_listing": subject_listing.summarise,
    "values_by_visit": values_by_visit.summarise,
    "infusions": infusions.summarise,
    "deviations": deviations.summarise,
    "paired": paired.summarise,
    "change_by_visit": change_by_visit.summarise,
    "shift": shift.summarise,
    "box_points": box_points.summarise,
    "waterfall": waterfall.summarise,
    "time_to_event": time_to_event.summarise,
    "kaplan_meier": kaplan_meier.summarise,
    "swimmer": swimmer.summarise,
    "outcomes": outcomes.summarise,
}
"""How each kind of planned analysis is made; a new kind is a file here and a line there."""

FROM_ROWS: dict[str, Callable[[Any, Sequence[Result]], list[Result]]] = {"forest": forest.summarise}
"""Kinds that are made from the rows of another planned item, which `of` names."""

STANDING = (flow.summarise, eligibility.summarise, schedule.summarise, data.summarise)
"""What every study has, planned or not."""


def analyse(record: Record) -> list[Result]:
    """Result rows of a record: planned analyses in the protocol's order, then flow, eligibility, schedule and data.

    Every row has a source and an origin: where it rests on no row, as an absent value does, they are those of the subject or,
    in a row of many, of all subjects.
    """
    made = {analysis.id: KINDS[analysis.kind](record, analysis) for analysis in record.protocol.analyses if analysis.kind in KINDS}
    made |= {item.id: FROM_ROWS[item.kind](item, made[item.of]) for item in record.protocol.analyses if isinstance(item, Forest)}
    planned = [row for analysis in record.protocol.analyses for row in made[analysis.id]]
    standing = [row for summarise in STANDING for row in summarise(record)]
    subjects = {row["USUBJID"]: [row] for row in record.frame("DM").iter_rows(named=True)}
    proofs = {subject: proof(rows) for subject, rows in subjects.items()}
    proofs[""] = proof(row for rows in subjects.values() for row in rows)
    return [_finished(row, proofs) for row in (*planned, *standing)]


def _finished(row: Result, proofs: dict[str, dict[str, Any]]) -> Result:
    place = {} if row.source and row.origin else proofs.get(row.subject, {})
    value = None if row.value is None else float(row.value)
    return replace(row, value=value, source=row.source or place.get("source", ()), origin=row.origin or place.get("origin", ""))
