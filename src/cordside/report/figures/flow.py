"""The flow of subjects as boxes: recorded, consented, eligible, treated, discharged or dead; a column a group."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from cordside.protocol.plans.base import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.figures.canvas import GREY, INK, box, paint
from cordside.report.layouts.shared import groups_of, reason_of
from cordside.results import Result, find, origins_of

_STEPS = ("recorded", "consented", "eligible", "treated", "end")
_NAMES = {"recorded": "Recorded", "consented": "Consent recorded", "eligible": "Eligibility", "treated": "Treated", "end": "End"}
_HIGH, _STEP = 0.66, 1.0
_SMALL = 6.8
"""Type in the narrow boxes of several columns."""


def draw(planned: Planned, rows: Sequence[Result], protocol: Protocol) -> str:
    """The flow as SVG; groups beyond four stand in the table only, and the total is drawn."""
    if reason := reason_of(rows):
        return box(planned.id, planned.title, reason)
    groups = groups_of(rows)
    shown = groups if len(groups) <= 4 else groups[-1:]
    return paint(planned.id, planned.title, 0.6 * len(_STEPS) + 0.2, origins_of(rows), lambda figure: _draw(figure, rows, shown))


def _draw(figure: Figure, rows: Sequence[Result], groups: list[str]) -> None:
    axes = figure.subplots()
    axes.set_axis_off()
    wide = max(len(groups), 2)
    axes.set_xlim(-wide / 2, wide / 2)
    axes.set_ylim(-_STEP * (len(_STEPS) - 1) - 0.4, 0.62 if len(groups) > 1 else 0.4)
    for index, group in enumerate(groups):
        centre = index - (len(groups) - 1) / 2
        if len(groups) > 1:
            axes.text(centre, 0.48, group, ha="center", va="center", weight="bold")
        _column(axes, find(rows, group_level=group), centre, 0.86 if len(groups) > 1 else 1.25)


def _column(axes: Axes, rows: list[Result], centre: float, wide: float) -> None:
    for place, step in enumerate(_STEPS):
        height = -_STEP * place
        axes.add_patch(
            FancyBboxPatch(
                (centre - wide / 2, height - _HIGH / 2),
                wide,
                _HIGH,
                boxstyle="round,pad=0,rounding_size=0.03",
                facecolor="white",
                edgecolor=GREY,
            )
        )
        title, words = _NAMES[step], _words(step, rows)
        axes.text(centre, height + 0.13, title, ha="center", va="center", weight="bold", color=INK)
        axes.text(centre, height - 0.14, words, ha="center", va="center", fontsize=None if wide > 1 else _SMALL)
        if place:
            axes.annotate(
                "", (centre, height + _HIGH / 2), (centre, height + _STEP - _HIGH / 2), arrowprops={"arrowstyle": "-|>", "color": GREY}
            )


def _words(step: str, rows: list[Result]) -> str:
    """What a box says: counts as they are in the rows."""
    if step == "eligible":
        return "   ".join(f"{row.level} {row.text}" for row in find(rows, variable="eligible")) or "not judged"
    if step == "treated":
        given = [f"{row.label}: {row.text}" for row in find(rows, variable="infusions")]
        return "   ".join([_count("treated", rows), *given])
    if step == "end":
        return f"discharged {_count('discharged', rows)}   died {_count('died', rows)}"
    return _count(step, rows)


def _count(variable: str, rows: list[Result]) -> str:
    found = find(rows, variable=variable)
    if not found or found[0].warning:
        return "not recorded"
    return f"n = {found[0].text}"
