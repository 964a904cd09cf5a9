"""The change of each subject as a bar, from the largest rise to the largest fall, coloured by arm: a panel a marker."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from cordside.protocol.plans.charts import Waterfall
from cordside.protocol.protocol import Protocol
from cordside.report.figures.canvas import COLOURS, GREY, INK, box, paint, say
from cordside.report.itemlabels import printed_unit
from cordside.report.layouts.shared import distinct, reason_of
from cordside.report.layouts.waterfall import sorted_changes
from cordside.results import Result, find, origins_of

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_NAMED = 45
_HATCHES = ("", "///", "...", "xxx", "\\\\\\", "+++", "ooo", "---")


def draw(planned: Waterfall, rows: Sequence[Result], protocol: Protocol) -> str:
    """The bars of a plan as SVG; more than 45 subjects are not named."""
    if reason := reason_of(rows):
        return box(planned.id, planned.title, reason)
    height = 0.4 + 2.5 * len(planned.markers)
    return paint(planned.id, planned.title, height, origins_of(rows), lambda figure: _draw(figure, planned, rows))


def _draw(figure: Figure, planned: Waterfall, rows: Sequence[Result]) -> None:
    panels = figure.subplots(len(planned.markers), 1, squeeze=False).flatten()
    arms = distinct(row.group_level for row in rows if not row.subject)
    for axes, marker, letter in zip(panels, planned.markers, _LETTERS, strict=False):
        axes.set_title(f"{letter}  {marker.label}" if len(panels) > 1 else marker.label, loc="left", weight="bold")
        _panel(axes, planned, find(rows, variable=marker.item, label=marker.label), arms)
    if len(arms) > 1:
        handles = [Patch(label=arm, **_look(at)) for at, arm in enumerate(arms)]
        figure.legend(handles=handles, loc="outside lower center", ncols=4)


def _look(turn: int) -> dict[str, Any]:
    """Colour for the screen, hatching for black and white."""
    return {"facecolor": COLOURS[turn % len(COLOURS)], "edgecolor": "white", "hatch": _HATCHES[turn % len(_HATCHES)]}


def _panel(axes: Axes, planned: Waterfall, rows: list[Result], arms: list[str]) -> None:
    changes = sorted_changes([row for row in rows if row.subject])
    known = [row for row in changes if row.value is not None]
    if not known:
        say(axes, "no subject has a value before and after")
        return
    for place, row in enumerate(known):
        turn = arms.index(row.level) if row.level in arms else 0
        axes.bar(place, row.value or 0, width=0.82, linewidth=0, **_look(turn))
    axes.axhline(0, color=INK, linewidth=0.8)
    for threshold in planned.thresholds:
        axes.axhline(float(threshold), color=GREY, linewidth=0.9, linestyle="--")
    _frame(axes, planned, known, len(changes) - len(known))


def _frame(axes: Axes, planned: Waterfall, known: list[Result], dropped: int) -> None:
    unit = printed_unit(next((row.unit for row in known if row.unit), ""))
    axes.set_ylabel("change, % of before" if planned.change == "percent" else f"change, {unit or 'unit not stated'}")
    axes.set_xlim(-0.7, len(known) - 0.3)
    axes.margins(y=0.08)
    if len(known) <= _MOST_NAMED:
        axes.set_xticks(range(len(known)), [row.group_level for row in known], rotation=90, fontsize=7)
    else:
        axes.set_xticks([])
    words = f"n = {len(known)}" + (f"; {dropped} without a pair" if dropped else "")
    axes.set_title(words, loc="right", fontsize=8)
