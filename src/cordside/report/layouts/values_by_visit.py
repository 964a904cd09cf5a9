"""Values and changes by visit and group: a row a visit and group, columns of n, mean (SD), median and range."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.comparison import ValuesByVisit
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.comparison import summary
from cordside.report.layouts.shared import distinct, groups_of, table_of, with_unit
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_LINES = {"mean_sd": ("n", "Mean (SD)"), "all": ("n", "Mean (SD)", "Median (range)")}
_WORDS = {"value": "", "change": "Change: "}


def draw(planned: ValuesByVisit, rows: Sequence[Result], protocol: Protocol) -> Table:
    """Rows are keyed `marker / group / visit` (group only where there are several), columns `n`, `Change: Mean (SD)` and the like."""
    groups = groups_of(rows)
    shown = [(str(level), line) for level in planned.show for line in _LINES[planned.columns]]
    columns = [Column("", "Visit"), *(Column(f"{_WORDS[level]}{line}", align="centre") for level, line in shown)]
    drawn = [row for marker in planned.markers for row in _marker(find(rows, label=marker.label), marker.label, groups, shown)]
    return table_of(planned, rows, columns, drawn, _notes(planned, rows))


def _marker(rows: list[Result], label: str, groups: list[str], shown: list[tuple[str, str]]) -> Iterator[Row]:
    unit = next((row.unit for row in rows if row.unit), "")
    yield Row(label, section=True, label=with_unit(label, unit))
    for group in groups:
        own = find(rows, group_level=group)
        several = len(groups) > 1
        if several:
            yield Row(f"{label} / {group}", (Cell(),) * len(shown), group, begins=True)
        for visit in distinct(row.visit for row in own):
            at = find(own, visit=visit)
            cells = tuple(summary(find(at, level=level), line) for level, line in shown)
            yield Row(f"{label} / {group} / {visit}" if several else f"{label} / {visit}", cells, visit, indent=int(several))


def _notes(planned: ValuesByVisit, rows: Sequence[Result]) -> list[str]:
    counts = "records at the visit, with and without a value" if planned.n == "records" else "values"
    missing = [row for row in find(rows, statistic="mean", level="value") if row.n_missing]
    words = [f"{row.label}, {row.group_level}, {row.visit}: {row.n_missing} records without a value" for row in missing]
    return [f"n counts {counts}. SD: divisor n - 1.", *([f"{'; '.join(words)}."] if words else [])]
