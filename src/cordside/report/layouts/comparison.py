"""Baseline, end and change by arm, then the differences between arms: a column an arm."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.comparison import Comparison
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import cell, distinct, groups_of, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

LINES = {"n": ("n",), "Mean (SD)": ("mean", "sd"), "Median (range)": ("median", "min", "max")}
_PATTERNS = {"n": "{n}", "Mean (SD)": "{mean} ({sd})", "Median (range)": "{median} ({min} to {max})"}


def draw(planned: Comparison, rows: Sequence[Result], protocol: Protocol) -> Table:
    """Rows are keyed `Baseline: n`, `<visit>: Mean (SD)`, `Change from baseline: ...`, `P of a dose response`, `<arm>: Difference (SE)`."""
    groups = groups_of(find(rows, level="subjects"))
    columns = [Column("", planned.measure.label), *(Column(group, _heading(rows, group)) for group in groups)]
    sections = {"baseline": "Baseline", "value": planned.visit, "change": "Change from baseline"}
    drawn = [row for level, words in sections.items() for row in described(find(rows, level=level), groups, words)]
    drawn += [*_dose_response(rows, groups), *(row for minus in groups for row in _differences(rows, groups, minus))]
    return table_of(planned, rows, columns, drawn, _notes(rows))


def _heading(rows: Sequence[Result], group: str) -> str:
    return f"{group} (n = {find(rows, level='subjects', group_level=group)[0].text})"


def described(rows: Sequence[Result], groups: list[str], words: str) -> Iterator[Row]:
    """A heading, and lines of n, mean (SD) and median (range) in each group."""
    if not rows:
        return
    yield Row(f"{words}:", (Cell(),) * len(groups), words, begins=True)
    for label in LINES:
        yield Row(f"{words}: {label}", tuple(summary(find(rows, group_level=group), label) for group in groups), label, indent=1)


def summary(rows: Sequence[Result], label: str) -> Cell:
    """One cell of a line: its statistics in their pattern, a dash where there are none."""
    used = tuple(row for row in rows if row.statistic in LINES[label])
    texts = {row.statistic: row.text for row in used}
    if not used:
        return Cell()
    if all(row.error for row in used) and label != "n":
        return Cell("-", used)
    return Cell(_PATTERNS[label].format_map({name: texts.get(name, "-") for name in LINES[label]}), used)


def _dose_response(rows: Sequence[Result], groups: list[str]) -> Iterator[Row]:
    found = find(rows, level="dose response", statistic="p")
    if found:
        yield Row("P of a dose response", (*(Cell(),) * (len(groups) - 1), cell(*found[:1])), "P of a dose response", begins=True)


def _differences(rows: Sequence[Result], groups: list[str], minus: str) -> Iterator[Row]:
    found = find(rows, level=f"minus {minus}")
    if not found:
        return
    yield Row(f"{minus}:", (Cell(),) * len(groups), f"Difference from {minus}", begins=True)
    lines = {"P": ("{p}", ("p",)), "Difference (SE)": ("{estimate} ({se})", ("estimate", "se"))}
    lines["95% confidence interval"] = ("{conf_low} to {conf_high}", ("conf_low", "conf_high"))
    for label, (pattern, names) in lines.items():
        cells = tuple(_patterned([row for row in find(found, group_level=group) if row.statistic in names], pattern) for group in groups)
        yield Row(f"{minus}: {label}", cells, label, indent=1)


def _patterned(rows: list[Result], pattern: str) -> Cell:
    if not rows:
        return Cell()
    failed = any(row.error or row.value is None for row in rows)
    return Cell("-" if failed else pattern.format_map({row.statistic: row.text for row in rows}), tuple(rows))


def _notes(rows: Sequence[Result]) -> list[str]:
    models = distinct(f"{row.method}: {row.convention}" for row in rows if row.statistic in ("estimate", "p") and row.convention)
    used = distinct(f"{row.n} subjects in the model, {row.n_missing} left out" for row in rows if row.statistic == "estimate")
    notes = [f"{model[:1].upper()}{model[1:]}." for model in models]
    return [*notes, *(f"{words}; P is not adjusted for the number of comparisons." for words in used)]
