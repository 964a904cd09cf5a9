"""Every planned figure drawn: which figure belongs to which kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cordside.protocol.plans.base import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.figures import (
    before_after,
    box_points,
    by_visit,
    flow,
    forest,
    images,
    kaplan_meier,
    swimmer,
    timeline,
    waterfall,
)
from cordside.report.numbering import figure_numbers
from cordside.report.remarks import beside
from cordside.report.statements import change_cautions
from cordside.results import Result, find, origins_of

Drawing = Callable[[Any, Sequence[Result], Protocol], str]
FIGURES: dict[str, Drawing] = {
    "timeline": timeline.draw,
    "by_visit": by_visit.draw,
    "before_after": before_after.draw,
    "box_points": box_points.draw,
    "waterfall": waterfall.draw,
    "forest": forest.draw,
    "kaplan_meier": kaplan_meier.draw,
    "swimmer": swimmer.draw,
}


_OF_CHANGES = ("before_after", "waterfall")
"""Kinds that set before beside after, so that a reader must be told what a change is not."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure ready to print: its SVG and what stands around it."""

    id: str
    number: str
    title: str
    svg: str
    footnotes: tuple[str, ...]
    origins: tuple[str, ...]


def draw_figures(results: Sequence[Result], protocol: Protocol, files: Mapping[str, bytes]) -> list[Figure]:
    """Every planned figure, in the plan's order, with its number.

    files: images by the name that the result rows cite.
    """
    planned = {item.id: item for item in protocol.analyses}
    return [
        _figure(planned[name], number, find(results, analysis=name), protocol, files) for name, number in figure_numbers(protocol).items()
    ]


def draw_flow(results: Sequence[Result], protocol: Protocol) -> Figure:
    """The diagram of the flow of subjects."""
    rows = find(results, analysis="flow")
    planned = Planned(id="flow-diagram", title="Flow of subjects")
    return Figure(planned.id, "Figure R1", planned.title, flow.draw(planned, rows, protocol), (), origins_of(rows))


def _figure(item: Any, number: str, rows: list[Result], protocol: Protocol, files: Mapping[str, bytes]) -> Figure:
    svg = images.draw(item, rows, protocol, files) if item.kind == "images" else FIGURES[item.kind](item, rows, protocol)
    warnings = dict.fromkeys(row.warning for row in rows if row.warning and row.warning != "no image" and not row.subject)
    cautions = change_cautions(protocol) if item.kind in _OF_CHANGES else []
    notes = (*item.footnotes, *cautions, *warnings, *beside(protocol, item.id))
    return Figure(item.id, number, item.title, svg, notes, origins_of(rows))
