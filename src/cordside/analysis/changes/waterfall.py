"""The change of each subject, to be drawn side by side."""

from fractions import Fraction
from typing import Any

from cordside.analysis.changes.choosing import courses_of
from cordside.analysis.changes.pairs import Pair, Pairs, pairs_of
from cordside.analysis.picking import printed
from cordside.analysis.rows import groups_of, joined, named, nothing, proof, subjects_of
from cordside.protocol.plans.charts import Waterfall, WaterfallMarker
from cordside.record.record import Record
from cordside.results import Result

_NO_PERCENT = "the value before is 0, so that there is no change in percent"


def summarise(record: Record, planned: Waterfall) -> list[Result]:
    """By marker the pairs (`n`) of each arm, then the change of every subject, the arm in `level`."""
    everybody = subjects_of(record, planned.subject)
    groups = groups_of(record, total=False)
    rows: list[Result] = []
    for marker in planned.markers:
        pairs = pairs_of(courses_of(record, everybody, marker), everybody, marker, planned.before, planned.after, worse=marker.worse)
        for label, subjects in groups:
            rows.append(_size(planned, marker, label, pairs.of(subjects)))
        rows += [_change(record, planned, marker, pairs, pair, len(groups) > 1) for pair in pairs.pairs]
    if not any(row.n for row in rows):
        return nothing(planned, f"no subject has {', '.join(marker.label for marker in planned.markers)} both before and after")
    return rows


def _size(planned: Waterfall, marker: WaterfallMarker, label: str, pairs: Pairs) -> Result:
    n = len(pairs.whole)
    return Result(
        **named(planned),
        group="arm",
        group_level=label,
        variable=marker.item,
        label=marker.label,
        statistic="n",
        value=n,
        text=str(n),
        n=n,
        n_missing=len(pairs.dropped),
        warning=joined([pairs.words(), pairs.wrong]),
        **proof(pairs.rows),
    )


def _change(record: Record, planned: Waterfall, marker: WaterfallMarker, pairs: Pairs, pair: Pair, by_arm: bool) -> Result:
    number, why = _number(planned, pairs, pair)
    by_default = 1 if planned.change == "percent" else pairs.decimals
    columns: dict[str, Any] = {**named(planned), **pair.subject.columns, "variable": marker.item, "label": marker.label}
    return Result(
        **columns,
        level=pair.subject.arm if by_arm else "",
        statistic="value",
        value=None if number is None else float(number),
        text=printed(number, by_default if marker.decimals is None else marker.decimals, record.protocol.conventions.rounding),
        unit="%" if planned.change == "percent" else pairs.unit,
        method="100 × (after - before) / before" if planned.change == "percent" else "after - before",
        n=int(number is not None),
        n_missing=int(number is None),
        warning=joined([why, pair.warning]),
        **proof(pair.rows),
    )


def _number(planned: Waterfall, pairs: Pairs, pair: Pair) -> tuple[Fraction | None, str]:
    change, before = pair.change, pair.numbers[0]
    if pairs.wrong or change is None or before is None:
        return None, pairs.wrong or pair.reason
    if planned.change == "difference":
        return Fraction(change), ""
    return (Fraction(100 * change) / Fraction(before), "") if before else (None, _NO_PERCENT)
