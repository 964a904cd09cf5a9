"""What subjects were given: infusions planned and given, doses, cells, volumes and the days between, by arm."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from cordside.analysis.measurements import numbers_of
from cordside.analysis.percents import percent_text
from cordside.analysis.rows import Row, Subject, groups_of, joined, named, nothing, proof
from cordside.analysis.safety.doses import Infusion, decimal_of, infusions_of, volume_ml
from cordside.protocol.plans.treatment import Exposure
from cordside.protocol.protocol import Conventions
from cordside.record.record import Record
from cordside.results import Result
from cordside.words import decimals_of

_POWER = re.compile(r"(?:10\^(?P<power>\d+)(?: Therapeutic Cells)?|Therapeutic Cells)(?P<per_kg>/kg)?")
_OF_CONTAINERS = {
    "EXVCELLS": ("Viable cells per infusion", "cells"),
    "EXVCKG": ("Viable cells per kg and infusion", "cells/kg"),
    "EXTHMIN": ("Minutes from thaw to start", "min"),
}
"""What follows from containers, told where it is known of any infusion: label and unit by variable of EX."""
_NAMES = ("mean", "sd", "median", "min", "max")


@dataclass(frozen=True)
class _Group:
    """Subjects of a group with their infusions, those planned for each (None: not known), and the columns of its rows."""

    subjects: list[Subject]
    given: dict[str, list[Infusion]]
    planned: dict[str, int | None]
    columns: dict[str, Any]
    conventions: Conventions

    @property
    def infusions(self) -> list[Infusion]:
        """Every infusion, subject by subject."""
        return [infusion for subject in self.subjects for infusion in self.given.get(subject.id, [])]


def summarise(record: Record, planned: Exposure) -> list[Result]:
    """Rows by group: subjects, infusions, then numbers of each."""
    given = infusions_of(record)
    if not given:
        return nothing(planned, "no infusions are recorded")
    arms = dict(record.frame("DM").select("USUBJID", "ARMCD").iter_rows())
    due = {subject: _due(record, arm) for subject, arm in arms.items()}
    dm = {row["USUBJID"]: row for row in record.frame("DM").iter_rows(named=True)}
    rows: list[Result] = []
    for label, subjects in groups_of(record, planned.by == "arm", planned.total):
        own = [infusion.row for subject in subjects for infusion in given.get(subject.id, [])]
        place = proof(own or [dm[subject.id] for subject in subjects])
        columns = {**named(planned), "group": "arm", "group_level": label, **place}
        rows += _of_group(_Group(subjects, given, due, columns, record.protocol.conventions))
    return rows


def _due(record: Record, arm: str | None) -> int | None:
    """Infusions planned for a subject of an arm; None where the protocol does not say."""
    if not record.protocol.is_treated(arm):
        return 0
    regimen = record.protocol.regimen_of(arm)
    return len(regimen.days) if regimen and regimen.days else None


def _of_group(group: _Group) -> Iterator[Result]:
    yield _count(group, "DM.USUBJID", "Subjects", len(group.subjects))
    treated = [subject for subject in group.subjects if group.given.get(subject.id)]
    yield from _share(group, "Subjects treated", "", len(treated))
    planned = [group.planned.get(subject.id) for subject in group.subjects]
    known = [number for number in planned if number is not None]
    unknown = len(planned) - len(known)
    warning = f"how many infusions are planned is not known for {unknown} subjects" if unknown else ""
    yield _count(group, "EX.PLANNED", "Infusions planned", sum(known), warning)
    yield _count(group, "EX", "Infusions given", len(group.infusions))
    yield _count(group, "EX.HIST", "Historical infusions", sum(infusion.row["EXHIST"] == "Y" for infusion in group.infusions))
    numbers = Counter(len(group.given.get(subject.id, [])) for subject in group.subjects)
    for number in sorted(numbers):
        yield from _share(group, "Subjects by number of infusions", str(number), numbers[number])
    yield from _numbers(group, "EX.NUMBER", "Infusions per subject treated", "", [len(group.given[subject.id]) for subject in treated])
    yield from _doses(group)
    yield from _cells(group, treated)
    yield from _numbers(group, "EX.EXVGIVEN", "Volume per infusion", "mL", [volume_ml(infusion.row) for infusion in group.infusions])
    for name, (label, unit) in _OF_CONTAINERS.items():
        if any(infusion.row[name] is not None for own in group.given.values() for infusion in own):
            yield from _numbers(group, f"EX.{name}", label, unit, [infusion.row[name] for infusion in group.infusions])
    between = [days for subject in treated for days in _between(group.given[subject.id])]
    if between:
        yield from _numbers(group, "EX.EXSTDTC", "Days between infusions", "days", between)


def _count(group: _Group, variable: str, label: str, count: int, warning: str = "") -> Result:
    size = len(group.subjects)
    return Result(**group.columns, variable=variable, label=label, statistic="count", value=count, text=str(count), n=size, warning=warning)


def _share(group: _Group, label: str, level: str, count: int) -> Iterator[Result]:
    size = len(group.subjects)
    columns = {**group.columns, "variable": "EX", "label": label, "level": level, "n": size}
    error = "" if size else "nobody is in this group"
    text = percent_text(count, size, group.conventions.printing.percent_decimals(size), group.conventions.rounding)
    yield Result(**columns, statistic="count", value=count, text=str(count))
    yield Result(**columns, statistic="percent", value=100 * count / size if size else None, text=text, unit="%", error=error)


def _doses(group: _Group) -> Iterator[Result]:
    """The dose of an infusion as it was recorded, one summary a unit."""
    units = dict.fromkeys(infusion.row["EXDOSU"] or "" for infusion in group.infusions)
    for unit in units or {"": None}:
        own = [infusion.row["EXDOSE"] for infusion in group.infusions if (infusion.row["EXDOSU"] or "") == unit]
        yield from _numbers(group, "EX.EXDOSE", "Dose per infusion", unit, [decimal_of(text) for text in own], level=unit)


def _numbers(group: _Group, variable: str, label: str, unit: str, values: list[Any], level: str = "") -> list[Result]:
    """n, mean, SD, median and range; one decimal beyond those recorded, none of counts of cells."""
    recorded = decimals_of([str(value) for value in values if value is not None])
    large = any(value is not None and value >= 10_000 for value in values)
    decimals = {name: recorded + (0 if name in ("min", "max") or large else 1) for name in _NAMES}
    missing = sum(value is None for value in values)
    columns = {**group.columns, "variable": variable, "label": label, "level": level, "unit": unit}
    columns["warning"] = joined([f"{missing} not recorded" if missing else ""])
    return numbers_of(columns, list(Counter(values).items()), decimals, group.conventions)


def _cells(group: _Group, treated: list[Subject]) -> Iterator[Result]:
    """All cells that each subject was given, and all cells per kg where doses are per kg; missing while one infusion is not known."""
    found = {subject.id: [_cells_of(infusion.row) for infusion in group.given[subject.id]] for subject in treated}
    units = dict.fromkeys(unit for own in found.values() for unit, _ in own if unit)
    for unit in units or {"cells": None}:
        totals = [
            sum(count for _, count in own if count is not None) if all(one == unit and count is not None for one, count in own) else None
            for own in found.values()
        ]
        yield from _numbers(group, "EX.EXTCELLS", f"Total {unit} per subject", unit, totals, level=unit if len(units) > 1 else "")


def _cells_of(row: Row) -> tuple[str, int | None]:
    """The unit, cells or cells/kg, and the number of one infusion: as recorded, else dose × its power of ten."""
    if row["EXTCELLS"] is not None:
        return "cells", int(row["EXTCELLS"])
    unit, dose = _POWER.fullmatch(row["EXDOSU"] or ""), decimal_of(row["EXDOSE"])
    if unit is None:
        return "", None
    return "cells/kg" if unit["per_kg"] else "cells", None if dose is None else int(dose * 10 ** int(unit["power"] or 0))


def _between(infusions: list[Infusion]) -> list[int | None]:
    """Days from each infusion to the next, differences of dates; None where one has no full date."""
    return [(second.day - first.day).days if first.day and second.day else None for first, second in pairwise(infusions)]
