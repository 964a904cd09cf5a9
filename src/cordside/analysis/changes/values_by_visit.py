"""n, mean, SD, median and range of values and of changes from baseline, by visit and group."""

from collections.abc import Iterator

import polars as pl

from cordside.analysis.measurements import CHANGE, VALUE, Measured, describe, measured, of_group
from cordside.analysis.members import Members, members_of
from cordside.analysis.rows import named, nothing
from cordside.protocol.plans.comparison import Measure, ValuesByVisit
from cordside.protocol.protocol import Conventions
from cordside.record.record import Record
from cordside.results import Result

_SHOWN = {"value": VALUE, "change": CHANGE}


def summarise(record: Record, planned: ValuesByVisit) -> list[Result]:
    """Rows by marker, visit, group, and value or change; there is no change at the visit that the plan names as baseline."""
    members = members_of(record, planned.selection, planned.by == "arm", planned.total)
    rows: list[Result] = []
    for marker in planned.markers:
        found = measured(record, marker, planned.selection, members, planned.baseline)
        for visit in planned.visits:
            at_visit = found.frame.filter(pl.col("VISIT") == visit)
            for group in members.groups:
                rows += _at(planned, marker, found, of_group(at_visit, group), visit, group, members, record.protocol.conventions)
    if not any(row.value for row in rows if row.statistic == "n"):
        return nothing(planned, f"no values of {', '.join(marker.label for marker in planned.markers)} are recorded at these visits")
    return rows


def _at(
    planned: ValuesByVisit,
    marker: Measure,
    found: Measured,
    frame: pl.DataFrame,
    visit: str,
    group: str,
    members: Members,
    conventions: Conventions,
) -> Iterator[Result]:
    columns = {
        **named(planned),
        "group": "arm",
        "group_level": group,
        "variable": found.about,
        "label": marker.label,
        "visit": visit,
        "warning": found.warning,
        **members.proof(frame),
    }
    for shown in planned.show:
        if shown == "change" and visit == planned.baseline:
            continue
        yield from describe({**columns, "level": shown}, frame, _SHOWN[shown], found, marker.places, conventions, planned.n)
