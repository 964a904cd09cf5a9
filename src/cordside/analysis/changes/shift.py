"""From which category to which: by the normal range or by the grade of CTCAE, unknown and missing counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cordside.analysis.changes.categories import LOW_AND_HIGH, MISSING, Category, by_grade, by_range, worst_of
from cordside.analysis.changes.choosing import Course, before_of, courses_of, later_than
from cordside.analysis.changes.choosing import after_of as chosen_after
from cordside.analysis.changes.shifttest import crossed, tested
from cordside.analysis.percents import percent_text
from cordside.analysis.rows import Row, groups_of, joined, named, nothing, proof, subjects_of
from cordside.protocol.plans.changes import Shift, ShiftMarker
from cordside.record.record import Record
from cordside.results import Result

ARROW, TOTAL = " → ", "Total"


@dataclass(frozen=True, slots=True)
class Moved:
    """One subject's categories before and after, the rows they rest on, and what is to be known about them."""

    before: str
    after: str
    rows: tuple[Row, ...]
    warning: str


def summarise(record: Record, planned: Shift) -> list[Result]:
    """By marker and group the subjects (`n`), then `count` and `percent` from each category to each, with totals."""
    everybody = subjects_of(record)
    rows: list[Result] = []
    for marker in planned.markers:
        courses = courses_of(record, everybody, marker)
        if not any(course.rows for course in courses.values()):
            rows.append(_none(planned, marker, f"no values of {marker.label} are recorded"))
            continue
        category = by_range() if planned.categories == "normal_range" else by_grade(record, marker)
        if isinstance(category, str):
            rows.append(_none(planned, marker, category))
            continue
        moved = {subject.id: _moved(planned, marker, courses[subject.id], category) for subject in everybody}
        order = _order(planned, marker, category, moved.values())
        for label, subjects in groups_of(record, planned.is_by_arm(record.protocol.control_group), planned.total):
            rows += _of_group(record, planned, marker, label, [moved[subject.id] for subject in subjects], order)
    return rows if any(row.level for row in rows) else nothing(planned, joined(row.error for row in rows) or "no subjects are recorded")


def _none(planned: Shift, marker: ShiftMarker, why: str) -> Result:
    return Result(**named(planned), variable=marker.item, label=marker.label, statistic="n", value=0, text="0", n=0, error=why)


def _moved(planned: Shift, marker: ShiftMarker, course: Course, category: Category) -> Moved:
    first = before_of(course, planned.before)
    before = category.of(first.row) if first.row else MISSING
    if planned.after.take == "worst" and first.row is not None:
        later, unplaced = later_than(course, first.row)
        after, warning = worst_of([category.of(row) for row in later], category, marker.worse)
        lost = f"{unplaced} values without a date or planned visit are not used" if unplaced else ""
        return Moved(before, after, (first.row, *later), joined([first.warning, warning, lost]))
    last = chosen_after(course, first.row, planned.after, _nobody)
    after = category.of(last.row) if last.row else MISSING
    return Moved(before, after, tuple(row for row in (first.row, last.row) if row), joined([first.warning, last.warning]))


def _nobody(rows: list[Row]) -> Row | None:
    return None


def _order(planned: Shift, marker: ShiftMarker, category: Category, moved: Iterable[Moved]) -> list[str]:
    """Every category that can be, in order; low and high together only where somebody had both."""
    both = any(found.after == LOW_AND_HIGH for found in moved)
    return [name for name in category.order if name != LOW_AND_HIGH or both]


def _of_group(record: Record, planned: Shift, marker: ShiftMarker, label: str, moved: list[Moved], order: Sequence[str]) -> list[Result]:
    columns: dict[str, Any] = {**named(planned), "group": "arm", "group_level": label, "variable": marker.item, "label": marker.label}
    columns |= {"method": _METHOD[planned.categories], "convention": _words(planned, marker)}
    missing = sum(MISSING in (found.before, found.after) for found in moved)
    size = len(moved)
    empty = "" if moved else "nobody is in this group"
    warning = joined(found.warning for found in moved)
    rows = [
        Result(
            **columns,
            level="subjects",
            statistic="n",
            value=size,
            text=str(size),
            n=size - missing,
            n_missing=missing,
            warning=warning,
            error=empty,
        )
    ]
    counts = Counter((found.before, found.after) for found in moved)
    fourfold = crossed(planned, ((found.before, found.after) for found in moved), order)
    answers = list(
        tested({**columns, **proof(row for found in moved for row in found.rows)}, planned, fourfold, record.protocol.conventions)
    )
    columns |= {"n": size, "n_missing": missing, "error": empty}
    for before in (*order, TOTAL):
        for after in (*order, TOTAL):
            own = [found for found in moved if before in (TOTAL, found.before) and after in (TOTAL, found.after)]
            count = counts[before, after] if TOTAL not in (before, after) else len(own)
            place = {**columns, "level": before + ARROW + after, **proof(row for found in own for row in found.rows)}
            rows += _counted(record, place, count, size)
    return rows + answers


def _counted(record: Record, columns: Mapping[str, Any], count: int, size: int) -> list[Result]:
    conventions = record.protocol.conventions
    text = percent_text(count, size, conventions.printing.percent_decimals(size), conventions.rounding)
    share = 100 * count / size if size else None
    return [
        Result(**columns, statistic="count", value=count, text=str(count)),
        Result(**columns, statistic="percent", value=share, text=text, unit="%"),
    ]


_METHOD = {"normal_range": "by the normal range beside each value", "ctcae": "by the grades of CTCAE"}
_SIDES = {"higher": "the higher side is worse", "lower": "the lower side is worse", "either": "either side counts"}


def _words(planned: Shift, marker: ShiftMarker) -> str:
    if planned.after.take != "worst":
        return "last value after" if planned.after.take == "last" else f"value at {planned.after.visit}"
    return "worst value after" + (f", {_SIDES[marker.worse]}" if planned.categories == "normal_range" else "")
