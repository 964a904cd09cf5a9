"""Subjects, percentages and rows of each line side by side by group, P beside them: adverse events and treatments."""

from collections.abc import Iterator, Sequence

from cordside.report.layouts.shared import capital, cell, distinct, sized_column
from cordside.report.tables import Cell, Column, Row
from cordside.results import Result, find

EXPOSED = "exposed"
_INDENT = {"any": 0, "special interest": 1, "system": 0, "term": 1}
_PART = " / "


def columns_of(rows: Sequence[Result], groups: list[str], first: str) -> list[Column]:
    """The first column, a column a group with its size, and a column a test."""
    compared = distinct(row.group_level for row in rows if row.statistic == "p")
    columns = [Column("", first), *(sized_column(group, find(rows, level=EXPOSED, group_level=group, statistic="n")) for group in groups)]
    names = {"P": ""} | ({"P adjusted": ", adjusted"} if find(rows, statistic="p_adjusted") else {})
    return columns + [
        Column(f"{name} {arm}", f"P{words}" if len(compared) == 1 else f"P{words}, {arm}", "centre")
        for arm in compared
        for name, words in names.items()
    ]


def lines_of(rows: Sequence[Result], columns: list[Column], groups: list[str], flat: bool) -> Iterator[Row]:
    """A row a line; keyed by its label, behind its system and before its part where it has them: `SYSTEM: term / part`.

    flat: terms stand under no system, so that they are not indented.
    """
    lines: dict[tuple[str, str, str], list[Result]] = {}
    for row in rows:
        if row.level != EXPOSED and row.group_level and not row.subject and not row.error.startswith("no adverse event"):
            lines.setdefault((row.variable, row.label, row.level), []).append(row)
    section = ""
    for (variable, label, level), found in lines.items():
        kind, _, part = level.partition(_PART)
        if kind == "special interest" and section != kind:
            yield Row(kind, section=True, label="Events of special interest")
        if section == "special interest" and kind not in ("any", section):
            yield Row("all", section=True, label="All events")
        section = kind
        system = variable.partition(".")[2]
        key = f"{system}: {label}" if kind == "term" and system else label
        indent = (0 if flat and kind == "term" else _INDENT[kind]) + bool(part)
        yield Row(f"{key}{_PART}{part}" if part else key, _cells(found, columns, groups), part or capital(label), indent=indent)


def _cells(rows: list[Result], columns: list[Column], groups: list[str]) -> tuple[Cell, ...]:
    cells = {group: _counts(find(rows, group_level=group)) for group in groups}
    cells |= {f"P {row.group_level}": cell(row) for row in find(rows, statistic="p")}
    cells |= {f"P adjusted {row.group_level}": cell(row) for row in find(rows, statistic="p_adjusted")}
    return tuple(cells.get(column.key, Cell()) for column in columns[1:])


def _counts(rows: list[Result]) -> Cell:
    """`65 (75.6%) [281]`: subjects, percentage and rows; 0 alone, with its upper limit where there is one."""
    texts = {row.statistic: row.text for row in rows}
    used = tuple(row for row in rows if row.statistic in ("n", "percent", "count", "conf_high"))
    if not used:
        return Cell("-")
    if any(row.statistic == "percent" and row.error for row in used):
        return Cell("-", used)
    if texts.get("n") == "0":
        return Cell(f"0 (at most {texts['conf_high']}%)" if texts.get("conf_high", "-") != "-" else "0", used)
    return Cell(f"{texts.get('n', '-')} ({texts.get('percent', '-')}%) [{texts.get('count', '-')}]", used)


def limits_note(rows: Sequence[Result]) -> list[str]:
    """What the upper limits mean: method, who looked and for how long."""
    found = [row for row in rows if row.statistic == "conf_high" and not row.error]
    said = distinct(row.convention for row in found)
    return (
        [f"At most: exact one-sided 95% upper limit of the risk per subject where nobody had the event; {'; '.join(said)}."] if said else []
    )


def tests_note(rows: Sequence[Result], groups: list[str]) -> list[str]:
    """Which test gave P, and of what."""
    methods = distinct(row.method for row in rows if row.statistic == "p" and row.method)
    compared = {row.group_level for row in rows if row.statistic == "p"}
    reference = f"against {next((group for group in groups if group not in compared), 'the reference arm')}"
    adjusted = distinct(row.convention for row in find(rows, statistic="p_adjusted") if row.convention)
    number = f"adjusted by {'; '.join(adjusted)}" if adjusted else "not adjusted for the number of tests"
    return [f"P: {', '.join(methods)} of the subjects with and without, {reference}; {number}."] if methods else []
