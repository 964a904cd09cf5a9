"""How many subjects came how far: recorded, consented, eligible, treated, discharged, died."""

from dataclasses import dataclass
from typing import Any

from cordside.analysis.rows import Row, Subject, grouped, groups_of, proof
from cordside.analysis.safety.doses import infusions_of
from cordside.analysis.standingrows import none_of, standing
from cordside.record.record import Record
from cordside.record.screen import MET, NOT_MET, UNKNOWN, screen
from cordside.results import Result

NAME = "flow"
_ELIGIBLE = {MET: "Eligible", NOT_MET: "Not eligible", UNKNOWN: "Eligibility unknown"}
_CONSENT, _DISCHARGED, _DEATH = "INFORMED CONSENT OBTAINED", "DISCHARGED", "DEATH"


@dataclass(frozen=True, slots=True)
class _Step:
    """One step: who reached it, with the rows that tell so."""

    variable: str
    level: str
    label: str
    rows: dict[str, list[Row]]
    warning: str = ""


def summarise(record: Record) -> list[Result]:
    """One `count` a step, by arm where there are several, then in total."""
    groups = groups_of(record)
    if not any(subjects for _, subjects in groups):
        return none_of(NAME, "no subjects are recorded")
    steps = _steps(record)
    return [_count(step, label, subjects) for label, subjects in groups for step in steps]


def _count(step: _Step, label: str, subjects: list[Subject]) -> Result:
    reached = [subject for subject in subjects if subject.id in step.rows]
    rows = [row for subject in reached for row in step.rows[subject.id]]
    columns: dict[str, Any] = {"group": "arm", "group_level": label, "variable": step.variable, "level": step.level, "label": step.label}
    numbers: dict[str, Any] = {"value": len(reached), "text": str(len(reached)), "n": len(subjects), "n_missing": 0}
    return Result(**standing(NAME), **columns, **numbers, statistic="count", warning=step.warning, **proof(rows))


def _steps(record: Record) -> list[_Step]:
    subjects = grouped(record.frame("DM").iter_rows(named=True))
    disposed = list(record.frame("DS").iter_rows(named=True))
    return [
        _Step("recorded", "", "Recorded", subjects),
        _told("consented", "Consented", _with_decod(disposed, _CONSENT)),
        *_eligible(record, subjects),
        *_treated(record),
        _told("discharged", "Discharged", _with_decod(disposed, _DISCHARGED)),
        _Step("died", "", "Died", _dead(record, disposed)),
    ]


def _with_decod(rows: list[Row], decod: str) -> dict[str, list[Row]]:
    return grouped(row for row in rows if row["DSDECOD"] == decod)


def _told(variable: str, label: str, rows: dict[str, list[Row]]) -> _Step:
    return _Step(variable, "", label, rows, "" if rows else "nothing is recorded about it")


def _eligible(record: Record, subjects: dict[str, list[Row]]) -> list[_Step]:
    verdicts = {found.subject: found.verdict for found in screen(record)}
    population = record.protocol.population
    warning = "" if population and (population.inclusion or population.exclusion) else "the protocol names no criteria"
    return [
        _Step(
            "eligible", verdict, label, {subject: rows for subject, rows in subjects.items() if verdicts.get(subject) == verdict}, warning
        )
        for verdict, label in _ELIGIBLE.items()
    ]


def _treated(record: Record) -> list[_Step]:
    given = infusions_of(record)
    rows = {subject: [infusion.row for infusion in infusions] for subject, infusions in given.items()}
    counts = sorted({len(infusions) for infusions in given.values()})
    steps = [_Step("treated", "", "Had an infusion", rows)]
    for count in counts:
        reached = {subject: own for subject, own in rows.items() if len(own) == count}
        steps.append(_Step("infusions", str(count), f"{count} infusion{'s' if count > 1 else ''}", reached))
    return steps


def _dead(record: Record, disposed: list[Row]) -> dict[str, list[Row]]:
    flagged = grouped(row for row in record.frame("DM").iter_rows(named=True) if row["DTHFL"] == "Y" or row["DTHDTC"])
    return flagged | _with_decod(disposed, _DEATH)
