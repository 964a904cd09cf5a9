"""Which value of a subject counts as before, and which as after."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cordside.analysis.picking import baseline_of, by_subject, last_of
from cordside.analysis.rows import Row, Subject, day_of, values
from cordside.protocol.plans.base import Marker
from cordside.protocol.plans.changes import After, Before
from cordside.record.record import Record

_SERIES = ("SPEC", "LOC", "METHOD")


@dataclass(frozen=True, slots=True)
class Choice:
    """The row chosen, or why there is none, and what a reader must know about the choice."""

    row: Row | None = None
    reason: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """The answered values of one subject in their order, and where they stand in the study."""

    rows: Sequence[Row]
    first: date | None
    visits: Mapping[str, Decimal]

    def comes_after(self, at: int, base: int) -> bool | None:
        """Does a row come after the base row and, as far as that is known, after the first infusion? None: its place is unknown."""
        day, base_day = day_of(self.rows[at]["DTC"]), day_of(self.rows[base]["DTC"])
        if day is None or base_day is None:
            number, base_number = (self.visits.get(self.rows[index]["VISIT"] or "") for index in (at, base))
            return None if number is None or base_number is None else number > base_number
        return (day, at) > (base_day, base) and self._follows_the_infusion(at, day)

    def _follows_the_infusion(self, at: int, day: date) -> bool:
        if self.first is None or day != self.first:
            return self.first is None or day > self.first
        # The record flags the last result before the infusion of each series; what stands behind it on that day was later.
        series = [self.rows[at][name] for name in _SERIES]
        flagged = [index for index, row in enumerate(self.rows) if row["BLFL"] == "Y" and [row[name] for name in _SERIES] == series]
        return at > max(flagged, default=-1)


def courses_of(record: Record, subjects: Sequence[Subject], marker: Marker) -> dict[str, Course]:
    """The course of each subject's values of a marker, by USUBJID."""
    found = by_subject(values(record, marker.item, specimen=marker.specimen))
    visits = {visit.name: visit.number for visit in record.protocol.planned_visits()}
    return {subject.id: Course(found.get(subject.id, []), subject.first, visits) for subject in subjects}


def before_of(course: Course, wanted: Before) -> Choice:
    """The value that counts as before."""
    if wanted.visit is not None:
        return _at_visit(course, wanted.visit)
    if wanted.take == "first":
        return Choice(course.rows[0]) if course.rows else Choice(reason="no value")
    flagged = [row for row in course.rows if row["BLFL"] == "Y"]
    if not flagged:
        return Choice(reason="no value before the first infusion" if course.rows else "no value")
    chosen = baseline_of(flagged)[0] if wanted.take == "baseline_flag" else flagged[-1]
    rule = "first" if wanted.take == "baseline_flag" else "last"
    return Choice(chosen, warning=f"{len(flagged)} baselines of different methods; the {rule} is used" if len(flagged) > 1 else "")


def after_of(course: Course, before: Row | None, wanted: After, worst: Callable[[list[Row]], Row | None]) -> Choice:
    """The value that counts as after.

    before: the row chosen as before, for the rules that take from what follows; worst: the worst of several rows, None of none
    that can be ranked.
    """
    if wanted.visit is not None:
        found = _at_visit(course, wanted.visit)
        is_before = found.row is not None and found.row is before
        return Choice(reason="the value after is the value before") if is_before else found
    if before is None:
        return Choice(reason="no value before, so that none is after")
    later, unplaced = later_than(course, before)
    warning = f"{unplaced} values without a date or planned visit are not used" if unplaced else ""
    if not later:
        return Choice(reason="no value after", warning=warning)
    row = later[-1] if wanted.take == "last" else worst(later)
    return Choice(row, "" if row else "no value after that can be ranked", warning)


def later_than(course: Course, before: Row) -> tuple[list[Row], int]:
    """The rows after the value before and the first infusion, and how many have an unknown place."""
    base = next(index for index, row in enumerate(course.rows) if row is before)
    places = [(row, course.comes_after(at, base)) for at, row in enumerate(course.rows) if at != base]
    return [row for row, is_after in places if is_after], sum(is_after is None for _, is_after in places)


def worst_number(worse: str | None) -> Callable[[list[Row]], Row | None]:
    """The rule that takes the highest or the lowest number; of equal ones the first."""

    def worst(rows: list[Row]) -> Row | None:
        numbers: list[Any] = [row for row in rows if row["NUMBER"] is not None]
        pick = max if worse == "higher" else min
        return pick(numbers, key=lambda row: row["NUMBER"]) if numbers else None

    return worst


def _at_visit(course: Course, visit: str) -> Choice:
    own = [row for row in course.rows if row["VISIT"] == visit]
    if not own:
        return Choice(reason=f"no value at {visit}")
    row, warning = last_of(own)
    return Choice(row, warning=warning)
