"""Time to an event: groups across; who had it, the median, estimates at days with those at risk, the log-rank test."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.timetoevent import TimeToEvent
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import capital, cell, distinct, groups_of, inside, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_ESTIMATE = {
    "incidence": "Cumulative incidence of {event}, % (95% interval); at risk",
    "survival": "Kaplan-Meier, share without {event}, % (95% interval); at risk",
    "upwards": "Kaplan-Meier (1 - S), share with {event}, % (95% interval); at risk",
}
_STARTS = {"first infusion": "the first infusion", "consent": "consent", "admission": "admission to hospital"}
_CENSORED = {
    "end of participation": "at the end of participation, or at the data cut while none is recorded",
    "last contact": "at the last day on which anything was recorded of them",
}


def draw(planned: TimeToEvent, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The table of a planned time to an event; rows are keyed by label, and `Day N`; columns by arm or Total."""
    groups = groups_of(rows)
    columns = [Column("", ""), *(Column(group, group, "centre") for group in groups)]
    return table_of(planned, rows, columns, _rows(planned, rows, groups), _notes(planned, rows))


def _rows(planned: TimeToEvent, rows: Sequence[Result], groups: list[str]) -> Iterator[Row]:
    of_groups = [row for row in rows if not row.subject]
    yield _line("Subjects", find(of_groups, statistic="n"), groups)
    if any(row.n_missing for row in find(of_groups, statistic="n")):
        cells = [find(of_groups, statistic="n", group_level=group) for group in groups]
        yield Row("Left out", tuple(Cell(str(own[0].n_missing), tuple(own)) if own else Cell() for own in cells), indent=1)
    counted = find(of_groups, statistic="count")
    for level, pattern in {"event": "{}", "competing": "{} first", "censored": "{}"}.items():
        for label in distinct(row.label for row in find(counted, level=level)):
            key = pattern.format(label)
            yield _line(key, find(counted, level=level, label=label), groups, indent=1)
    medians = find(of_groups, level="median")
    yield Row("Median, days (95% interval)", tuple(_median(find(medians, group_level=group)) for group in groups))
    if planned.days:
        yield Row(_estimate_words(planned), section=True)
    for day in planned.days:
        own = find(of_groups, label=f"Day {day}")
        yield Row(f"Day {day}", tuple(_estimate(find(own, group_level=group)) for group in groups), indent=1)
    for level, words in {"test": "Log-rank P", "gray": "Gray's P"}.items():
        if test := find(of_groups, level=level):
            yield Row(words, (_test(test), *(Cell(),) * (len(groups) - 1)), spans=True)
    if ratios := find(of_groups, level="hazard ratio"):
        cells = [find(ratios, group_level=group) for group in groups]
        yield Row("Hazard ratio (95% interval)", tuple(_ratio(own) for own in cells))
        yield Row("Hazard ratio: P", tuple(cell(*find(own, statistic="p")) for own in cells), "P of the hazard ratio", indent=1)


def _line(key: str, rows: Sequence[Result], groups: list[str], indent: int = 0) -> Row:
    found = [find(rows, group_level=group)[:1] for group in groups]
    return Row(key, tuple(Cell(own[0].text, tuple(own)) if own else Cell() for own in found), indent=indent)


def _median(rows: list[Result]) -> Cell:
    texts = {row.statistic: row.text for row in rows}
    limits = [texts.get("conf_low", "-"), texts.get("conf_high", "-")]
    bare = limits == ["-", "-"]
    return Cell(texts.get("median", "-") if bare else f"{texts.get('median', '-')} ({_to(limits)})", tuple(rows))


def _estimate(rows: list[Result]) -> Cell:
    texts = {row.statistic: row.text for row in rows}
    if texts.get("estimate", "-") == "-":
        return Cell(f"-; {texts.get('at_risk', '-')}", tuple(rows))
    limits = [texts.get("conf_low", "-"), texts.get("conf_high", "-")]
    interval = "" if limits == ["-", "-"] else f" ({_to(limits)})"
    return Cell(f"{texts['estimate']}{interval}; {texts['at_risk']}", tuple(rows))


def _to(limits: list[str]) -> str:
    """Two limits; one that the curve does not reach is a dash."""
    return f"{limits[0]} to {limits[1]}"


def _test(rows: list[Result]) -> Cell:
    p = find(rows, statistic="p")[:1]
    return Cell(p[0].text if p else "-", tuple(rows))


def _ratio(rows: list[Result]) -> Cell:
    """The ratio with its limits; empty for the arm that others are compared with."""
    texts = {row.statistic: row.text for row in rows}
    used = tuple(row for row in rows if row.statistic in ("estimate", "conf_low", "conf_high"))
    if texts.get("estimate", "-") == "-":
        return Cell("-" if used else "", used)
    return Cell(f"{texts['estimate']} ({texts['conf_low']} to {texts['conf_high']})", used)


def _estimate_words(planned: TimeToEvent) -> str:
    kind = "incidence" if planned.is_incidence else "survival" if planned.is_survival else "upwards"
    return _ESTIMATE[kind].format(event=inside(planned.event.label))


def _notes(planned: TimeToEvent, rows: Sequence[Result]) -> list[str]:
    curves = [row for row in find(rows, statistic="estimate") if row.level != "hazard ratio"]
    methods = distinct(f"{row.method}: {row.convention}." for row in curves if row.method)
    medians = distinct(f"{row.method}: {row.convention}." for row in find(rows, statistic="median") if row.method)
    tests = distinct(f"{capital(row.method)}: {row.convention}." for row in find(rows, statistic="p") if row.convention)
    if find(rows, level="hazard ratio"):
        tests.append("A hazard ratio takes the ratio of the rates as the same at all times; that was not tested.")
    until = f" Everybody is censored at day {planned.until}." if planned.until else ""
    return [
        *(row.text for row in find(rows, statistic="note")),
        f"Days count from {_STARTS[planned.start]}, as differences of dates. Without the event subjects are censored "
        f"{_CENSORED[planned.censored_at]}; what only a test can show, at the last test.{until}",
        "At risk: those still waiting just before what happens on the day; a censoring on a day comes after its events.",
        *methods,
        *medians,
        *tests,
    ]
