"""One line a subject: the stay, infusions, swabs and visits, in days after the first infusion."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from cordside.analysis.rows import (
    ABSENT,
    NOT_RECORDED,
    Row,
    Subject,
    day_of,
    grouped,
    joined,
    named,
    nothing,
    proof,
    subjects_of,
    values,
    word_of,
)
from cordside.analysis.safety.doses import Infusion, infusions_of
from cordside.analysis.swabs.swabresults import Swab, read_swabs
from cordside.protocol.plans.pictures import Timeline
from cordside.record.record import Record
from cordside.results import Result
from cordside.words import decimals_of, rounded

_NO_START = "no first infusion is recorded to count from"
_DERIVED = "the date is derived, it is not in the source"


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands on the line of one subject."""

    planned: Timeline
    subject: Subject
    stays: list[Row]
    infusions: list[Infusion]
    swabs: list[Swab]
    visits: list[Row]

    def at(self, day: date | None) -> dict[str, Any]:
        """Value and visit of something on a day, or why there is no value."""
        if day is None:
            return {"visit": "", "value": None, "warning": f"the date is {NOT_RECORDED}"}
        if self.subject.first is None:
            return {"visit": day.isoformat(), "value": None, "warning": _NO_START}
        return {"visit": day.isoformat(), "value": (day - self.subject.first).days, "warning": ""}

    @property
    def columns(self) -> dict[str, Any]:
        return {**named(self.planned), **self.subject.columns, "unit": "days"}


def summarise(record: Record, planned: Timeline) -> list[Result]:
    """Rows of the stay (HO), infusions (EX), swabs (MB) and visits (SV) of each subject."""
    labels = {visit.name: visit.label for visit in record.protocol.planned_visits()}
    lines = _lines(record, planned)
    if not any(line.stays or line.infusions or line.swabs or line.visits for line in lines):
        return nothing(planned, "no stay, infusion, swab or visit is recorded")
    return [row for line in lines for row in (*_stays(line), *_infusions(line), *_swabs(line), *_visits(line, labels))]


def _lines(record: Record, planned: Timeline) -> list[_Line]:
    stays = grouped(row for row in (values(record, planned.stay) if planned.stay else []) if row["TEXT"] == "Y")
    swabs = read_swabs(record, planned.swabs) if planned.swabs else {}
    visits = grouped(row for row in record.frame("SV").iter_rows(named=True) if row["SVOCCUR"] != "N")
    given = infusions_of(record)
    return [
        _Line(
            planned,
            subject,
            stays.get(subject.id, []),
            given.get(subject.id, []),
            swabs.get(subject.id, []),
            visits.get(subject.id, []),
        )
        for subject in subjects_of(record, planned.subject)
    ]


def _stays(line: _Line) -> Iterator[Result]:
    for row in line.stays:
        length = row["NUMBER"]
        text = ABSENT if length is None else rounded(length, min(decimals_of([f"{length:.6g}"]), 1))
        columns = {**line.columns, "variable": "HO", "label": word_of(row["NAME"]), **proof([row])}
        yield Result(**columns, statistic="value", value=length, text=text, warning="" if length is not None else NOT_RECORDED)
        start = line.at(day_of(row["DTC"]))
        if start["value"] is not None:
            yield Result(**{**columns, **start}, statistic="start", text=str(start["value"]))
            if length is not None:
                end = start["value"] + length
                yield Result(**columns, statistic="end", value=end, text=rounded(end, 0))


def _infusions(line: _Line) -> Iterator[Result]:
    for infusion in line.infusions:
        place = line.at(infusion.day)
        place["warning"] = joined([place["warning"], _DERIVED if infusion.is_day_derived else ""])
        label = f"Infusion {infusion.number}"
        level = "derived" if infusion.is_day_derived else ""
        yield Result(
            **line.columns, **place, variable="EX", label=label, level=level, statistic="value", text=label, **proof([infusion.row])
        )


def _swabs(line: _Line) -> Iterator[Result]:
    for swab in line.swabs:
        if swab.result:
            columns = {**line.columns, **line.at(swab.day), "variable": "MB", "label": "Swab", "level": swab.place}
            yield Result(**columns, statistic="value", text=word_of(swab.result), **proof([swab.row]))


def _visits(line: _Line, labels: dict[str, str]) -> Iterator[Result]:
    for name in line.planned.visits:
        rows = [row for row in line.visits if row["VISIT"] == name]
        day = day_of(rows[0]["SVSTDTC"]) if rows else None
        label = labels.get(name, name)
        yield Result(**line.columns, **line.at(day), variable="SV", label=label, level=name, statistic="value", text=label, **proof(rows))
