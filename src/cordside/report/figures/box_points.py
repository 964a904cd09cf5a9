"""A box with every point by visit, arms side by side: a panel a marker."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from cordside.protocol.plans.charts import BoxPoints
from cordside.protocol.protocol import Protocol
from cordside.report.figures.canvas import COLOURS, INK, MARKERS, box, paint, say
from cordside.report.itemlabels import printed_unit, visit_label
from cordside.report.layouts.shared import groups_of, reason_of
from cordside.results import Result, find, origins_of

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ROOM = 0.78
"""Of the distance between two visits, what the boxes of all arms take together."""
_GOLDEN = 0.6180339887498949
_WIDE = 46
_WHOLE = ("min", "q1", "median", "q3", "max")


def draw(planned: BoxPoints, rows: Sequence[Result], protocol: Protocol) -> str:
    """The boxes of a plan as SVG; one panel a line where there are many boxes, else two."""
    if reason := reason_of(rows):
        return box(planned.id, planned.title, reason)
    groups = groups_of(rows)
    across = 1 if len(planned.visits) * len(groups) > 10 else 2
    lines = -(-len(planned.markers) // across)
    height = 0.5 + 2.5 * lines
    return paint(planned.id, planned.title, height, origins_of(rows), lambda figure: _draw(figure, planned, rows, protocol, groups, across))


def _draw(figure: Figure, planned: BoxPoints, rows: Sequence[Result], protocol: Protocol, groups: list[str], across: int) -> None:
    panels = figure.subplots(-(-len(planned.markers) // across), across, squeeze=False).flatten()
    labels = [visit_label(protocol, name) for name in planned.visits]
    for axes, marker, letter in zip(panels, planned.markers, _LETTERS, strict=False):
        axes.set_title(f"{letter}  {marker.label}", loc="left", weight="bold")
        _panel(axes, planned, find(rows, variable=marker.item, label=marker.label), groups, labels)
    for axes in panels[len(planned.markers) :]:
        axes.set_axis_off()
    words = "box: quartiles; line: median; whiskers: smallest and largest value; each point a subject"
    if len(groups) > 1:
        handles = [Patch(facecolor=COLOURS[at % len(COLOURS)], alpha=0.5, label=group) for at, group in enumerate(groups)]
        figure.legend(handles=handles, loc="outside lower center", ncols=4, title=words, title_fontsize=8)
    else:
        figure.supxlabel(words, fontsize=8)


def _panel(axes: Axes, planned: BoxPoints, rows: list[Result], groups: list[str], labels: list[str]) -> None:
    values = [row for row in rows if row.subject and row.value is not None]
    if not values:
        say(axes, "no values")
        return
    width = _ROOM / len(groups)
    hidden = 0
    for at, visit in enumerate(planned.visits):
        for turn, group in enumerate(groups):
            middle = at + (turn - (len(groups) - 1) / 2) * width
            own = [row for row in values if row.visit == visit and row.level in ("", group)]
            drawn = [row.value for row in own if row.value is not None and (planned.scale == "linear" or row.value > 0)]
            hidden += len(own) - len(drawn)
            _points(axes, sorted(drawn), middle, width, turn)
            _box(axes, find(rows, visit=visit, group_level=group), middle, width, turn, planned.scale)
    axes.set_yscale(planned.scale)
    axes.set_ylabel(printed_unit(next((row.unit for row in rows if row.unit), "unit not stated")))
    _visits(axes, planned, rows, groups, labels)
    if hidden:
        axes.annotate(
            f"{hidden} values not above 0 cannot be drawn", (0.99, 0.98), xycoords="axes fraction", ha="right", va="top", fontsize=7
        )


def _points(axes: Axes, values: list[float], middle: float, width: float, turn: int) -> None:
    """Every value, spread out sideways in a way that is always the same."""
    places = [middle + ((rank * _GOLDEN) % 1 - 0.5) * width * 0.62 for rank, _ in enumerate(values)]
    colour = COLOURS[turn % len(COLOURS)]
    axes.plot(places, values, linestyle="", marker=MARKERS[turn % len(MARKERS)], markersize=3, color=colour, alpha=0.65, zorder=2)


def _box(axes: Axes, rows: list[Result], middle: float, width: float, turn: int, scale: str) -> None:
    found = {row.statistic: row.value for row in rows if row.value is not None and row.statistic in _WHOLE}
    if len(found) < len(_WHOLE) or (scale == "log" and found["min"] <= 0):
        return
    half, colour = width * 0.38, COLOURS[turn % len(COLOURS)]
    corner = (middle - half, found["q1"])
    axes.add_patch(Rectangle(corner, 2 * half, found["q3"] - found["q1"], facecolor=colour, alpha=0.16, edgecolor="none", zorder=1))
    axes.add_patch(Rectangle(corner, 2 * half, found["q3"] - found["q1"], fill=False, edgecolor=colour, linewidth=0.9, zorder=3))
    axes.plot([middle - half, middle + half], [found["median"]] * 2, color=INK, linewidth=1.6, zorder=4, solid_capstyle="butt")
    for near, far in (("q1", "min"), ("q3", "max")):
        axes.plot([middle, middle], [found[near], found[far]], color=colour, linewidth=0.9, zorder=3)


def _visits(axes: Axes, planned: BoxPoints, rows: list[Result], groups: list[str], labels: list[str]) -> None:
    counts = {(row.visit, row.group_level): row.text for row in find(rows, statistic="n")}
    words = [
        f"{label}\nn = {', '.join(counts.get((visit, group), '0') for group in groups)}"
        for visit, label in zip(planned.visits, labels, strict=True)
    ]
    leaning = len(planned.visits) > 6 or sum(map(len, labels)) > _WIDE
    axes.set_xticks(range(len(planned.visits)), words, rotation=40 if leaning else 0, ha="right" if leaning else "center")
    axes.set_xlim(-0.6, len(planned.visits) - 0.4)
