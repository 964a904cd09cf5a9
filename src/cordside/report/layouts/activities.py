"""The schedule of activities: visits across, panels down, a cross where one is asked. Printed from the protocol alone."""

from collections.abc import Iterator

from cordside.protocol.protocol import Protocol
from cordside.protocol.schedule import Panel, PlannedVisit
from cordside.report.itemlabels import asked_label, condition_words
from cordside.report.layouts.glance import window_words
from cordside.report.tables import Cell, Column, Row, Table

_ANCHORS = {"last infusion": "counted from the last infusion", "admission": "counted from admission", "consent": "counted from consent"}

UNPUBLISHED = "n.p."


def draw_activities(protocol: Protocol) -> Table:
    """Visits × panels with days and windows; panels asked of some subjects only are footnoted with their condition."""
    visits = protocol.planned_visits()
    columns = (Column("", "Activity"), *(Column(visit.name, visit.label, "centre") for visit in visits))
    if not visits:
        return Table("activities", "Table P2", "Schedule of activities", columns, (), empty="the visits are not published")
    conditions = {name: f"p{number}" for number, name in enumerate((n for n, panel in protocol.panels.items() if panel.when), 1)}
    rows = [_days(visits), _windows(visits), _places(visits), *_infusions(visits), *_panels(protocol, visits, conditions)]
    return Table(
        "activities",
        "Table P2",
        "Schedule of activities",
        columns,
        tuple(rows),
        tuple(_notes(visits)),
        tuple(_conditions(protocol, conditions)),
    )


def draw_panels(protocol: Protocol) -> Table:
    """What each panel asks, item by item with specimen and unit."""
    columns = (Column("", "Panel"), Column("asks", "Asks"))
    rows = [
        Row(name, (Cell("; ".join(asked_label(asked) for asked in panel.items)),), panel.label or name)
        for name, panel in protocol.panels.items()
    ]
    return Table("panels", "Table P3", "What the panels ask", columns, tuple(rows), empty="" if rows else "the protocol has no panels")


def _days(visits: list[PlannedVisit]) -> Row:
    return Row("day", tuple(Cell(_day(visit), marks=_anchor_mark(visit, visits)) for visit in visits), "Study day")


def _day(visit: PlannedVisit) -> str:
    if visit.visit.unscheduled:
        return "any"
    if visit.day is None:
        return UNPUBLISHED if not visit.visit.is_published("day") else "not fixed"
    return str(visit.day).replace("-", "−")


def _windows(visits: list[PlannedVisit]) -> Row:
    return Row("window", tuple(Cell(_window(visit)) for visit in visits), "Window (days)")


def _window(visit: PlannedVisit) -> str:
    if visit.day is None:
        return "–"
    return window_words(visit.visit.window) if visit.visit.is_published("window") else UNPUBLISHED


def _places(visits: list[PlannedVisit]) -> Row:
    return Row("by", tuple(Cell(visit.visit.by) for visit in visits), "Where")


def _infusions(visits: list[PlannedVisit]) -> Iterator[Row]:
    if any(visit.visit.infusion for visit in visits):
        cells = tuple(Cell(str(visit.visit.infusion or "")) for visit in visits)
        yield Row("infusion", cells, "Infusion (number)", begins=True)


def _panels(protocol: Protocol, visits: list[PlannedVisit], conditions: dict[str, str]) -> Iterator[Row]:
    for place, (name, panel) in enumerate(protocol.panels.items()):
        cells = tuple(Cell("×" if name in visit.visit.ask else "") for visit in visits)
        asked = any(cell.text for cell in cells)
        label = (panel.label or name) + ("" if asked else " (at no planned visit)")
        yield Row(name, cells, label, begins=place == 0, marks=conditions.get(name, ""))


def _anchors(visits: list[PlannedVisit]) -> dict[str, str]:
    used = [anchor for anchor in _ANCHORS if any(visit.visit.anchor == anchor and visit.day is not None for visit in visits)]
    return {anchor: f"d{number}" for number, anchor in enumerate(used, 1)}


def _anchor_mark(visit: PlannedVisit, visits: list[PlannedVisit]) -> str:
    return _anchors(visits).get(visit.visit.anchor, "") if visit.day is not None else ""


def _notes(visits: list[PlannedVisit]) -> Iterator[str]:
    yield "Day 1 is the day of the first infusion; there is no day 0. A cross: the panel is asked."
    if any(UNPUBLISHED in (_day(visit), _window(visit)) for visit in visits):
        yield f"{UNPUBLISHED}: not published."
    yield from (f"{mark}: {_ANCHORS[anchor]} (its day is day 1)." for anchor, mark in _anchors(visits).items())


def _conditions(protocol: Protocol, conditions: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, mark in conditions.items():
        panel: Panel = protocol.panels[name]
        if panel.when:
            yield mark, f"only of subjects for whom it is known that: {condition_words(panel.when)}"
