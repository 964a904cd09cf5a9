"""Adverse events of all who had an infusion: any, of special interest (also where there are none), then term by term."""

from typing import Any

from cordside.analysis.aekinds import ANY, Kind, exposed, grade_of, kinds_of, term_of
from cordside.analysis.rows import ABSENT, TOTAL, Row, Subject, grouped, groups_of, named, proof, subjects_of, word_of
from cordside.protocol.analyses import AdverseEvents
from cordside.record.record import Record
from cordside.results import Result
from cordside.words import decimals_of, percent, rounded

NONE_RECORDED = "no adverse event is recorded; that is not shown to be none"
_NOT_ASSESSED = "NOT ASSESSED"


def summarise(record: Record, planned: AdverseEvents) -> list[Result]:
    """Exposed subjects and events of each kind by group, then a row an event."""
    events = list(record.frame("AE").iter_rows(named=True))
    groups = [(label, exposed(record, subjects)) for label, subjects in groups_of(record)]
    rows = [_exposed(record, planned, label, subjects) for label, subjects in groups]
    if not events:
        columns = {**named(planned), "group": "arm", "group_level": TOTAL, "variable": "AE", "label": "Any adverse event", "level": ANY}
        rows.append(Result(**columns, statistic="n", value=0, text="0", n=len(groups[-1][1]), error=NONE_RECORDED))
    for kind in kinds_of(record, events):
        rows += [row for label, subjects in groups for row in _of_kind(record, planned, kind, label, subjects, bool(events))]
    own = grouped(events)
    return rows + [_event(planned, subject, row) for subject in subjects_of(record) for row in own.get(subject.id, [])]


def _exposed(record: Record, planned: AdverseEvents, label: str, subjects: list[Subject]) -> Result:
    untreated = any(not arm.treated for arm in (record.protocol.arms or {}).values())
    heading = "Subjects with an infusion" + (", or in an arm that has none" if untreated else "")
    columns = {**named(planned), "group": "arm", "group_level": label, "variable": "AE", "label": heading}
    error = "" if subjects else "no infusion is recorded"
    return Result(
        **columns,
        level="exposed",
        statistic="n",
        value=len(subjects),
        text=str(len(subjects)),
        n=len(subjects),
        error=error,
        **_of_doses(record, subjects),
    )


def _of_doses(record: Record, subjects: list[Subject]) -> dict[str, Any]:
    own = {subject.id for subject in subjects}
    return proof(row for row in record.frame("EX").iter_rows(named=True) if row["USUBJID"] in own)


def _of_kind(record: Record, planned: AdverseEvents, kind: Kind, label: str, subjects: list[Subject], any_recorded: bool) -> list[Result]:
    own = {subject.id for subject in subjects}
    rows = [row for row in kind.rows if row["USUBJID"] in own]
    left = len({row["USUBJID"] for row in kind.rows} - own) if label == TOTAL else 0
    columns = {
        **named(planned),
        "group": "arm",
        "group_level": label,
        "variable": "AE",
        "label": kind.label,
        "level": kind.level,
        "n": len(subjects),
        "n_missing": left,
        "warning": "" if any_recorded else NONE_RECORDED,
        **proof(rows),
    }
    if left:
        columns["warning"] = f"events of {left} subjects without an infusion are not counted"
    return [*_numbers(columns, rows, subjects, record.protocol.conventions.rounding), *_qualities(columns, rows)]


def _numbers(columns: dict[str, Any], rows: list[Row], subjects: list[Subject], policy: str) -> list[Result]:
    concerned = len({row["USUBJID"] for row in rows})
    share = 100 * concerned / len(subjects) if subjects else None
    serious = sum(row["AESER"] == "Y" for row in rows)
    error = "" if subjects else "nobody is recorded with an infusion"
    return [
        Result(**columns, statistic="count", value=len(rows), text=str(len(rows)), unit="events"),
        Result(**columns, statistic="n", value=concerned, text=str(concerned), unit="subjects"),
        Result(**columns, statistic="percent", value=share, text=percent(concerned, len(subjects), 1, policy), unit="%", error=error),
        Result(**columns, statistic="serious", value=serious, text=str(serious), unit="events"),
    ]


def _qualities(columns: dict[str, Any], rows: list[Row]) -> list[Result]:
    """Grades, relations and hours, where events have them."""
    grades = sorted({grade for row in rows if (grade := grade_of(row))})
    relations: dict[str, int] = {}
    for row in rows:
        relation = word_of(row["AEREL"] or _NOT_ASSESSED)
        relations[relation] = relations.get(relation, 0) + 1
    hours = [row["AELATH"] for row in rows if row["AELATH"] is not None]
    said = ", ".join(f"{relation} {count}" for relation, count in sorted(relations.items()))
    found = [Result(**columns, statistic="grade", value=float(grades[-1]), text=", ".join(map(str, grades)))] if grades else []
    found += [Result(**columns, statistic="relation", text=said)] if rows else []
    limits = (("hours_min", min(hours)), ("hours_max", max(hours))) if hours else ()
    return found + [Result(**columns, statistic=name, value=value, text=_hours(value), unit="h") for name, value in limits]


def _hours(value: float) -> str:
    return rounded(value, min(decimals_of([f"{value:.6g}"]), 1))


def _event(planned: AdverseEvents, subject: Subject, row: Row) -> Result:
    grade = grade_of(row)
    after = "" if row["AELATH"] is None else f"{_hours(row['AELATH'])} h after the start of the infusion"
    known = [
        f"grade {grade}" if grade else "",
        word_of(row["AESEV"]).lower() if row["AESEV"] else "",
        {"Y": "serious", "N": "not serious"}.get(row["AESER"] or "", ""),
        word_of(row["AEREL"]).lower() if row["AEREL"] else "",
        after,
        word_of(row["AEOUT"]).lower() if row["AEOUT"] else "",
    ]
    columns = {
        **named(planned),
        **subject.columns,
        "variable": "AE",
        "label": term_of(row),
        "level": "event",
        "visit": row["AESTDTC"] or "",
    }
    text = ", ".join(filter(None, known))
    warning = "" if text else "nothing more is recorded of it"
    value = None if grade is None else float(grade)
    return Result(**columns, statistic="value", value=value, text=text or ABSENT, warning=warning, **proof([row]))
