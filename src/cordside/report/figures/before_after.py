"""One line a patient before and after: a panel a marker, one legend for all."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cordside.protocol.plans.visits import BeforeAfter
from cordside.protocol.protocol import Protocol
from cordside.report.figures.canvas import COLOURS, GREY, LINES, MARKERS, box, paint, say
from cordside.report.itemlabels import printed_unit, visit_label
from cordside.report.layouts.shared import reason_of, subjects_of
from cordside.results import Result, find, origins_of

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACROSS = 3


def draw(planned: BeforeAfter, rows: Sequence[Result], protocol: Protocol) -> str:
    """The changes of a plan as SVG, three panels a line; more than eight subjects share one grey and need no legend."""
    if reason := reason_of(rows):
        return box(planned.id, planned.title, reason)
    lines = -(-len(planned.markers) // _ACROSS)
    return paint(planned.id, planned.title, 0.4 + 2.35 * lines, origins_of(rows), lambda figure: _draw(figure, planned, rows, protocol))


def _draw(figure: Figure, planned: BeforeAfter, rows: Sequence[Result], protocol: Protocol) -> None:
    panels = figure.subplots(-(-len(planned.markers) // _ACROSS), _ACROSS, squeeze=False).flatten()
    visits = {name: visit_label(protocol, name) for name in (planned.before, planned.after)}
    styles = _styles(subjects_of(rows))
    for axes, marker, letter in zip(panels, planned.markers, _LETTERS, strict=False):
        axes.set_title(f"{letter}  {marker.label}", loc="left", weight="bold")
        _panel(axes, find(rows, variable=marker.item, label=marker.label), visits, styles)
    spare = list(panels[len(planned.markers) :])
    for axes in spare:
        axes.set_axis_off()
    _legend(figure, spare, styles)


def _styles(subjects: dict[str, str]) -> dict[str, dict[str, Any]]:
    if len(subjects) > len(COLOURS):
        return {name: {"color": GREY, "marker": "o", "linestyle": "-", "alpha": 0.6} for name in subjects}
    looks = zip(COLOURS, MARKERS, LINES, strict=True)
    return {
        name: {"color": colour, "marker": marker, "linestyle": line, "label": heading}
        for (name, heading), (colour, marker, line) in zip(subjects.items(), looks, strict=False)
    }


def _panel(axes: Axes, rows: list[Result], visits: dict[str, str], styles: dict[str, dict[str, Any]]) -> None:
    values = find(rows, statistic="value")
    if all(row.value is None for row in values):
        say(axes, "no values")
        return
    for name, style in styles.items():
        own = {row.visit: row.value for row in find(values, subject=name) if row.value is not None}
        held = [visit for visit in visits if visit in own]
        axes.plot([list(visits).index(visit) for visit in held], [own[visit] for visit in held], markersize=5, linewidth=1.4, **style)
    axes.set_xticks(range(len(visits)), [_label(label) for label in visits.values()])
    axes.set_xlim(-0.35, 1.35)
    axes.set_ylabel(printed_unit(next((row.unit for row in rows if row.unit), "unit not stated")))
    pairs = find(rows, statistic="n")
    if pairs:
        axes.set_xlabel(f"n = {pairs[0].text or pairs[0].n} pairs")


def _label(label: str) -> str:
    return label.replace(" ", "\n", 1) if len(label) > 9 else label


def _legend(figure: Figure, spare: Sequence[Axes], styles: dict[str, dict[str, Any]]) -> None:
    """One legend: in the empty place of the grid where there is one, else below."""
    handles = [Line2D([], [], markersize=5, linewidth=1.4, **style) for style in styles.values() if "label" in style]
    if not handles:
        return
    if spare:
        spare[0].legend(handles=handles, loc="center", fontsize=9, handlelength=3, title="One line a subject", alignment="left")
    else:
        figure.legend(handles=handles, loc="outside lower center", ncols=4, handlelength=3)
