"""One bar a subject: follow-up, episodes of support by colour and hatch, infusions, events, death, and an arrow where it goes on."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from cordside.protocol.plans.timetoevent import Swimmer
from cordside.protocol.protocol import Protocol
from cordside.report.figures.canvas import GREY, INK, PALE, box, paint, say
from cordside.report.layouts.shared import reason_of, subjects_of
from cordside.results import Result, find, origins_of

_STARTS = {"first infusion": "the first infusion", "consent": "consent", "admission": "admission"}
_BANDS = (
    ("#ffffff", ""),
    ("#cfe3f1", ""),
    ("#9cc9e6", "...."),
    ("#56B4E9", "////"),
    ("#E69F00", ""),
    ("#f0c05a", "\\\\\\\\"),
    ("#f5d998", "xxxx"),
    ("#D55E00", ""),
    ("#b04a00", "////"),
    ("#8a2be2", "\\\\\\\\"),
    ("#444444", "xxxx"),
)
"""Colour and hatch of the episodes, in the order in which the plan names those that occur; colour-blind readers have the hatch."""
_EVENTS = ("D", "s", "P", "*", "h", "v")
_EVENT_COLOURS = ("#009E73", "#CC79A7", "#0072B2", "#E69F00", "#000000", "#999999")
_OPEN = (0, (3, 2))
_Box = tuple[float, float, int, float]
_ROW, _SMALLEST, _TALLEST = 0.30, 0.10, 8.6
"""Inches a bar where there is room, inches below which bars have no names, inches of all bars together."""


def draw(planned: Swimmer, rows: Sequence[Result], protocol: Protocol) -> str:
    """The bars of a plan as SVG, in the order of the rows; many subjects have thin bars without names."""
    if reason := reason_of(rows):
        return box(planned.id, planned.title, reason)
    subjects = subjects_of(rows)
    each = min(_ROW, _TALLEST / len(subjects))
    return paint(
        planned.id,
        planned.title,
        1.25 + each * len(subjects),
        origins_of(rows),
        lambda figure: _draw(figure, planned, rows, subjects, each),
    )


def _draw(figure: Figure, planned: Swimmer, rows: Sequence[Result], subjects: dict[str, str], each: float) -> None:
    axes = figure.subplots()
    lines = {subject: line for line, subject in enumerate(subjects)}
    # A hatch or an outline in a bar thinner than its own lines is only ink.
    is_thin = each < _SMALLEST
    bands = {label: (colour, "" if is_thin else hatch) for label, (colour, hatch) in _looks(rows).items()}
    events = list(dict.fromkeys(row.label for row in find(rows, variable="event")))
    size = max(2.0, min(7.0, each * 24))
    _follow_ups(axes, find(rows, variable="follow-up", statistic="end"), lines, size, 0.0 if is_thin else 0.4)
    _episodes(axes, rows, bands, lines, 0.0 if is_thin else 0.5)
    _points(axes, rows, events, lines, size, 0.0 if is_thin else 0.6)
    _frame(axes, [] if is_thin else list(subjects.values()), len(subjects), _STARTS[planned.start])
    if planned.order == "arm":
        _arms(axes, rows, list(subjects))
    if not any(row.value is not None for row in find(rows, statistic="end", variable="follow-up")):
        say(axes, "no follow-up is known")
    figure.legend(handles=_legend(rows, bands, events, is_thin), loc="outside lower center", ncols=3, handletextpad=0.5, columnspacing=1.4)


def _looks(rows: Sequence[Result]) -> dict[str, tuple[str, str]]:
    """Colour and hatch of each kind of episode that is drawn; many kinds begin again."""
    spells = [row for row in rows if row.statistic == "start" and row.variable != "follow-up" and row.value is not None]
    labels = list(dict.fromkeys(row.label for row in sorted(spells, key=lambda row: _order(rows, row.variable))))
    return {label: _BANDS[place % len(_BANDS)] for place, label in enumerate(labels)}


def _order(rows: Sequence[Result], variable: str) -> int:
    return next(place for place, row in enumerate(rows) if row.variable == variable)


def _frame(axes: Axes, names: list[str], size: int, start: str) -> None:
    axes.use_sticky_edges = False
    axes.margins(x=0.02)
    axes.autoscale_view()
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(size - 0.35, -0.65)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=10))
    axes.set_xlabel(f"Days after {start}")
    axes.axvline(0, color=GREY, linewidth=0.7, zorder=0.4)
    if not names:
        axes.set_ylabel(f"{size} subjects")


def _arms(axes: Axes, rows: Sequence[Result], subjects: list[str]) -> None:
    """The arms' names beside their bars, and a line between them; none where there is one."""
    arms = {row.subject: row.level for row in find(rows, variable="follow-up", statistic="start")}
    lines: dict[str, list[int]] = {}
    for line, subject in enumerate(subjects):
        lines.setdefault(arms.get(subject, ""), []).append(line)
    for arm, own in lines.items() if len(lines) > 1 else ():
        axes.text(
            1.012, (own[0] + own[-1]) / 2, arm, transform=axes.get_yaxis_transform(), rotation=270, ha="left", va="center", weight="bold"
        )
        if own[0]:
            axes.axhline(own[0] - 0.5, color=GREY, linewidth=0.5, linestyle=(0, (1, 3)), zorder=0.3)


def _follow_ups(axes: Axes, rows: list[Result], lines: dict[str, int], size: float, outline: float) -> None:
    known = [row for row in rows if row.value is not None]
    _boxes(
        axes,
        [(0.0, row.value or 0.0, lines[row.subject], 0.34) for row in known],
        facecolor=PALE,
        edgecolor=GREY,
        linewidth=outline,
        zorder=1,
    )
    for row in rows:
        if row.value is None:
            axes.text(0, lines[row.subject], " no follow-up is known", va="center", fontsize=7, color=GREY)
    lasting = [row for row in known if row.level == "goes on"]
    longest = max([row.value or 0.0 for row in known], default=1.0)
    ends, places = [row.value or 0.0 for row in lasting], [lines[row.subject] for row in lasting]
    tips = [end + 0.03 * longest for end in ends]
    axes.hlines(places, ends, tips, color=INK, linewidth=0.9, zorder=4)
    axes.plot(tips, places, linestyle="", marker=">", color=INK, markersize=size * 0.7, zorder=4)


def _episodes(axes: Axes, rows: Sequence[Result], looks: dict[str, tuple[str, str]], lines: dict[str, int], outline: float) -> None:
    ends = {(row.subject, row.variable, row.level): row for row in find(rows, statistic="end")}
    drawn: dict[tuple[str, bool], list[_Box]] = {}
    for row in find(rows, statistic="start"):
        end = ends.get((row.subject, row.variable, row.level))
        if row.variable == "follow-up" or row.value is None or end is None or end.value is None:
            continue
        # What begins and ends on one day is still seen.
        width = max(end.value - row.value, 0.3)
        drawn.setdefault((row.label, bool(end.warning)), []).append((row.value, width, lines[row.subject], 0.7))
    for (label, is_open), boxes in drawn.items():
        colour, hatch = looks[label]
        _boxes(axes, boxes, facecolor=colour, hatch=hatch or None, edgecolor=INK, linewidth=outline, zorder=2, **_open(is_open, outline))


def _open(is_open: bool, outline: float) -> dict[str, Any]:
    """How an episode without an end is drawn: with a broken outline, or paler where bars are too thin for one."""
    if not is_open:
        return {}
    return {"linestyle": _OPEN} if outline else {"alpha": 0.45}


def _boxes(axes: Axes, boxes: list[_Box], **look: Any) -> None:
    """Bars of one look as one collection, so that hundreds are drawn as fast as one: left, length, line, height."""
    patches = [Rectangle((left, line - height / 2), length, height) for left, length, line, height in boxes]
    axes.add_collection(PatchCollection(patches, **look))


def _points(axes: Axes, rows: Sequence[Result], events: list[str], lines: dict[str, int], size: float, outline: float) -> None:
    kinds: dict[tuple[str, str], list[Result]] = {}
    for row in rows:
        if row.value is not None and row.variable in ("EX", "event", "death"):
            kinds.setdefault((row.variable, row.label if row.variable == "event" else ""), []).append(row)
    for (variable, _), own in kinds.items():
        lift = 0.05 if variable == "EX" else 0.0
        places = [lines[row.subject] - lift for row in own]
        look = _marker(own[0], events, size) | {"markeredgewidth": outline}
        axes.plot([row.value or 0.0 for row in own], places, zorder=5, clip_on=False, **look)


def _marker(row: Result, events: list[str], size: float) -> dict[str, Any]:
    if row.variable == "EX":
        return {"marker": "^", "markersize": size, "color": INK, "markeredgecolor": "white", "markeredgewidth": 0.6, "linestyle": ""}
    if row.variable == "death":
        return {
            "marker": "X",
            "markersize": size * 1.15,
            "color": "#b00020",
            "markeredgecolor": "white",
            "markeredgewidth": 0.6,
            "linestyle": "",
        }
    place = events.index(row.label)
    colour, shape = _EVENT_COLOURS[place % len(_EVENT_COLOURS)], _EVENTS[place % len(_EVENTS)]
    return {"marker": shape, "markersize": size, "color": colour, "markeredgecolor": "white", "markeredgewidth": 0.6, "linestyle": ""}


def _legend(rows: Sequence[Result], looks: dict[str, tuple[str, str]], events: list[str], is_thin: bool) -> list[Line2D | Patch]:
    handles: list[Line2D | Patch] = [Patch(facecolor=PALE, edgecolor=GREY, linewidth=0.4, label="followed, no episode recorded")]
    handles += [Patch(facecolor=colour, hatch=hatch, edgecolor=INK, linewidth=0.5, label=label) for label, (colour, hatch) in looks.items()]
    if any(row.statistic == "end" and row.variable != "follow-up" and row.warning for row in rows):
        pale = Patch(facecolor=INK, alpha=0.2, label="paler: end not recorded")
        handles.append(
            pale if is_thin else Patch(facecolor="white", edgecolor=INK, linewidth=0.7, linestyle=_OPEN, label="end not recorded")
        )
    shown = [next(iter(find(rows, variable=kind)), None) for kind in ("EX", "death")]
    first = {"EX": "infusion", "death": "death"}
    handles += [Line2D([], [], label=first[row.variable], **_marker(row, events, 7)) for row in shown if row]
    handles += [Line2D([], [], label=label, **_marker(find(rows, variable="event", label=label)[0], events, 7)) for label in events]
    if find(rows, variable="follow-up", level="goes on"):
        handles.append(Line2D([], [], linestyle="", marker=">", color=INK, markersize=5, label="follow-up goes on"))
    return handles
