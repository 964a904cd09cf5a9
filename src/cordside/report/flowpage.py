"""The page of one tube: what was counted, by which method, the verdict, and the picture of every gate."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cordside.report.figures.gates import Panel, draw
from cordside.report.templating import TEMPLATES, environment
from cordside.results import Grid


@dataclass(frozen=True)
class FlowPage:
    """What stands on the page besides the pictures."""

    title: str
    subtitle: str
    grids: Sequence[Grid]
    footnotes: Sequence[str]


def write_flow_page(page: FlowPage, panels: Sequence[Panel]) -> str:
    """The page as one HTML file that needs nothing beside it; the same input gives the same bytes."""
    style = Markup((TEMPLATES / "flow.css").read_text(encoding="utf-8"))
    picture = Markup(draw("gates", f"Gates of {page.title}", panels))
    return environment().get_template("flow.html.j2").render(page=page, style=style, picture=picture)
