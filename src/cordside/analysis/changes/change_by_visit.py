"""Values and their change from before at each visit, by marker and group, with the tests adjusted for their number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cordside.analysis.adjusting import with_adjusted
from cordside.analysis.changes.changerows import CHANGE, Look, change_rows, summary_rows
from cordside.analysis.changes.choosing import Choice, Course, courses_of
from cordside.analysis.changes.expectedchange import expected_rows
from cordside.analysis.changes.pairs import Pair, Pairs, pairs_of
from cordside.analysis.rows import Row, Subject, groups_of, named, nothing, proof, subjects_of
from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.differences import paired
from cordside.analysis.statistics.variance import friedman
from cordside.analysis.subjects.grouptests import rows_of_test
from cordside.protocol.plans.changes import After, ChangeByVisit, ChangeMarker
from cordside.record.record import Record
from cordside.results import Result

BASELINE, VALUE, FRIEDMAN = "baseline", "value", "friedman"


@dataclass(frozen=True, slots=True)
class _Part:
    """One marker in one group: its pairs at each visit, the columns that its rows share, how numbers are printed."""

    record: Record
    planned: ChangeByVisit
    marker: ChangeMarker
    visits: Mapping[str, Pairs]
    columns: dict[str, Any]
    look: Look


def summarise(record: Record, planned: ChangeByVisit) -> list[Result]:
    """By marker and group: the values before; at each visit the values, and the change with its test and adjusted p."""
    everybody = subjects_of(record, planned.subject)
    rows: list[Result] = []
    for marker in planned.markers:
        courses = courses_of(record, everybody, marker)
        found = {visit: pairs_of(courses, everybody, marker, planned.before, After(visit=visit)) for visit in planned.visits}
        decimals = max(pairs.decimals for pairs in found.values())
        look = Look(decimals + 1 if marker.decimals is None else marker.decimals, record.protocol.conventions)
        if _is_empty(courses):
            rows.append(_nothing_of(planned, marker))
            continue
        for label, subjects in groups_of(record, planned.is_by_arm(record.protocol.control_group), planned.total):
            columns = {**named(planned), "group": "arm", "group_level": label, "variable": marker.item, "label": marker.label}
            own = {visit: pairs.of(subjects) for visit, pairs in found.items()}
            rows += _of_group(_Part(record, planned, marker, own, columns, look), subjects)
    if not any(row.level for row in rows):
        return nothing(planned, f"no values of {', '.join(marker.label for marker in planned.markers)} are recorded")
    if planned.family == "none":
        return rows
    by_visit = planned.family == "parameters"

    def family(row: Result) -> tuple[str, str] | None:
        return (row.group_level, row.visit if by_visit else row.label) if row.level == CHANGE else None

    def what(row: Result) -> str:
        return f"markers at {row.visit}" if by_visit else f"visits of {row.label}"

    return with_adjusted(rows, family, planned.adjust, what, record.protocol.conventions)


def _is_empty(courses: Mapping[str, Course]) -> bool:
    return not any(course.rows for course in courses.values())


def _nothing_of(planned: ChangeByVisit, marker: ChangeMarker) -> Result:
    columns = {**named(planned), "variable": marker.item, "label": marker.label}
    return Result(**columns, statistic="n", value=0, text="0", n=0, error=f"no values of {marker.label} are recorded")


def _of_group(part: _Part, subjects: Sequence[Subject]) -> Iterator[Result]:
    first = next(iter(part.visits.values()))
    before = [(pair.before, pair.numbers[0]) for pair in first.pairs]
    yield from _values(part, {"level": BASELINE}, before, first, len(subjects))
    for visit, pairs in part.visits.items():
        after = [(pair.after, pair.numbers[1]) for pair in pairs.pairs]
        yield from _values(part, {"level": VALUE, "visit": visit}, after, pairs, len(subjects))
        yield from _changes(part, visit, pairs)
    if part.planned.friedman:
        yield from _over_visits(part)


def _over_visits(part: _Part) -> Iterator[Result]:
    """Friedman's test of the values before and at every visit, of the subjects who have them all."""
    every = list(part.visits.values())
    columns = {**part.columns, "level": FRIEDMAN, **proof(row for pairs in every for row in pairs.rows)}
    if wrong := next((pairs.wrong for pairs in every if pairs.wrong), ""):
        answer = Answer(method="Friedman test", error=wrong)
    else:
        # Only whoever has any value of the marker can be complete or not.
        blocks = [[same[0].numbers[0], *(pair.numbers[1] for pair in same)] for same in zip(*(pairs.pairs for pairs in every), strict=True)]
        answer = friedman([block for block in blocks if any(number is not None for number in block)])
    conventions = part.look.conventions
    yield from rows_of_test(columns, answer, conventions.printing.p_style, conventions.rounding)


def _values(part: _Part, place: dict[str, str], chosen: list[tuple[Choice, Decimal | None]], pairs: Pairs, size: int) -> list[Result]:
    """The values of one moment, of every subject who has one."""
    rows: list[Row] = [choice.row for choice, number in chosen if choice.row and number is not None]
    numbers = [number for _, number in chosen if number is not None]
    lost = [choice.row["TEXT"] for choice, number in chosen if choice.row and number is None]
    warning = f"without a number: {', '.join(dict.fromkeys(map(str, lost)))}" if lost else ""
    columns = {**part.columns, **place, "unit": pairs.unit, "n_missing": size - len(numbers), "warning": warning, **proof(rows)}
    return summary_rows(columns, numbers, part.marker.show, part.look, pairs.wrong)


def _changes(part: _Part, visit: str, pairs: Pairs) -> list[Result]:
    whole: list[Pair] = pairs.whole
    columns = {
        **part.columns,
        "visit": visit,
        "unit": pairs.unit,
        "n": len(whole),
        "n_missing": len(pairs.dropped),
        **proof(pairs.rows),
    }
    none = "" if whole else f"no subject has {part.marker.label} both before and at {visit}"
    size = Result(**{**columns, "unit": ""}, level=CHANGE, statistic="n", value=len(whole), text=str(len(whole)), error=none)
    both = paired(*([pair.numbers[place] for pair in whole] for place in (0, 1)))
    rows = [size, *change_rows(columns, both, part.planned, part.look, show=part.marker.show, wrong=pairs.wrong or none)]
    if part.planned.test != "none":
        protocol, wrong = part.record.protocol, pairs.wrong or none
        rows += expected_rows(columns, both.before, part.marker, protocol, part.look, ratio=False, wrong=wrong)
    return rows
