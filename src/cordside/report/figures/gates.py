"""Gates of a tube, a panel each: where the parent's events lie, the outline, and the percentage with its interval.

Densities and places come from the room that counted them; nothing is computed here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, LogNorm
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from cordside.report.figures.canvas import COLOURS, GREY, INK, box, paint

_ACROSS, _HEIGHT = 3, 2.5
_LETTERS = 26
_DENSITY = LinearSegmentedColormap.from_list("density", ["#dfe7f2", "#7fa8d6", "#2f5f9e", "#14213d"])
"""From pale to dark, so that a copy in black and white says the same."""


@dataclass(frozen=True)
class Scale:
    """One axis: label, ends, ticks with labels, ticks without; all as places."""

    label: str
    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    minor: Sequence[float] = ()


@dataclass(frozen=True)
class Shape:
    """A gate's name, outline and percentage; in a histogram two points are the ends of a range."""

    name: str
    points: Sequence[tuple[float, float]]
    percent: str


@dataclass(frozen=True)
class Panel:
    """One panel. counts: bins of x by bins of y, or bins of x where y is None; control: the same bins of a control."""

    title: str
    x: Scale
    y: Scale | None
    counts: Any
    shapes: Sequence[Shape]
    control: Any = None
    control_words: str = ""


def draw(name: str, title: str, panels: Sequence[Panel], origins: tuple[str, ...] = ()) -> str:
    """All panels of a tube as one SVG, three a row; name: unique in the page."""
    if not panels:
        return box(name, title, "no gate has an outline")
    lines = -(-len(panels) // _ACROSS)
    return paint(name, title, _HEIGHT * lines, origins, lambda figure: _draw(figure, panels, lines))


def _draw(figure: Figure, panels: Sequence[Panel], lines: int) -> None:
    places = figure.subplots(lines, _ACROSS, squeeze=False).flatten()
    for number, (axes, panel) in enumerate(zip(places, panels, strict=False)):
        _head(axes, panel, f"{chr(ord('A') + number)}  " if number < _LETTERS else "")
        _frame(axes, panel)
        if panel.y is None:
            _histogram(axes, panel)
        else:
            _density(axes, panel, panel.y)
    for axes in places[len(panels) :]:
        axes.set_axis_off()


def _head(axes: Axes, panel: Panel, letter: str) -> None:
    """Title, and below it each gate with its percentage, unless those stand in the corners."""
    words = [] if _in_corners(panel) else [f"{shape.name}: {shape.percent}" for shape in panel.shapes]
    axes.set_title(f"{letter}{panel.title}", loc="left", weight="bold", fontsize=8, pad=4 + 9 * len(words))
    axes.annotate("\n".join(words), (0, 1), (0, 3), xycoords="axes fraction", textcoords="offset points", fontsize=7, va="bottom")


def _in_corners(panel: Panel) -> bool:
    """Whether gates are quadrants, each in a corner of its own: the axes then say which is which."""
    return panel.y is not None and len(panel.shapes) > 1 and len({_corner(shape, panel) for shape in panel.shapes}) == len(panel.shapes)


def _corner(shape: Shape, panel: Panel) -> tuple[bool, bool]:
    """Left or right, below or above the middle."""
    ends = panel.y or panel.x
    left = sum(x for x, _ in shape.points) / len(shape.points) < (panel.x.low + panel.x.high) / 2
    return left, sum(y for _, y in shape.points) / len(shape.points) < (ends.low + ends.high) / 2


def _frame(axes: Axes, panel: Panel) -> None:
    axes.set_xlim(panel.x.low, panel.x.high)
    axes.set_xlabel(panel.x.label, fontsize=8)
    axes.set_xticks([place for place, _ in panel.x.ticks], [label for _, label in panel.x.ticks], fontsize=7)
    axes.set_xticks(list(panel.x.minor), minor=True)
    for spine in axes.spines.values():
        spine.set_visible(True)


def _density(axes: Axes, panel: Panel, y: Scale) -> None:
    axes.set_ylim(y.low, y.high)
    axes.set_ylabel(y.label, fontsize=8)
    axes.set_yticks([place for place, _ in y.ticks], [label for _, label in y.ticks], fontsize=7)
    axes.set_yticks(list(y.minor), minor=True)
    most = float(panel.counts.max()) if panel.counts.size else 0.0
    if most > 0:
        ends = (panel.x.low, panel.x.high, y.low, y.high)
        seen = panel.counts.T.copy()
        seen[seen == 0] = float("nan")
        axes.imshow(
            seen, origin="lower", extent=ends, aspect="auto", cmap=_DENSITY, norm=LogNorm(1, max(most, 2)), interpolation="nearest"
        )
    for shape in panel.shapes:
        if shape.points:
            axes.add_patch(Polygon(list(shape.points), closed=True, fill=False, edgecolor=COLOURS[1], linewidth=1.1, zorder=4))
    if _in_corners(panel):
        for shape in panel.shapes:
            _in_corner(axes, shape.percent.replace(" (", "\n("), *_corner(shape, panel))


def _in_corner(axes: Axes, words: str, left: bool, below: bool) -> None:
    place = (0.03 if left else 0.97, 0.03 if below else 0.97)
    sides: Any = {"ha": "left" if left else "right", "va": "bottom" if below else "top"}
    axes.text(*place, words, transform=axes.transAxes, fontsize=6.5, color=INK, zorder=5, **sides)


def _histogram(axes: Axes, panel: Panel) -> None:
    top = float(panel.counts.max()) or 1.0
    step = (panel.x.high - panel.x.low) / len(panel.counts)
    edges = [panel.x.low + step * number for number in range(len(panel.counts) + 1)]
    if panel.control is not None and panel.control.max() > 0:
        axes.stairs(panel.control / panel.control.max() * top, edges, color=GREY, linewidth=0.9, linestyle="--", label=panel.control_words)
    axes.stairs(panel.counts, edges, fill=True, color=COLOURS[4], alpha=0.45)
    axes.stairs(panel.counts, edges, color=COLOURS[0], linewidth=0.9)
    axes.set_ylim(0, top * 1.35)
    axes.set_ylabel("events", fontsize=8)
    axes.tick_params(axis="y", labelsize=7)
    for shape in panel.shapes:
        _range(axes, panel, shape, top)
    if panel.control is not None:
        axes.legend(loc="upper left", fontsize=6.5, handlelength=1.8, borderpad=0.2)


def _range(axes: Axes, panel: Panel, shape: Shape, top: float) -> None:
    """The range as a bar with its ends."""
    low, high = (min(max(place, panel.x.low), panel.x.high) for place, _ in shape.points)
    for place in (low, high):
        if panel.x.low < place < panel.x.high:
            axes.plot([place, place], [0, top * 1.1], color=COLOURS[1], linewidth=1.1)
    axes.plot([low, high], [top * 1.1] * 2, color=COLOURS[1], linewidth=1.1)
