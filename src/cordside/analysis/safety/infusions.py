"""Infusions planned and given, with the vital signs around them and the reactions to them."""

from typing import Any

from cordside.analysis.rows import ABSENT, Row, Subject, joined, named, nothing, proof, subjects_of
from cordside.analysis.safety.aekinds import term_of
from cordside.analysis.safety.doses import Infusion, infusions_of
from cordside.protocol.plans.safety import Infusions
from cordside.protocol.regimen import Regimen
from cordside.record.items import subjects
from cordside.record.record import Record
from cordside.results import Result

_OF_CONTAINER = {
    "EXLOT": ("Lot", ""),
    "EXVCELLS": ("Viable cells given", ""),
    "EXVCKG": ("Viable cells per kg", ""),
    "EXVGIVEN": ("Volume given", "mL"),
    "EXTHMIN": ("Thaw to start", "min"),
}
"""What is told of an infusion where it is known of any: label and unit by variable of EX."""


def summarise(record: Record, planned: Infusions) -> list[Result]:
    """Rows by subject and infusion, the subject's number of infusions, at the end the totals."""
    given = infusions_of(record)
    if not given:
        return nothing(planned, "no infusions are recorded")
    arms = dict(subjects(record).select("USUBJID", "ARMCD").iter_rows())
    signs, reactions = _by_infusion(record, "VS", "VSTPTREF"), _by_infusion(record, "AE", "AEREFID")
    known = [name for name in _OF_CONTAINER if any(one.row[name] is not None for own in given.values() for one in own)]
    rows: list[Result] = []
    for subject in subjects_of(record, planned.subject):
        regimen, own = record.protocol.regimen_of(arms.get(subject.id)), given.get(subject.id, [])
        for infusion in own:
            columns: dict[str, Any] = {**named(planned), **subject.columns, "level": str(infusion.number)}
            key = (subject.id, infusion.row["EXREFID"] or "")
            rows += [
                *_given(columns, infusion, regimen),
                *(_of_container(columns, infusion.row, name) for name in known),
                *_signs(columns, signs.get(key, [])),
                *_reactions(columns, reactions.get(key, [])),
            ]
        rows.append(_number(planned, subject, own))
    return rows + _totals(planned, given)


def _by_infusion(record: Record, code: str, reference: str) -> dict[tuple[str, str], list[Row]]:
    """Rows of a domain by subject and the infusion that they name."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in record.frame(code).iter_rows(named=True):
        if row[reference]:
            found.setdefault((row["USUBJID"], row[reference]), []).append(row)
    return found


def _given(columns: dict[str, Any], infusion: Infusion, regimen: Regimen | None) -> list[Result]:
    row, place = infusion.row, proof([infusion.row])
    day, days = row["EXSTDY"], (regimen.days if regimen else None) or []
    due = days[infusion.number - 1] if infusion.number <= len(days) else None
    warning = joined(
        [
            "" if infusion.day else "no full date is recorded",
            "the date is derived, it is not in the source" if infusion.is_day_derived else "",
        ]
    )
    unplanned = "" if due else "no day is planned for it"
    dose = row["EXDOSE"] or row["EXDOSTXT"]
    historical = "No" if row["EXHIST"] != "Y" else "historical" if row["EXLOT"] else "historical, no lot known"
    return [
        Result(
            **columns,
            variable="EX.DAY",
            label="Day",
            visit=row["EXSTDTC"] or "",
            statistic="value",
            value=day,
            text=_day(day),
            warning=warning,
            **place,
        ),
        Result(
            **columns, variable="EX.PLANNED", label="Planned day", statistic="value", value=due, text=_day(due), warning=unplanned, **place
        ),
        Result(
            **columns,
            variable="EX.DOSE",
            label="Dose",
            statistic="value",
            value=_number_of(row["EXDOSE"]),
            text=dose or ABSENT,
            unit=row["EXDOSU"] or "",
            warning="" if dose else "not recorded",
            **place,
        ),
        Result(**columns, variable="EX.HIST", label="Historical", statistic="value", text=historical, **place),
    ]


def _of_container(columns: dict[str, Any], row: Row, name: str) -> Result:
    """What follows from the container, or was measured of it; a dash where it is not known of this infusion."""
    (label, unit), value = _OF_CONTAINER[name], row[name]
    text = f"{value:,}" if isinstance(value, int) else value
    return Result(
        **columns,
        variable=f"EX.{name}",
        label=label,
        statistic="value",
        value=None if name == "EXLOT" or value is None else _number_of(str(value)),
        text=text or ABSENT,
        unit=unit,
        warning="" if text else "not recorded",
        **proof([row]),
    )


def _day(day: int | None) -> str:
    return ABSENT if day is None else f"D{day}"


def _number_of(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _signs(columns: dict[str, Any], rows: list[Row]) -> list[Result]:
    in_order = sorted((row for row in rows if not row["VSSTAT"]), key=lambda row: (_number_of(row["VSTPTNUM"]) or 0, row["VSDTC"] or ""))
    return [
        Result(
            **columns,
            variable=f"VS.{row['VSTESTCD']}",
            label=row["VSTEST"] or row["VSTESTCD"],
            visit=row["VSTPT"] or "",
            statistic="value",
            value=row["VSSTRESN"],
            text=_as_collected(row),
            unit=row["VSSTRESU"] or row["VSORRESU"] or "",
            warning="" if row["VSORRES"] else "not recorded",
            **proof([row]),
        )
        for row in in_order
    ]


def _as_collected(row: Row) -> str:
    """The sign as written down, with its unit where that is not the standard one."""
    other = row["VSORRESU"] if row["VSORRESU"] not in (None, row["VSSTRESU"]) else ""
    return f"{row['VSORRES'] or ABSENT} {other}".strip()


def _reactions(columns: dict[str, Any], rows: list[Row]) -> list[Result]:
    return [
        Result(
            **columns,
            variable="AE",
            label="Reaction",
            visit=row["AESTDTC"] or "",
            statistic="value",
            value=row["AELATH"],
            text=term_of(row),
            unit="h",
            **proof([row]),
        )
        for row in rows
    ]


def _number(planned: Infusions, subject: Subject, own: list[Infusion]) -> Result:
    columns = {**named(planned), **subject.columns, "variable": "EX", "label": "Infusions"}
    return Result(**columns, statistic="n", value=len(own), text=str(len(own)), n=len(own), **proof(infusion.row for infusion in own))


def _totals(planned: Infusions, given: dict[str, list[Infusion]]) -> list[Result]:
    every = [infusion for own in given.values() for infusion in own]
    columns = {**named(planned), "group": "arm", "group_level": "Total", "variable": "EX", **proof(infusion.row for infusion in every)}
    return [
        Result(**columns, label="Subjects treated", statistic="n", value=len(given), text=str(len(given)), n=len(given)),
        Result(**columns, label="Infusions", statistic="count", value=len(every), text=str(len(every)), n=len(every)),
    ]
