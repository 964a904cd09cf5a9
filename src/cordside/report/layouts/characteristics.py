"""n (%), median (IQR) and mean ± SD, by arm and in total."""

from collections.abc import Iterator, Sequence

from cordside.protocol.analyses import Characteristics, SummaryRow
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import distinct, groups_of, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

# What is printed of each way to summarise: the words behind the label, and the pattern of statistics.
_SHOWN = {
    "n_percent": ("n (%)", "{count} ({percent}%)"),
    "mean_sd": ("mean ± SD", "{mean} ± {sd}"),
    "median_iqr": ("median (IQR)", "{median} ({q1}–{q3})"),
    "median_range": ("median (range)", "{median} ({min}–{max})"),
    "range": ("range", "{min}–{max}"),
}


def draw(planned: Characteristics, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The characteristics of a plan; columns are keyed by arm or Total, rows by label, counted levels by `label: level`."""
    groups = groups_of(rows)
    columns = [Column("", "Characteristic"), *(Column(group, _heading(rows, group)) for group in groups)]
    drawn = [row for wanted in planned.rows for row in _rows(wanted, rows, groups)]
    return table_of(planned, rows, columns, _with_sections(planned, drawn), [*_missing(planned, rows), *_quantiles(rows)])


def _heading(rows: Sequence[Result], group: str) -> str:
    counted = find(rows, variable="DM.USUBJID", group_level=group, statistic="n")
    return f"{group} (n = {counted[0].text or counted[0].n})" if counted else group


def _rows(wanted: SummaryRow, rows: Sequence[Result], groups: list[str]) -> Iterator[Row]:
    found = find(rows, variable=wanted.item, label=wanted.label)
    words, pattern = _SHOWN[wanted.show]
    label = wanted.label if words in wanted.label else f"{wanted.label}, {words}"
    levels = distinct(row.level for row in found if row.level)
    if wanted.show != "n_percent" or wanted.value is not None:
        yield Row(wanted.label, _cells(found, groups, pattern), label, indent=wanted.indent)
        return
    yield Row(f"{wanted.label}:", (Cell(),) * len(groups), label, indent=wanted.indent)
    for level in levels:
        yield Row(f"{wanted.label}: {level}", _cells(find(found, level=level), groups, pattern), level, indent=wanted.indent + 1)


def _cells(rows: Sequence[Result], groups: list[str], pattern: str) -> tuple[Cell, ...]:
    return tuple(_cell(find(rows, group_level=group), pattern) for group in groups)


def _cell(rows: list[Result], pattern: str) -> Cell:
    texts = {row.statistic: row.text.rstrip("%") or "-" for row in rows}
    used = tuple(row for row in rows if f"{{{row.statistic}}}" in pattern)
    missing = [name for name in ("count", "percent", "mean", "sd", "median", "q1", "q3", "min", "max") if name not in texts]
    return Cell(pattern.format_map(texts | dict.fromkeys(missing, "-")) if used else "-", used or tuple(rows))


def _with_sections(planned: Characteristics, drawn: list[Row]) -> Iterator[Row]:
    starts = {wanted.label: wanted.section for wanted in planned.rows}
    section = None
    for row in drawn:
        own = starts.get(row.key.rstrip(":"), section)
        if own and own != section:
            yield Row(own, section=True)
        section = own
        yield row


def _missing(planned: Characteristics, rows: Sequence[Result]) -> list[str]:
    """One sentence a row of which values are missing."""
    counted = [row for row in rows if row.statistic == "n" and row.n_missing and row.variable != "DM.USUBJID"]
    return distinct(f"{row.label}: {row.n_missing} missing ({row.group_level})." for row in counted)


def _quantiles(rows: Sequence[Result]) -> list[str]:
    names = distinct(row.convention for row in rows if row.statistic in ("median", "q1", "q3") and row.convention)
    return [f"IQR: first to third quartile; quantiles by {', '.join(names)}."] if names else []
