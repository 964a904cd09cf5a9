"""Values and their change at each visit: a section a marker, a block a group."""

from collections.abc import Callable, Iterator, Sequence

from cordside.protocol.plans.changes import ChangeByVisit, ChangeMarker
from cordside.protocol.protocol import Protocol
from cordside.report.changewords import adjusted_heading, adjustment, level_words, mean_regression, methods, moments, not_apart, quantiles
from cordside.report.itemlabels import visit_label
from cordside.report.layouts.paired import ALONE, size_cell, summary_cell
from cordside.report.layouts.shared import cell, groups_of, table_of, with_unit
from cordside.report.statements import change_cautions, unseen_words
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_BASELINE = "baseline"
_WORDS = {"mean_sd": "Mean ± SD", "median_iqr": "Median (IQR)"}
_Draw = Callable[[list[Result]], Cell]


def draw(planned: ChangeByVisit, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The changes of a plan; rows are keyed `marker: line`, or `marker: group: line` where there are several groups.

    Columns: baseline, then the visits by name. Lines: n, missing, mean or median, change, pairs, P, P (Holm), by ranks,
    regression to the mean alone, Friedman P.
    """
    groups = groups_of(rows)
    visits = [Column(name, visit_label(protocol, name)) for name in planned.visits]
    columns = [Column("", "Marker"), Column(_BASELINE, "Baseline"), *visits]
    drawn = [row for marker in planned.markers for row in _marker(planned, marker, rows, groups)]
    notes = [
        *change_cautions(protocol),
        *not_apart(planned, protocol),
        moments(planned.before, None, protocol),
        quantiles(rows),
        *methods(rows, planned),
    ]
    notes += [*adjustment(rows), *mean_regression(rows), *_friedman(rows), *unseen_words(protocol)]
    return table_of(planned, rows, columns, drawn, filter(None, notes))


def _marker(planned: ChangeByVisit, marker: ChangeMarker, rows: Sequence[Result], groups: list[str]) -> Iterator[Row]:
    found = find(rows, variable=marker.item, label=marker.label)
    yield Row(f"{marker.label}:", (), with_unit(marker.label, next((row.unit for row in found if row.unit), "")), section=True)
    if not any(row.level for row in found):
        cells = (cell(*found), *(Cell(),) * len(planned.visits))
        yield Row(f"{marker.label}: none", cells, "n", indent=1)
        return
    for group in groups:
        prefix = f"{marker.label}: {group}" if len(groups) > 1 else marker.label
        if len(groups) > 1:
            yield Row(f"{prefix}:", (Cell(),) * (1 + len(planned.visits)), group, indent=1, begins=True)
        yield from _group(planned, marker, find(found, group_level=group), prefix, 1 + int(len(groups) > 1))


def _group(planned: ChangeByVisit, marker: ChangeMarker, rows: list[Result], prefix: str, indent: int) -> Iterator[Row]:
    for words, level, of_baseline, drawn in _lines(planned, marker):
        first = (drawn(find(rows, level=_BASELINE)) if of_baseline else Cell(),)
        cells = first + tuple(drawn(find(rows, level=level, visit=visit)) for visit in planned.visits)
        if any(found.results for found in cells):
            yield Row(f"{prefix}: {words}", cells, words, indent=indent)
    if over := find(rows, level="friedman", statistic="p"):
        yield Row(f"{prefix}: Friedman P", (cell(*over[:1]), *(Cell(),) * len(planned.visits)), "P over all visits", indent=indent)


def _lines(planned: ChangeByVisit, marker: ChangeMarker) -> Iterator[tuple[str, str, bool, _Draw]]:
    """Words, level, whether the baseline has it too, and how a cell is drawn."""
    yield "n", "value", True, _one("n")
    yield "Missing", "value", True, _missing
    yield _WORDS[marker.show], "value", True, lambda rows: summary_cell(rows, marker.show)
    yield "Pairs", "change", False, _one("n")
    yield f"Change ({level_words(planned)})", "change", False, size_cell
    if planned.test != "none":
        yield "P", "change", False, _one("p")
    if planned.test != "none" and planned.family != "none":
        yield adjusted_heading(planned), "change", False, _one("p_adjusted")
    yield "By ranks: change", "by ranks", False, size_cell
    yield "By ranks: P", "by ranks", False, _one("p")
    yield ALONE, "regression to the mean", False, _known


def _one(statistic: str) -> _Draw:
    return lambda rows: cell(*find(rows, statistic=statistic)[:1])


def _missing(rows: list[Result]) -> Cell:
    found = find(rows, statistic="n")[:1]
    return Cell(str(found[0].n_missing or 0), tuple(found)) if found else Cell()


def _known(rows: list[Result]) -> Cell:
    """The expected change; what cannot be computed stands in a footnote, not in a row of dashes."""
    return cell(*[row for row in rows if row.value is not None][:1])


def _friedman(rows: Sequence[Result]) -> list[str]:
    found = find(rows, level="friedman", statistic="p")
    used = sorted({row.n for row in found if row.n})
    among = f", of subjects with every value (n = {', '.join(map(str, used))})" if used else ""
    return [f"P over all visits: Friedman test of the values before and at the visits{among}."] if found else []
