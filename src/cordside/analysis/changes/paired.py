"""Before and after by marker: both summed up over the pairs, the change with its interval and test, who was left out."""

from decimal import Decimal
from typing import Any

from cordside.analysis.adjusting import with_adjusted
from cordside.analysis.changes.changerows import CHANGE, Look, change_rows, summary_rows
from cordside.analysis.changes.choosing import courses_of
from cordside.analysis.changes.expectedchange import expected_rows
from cordside.analysis.changes.pairs import Pair, Pairs, pairs_of
from cordside.analysis.picking import printed_value
from cordside.analysis.rows import ABSENT, groups_of, joined, named, nothing, proof, subjects_of
from cordside.analysis.statistics.differences import paired
from cordside.protocol.plans.changes import Paired, PairedMarker
from cordside.record.record import Record
from cordside.results import Result

BEFORE, AFTER = "before", "after"


def summarise(record: Record, planned: Paired) -> list[Result]:
    """By marker and group the pairs (`n`), both moments summed up, and the change; then the values by subject."""
    everybody = subjects_of(record, planned.subject)
    courses = [courses_of(record, everybody, marker) for marker in planned.markers]
    if not any(course.rows for own in courses for course in own.values()):
        return nothing(planned, f"no values of {', '.join(marker.label for marker in planned.markers)} are recorded")
    found = [
        pairs_of(own, everybody, marker, planned.before, planned.after, worse=marker.worse, unit=marker.unit)
        for marker, own in zip(planned.markers, courses, strict=True)
    ]
    rows: list[Result] = []
    for marker, pairs in zip(planned.markers, found, strict=True):
        look = Look(pairs.decimals + 1 if marker.decimals is None else marker.decimals, record.protocol.conventions)
        for label, subjects in groups_of(record, planned.is_by_arm(record.protocol.control_group), planned.total):
            rows += _of_group(record, planned, marker, label, pairs.of(subjects), look)
        rows += [row for pair in pairs.pairs for row in _values(planned, marker, pairs, pair, look)]
    if planned.family == "none":
        return rows
    return with_adjusted(rows, _family, planned.adjust, lambda row: f"markers of {row.group_level}", record.protocol.conventions)


def _family(row: Result) -> str | None:
    """The markers of a group; what stands beside a test is no test of its own."""
    return row.group_level if row.level == CHANGE else None


def _of_group(record: Record, planned: Paired, marker: PairedMarker, label: str, pairs: Pairs, look: Look) -> list[Result]:
    whole = pairs.whole
    columns: dict[str, Any] = {
        **named(planned),
        "group": "arm",
        "group_level": label,
        "variable": marker.item,
        "label": marker.label,
        "unit": pairs.unit,
        "n": len(whole),
        "n_missing": len(pairs.dropped),
        **proof(pairs.rows),
    }
    none = "" if whole else f"no subject has {marker.label} both before and after"
    wrong = pairs.wrong or none
    size = {**columns, "unit": "", "warning": pairs.words()}
    rows = [Result(**size, level="pairs", statistic="n", value=len(whole), text=str(len(whole)), error=none)]
    for place, level in enumerate((BEFORE, AFTER)):
        numbers = [number for pair in whole if (number := pair.numbers[place]) is not None]
        rows += summary_rows({**columns, "level": level}, numbers, marker.show, look, wrong)
    both = paired(*([pair.numbers[place] for pair in whole] for place in (0, 1)))
    ratio = planned.change == "ratio"
    rows += change_rows(columns, both, planned, look, show=marker.show, ratio=ratio, wrong=wrong)
    if planned.test != "none":
        rows += expected_rows(columns, both.before, marker, record.protocol, look, ratio=ratio, wrong=wrong)
    return rows


def _values(planned: Paired, marker: PairedMarker, pairs: Pairs, pair: Pair, look: Look) -> list[Result]:
    """What one subject had before and after, and its change."""
    columns: dict[str, Any] = {**named(planned), **pair.subject.columns, "variable": marker.item, "label": marker.label}
    columns |= {"unit": pairs.unit, "n": int(pair.is_whole), "n_missing": int(not pair.is_whole), **proof(pair.rows)}
    found = []
    for level, choice, number in ((BEFORE, pair.before, pair.numbers[0]), (AFTER, pair.after, pair.numbers[1])):
        row = choice.row
        own = {**columns, **proof([row] if row else [])}
        text = _text(number, row, pairs.unit, look) if row else ABSENT
        words = joined([choice.reason, choice.warning, "" if number is not None or not row else "no number"])
        found.append(
            Result(
                **own,
                level=level,
                visit=(row["VISIT"] or "") if row else "",
                statistic="value",
                value=_float(number),
                text=text,
                warning=words,
            )
        )
    change = Result(
        **columns,
        level=CHANGE,
        statistic="value",
        value=_float(pair.change),
        text=look.number(pair.change, pairs.decimals),
        warning=pair.reason,
    )
    return [*found, change]


def _text(number: Decimal | None, row: dict[str, Any], unit: str, look: Look) -> str:
    if number is None or row["UNIT"] == unit:
        return printed_value(row, None, look.conventions.rounding)
    return format(number.normalize(), "f")


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
