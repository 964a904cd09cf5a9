"""A row a patient: infusions, swabs and visits in days after the first infusion; the stay as a length where undated."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from cordside.protocol.plans.pictures import Timeline
from cordside.protocol.protocol import Protocol
from cordside.report.figures.canvas import GREY, INK, PALE, box, paint, say
from cordside.report.layouts.shared import reason_of, subjects_of
from cordside.results import Result, find, origins_of

_INFUSION = "#0072B2"
_SHAPES = ("^", "s", "v", "P", "X")
_LANES = (-0.28, 0.28, -0.4, 0.4, 0.0)
_UNSTATED_LANE = 0.28
_POSITIVE = "positive"


def draw(planned: Timeline, rows: Sequence[Result], protocol: Protocol) -> str:
    """The timelines of a plan as SVG; stays without dates stand beside the time axis, for they have no place on it."""
    if reason := reason_of(rows):
        return box(planned.id, planned.title, reason)
    subjects = subjects_of(rows)
    undated = [row for row in find(rows, variable="HO", statistic="value") if not _has_dates(rows, row.subject)]
    height = 1.1 + 0.62 * len(subjects)
    return paint(planned.id, planned.title, height, origins_of(rows), lambda figure: _draw(figure, rows, subjects, undated))


def _has_dates(rows: Sequence[Result], subject: str) -> bool:
    ends = [*find(rows, variable="HO", subject=subject, statistic="start"), *find(rows, variable="HO", subject=subject, statistic="end")]
    return len([row for row in ends if row.value is not None]) == 2


def _draw(figure: Figure, rows: Sequence[Result], subjects: dict[str, str], undated: list[Result]) -> None:
    columns = figure.subplots(1, 2, sharey=True, width_ratios=(3.0, 1.25), squeeze=False)[0] if undated else [figure.subplots()]
    days, stays = columns[0], columns[1] if undated else None
    _frame(days, subjects)
    places = {place: index for index, place in enumerate(dict.fromkeys(row.level for row in find(rows, variable="MB")))}
    for line, name in enumerate(subjects):
        own = find(rows, subject=name)
        _stay(days, own, line)
        _visits(days, find(own, variable="SV"), line)
        _swabs(days, find(own, variable="MB", statistic="value"), line, places)
        _infusions(days, find(own, variable="EX", statistic="value"), line)
    if stays is not None:
        _lengths(stays, undated, list(subjects))
    if not any(row.value is not None for row in rows if row.variable in ("EX", "MB", "SV")):
        say(days, "no dates")
    figure.legend(handles=_legend(rows, places), loc="outside lower center", ncols=4, handletextpad=0.4, columnspacing=1.4)


def _frame(axes: Axes, subjects: dict[str, str]) -> None:
    axes.set_yticks(range(len(subjects)), subjects.values())
    axes.set_ylim(len(subjects) - 0.45, -0.55)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=10))
    axes.set_xlabel("Days after the first infusion")
    axes.axvline(0, color=GREY, linewidth=0.7, zorder=0)
    for line in range(len(subjects)):
        axes.axhline(line, color=PALE, linewidth=0.8, zorder=0)
        if line:
            axes.axhline(line - 0.5, color=GREY, linewidth=0.3, linestyle=(0, (1, 3)), zorder=0)


def _stay(axes: Axes, rows: list[Result], line: int) -> None:
    ends = {row.statistic: row.value for row in find(rows, variable="HO") if row.statistic in ("start", "end")}
    start, end = ends.get("start"), ends.get("end")
    if start is not None and end is not None:
        axes.barh(line, end - start, left=start, height=0.86, color=PALE, edgecolor=GREY, linewidth=0.6, zorder=0.5)


def _visits(axes: Axes, rows: list[Result], line: int) -> None:
    days = [row.value for row in rows if row.value is not None]
    axes.plot(days, [line + 0.4] * len(days), linestyle="", marker="|", markersize=7, color=GREY, markeredgewidth=1.4, zorder=2)


def _swabs(axes: Axes, rows: list[Result], line: int, places: dict[str, int]) -> None:
    for row in rows:
        if row.value is not None:
            index = places[row.level]
            face = INK if row.text.casefold() == _POSITIVE else "white"
            lane = line + (_LANES[index % len(_LANES)] if row.level else _UNSTATED_LANE)
            axes.plot(
                row.value,
                lane,
                _marker(row.level, index),
                markersize=6,
                markerfacecolor=face,
                markeredgecolor=INK,
                markeredgewidth=0.9,
                zorder=3,
            )


def _marker(place: str, index: int) -> str:
    return _SHAPES[index % len(_SHAPES)] if place else "D"


def _infusions(axes: Axes, rows: list[Result], line: int) -> None:
    for number, row in enumerate(rows, 1):
        if row.value is None:
            continue
        derived = row.level == "derived"
        face, ink = ("white", _INFUSION) if derived else (_INFUSION, "white")
        axes.plot(row.value, line, "o", markersize=11, markerfacecolor=face, markeredgecolor=_INFUSION, markeredgewidth=1.2, zorder=4)
        words = "".join(character for character in row.label if character.isdigit()) or str(number)
        axes.annotate(words, (row.value, line), ha="center", va="center_baseline", fontsize=8, color=ink, weight="bold", zorder=5)


def _lengths(axes: Axes, rows: list[Result], subjects: list[str]) -> None:
    """Stays without dates: bars from nought, each with its words, on an axis that is no calendar."""
    axes.set_xlabel("Length of stay (days)")
    axes.tick_params(axis="y", left=False, labelleft=False)
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=4))
    longest = max([row.value for row in rows if row.value is not None], default=1.0)
    axes.set_xlim(0, max(longest * 1.05, 1))
    for row in rows:
        line = subjects.index(row.subject)
        axes.barh(line + 0.14, row.value or 0, height=0.3, color=PALE, edgecolor=GREY, linewidth=0.6, hatch="////")
        words = f"{row.text if 'day' in row.text else row.text + ' days'}, dates not published"
        axes.text(0, line - 0.08, words, fontsize=8, va="bottom", ha="left")


def _legend(rows: Sequence[Result], places: dict[str, int]) -> list[Line2D | Patch]:
    infusions = find(rows, variable="EX", statistic="value")
    handles: list[Line2D | Patch] = []
    if any(row.level != "derived" for row in infusions):
        handles.append(_handle("o", _INFUSION, _INFUSION, "infusion, by number"))
    if any(row.level == "derived" for row in infusions):
        handles.append(_handle("o", "white", _INFUSION, "infusion, date derived"))
    handles += [
        _handle(_marker(place, index), GREY, GREY, f"swab, {place.lower() or 'specimen not stated'}") for place, index in places.items()
    ]
    if places:
        handles += [_handle("h", INK, INK, "positive: filled"), _handle("h", "white", INK, "negative: hollow")]
    if any(row.value is not None for row in find(rows, variable="SV")):
        handles.append(_handle("|", GREY, GREY, "visit"))
    if find(rows, variable="HO", statistic="start"):
        handles.append(Patch(facecolor=PALE, edgecolor=GREY, linewidth=0.6, label="stay in hospital"))
    return handles


def _handle(marker: str, face: str, edge: str, label: str) -> Line2D:
    return Line2D([], [], linestyle="", marker=marker, markersize=7, markerfacecolor=face, markeredgecolor=edge, label=label)
