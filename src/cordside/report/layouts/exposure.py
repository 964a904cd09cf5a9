"""Exposure by arm: counts, then n, mean (SD), median (range) of doses, cells, volumes and days between."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.treatment import Exposure
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.comparison import LINES, summary
from cordside.report.layouts.shared import distinct, groups_of, sized_column, table_of, with_unit
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find


def draw(planned: Exposure, rows: Sequence[Result], protocol: Protocol) -> Table:
    """Rows are keyed by label, `label: line` for numbers, `label: level` for levels; columns by arm or Total."""
    groups = groups_of(rows)
    columns = [Column("", "Exposure"), *(sized_column(group, find(rows, variable="DM.USUBJID", group_level=group)) for group in groups)]
    labels = distinct(row.label for row in rows if row.variable != "DM.USUBJID")
    drawn = [row for label in labels for row in _rows(find(rows, label=label), label, groups)]
    notes = ["Historical: of an earlier study or paper, lot not known. Volume: given, else prepared. Days between: differences of dates."]
    return table_of(planned, rows, columns, drawn, notes)


def _rows(rows: list[Result], label: str, groups: list[str]) -> Iterator[Row]:
    levels = distinct(row.level for row in rows)
    if any(row.statistic == "median" for row in rows):
        for level in levels:
            yield from _numbers(find(rows, level=level), label, groups)
        return
    if levels == [""]:
        yield Row(label, tuple(_count(find(rows, group_level=group)) for group in groups))
        return
    yield Row(f"{label}:", (Cell(),) * len(groups), label)
    for level in levels:
        yield Row(f"{label}: {level}", tuple(_count(find(rows, level=level, group_level=group)) for group in groups), level, indent=1)


def _numbers(rows: list[Result], label: str, groups: list[str]) -> Iterator[Row]:
    heading = with_unit(label, next((row.unit for row in rows if row.unit), ""))
    yield Row(f"{heading}:", (Cell(),) * len(groups), heading)
    for line in LINES:
        yield Row(f"{heading}: {line}", tuple(summary(find(rows, group_level=group), line) for group in groups), line, indent=1)


def _count(rows: list[Result]) -> Cell:
    texts = {row.statistic: row.text for row in rows}
    if not rows:
        return Cell("0")
    return Cell(f"{texts['count']} ({texts['percent']}%)" if texts.get("percent", "-") != "-" else texts["count"], tuple(rows))
