"""Baseline, end and change by arm, then the differences between arms: a column an arm."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.comparison import Comparison
from cordside.protocol.protocol import Protocol
from cordside.report.changewords import adjusted_heading, adjustment
from cordside.report.layouts.shared import cell, distinct, groups_of, sized_column, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_IN = {True: "in the model", False: "compared"}
LINES = {"n": ("n",), "Mean (SD)": ("mean", "sd"), "Median (range)": ("median", "min", "max")}
_PATTERNS = {"n": "{n}", "Mean (SD)": "{mean} ({sd})", "Median (range)": "{median} ({min} to {max})"}


def draw(planned: Comparison, rows: Sequence[Result], protocol: Protocol) -> Table:
    """Rows are keyed `Baseline: n`, `<visit>: Mean (SD)`, `Change from baseline: ...`, `P of a dose response`, `<arm>: Difference (SE)`.

    With least-squares means also `Least-squares mean (SE)` and `Least-squares mean: 95% confidence interval`; in a family
    `<arm>: P (Holm)`; of the rank-sum test `<arm>: Difference`.
    """
    groups = groups_of(find(rows, level="subjects"))
    columns = [
        Column("", planned.measure.label),
        *(sized_column(group, find(rows, level="subjects", group_level=group)) for group in groups),
    ]
    sections = {"baseline": "Baseline", "value": planned.visit, "change": "Change from baseline"}
    drawn = [row for level, words in sections.items() for row in described(find(rows, level=level), groups, words)]
    drawn += [*_dose_response(rows, groups), *_means(rows, groups)]
    drawn += [row for minus in groups for row in _differences(planned, rows, groups, minus)]
    return table_of(planned, rows, columns, drawn, _notes(planned, rows))


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


def _means(rows: Sequence[Result], groups: list[str]) -> Iterator[Row]:
    found = find(rows, level="least-squares mean")
    lines = {"Least-squares mean (SE)": ("{estimate} ({se})", "Least-squares mean (SE)")} if found else {}
    lines |= {"Least-squares mean: 95% confidence interval": ("{conf_low} to {conf_high}", "95% confidence interval")} if found else {}
    for at, (key, (pattern, label)) in enumerate(lines.items()):
        used = [[row for row in find(found, group_level=group) if f"{{{row.statistic}}}" in pattern] for group in groups]
        yield Row(key, tuple(_patterned(own, pattern) for own in used), label, indent=at, begins=not at)


def _differences(planned: Comparison, rows: Sequence[Result], groups: list[str], minus: str) -> Iterator[Row]:
    found = find(rows, level=f"minus {minus}")
    if not found:
        return
    yield Row(f"{minus}:", (Cell(),) * len(groups), f"Difference from {minus}", begins=True)
    lines: dict[str, tuple[str, tuple[str, ...]]] = {"P": ("{p}", ("p",))}
    if planned.family != "none":
        lines[adjusted_heading(planned)] = ("{p_adjusted}", ("p_adjusted",))
    if planned.method == "rank_sum":
        lines["Difference"] = ("{estimate}", ("estimate",))
        lines["95% confidence interval"] = ("{conf_low} to {conf_high}; {attained}%", ("conf_low", "conf_high", "attained"))
    else:
        lines["Difference (SE)"] = ("{estimate} ({se})", ("estimate", "se"))
        lines["95% confidence interval"] = ("{conf_low} to {conf_high}", ("conf_low", "conf_high"))
    for label, (pattern, names) in lines.items():
        cells = tuple(_patterned([row for row in find(found, group_level=group) if row.statistic in names], pattern) for group in groups)
        yield Row(f"{minus}: {label}", cells, label, indent=1)


def _patterned(rows: list[Result], pattern: str) -> Cell:
    if not rows:
        return Cell()
    failed = any(row.error or row.value is None for row in rows)
    return Cell("-" if failed else pattern.format_map({row.statistic: row.text for row in rows}), tuple(rows))


def _notes(planned: Comparison, rows: Sequence[Result]) -> list[str]:
    models = distinct(f"{row.method}: {row.convention}" for row in rows if row.statistic in ("estimate", "p") and row.convention)
    unit = "values" if planned.method == "mixed" else "subjects"
    differences = [row for row in find(rows, statistic="estimate") if row.level.startswith("minus ")]
    used = distinct(f"{row.n} {unit} {_IN[planned.is_model]}, {row.n_missing} left out" for row in differences)
    notes = [f"{model[:1].upper()}{model[1:]}." for model in models]
    if find(rows, statistic="attained"):
        notes.append("The number behind a confidence interval is the level that it attains.")
    adjusted = adjustment(rows)
    plain = "" if adjusted else "; P is not adjusted for the number of comparisons"
    return [*notes, *(f"{words}{plain}." for words in used), *adjusted]
