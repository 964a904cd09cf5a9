"""Before and after by marker: both summed up, the change with its interval, the test, the pairs."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.changes import Paired, PairedMarker
from cordside.protocol.protocol import Protocol
from cordside.report.changewords import (
    adjusted_heading,
    adjustment,
    level_words,
    mean_regression,
    methods,
    moments,
    not_apart,
    quantiles,
    range_words,
)
from cordside.report.layouts.shared import cell, groups_of, table_of, with_unit
from cordside.report.statements import change_cautions, unseen_words
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_SHOWN = {"mean_sd": ("mean", "sd"), "median_iqr": ("median", "q1", "q3")}
_BY_RANKS, ALONE = "by ranks", "Regression to the mean alone"
_PAIRS_ONLY = "Every number is of the subjects with both values; who has not is named at the number of pairs."


def draw(planned: Paired, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The comparison of a plan; rows are keyed by the marker's label, or `label: group` where there are several groups.

    Beneath each stand `key: by ranks` and `key: regression to the mean`, where there are such numbers.
    Columns: before, after, change, p (unless no test is planned), p_adjusted (in a family), pairs.
    """
    shared = [row for row in rows if not row.subject]
    groups = groups_of(shared)
    columns = list(_columns(planned))
    drawn = [row for marker in planned.markers for row in _marker(planned, marker, shared, groups, protocol)]
    notes = [
        *change_cautions(protocol),
        *not_apart(planned, protocol),
        moments(planned.before, planned.after, protocol),
        _PAIRS_ONLY,
        quantiles(shared),
    ]
    notes += [*methods(shared, planned), *adjustment(shared), *mean_regression(shared), *unseen_words(protocol)]
    return table_of(planned, rows, columns, drawn, filter(None, notes))


def _columns(planned: Paired) -> Iterator[Column]:
    what = "Ratio" if planned.change == "ratio" else "Change"
    yield Column("", planned.corner)
    yield Column("before", planned.before_label)
    yield Column("after", planned.after_label)
    yield Column("change", f"{what} ({level_words(planned)})")
    if planned.test != "none":
        yield Column("p", planned.p_label)
    if planned.test != "none" and planned.family != "none":
        yield Column("p_adjusted", adjusted_heading(planned))
    yield Column("pairs", "Pairs")


def _marker(planned: Paired, marker: PairedMarker, rows: list[Result], groups: list[str], protocol: Protocol) -> Iterator[Row]:
    found = find(rows, variable=marker.item, label=marker.label)
    label = _label(marker, found, protocol)
    if len(groups) > 1:
        yield Row(f"{marker.label}:", (), label, section=True)
    for group in groups:
        own = find(found, group_level=group)
        key = marker.label if len(groups) == 1 else f"{marker.label}: {group}"
        yield Row(key, _cells(planned, marker, own), label if len(groups) == 1 else group, indent=int(len(groups) > 1))
        if beside := find(own, level=_BY_RANKS):
            cells = (Cell(), Cell(), size_cell(beside), *_p_cells(planned, beside), Cell())
            yield Row(f"{key}: {_BY_RANKS}", cells, "By ranks", indent=1 + int(len(groups) > 1))
        expected = [row for row in find(own, level="regression to the mean") if row.value is not None]
        if expected:
            cells = (Cell(), Cell(), cell(*expected[:1]), *_p_cells(planned, []), Cell())
            yield Row(f"{key}: regression to the mean", cells, ALONE, indent=1 + int(len(groups) > 1))


def _label(marker: PairedMarker, rows: list[Result], protocol: Protocol) -> str:
    unit = next((row.unit for row in find(rows, level="before") if row.unit), "") or marker.unit or ""
    label = with_unit(marker.label, unit)
    limits = range_words(protocol, marker.item, marker.specimen, unit) if marker.normal_range else ""
    if not limits:
        return label
    return f"{label[:-1]}; normal range {limits})" if label.endswith(")") else f"{label} (normal range {limits})"


def _cells(planned: Paired, marker: PairedMarker, rows: list[Result]) -> tuple[Cell, ...]:
    change = find(rows, level="change")
    sums = (summary_cell(find(rows, level=level), marker.show) for level in ("before", "after"))
    return (*sums, size_cell(change), *_p_cells(planned, change), _pairs_cell(rows))


def _p_cells(planned: Paired, rows: list[Result]) -> tuple[Cell, ...]:
    names = [] if planned.test == "none" else ["p"] if planned.family == "none" else ["p", "p_adjusted"]
    return tuple(cell(*find(rows, statistic=name)[:1]) for name in names)


def _pairs_cell(rows: list[Result]) -> Cell:
    pairs = find(rows, level="pairs", statistic="n")
    lost = pairs[0].n_missing if pairs else 0
    return Cell(f"{pairs[0].text} ({lost} dropped)" if lost else pairs[0].text, tuple(pairs)) if pairs else Cell()


def summary_cell(rows: Sequence[Result], show: str) -> Cell:
    """Mean ± SD, or median (q1–q3); a dash without values."""
    used = [row for name in _SHOWN[show] for row in find(rows, statistic=name)[:1]]
    if not used or used[0].value is None:
        return Cell("-" if used else "", tuple(used[:1]))
    texts = [row.text for row in used]
    return Cell(f"{texts[0]} ± {texts[1]}" if show == "mean_sd" else f"{texts[0]} ({texts[1]}–{texts[2]})", tuple(used))


def size_cell(rows: Sequence[Result]) -> Cell:
    """An estimate with its limits, and the level that they attain where that differs from the one asked for."""
    names = ("estimate", "conf_low", "conf_high", "attained")
    found = {name: row for name in names for row in find(rows, statistic=name)[:1]}
    if "estimate" not in found or found["estimate"].value is None:
        return Cell("-" if found else "", tuple(found.values())[:1])
    texts = {name: row.text for name, row in found.items()}
    limits = "-" if found["conf_low"].value is None else f"{texts['conf_low']} to {texts['conf_high']}"
    attained = f"; {texts['attained']}%" if "attained" in found else ""
    return Cell(f"{texts['estimate']} ({limits}{attained})", tuple(found.values()))
