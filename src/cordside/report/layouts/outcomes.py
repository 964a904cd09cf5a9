"""Outcomes: planned rows down, groups across; a line for the unknown under every row that has some."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.outcomes import (
    DeathRow,
    DischargeRow,
    FreeDaysRow,
    OutcomeRow,
    Outcomes,
    RoomAirRow,
    ScaleRow,
)
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import distinct, groups_of, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_SHOWN = {
    "mean_sd": ("mean ± SD", "{mean} ± {sd}"),
    "median_iqr": ("median (IQR)", "{median} ({q1}–{q3})"),
    "median_range": ("median (range)", "{median} ({min}–{max})"),
    "n_percent": ("n (%)", "{count} ({percent}%)"),
    "share": ("n/known (%) [95% interval]", "{count}/{n} ({percent}%) [{conf_low} to {conf_high}]"),
    "waited": ("median days (95% interval)", "{median} ({conf_low} to {conf_high})"),
}
_SIZE = "{estimate} ({conf_low} to {conf_high})"
_AGAINST = {
    "difference": ("Difference of shares, % (95% interval)", _SIZE),
    "odds ratio": ("Odds ratio (95% interval)", _SIZE),
    "odds ratio, conditional": ("Odds ratio, conditional (95% interval)", _SIZE),
    "Fisher": ("P", "{p}"),
}
_STARTS = {"first infusion": "the first infusion", "consent": "consent", "admission": "admission to hospital"}

_UNEVEN = (
    "A death is known at once, to be alive only after the day has passed: where many are unknown, the share of the dead among those "
    "known is too high, and days counted as 0 weigh too much. A time to event uses everybody for as long as they were followed."
)


def draw(planned: Outcomes, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The outcomes of a plan; rows are keyed by label, lines below by `label: what`; columns by arm or Total."""
    groups, of_groups = groups_of(rows), [row for row in rows if not row.subject]
    columns = [Column("", "Outcome"), *(Column(group, group, "centre") for group in groups)]
    return table_of(planned, rows, columns, _rows(planned, of_groups, groups), _notes(planned, rows))


def _rows(planned: Outcomes, rows: Sequence[Result], groups: list[str]) -> Iterator[Row]:
    section = None
    for wanted in planned.rows:
        if wanted.section and wanted.section != section:
            yield Row(wanted.section, section=True)
        section = wanted.section
        yield from _of_row(wanted, rows, groups)


def _of_row(wanted: OutcomeRow, rows: Sequence[Result], groups: list[str]) -> Iterator[Row]:
    found = find(rows, label=wanted.label)
    if isinstance(wanted, DeathRow | DischargeRow):
        own = find(found, level="")
        yield _line(wanted.label, own, groups, "share")
        yield from _unknown(wanted.label, own, groups)
        yield from _compared(wanted.label, found, groups)
        for criterion in wanted.criteria if isinstance(wanted, DischargeRow) else ():
            cells = tuple(_verdicts(find(rows, variable="criterion", label=criterion.label, group_level=group)) for group in groups)
            yield Row(f"{wanted.label}: {criterion.label}", cells, f"{criterion.label}: met / not met / unknown", indent=1)
    elif isinstance(wanted, FreeDaysRow):
        yield _line(wanted.label, find(found, level=""), groups, wanted.show)
        yield _count(wanted.label, "Died by the day", find(found, level="died"), groups)
        yield from _unknown(wanted.label, find(found, level=""), groups)
    elif isinstance(wanted, RoomAirRow):
        yield _line(wanted.label, find(found, level="median"), groups, "waited")
        for level, words in {"reached": "Reached", "died first": "Died first", "censored": "Not reached while followed"}.items():
            yield _count(wanted.label, words, find(found, level=level), groups)
        yield from _unknown(wanted.label, find(found, level=""), groups)
    elif isinstance(wanted, ScaleRow):
        yield from _scale(wanted, found, groups)


def _compared(label: str, rows: Sequence[Result], groups: list[str]) -> Iterator[Row]:
    """Beneath a share: each arm's size against the reference, and P, where the plan asks for them."""
    for level, (words, pattern) in _AGAINST.items():
        found = find(rows, level=level)
        if not found:
            continue
        cells = [[row for row in find(found, group_level=group) if f"{{{row.statistic}}}" in pattern] for group in groups]
        yield Row(f"{label}: {words}", tuple(_patterned(own, pattern) for own in cells), words, indent=1)


def _patterned(rows: list[Result], pattern: str) -> Cell:
    if not rows or rows[0].value is None:
        return Cell("-" if rows else "", tuple(rows))
    return Cell(pattern.format_map({row.statistic: row.text for row in rows}), tuple(rows))


def _scale(wanted: ScaleRow, rows: Sequence[Result], groups: list[str]) -> Iterator[Row]:
    if wrong := [row for row in rows if row.error and not row.group_level]:
        yield Row(wanted.label, (Cell("-", tuple(wrong)), *(Cell(),) * (len(groups) - 1)))
        return
    for day in wanted.days:
        own, key = find(rows, visit=f"day {day}"), f"{wanted.label}, day {day}"
        if wanted.show != "n_percent":
            yield _line(key, own, groups, wanted.show)
        else:
            sizes = [find(own, group_level=group, statistic="n") for group in groups]
            yield Row(key, tuple(Cell(f"n = {size[0].text}", tuple(size)) if size else Cell() for size in sizes), f"{key}, n (%)")
            for level in distinct(row.level for row in own if row.level):
                yield _line(f"{key}: {level}", find(own, level=level), groups, "n_percent", f"Score {level}", 1)
        yield from _unknown(key, own, groups)


def _line(key: str, rows: Sequence[Result], groups: list[str], shown: str, label: str = "", indent: int = 0) -> Row:
    words, pattern = _SHOWN[shown]
    printed = label or (key if words in key else f"{key}, {words}")
    return Row(key, tuple(_cell(find(rows, group_level=group), pattern) for group in groups), printed, indent=indent)


def _cell(rows: list[Result], pattern: str) -> Cell:
    texts = {row.statistic: row.text for row in rows}
    main = next((texts[name] for name in ("median", "mean", "count") if f"{{{name}}}" in pattern and name in texts), "-")
    if main == "-" or (main == "not reached" and texts.get("conf_low") == "-"):
        return Cell(main, tuple(rows))
    missing = ("count", "n", "percent", "conf_low", "conf_high", "median", "mean", "sd", "q1", "q3", "min", "max")
    return Cell(pattern.format_map(dict.fromkeys(missing, "-") | texts), tuple(rows))


def _count(label: str, words: str, rows: Sequence[Result], groups: list[str]) -> Row:
    found = [find(rows, group_level=group, statistic="count")[:1] for group in groups]
    return Row(f"{label}: {words}", tuple(Cell(own[0].text, tuple(own)) if own else Cell() for own in found), words, indent=1)


def _verdicts(rows: list[Result]) -> Cell:
    return Cell(" / ".join(row.text for row in rows), tuple(rows))


def _unknown(label: str, rows: Sequence[Result], groups: list[str]) -> Iterator[Row]:
    """How many are unknown, where anybody is; the reasons stand in the footnote of the cell."""
    sizes = [find(rows, group_level=group, statistic="n")[:1] for group in groups]
    if any(size[0].n_missing for size in sizes if size):
        cells = tuple(Cell(str(size[0].n_missing), tuple(size)) if size else Cell() for size in sizes)
        yield Row(f"{label}: Unknown", cells, "Unknown", indent=1)


def _notes(planned: Outcomes, rows: Sequence[Result]) -> list[str]:
    rules = [f"{row.label}: {row.method}." for row in find(rows, variable="free_days") if row.method]
    limits = [row for row in find(rows, statistic="conf_low", level="") if row.variable in ("death", "discharge")]
    shares = distinct(row.convention for row in limits if row.convention)
    against = [row for row in rows if row.level in _AGAINST and row.statistic in ("estimate", "p") and row.method]
    sizes = distinct(f"{row.method}, {row.convention}" for row in against)
    waited = [row for row in find(rows, variable="room_air", statistic="median") if row.method]
    quantiles = distinct(row.convention for row in find(rows, statistic="q1") if row.convention)
    named = [f"{row.label}: {row.named}." for row in planned.rows if isinstance(row, DischargeRow) and row.named]
    scales = [row for row in planned.rows if isinstance(row, ScaleRow)]
    return [
        *(row.text for row in find(rows, statistic="note")),
        f"Days count from {_STARTS[planned.start]}, as differences of dates.",
        "Unknown: the record cannot tell; nobody unknown is counted among those known. "
        + (
            "After a discharge alive nothing is taken for granted."
            if planned.after_discharge == "unknown"
            else "Who was discharged alive is taken as alive and free of support afterwards."
        ),
        *([_UNEVEN] if any(row.n_missing for row in find(rows, statistic="n")) else []),
        *distinct(rules),
        *distinct(f"{row.label}: the day on which the last oxygen support ended; {row.method}, {row.convention}." for row in waited),
        *(f"{row.label}: the score nearest to the day, from {row.window[0]} to {row.window[1]} days of it." for row in scales),
        *([f"Intervals of shares: {', '.join(distinct(shares)).title()}, 95%."] if shares else []),
        *([f"Compared are the subjects whose outcome is known: {'; '.join(sizes)}; P is not adjusted."] if sizes else []),
        *([f"IQR: quantiles by {', '.join(quantiles)}."] if quantiles else []),
        *named,
    ]
