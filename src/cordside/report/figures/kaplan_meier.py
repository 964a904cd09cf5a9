"""Step curves with their limits as bands, marks for the censored, and those at risk beneath, under the ticks they belong to."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cordside.protocol.plans.timetoevent import KaplanMeier, TimeToEvent
from cordside.protocol.protocol import Protocol
from cordside.report.figures.canvas import COLOURS, GREY, INK, LINES, box, paint, say
from cordside.report.layouts.shared import groups_of, inside, reason_of
from cordside.results import Result, find, origins_of

_STARTS = {"first infusion": "the first infusion", "consent": "consent", "admission": "admission"}
_COMPETING = (0, (1, 1.2))
_LINE = 0.17
"""Inches of one line of the table of those at risk."""


def draw(planned: KaplanMeier, rows: Sequence[Result], protocol: Protocol) -> str:
    """The curves of a plan as SVG; cumulative incidences and 1 - S rise, survival falls."""
    if reason := reason_of(rows):
        return box(planned.id, planned.title, reason)
    times = next(item for item in protocol.analyses if isinstance(item, TimeToEvent) and item.id == planned.of)
    table = 0.5 + _LINE * len(groups_of(rows))
    return paint(planned.id, planned.title, 3.6 + table, origins_of(rows), lambda figure: _draw(figure, planned, times, rows, table))


def _draw(figure: Figure, planned: KaplanMeier, times: TimeToEvent, rows: Sequence[Result], table: float) -> None:
    curves, risk = figure.subplots(2, 1, sharex=True, height_ratios=(3.0, table - 0.3), squeeze=False)[:, 0]
    groups, styles = groups_of(rows), {}
    for place, group in enumerate(groups):
        styles[group] = {"color": COLOURS[place % len(COLOURS)], "linestyle": LINES[place % len(LINES)]}
        _group(curves, planned, times, find(rows, group_level=group), styles[group])
    _axes(curves, times)
    _at_risk(risk, rows, groups, styles, _STARTS[times.start])
    curves.set_title(_test(rows), loc="right", fontsize=8.5)
    if not any(row.value is not None for row in find(rows, statistic="estimate")):
        say(curves, "no estimate")
    figure.legend(handles=_legend(planned, times, rows, styles), loc="outside lower center", ncols=3, handlelength=3)


def _group(axes: Axes, planned: KaplanMeier, times: TimeToEvent, rows: list[Result], style: dict[str, Any]) -> None:
    labels = list(dict.fromkeys(row.label for row in find(rows, statistic="estimate")))
    for label in labels:
        own, is_event = find(rows, label=label), label == times.event.label
        days, shares = _points(find(own, statistic="estimate"))
        look = style if is_event else style | {"linestyle": _COMPETING, "linewidth": 1.1}
        start = 100.0 if times.is_survival else 0.0
        axes.step([0.0, *days], [start, *shares], where="post", zorder=3, **({"linewidth": 1.6} | look))
        if planned.bands and is_event:
            _band(axes, own, style["color"])
        if is_event:
            _marks(axes, find(rows, statistic="censored"), days, shares, style["color"])
    if planned.median:
        _median(axes, find(rows, statistic="median"), style["color"])


def _points(rows: list[Result]) -> tuple[list[float], list[float]]:
    known = [(float(row.level), row.value) for row in rows if row.value is not None]
    return [day for day, _ in known], [share for _, share in known]


def _band(axes: Axes, rows: list[Result], colour: str) -> None:
    low, high = (dict(zip(*_points(find(rows, statistic=name)), strict=True)) for name in ("conf_low", "conf_high"))
    days = [day for day, _ in sorted((float(row.level), row.label) for row in find(rows, statistic="estimate"))]
    # Where there are no limits, as before the first event, the band has a gap.
    lows, highs = ([limits.get(day, float("nan")) for day in days] for limits in (low, high))
    axes.fill_between(days, lows, highs, step="post", color=colour, alpha=0.14, linewidth=0, zorder=1)


def _marks(axes: Axes, rows: list[Result], days: list[float], shares: list[float], colour: str) -> None:
    for row in rows:
        held = [share for day, share in zip(days, shares, strict=True) if day <= float(row.level)]
        if held:
            axes.plot(float(row.level), held[-1], "|", markersize=7, markeredgewidth=1.1, color=colour, zorder=4)


def _median(axes: Axes, rows: list[Result], colour: str) -> None:
    for row in rows:
        if row.value is not None:
            axes.plot([0, row.value, row.value], [50, 50, 0], color=colour, linewidth=0.8, linestyle=(0, (4, 3)), zorder=2)


def _axes(axes: Axes, times: TimeToEvent) -> None:
    event = inside(times.event.label)
    words = {True: f"Without {event} (%)", False: f"With {event} (%)"}[times.is_survival]
    axes.set_ylabel(f"Cumulative incidence\nof {event} (%)" if times.is_incidence else words)
    axes.set_ylim(-2, 102)
    axes.set_yticks(range(0, 101, 20))
    axes.grid(axis="y", color=GREY, alpha=0.18, linewidth=0.6)


def _at_risk(axes: Axes, rows: Sequence[Result], groups: list[str], styles: dict[str, dict[str, Any]], start: str) -> None:
    counts = find(rows, statistic="at_risk")
    ticks = sorted({int(row.level) for row in counts})
    axes.set_yticks(range(len(groups)), groups)
    axes.set_ylim(len(groups) - 0.5, -0.7)
    axes.tick_params(axis="y", length=0)
    for spine in ("left", "bottom"):
        axes.spines[spine].set_visible(False)
    for label, group in zip(axes.get_yticklabels(), groups, strict=True):
        label.set_color(styles[group]["color"])
    for row in counts:
        axes.text(float(row.level), groups.index(row.group_level), row.text, ha="center", va="center", fontsize=8, color=INK)
    if ticks:
        axes.set_xticks(ticks)
        axes.set_xlim(-0.02 * ticks[-1], ticks[-1] * 1.02)
    axes.tick_params(axis="x", length=0, labelbottom=False)
    axes.set_title("At risk", loc="left", fontsize=8, pad=3)
    above = axes.figure.axes[0]
    above.tick_params(axis="x", labelbottom=True)
    above.set_xlabel(f"Days after {start}")


def _test(rows: Sequence[Result]) -> str:
    found = [row for level in ("gray", "test") for row in find(rows, statistic="p", level=level) if row.value is not None]
    return "; ".join(_with_p(row) for row in found)


def _with_p(row: Result) -> str:
    text = row.text
    words = "Gray's P" if row.level == "gray" else "Log-rank P" + (", cause-specific" if "cause-specific" in row.method else "")
    return f"{words} {text[0]} {text[1:]}" if text[:1] in "<>" else f"{words} = {text}"


def _legend(planned: KaplanMeier, times: TimeToEvent, rows: Sequence[Result], styles: dict[str, dict[str, Any]]) -> list[Line2D | Patch]:
    several = len(styles) > 1
    handles: list[Line2D | Patch] = []
    for group, style in styles.items():
        labels = list(dict.fromkeys(row.label for row in find(rows, group_level=group, statistic="estimate")))
        for label in labels:
            words = label if label == times.event.label else f"{label} first"
            look = style if label == times.event.label else style | {"linestyle": _COMPETING}
            # One event in several arms needs the arms' names only.
            name = group if several and len(labels) == 1 else f"{group}: {inside(words)}" if several else words
            handles.append(Line2D([], [], linewidth=1.6, label=name, **look))
    if planned.bands and any(row.value is not None for row in find(rows, statistic="conf_low")):
        limits = next(row.convention.partition(" limits")[0] for row in find(rows, statistic="estimate"))
        handles.append(Patch(facecolor=GREY, alpha=0.25, label=f"95% limits ({limits})"))
    if find(rows, statistic="censored"):
        handles.append(Line2D([], [], linestyle="", marker="|", markersize=7, color=INK, label="censored"))
    if planned.median and any(row.value is not None for row in find(rows, statistic="median")):
        handles.append(Line2D([], [], color=GREY, linewidth=0.8, linestyle=(0, (4, 3)), label="median"))
    return handles
