"""Adverse events of those at risk, all that is known of each kind: any, special interest (also where there are none), terms."""

from typing import Any

from cordside.analysis.percents import percent_text
from cordside.analysis.rows import TOTAL, Row, Subject, groups_of, named, proof, word_of
from cordside.analysis.safety.aekinds import ANY, SPECIAL, Kind, exposed, grade_of, kinds_of
from cordside.analysis.safety.aeunseen import NONE_RECORDED, upper_limit
from cordside.protocol.analyses import Conventions
from cordside.protocol.plans.safety import AdverseEvents
from cordside.record.record import Record
from cordside.results import Result
from cordside.words import decimals_of, rounded

_NOT_ASSESSED = "NOT ASSESSED"


def overview(record: Record, planned: AdverseEvents) -> list[Result]:
    """Exposed subjects and events of each kind by group."""
    events = list(record.frame("AE").iter_rows(named=True))
    groups = [(label, exposed(record, subjects)) for label, subjects in groups_of(record, total=planned.total)]
    rows = [_exposed(record, planned, label, subjects) for label, subjects in groups]
    if not events:
        columns = {**named(planned), "group": "arm", "group_level": TOTAL, "variable": "AE", "label": "Any adverse event", "level": ANY}
        rows.append(Result(**columns, statistic="n", value=0, text="0", n=len(groups[-1][1]), error=NONE_RECORDED))
    for kind in kinds_of(record, events):
        for label, subjects in groups:
            found = _of_kind(record, planned, kind, label, subjects, bool(events))
            limit = upper_limit(planned, found[0], len(subjects), record.protocol.conventions.rounding) if kind.level == SPECIAL else []
            rows += [*found, *limit]
    return rows


def _exposed(record: Record, planned: AdverseEvents, label: str, subjects: list[Subject]) -> Result:
    untreated = any(not arm.treated for arm in (record.protocol.arms or {}).values())
    heading = "Subjects treated" + (", or of an arm planned without treatment" if untreated else "")
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
    return [*_numbers(columns, rows, subjects, record.protocol.conventions), *_qualities(columns, rows)]


def _numbers(columns: dict[str, Any], rows: list[Row], subjects: list[Subject], conventions: Conventions) -> list[Result]:
    concerned = len({row["USUBJID"] for row in rows})
    share = 100 * concerned / len(subjects) if subjects else None
    serious = sum(row["AESER"] == "Y" for row in rows)
    decimals = conventions.printing.percent_decimals(len(subjects))
    text = percent_text(concerned, len(subjects), decimals, conventions.rounding)
    error = "" if subjects else "nobody is at risk"
    return [
        Result(**columns, statistic="count", value=len(rows), text=str(len(rows)), unit="events"),
        Result(**columns, statistic="n", value=concerned, text=str(concerned), unit="subjects"),
        Result(**columns, statistic="percent", value=share, text=text, unit="%", error=error),
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
    return found + [Result(**columns, statistic=name, value=value, text=hours_text(value), unit="h") for name, value in limits]


def hours_text(value: float) -> str:
    """Hours as a table prints them: whole, or with one decimal."""
    return rounded(value, min(decimals_of([f"{value:.6g}"]), 1))
