"""Every planned analysis, then the standing ones, as result rows in a fixed order."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cordside.analysis import (
    adverse_events,
    before_after,
    by_visit,
    characteristics,
    clearance,
    data,
    deviations,
    eligibility,
    flow,
    images,
    infusions,
    listing,
    schedule,
    swabs,
    timeline,
)
from cordside.analysis.rows import proof
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
    "infusions": infusions.summarise,
    "deviations": deviations.summarise,
}
"""How each kind of planned analysis is made; a new kind is a file here and a line there."""

STANDING = (flow.summarise, eligibility.summarise, schedule.summarise, data.summarise)
"""What every study has, planned or not."""


def analyse(record: Record) -> list[Result]:
    """Result rows of a record: planned analyses in the protocol's order, then flow, eligibility, schedule and data.

    Every row has a source and an origin: where it rests on no row, as an absent value does, they are those of the subject or,
    in a row of many, of all subjects.
    """
    planned = [row for analysis in record.protocol.analyses for row in KINDS[analysis.kind](record, analysis)]
    standing = [row for summarise in STANDING for row in summarise(record)]
    subjects = {row["USUBJID"]: [row] for row in record.frame("DM").iter_rows(named=True)}
    proofs = {subject: proof(rows) for subject, rows in subjects.items()}
    proofs[""] = proof(row for rows in subjects.values() for row in rows)
    return [_finished(row, proofs) for row in (*planned, *standing)]


def _finished(row: Result, proofs: dict[str, dict[str, Any]]) -> Result:
    place = {} if row.source and row.origin else proofs.get(row.subject, {})
    value = None if row.value is None else float(row.value)
    return replace(row, value=value, source=row.source or place.get("source", ()), origin=row.origin or place.get("origin", ""))
