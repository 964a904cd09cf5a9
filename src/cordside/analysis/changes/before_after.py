"""One value a subject before and after; pairs used and dropped are counted and named."""

from cordside.analysis.picking import by_subject, last_of, one_unit, printed_value, unit_of, without_number
from cordside.analysis.rows import ABSENT, NOT_RECORDED, Row, Subject, joined, named, nothing, proof, subjects_of, values
from cordside.protocol.plans.base import Marker
from cordside.protocol.plans.visits import BeforeAfter
from cordside.record.record import Record
from cordside.results import Result


def summarise(record: Record, planned: BeforeAfter) -> list[Result]:
    """`value` rows by marker, subject and visit, then the pairs (`n`) of each marker."""
    everybody = subjects_of(record, planned.subject)
    found = [_values(record, planned, marker) for marker in planned.markers]
    if not any(rows for visits in found for rows in visits.values()):
        markers = ", ".join(marker.label for marker in planned.markers)
        return nothing(planned, f"no values of {markers} at {planned.before} or {planned.after} are recorded")
    return [row for marker, own in zip(planned.markers, found, strict=True) for row in _of_marker(record, planned, marker, everybody, own)]


def _values(record: Record, planned: BeforeAfter, marker: Marker) -> dict[str, dict[str, list[Row]]]:
    rows = values(record, marker.item, specimen=marker.specimen)
    return {visit: by_subject(rows, visit) for visit in (planned.before, planned.after)}


def _of_marker(
    record: Record, planned: BeforeAfter, marker: Marker, everybody: list[Subject], found: dict[str, dict[str, list[Row]]]
) -> list[Result]:
    policy = record.protocol.conventions.rounding
    cells = [_cell(planned, marker, subject, visit, found[visit].get(subject.id, []), policy) for subject in everybody for visit in found]
    return [*cells, _pairs(planned, marker, everybody, found)]


def _cell(planned: BeforeAfter, marker: Marker, subject: Subject, visit: str, rows: list[Row], policy: str) -> Result:
    row, warning = last_of(rows) if rows else (None, NOT_RECORDED)
    return Result(
        **named(planned),
        **subject.columns,
        variable=marker.item,
        label=marker.label,
        visit=visit,
        statistic="value",
        value=row["NUMBER"] if row else None,
        text=printed_value(row, marker.decimals, policy) if row else ABSENT,
        unit=unit_of([row]) if row else "",
        n=int(row is not None),
        n_missing=int(row is None),
        warning=joined([warning, without_number([row]) if row else ""]),
        **proof([row] if row else []),
    )


def _pairs(planned: BeforeAfter, marker: Marker, everybody: list[Subject], found: dict[str, dict[str, list[Row]]]) -> Result:
    picked = {subject.id: [last_of(rows)[0] for visit in found if (rows := found[visit].get(subject.id))] for subject in everybody}
    whole = [subject for subject in everybody if sum(row["NUMBER"] is not None for row in picked[subject.id]) == len(found)]
    used = [row for subject in whole for row in picked[subject.id]]
    kept = {subject.id for subject in whole}
    dropped = [subject.heading for subject in everybody if subject.id not in kept]
    return Result(
        **named(planned),
        variable=marker.item,
        label=marker.label,
        statistic="n",
        value=len(whole),
        text=str(len(whole)),
        unit=unit_of(used),
        n=len(whole),
        n_missing=len(dropped),
        warning=joined([f"without a pair: {', '.join(dropped)}" if dropped and whole else "", one_unit(used)]),
        error="" if whole else f"no subject has {marker.label} at both {planned.before} and {planned.after}",
        **proof(used),
    )
