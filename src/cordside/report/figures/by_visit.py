"""Mean with SD or SE at each visit: a panel a marker, single values in grey, outliers hollow."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cordside.protocol.plans.visits import ByVisit
from cordside.protocol.protocol import Protocol
from cordside.report.figures.canvas import GREY, INK, box, paint, say
from cordside.report.itemlabels import printed_unit, visit_label
from cordside.report.layouts.shared import reason_of
from cordside.results import Result, find, origins_of

_MEAN, _WITHOUT, _POINTS = "#0072B2", "#D55E00", "#9aa0a6"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WIDE = 46
"""Characters that the labels of all visits may have together to stand upright under half a page."""


def draw(planned: ByVisit, rows: Sequence[Result], protocol: Protocol) -> str:
    """The means of a plan as SVG, two panels a line, with n under each visit."""
    if reason := reason_of(rows):
        return box(planned.id, planned.title, reason)
    spread = planned.spread or protocol.conventions.spread
    lines = -(-len(planned.markers) // 2)
    return paint(
        planned.id, planned.title, 0.5 + 2.3 * lines, origins_of(rows), lambda figure: _draw(figure, planned, rows, protocol, spread)
    )


def _draw(figure: Figure, planned: ByVisit, rows: Sequence[Result], protocol: Protocol, spread: str) -> None:
    panels = figure.subplots(-(-len(planned.markers) // 2), 2, squeeze=False).flatten()
    labels = [visit_label(protocol, name) for name in planned.visits]
    for axes, marker, letter in zip(panels, planned.markers, _LETTERS, strict=False):
        axes.set_title(f"{letter}  {marker.label}", loc="left", weight="bold")
        _panel(axes, find(rows, variable=marker.item, label=marker.label), planned.visits, labels, spread)
    for axes in panels[len(planned.markers) :]:
        axes.set_axis_off()
    figure.legend(handles=_legend(rows, spread), loc="outside lower center", ncols=4)


def _panel(axes: Axes, rows: list[Result], visits: list[str], labels: list[str], spread: str) -> None:
    summaries = [row for row in rows if not row.subject]
    if not any(row.value is not None for row in find(summaries, statistic="mean")):
        say(axes, "no values")
        return
    values = [row for row in rows if row.subject and row.visit in visits]
    _points(axes, values, visits)
    _means(axes, find(summaries, level=""), visits, spread, _MEAN, "-", 0.0)
    if excluded := find(summaries, level="without outliers"):
        _means(axes, excluded, visits, spread, _WITHOUT, "--", 0.12)
    axes.set_ylabel(printed_unit(next((row.unit for row in rows if row.unit), "unit not stated")))
    _visit_labels(axes, summaries, visits, labels)
    axes.margins(y=0.12)


def _points(axes: Axes, values: list[Result], visits: list[str]) -> None:
    for row in values:
        if row.value is None:
            continue
        outlier = row.level == "outlier"
        face, edge = ("white", INK) if outlier else (_POINTS, _POINTS)
        place = visits.index(row.visit) - 0.14
        axes.plot(
            place, row.value, "o", markersize=6 if outlier else 3, markerfacecolor=face, markeredgecolor=edge, zorder=4 if outlier else 1.5
        )


def _means(axes: Axes, rows: list[Result], visits: list[str], spread: str, colour: str, line: object, aside: float) -> None:
    means = {row.visit: row.value for row in find(rows, statistic="mean") if row.value is not None}
    spreads = {row.visit: row.value for row in find(rows, statistic=spread) if row.value is not None}
    held = [visit for visit in visits if visit in means]
    places = [visits.index(visit) + aside for visit in held]
    heights = [means[visit] for visit in held]
    axes.plot(places, heights, linestyle=line, color=colour, marker="s" if aside else "o", markersize=4.5, linewidth=1.3, zorder=3)
    barred = [(place, means[visit], spreads[visit]) for place, visit in zip(places, held, strict=True) if visit in spreads]
    for place, mean, length in barred:
        axes.errorbar(place, mean, yerr=length, color=colour, capsize=3, linewidth=1.0, zorder=2.5)


def _visit_labels(axes: Axes, summaries: list[Result], visits: list[str], labels: list[str]) -> None:
    counts = {row.visit: row.text or row.n for row in find(summaries, statistic="n", level="")}
    words = [f"{label}\nn = {counts.get(visit, 0)}" for visit, label in zip(visits, labels, strict=True)]
    leaning = len(visits) > 6 or sum(map(len, labels)) > _WIDE
    axes.set_xticks(range(len(visits)), words, rotation=40 if leaning else 0, ha="right" if leaning else "center")
    axes.set_xlim(-0.4, len(visits) - 0.6)


def _legend(rows: Sequence[Result], spread: str) -> list[Line2D]:
    handles = [Line2D([], [], color=_MEAN, marker="o", markersize=4.5, label=f"mean, error bars ± {spread.upper()}")]
    handles.append(Line2D([], [], color=_POINTS, marker="o", markersize=3, linestyle="", label="value of one subject"))
    if any(row.level == "without outliers" for row in rows):
        handles.append(
            Line2D([], [], color=_WITHOUT, marker="s", markersize=4.5, linestyle="--", label=f"without outliers ± {spread.upper()}")
        )
    if any(row.level == "outlier" for row in rows):
        handles.append(
            Line2D(
                [], [], markerfacecolor="white", markeredgecolor=INK, marker="o", markersize=6, linestyle="", color=GREY, label="outlier"
            )
        )
    return handles
