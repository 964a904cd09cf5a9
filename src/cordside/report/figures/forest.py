"""Estimates with their intervals, one line each, with the numbers at the side; a panel a unit, for units share no axis."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter, ScalarFormatter

from cordside.protocol.plans.charts import Forest
from cordside.protocol.protocol import Protocol
from cordside.report.figures.canvas import GREY, PALE, WIDTH, box, paint
from cordside.report.itemlabels import printed_unit, visit_label
from cordside.report.layouts.shared import distinct, reason_of
from cordside.results import Result, find, origins_of

_INTERVAL = "#0072B2"
_LINE, _FRAME = 0.26, 0.75
_LETTER, _GAP, _NARROWEST = 0.062, 0.12, 1.4
"""Inches: a letter of eight points, between columns, the least that a drawing needs."""
_SIDE = "Estimate (interval)"
_LEVEL = re.compile(r"interval ([0-9.]+) %")
_PLACE = ("label", "group_level", "level", "visit")


@dataclass(frozen=True, slots=True)
class Line:
    """One estimate: its words, its rows by statistic."""

    words: str
    rows: dict[str, Result]

    def number(self, name: str) -> float | None:
        """The value of a statistic."""
        return self.rows[name].value if name in self.rows else None

    def text(self, name: str) -> str:
        """The printed text of a statistic."""
        return self.rows[name].text if name in self.rows else "-"

    @property
    def side(self) -> str:
        """Estimate and interval as printed."""
        if self.number("estimate") is None:
            return "-"
        limits = f"{self.text('conf_low')} to {self.text('conf_high')}"
        return f"{self.text('estimate')} ({limits})" if self.number("conf_low") is not None else f"{self.text('estimate')} (-)"


def draw(planned: Forest, rows: Sequence[Result], protocol: Protocol) -> str:
    """The estimates of a plan as SVG."""
    if reason := reason_of(rows):
        return box(planned.id, planned.title, reason)
    panels = [(unit, _lines(find(rows, statistic="estimate", unit=unit), rows, protocol)) for unit in _units(rows)]
    heights = [_LINE * (len(lines) + 1) + _FRAME for _, lines in panels]
    return paint(planned.id, planned.title, sum(heights), origins_of(rows), lambda figure: _draw(figure, planned, panels, heights))


def _units(rows: Sequence[Result]) -> list[str]:
    return distinct(row.unit for row in find(rows, statistic="estimate"))


def _lines(estimates: Sequence[Result], rows: Sequence[Result], protocol: Protocol) -> list[Line]:
    """A line an estimate; of what tells lines apart only that is named which differs."""
    everything = find(rows, statistic="estimate")
    differing = [name for name in _PLACE if len({getattr(row, name) for row in everything}) > 1] or ["label"]
    return [Line(_words(row, differing, protocol), _of_place(row, rows)) for row in estimates]


def _words(row: Result, differing: list[str], protocol: Protocol) -> str:
    parts = {name: getattr(row, name) for name in differing}
    if parts.get("visit"):
        parts["visit"] = visit_label(protocol, parts["visit"])
    return ", ".join(part for part in parts.values() if part) or row.label


def _of_place(estimate: Result, rows: Sequence[Result]) -> dict[str, Result]:
    wanted = {name: getattr(estimate, name) for name in ("variable", "subject", "group", *_PLACE)}
    return {row.statistic: row for row in find(rows, **wanted)}


def _draw(figure: Figure, planned: Forest, panels: list[tuple[str, list[Line]]], heights: list[float]) -> None:
    everything = [line for _, lines in panels for line in lines]
    columns = [
        (_heading(everything), [line.side for line in everything]),
        ("P", [line.text("p") for line in everything if "p" in line.rows]),
    ]
    widths = [_GAP + _LETTER * max(map(len, [heading, *texts])) if texts else 0.0 for heading, texts in columns]
    stub = _LETTER * max(len(line.words) for line in everything)
    ratios = {"height_ratios": heights, "width_ratios": [max(WIDTH - stub - sum(widths), _NARROWEST), sum(widths)]}
    grid = figure.subplots(len(panels), 2, squeeze=False, gridspec_kw=ratios)
    for (axes, side), (unit, lines) in zip(grid, panels, strict=True):
        _panel(axes, planned, unit, lines)
        _numbers(side, lines, widths, columns[0][0])


def _panel(axes: Axes, planned: Forest, unit: str, lines: list[Line]) -> None:
    for place, line in enumerate(lines):
        if place % 2:
            axes.axhspan(place - 0.5, place + 0.5, color=PALE, alpha=0.5, linewidth=0, zorder=0)
        _estimate(axes, line, place, planned.scale == "log")
    reference = planned.reference if planned.reference is not None else int(planned.scale == "log")
    axes.axvline(float(reference), color=GREY, linewidth=0.9, linestyle="--", zorder=1)
    if planned.scale == "log":
        _log_axis(axes)
    axes.set_ylim(len(lines) - 0.5, -1.5)
    axes.set_yticks(range(len(lines)), [line.words for line in lines])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(planned.axis or ("ratio" if unit == "ratio" else printed_unit(unit)))


def _log_axis(axes: Axes) -> None:
    axes.set_xscale("log")
    axes.margins(x=0.08)
    axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axes.xaxis.set_major_formatter(ScalarFormatter())
    axes.xaxis.set_minor_formatter(NullFormatter())


def _estimate(axes: Axes, line: Line, place: int, is_log: bool) -> None:
    found = {name: line.number(name) for name in ("estimate", "conf_low", "conf_high")}
    middle = found["estimate"]
    if middle is None or not math.isfinite(middle) or (is_log and middle <= 0):
        axes.annotate("cannot be drawn", (0.5, place), xycoords=("axes fraction", "data"), ha="center", va="center", fontsize=7, color=GREY)
        return
    limits = [limit for limit in (found["conf_low"], found["conf_high"]) if limit is not None and (limit > 0 or not is_log)]
    if len(limits) == 2:
        axes.plot(limits, [place, place], color=_INTERVAL, linewidth=1.4, solid_capstyle="butt", zorder=2)
    axes.plot(middle, place, marker="s", markersize=5.5, color=_INTERVAL, zorder=3)


def _heading(lines: list[Line]) -> str:
    """The level of the intervals, where all have one and the same."""
    conventions = [line.rows["conf_low"].convention for line in lines if "conf_low" in line.rows]
    levels = {named[1] if (named := _LEVEL.search(words)) else "" for words in conventions}
    level = levels.pop() if len(levels) == 1 else ""
    return f"Estimate ({level}% CI)" if level else _SIDE


def _numbers(axes: Axes, lines: list[Line], widths: list[float], heading: str) -> None:
    """Estimate with interval, and p where there is one, on the lines of the drawing beside them."""
    axes.set_axis_off()
    axes.set_ylim(len(lines) - 0.5, -1.5)
    axes.set_xlim(0, sum(widths))
    columns = [(0.0, heading, [line.side for line in lines])]
    if widths[1]:
        columns.append((widths[0], "P", [line.text("p") if "p" in line.rows else "" for line in lines]))
    for left, words, texts in columns:
        axes.text(left, -1, words, va="center", fontsize=8, weight="bold")
        for place, text in enumerate(texts):
            axes.text(left, place, text, va="center", fontsize=8)
