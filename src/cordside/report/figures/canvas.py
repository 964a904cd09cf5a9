"""The paper that figures are drawn on: one look, the same bytes every time, a watermark where no patient was measured.

Text is drawn as paths, so that a figure looks the same wherever it is opened. Global settings of matplotlib are left alone.
"""

import io
import re
import textwrap
import warnings
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import escape
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.layout_engine import ConstrainedLayoutEngine

from cordside.report.fonts import FAMILY, cjk_font
from cordside.report.statements import watermark

WIDTH = 7.0
"""Inches: the width of text on A4, so that 8 points stay 8 points on paper."""
INK, GREY, PALE = "#1a1a1a", "#6e6e6e", "#e3e6ea"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#999999")
"""Okabe and Ito's colours, which colour-blind readers can tell apart; markers tell them apart in black and white."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
LINES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)), (0, (6, 2, 1, 2)))

_STYLE = {
    "font.size": 8.5,
    "axes.titlesize": 9.5,
    "axes.labelsize": 8.5,
    "xtick.labelsize": 8.0,
    "ytick.labelsize": 8.0,
    "legend.fontsize": 8.0,
    "text.color": INK,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.7,
    "ytick.major.width": 0.7,
    "legend.frameon": False,
    "svg.fonttype": "path",
    "text.usetex": False,
    # A dollar sign in a name is a dollar sign.
    "text.parse_math": False,
    "path.simplify": True,
}
# A user's own matplotlibrc must not change a report; the backend is no matter of looks.
_PLAIN = {key: value for key, value in matplotlib.rcParamsDefault.items() if not key.startswith("backend")}


def paint(name: str, title: str, height: float, origins: tuple[str, ...], draw: Callable[[Figure], None]) -> str:
    """One figure as SVG text to stand inside a page.

    name: unique in the page; title: read out to those who do not see it; height: inches; draw: puts the drawing on the figure.
    """
    settings: Any = {**_PLAIN, **_STYLE, "font.family": _families(), "svg.hashsalt": name}
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        # Said once for the whole report, in plain words: see report/fonts.py.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(WIDTH, height), layout=ConstrainedLayoutEngine(w_pad=0.05, h_pad=0.06, hspace=0.03, wspace=0.02))
        draw(figure)
        _mark(figure, watermark(origins))
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return inline(out.getvalue(), name, title)


@cache
def _families() -> list[str]:
    """Fonts in the order in which a letter is looked for."""
    extra = cjk_font()
    if extra is None:
        return ["DejaVu Sans"]
    fontManager.addfont(extra)
    # The font has one weight, which stands for bold letters too; without this, matplotlib says so again and again.
    fontManager.ttflist.extend([replace(entry, weight=700) for entry in fontManager.ttflist if entry.name == FAMILY])
    return ["DejaVu Sans", FAMILY]


def box(name: str, title: str, reason: str) -> str:
    """A plain box that stands for a figure that cannot be drawn, with the reason."""
    words = f"cannot be drawn: {reason}"

    def draw(figure: Figure) -> None:
        axes = figure.add_subplot()
        say(axes, words, 90)

    return paint(name, f"{title}: {words}", 1.3, (), draw)


def say(axes: Axes, words: str, width: int = 36) -> None:
    """Words in the place of a drawing, in a frame; width: characters a line."""
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(True)
        spine.set_linestyle((0, (4, 3)))
    folded = textwrap.fill(words, width)
    axes.text(0.5, 0.5, folded, transform=axes.transAxes, ha="center", va="center", color=GREY)


def inline(svg: str, name: str, title: str) -> str:
    """An SVG document as an element of a page: no prolog, ids of its own, a title."""
    body = svg[svg.index("<svg") :].strip()
    body = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', body)
    body = re.sub(r'(href="#|url\(#)', rf"\1{name}-", body)
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r"<!--.*?-->\n?", "", body, flags=re.DOTALL)
    return body.replace("<svg ", f'<svg role="img" aria-label="{escape(title)}" ', 1)


def _mark(figure: Figure, words: str) -> None:
    if words:
        size = 46 if len(words) < 12 else 30
        # Over the drawing, so that no panel hides it and no cropped panel goes without it.
        figure.text(
            0.5, 0.5, words, ha="center", va="center", rotation=24, fontsize=size, color="#b00020", alpha=0.16, weight="bold", zorder=10
        )
