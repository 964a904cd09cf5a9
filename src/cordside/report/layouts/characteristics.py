"""n (%), median (IQR), mean ± SD and range, by arm and in total, with P and standardised differences where planned."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cordside.protocol.plans.characteristics import Characteristics, SummaryRow
from cordside.protocol.protocol import Protocol
from cordside.report.changewords import adjusted_heading, adjustment
from cordside.report.layouts.clearance import rule_words
from cordside.report.layouts.shared import cell, distinct, groups_of, sized_column, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

# What is printed of each way to summarise: the words behind the label, and the pattern of statistics.
_SHOWN = {
    "n_percent": ("n (%)", "{count} ({percent}%)"),
    "n": ("n", "{n}"),
    "mean_sd": ("mean ± SD", "{mean} ± {sd}"),
    "median_iqr": ("median (IQR)", "{median} ({q1}–{q3})"),
    "median_range": ("median (range)", "{median} ({min}–{max})"),
    "range": ("range", "{min}–{max}"),
}
_LINES = {
    "n": ("n",),
    "mean_sd": ("mean", "sd"),
    "median_iqr": ("median", "q1", "q3"),
    "median_range": ("median", "min", "max"),
    "range": ("min", "max"),
}
_WORDS = {
    "mean": "Mean",
    "sd": "SD",
    "median": "Median",
    "q1": "First quartile",
    "q3": "Third quartile",
    "min": "Minimum",
    "max": "Maximum",
}
_STATISTICS = ("n", "count", "percent", *_WORDS)


def draw(planned: Characteristics, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The characteristics of a plan; columns are keyed by arm or Total, `P`, `p_adjusted`, `SMD`, rows by label, lines by `label: line`."""
    groups = groups_of(rows)
    arms = distinct(row.group_level for row in find(rows, statistic="smd"))
    columns = [
        Column("", planned.corner),
        *(sized_column(group, find(rows, variable="DM.USUBJID", group_level=group, statistic="n")) for group in groups),
    ]
    columns += [Column("P", "P", "centre")] if any(row.statistic == "p" for row in rows) else []
    columns += [Column("p_adjusted", adjusted_heading(planned), "centre")] if any(row.statistic == "p_adjusted" for row in rows) else []
    columns += [Column(f"SMD {arm}", _of_difference(arm, arms), "centre") for arm in arms]
    drawn = [row for wanted, above in _headings(planned) for row in (*above, *_row(planned, wanted, rows, groups, columns))]
    notes = [*_percents(planned, rows), *_quantiles(rows), *_cleared(rows), *_tests(rows), *adjustment(rows), *_differences(rows)]
    return table_of(planned, rows, columns, drawn, notes)


def _of_difference(arm: str, arms: list[str]) -> str:
    return "Standardised difference" if len(arms) == 1 else f"Standardised difference, {arm}"


def _row(planned: Characteristics, wanted: SummaryRow, rows: Sequence[Result], groups: list[str], columns: list[Column]) -> Iterator[Row]:
    """The lines of one planned row; P and the differences stand in the first of them."""
    found = find(rows, variable=wanted.about(planned.data), label=wanted.label)
    beside = _beside(found, columns[1 + len(groups) :])
    lines = list(_lines(planned, wanted, found, groups))
    missing = [row for row in find(found, statistic="n") if row.n_missing]
    if missing:
        cells = tuple(_missing(find(found, group_level=group, statistic="n")) for group in groups)
        lines.append(Row(f"{wanted.label}: {wanted.missing}", cells, wanted.missing, indent=wanted.indent + 1))
    for at, line in enumerate(lines):
        yield replace(line, cells=(*line.cells, *(beside if at == 0 else (Cell(),) * len(beside))))


def _beside(rows: list[Result], columns: list[Column]) -> tuple[Cell, ...]:
    cells = {"P": cell(*find(rows, statistic="p")[:1]), "p_adjusted": cell(*find(rows, statistic="p_adjusted")[:1])}
    cells |= {f"SMD {row.group_level}": cell(row) for row in find(rows, statistic="smd")}
    return tuple(cells.get(column.key, Cell()) for column in columns)


def _lines(planned: Characteristics, wanted: SummaryRow, found: list[Result], groups: list[str]) -> Iterator[Row]:
    first = wanted.show[0]
    levels = distinct(row.level for row in found if row.level and row.statistic == "count")
    if len(wanted.show) == 1 and wanted.layout == "cell" and not wanted.joins and (first != "n_percent" or wanted.value is not None):
        words, pattern = _SHOWN[first]
        yield Row(wanted.label, _cells(found, groups, pattern), _label(planned, wanted, words), indent=wanted.indent)
        return
    if not wanted.joins:
        words = _SHOWN[first][0] if wanted.is_counted and len(wanted.show) == 1 else ""
        yield Row(f"{wanted.label}:", (Cell(),) * len(groups), _label(planned, wanted, words), indent=wanted.indent)
    for name, results, pattern in _patterns(wanted, found, levels):
        yield Row(f"{wanted.label}: {name}", _cells(results, groups, pattern), name, indent=min(wanted.indent + 1, 3))


def _label(planned: Characteristics, wanted: SummaryRow, words: str) -> str:
    """The label with how the row is summarised, unless it says so already or stands as written."""
    return wanted.label if words in wanted.label or planned.labels == "as written" else f"{wanted.label}, {words}"


def _patterns(wanted: SummaryRow, found: list[Result], levels: list[str]) -> Iterator[tuple[str, list[Result], str]]:
    """Words, results and pattern of each line below the label."""
    for show in wanted.show:
        if show == "n_percent":
            yield from ((level, find(found, level=level), _SHOWN[show][1]) for level in levels)
        elif wanted.layout == "lines":
            yield from ((_WORDS.get(name, name), found, f"{{{name}}}") for name in _LINES[show])
        else:
            words, pattern = _SHOWN[show]
            yield words[:1].upper() + words[1:] if words != "n" else words, found, pattern


def _cells(rows: list[Result], groups: list[str], pattern: str) -> tuple[Cell, ...]:
    return tuple(_cell(find(rows, group_level=group), pattern) for group in groups)


def _cell(rows: list[Result], pattern: str) -> Cell:
    texts = {row.statistic: row.text.rstrip("%") for row in rows}
    used = tuple(row for row in rows if f"{{{row.statistic}}}" in pattern)
    # A count of 0 that the plan lets stand alone has a percentage without text.
    shown = "{count}" if texts.get("percent") == "" and "percent" in pattern else pattern
    missing = [name for name in _STATISTICS if not texts.get(name)]
    return Cell(shown.format_map(texts | dict.fromkeys(missing, "-")) if used else "-", used or tuple(rows))


def _missing(rows: list[Result]) -> Cell:
    return Cell(str(rows[0].n_missing), tuple(rows)) if rows else Cell("-")


def _headings(planned: Characteristics) -> Iterator[tuple[SummaryRow, list[Row]]]:
    """Every planned row with the headings that begin above it, those inside others set in."""
    before: list[str] = []
    for wanted in planned.rows:
        kept = next((at for at, (old, new) in enumerate(zip(before, wanted.section, strict=False)) if old != new), len(before))
        yield wanted, [Row(name, section=True, indent=at) for at, name in enumerate(wanted.section) if at >= kept]
        before = wanted.section


def _percents(planned: Characteristics, rows: Sequence[Result]) -> list[str]:
    if not any(row.statistic == "percent" for row in rows):
        return []
    cells = "Counts are n (%). " if planned.labels == "as written" else ""
    whole = "of the group" if planned.percent_of == "group" else "of the group whose answer is known"
    return [f"{cells}Percentages are of the subjects {whole}; each is rounded by itself, so that they may not add up to 100."]


def _quantiles(rows: Sequence[Result]) -> list[str]:
    found = [row for row in rows if row.statistic in ("median", "q1", "q3") and row.convention]
    names = ", ".join(distinct(row.convention for row in found))
    quartiles = "IQR: first to third quartile; q" if any(row.statistic == "q1" for row in found) else "Q"
    return [f"{quartiles}uantiles by {names}."] if found else []


def _cleared(rows: Sequence[Result]) -> list[str]:
    """The rule by which swabs count as negative."""
    words = rule_words(find(rows, statistic="n"))
    return [f"Negative swabs. {' '.join(words)}"] if words else []


def _tests(rows: Sequence[Result]) -> list[str]:
    """Which test gave which P."""
    found = [row for row in rows if row.statistic == "p" and not row.error]
    tests: dict[str, list[str]] = {}
    for row in found:
        convention = f" ({row.convention})" if row.convention else ""
        tests.setdefault(f"{row.method}{convention}", []).append(row.label)
    if len(tests) == 1:
        return [f"P: {next(iter(tests))}."]
    return ["P: " + "; ".join(f"{test} for {', '.join(distinct(labels))}" for test, labels in tests.items()) + "."] if tests else []


def _differences(rows: Sequence[Result]) -> list[str]:
    found = [row for row in rows if row.statistic == "smd" and not row.error]
    named = distinct(f"{row.method}: {row.convention}, {row.group_level} {row.level}" for row in found)
    return [f"{'; '.join(named)[:1].upper()}{'; '.join(named)[1:]}."] if named else []
