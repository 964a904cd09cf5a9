"""The report as one HTML page that needs nothing beside it, on paper and on a phone."""

from collections.abc import Iterator

from markupsafe import Markup

from cordside.report.pieces import Document
from cordside.report.templating import TEMPLATES, environment
from cordside.report.themes import Theme
from cordside.report.tracing import Trace


def write(document: Document) -> bytes:
    """The page in UTF-8; the same document gives the same bytes."""
    trace = Trace(document)
    page = (
        environment()
        .get_template("report.html.j2")
        .render(
            document=document,
            trace=trace,
            style=Markup("".join(_styles(document))),
            results=Markup(trace.json()),
            script=Markup(_file("trace.js")),
        )
    )
    return page.encode()


def _styles(document: Document) -> Iterator[str]:
    yield _file("style.css")
    yield _file("trace.css")
    if document.theme.name != "plain":
        yield _looks(document.theme)
    if document.mark:
        yield f'@page {{ @top-center {{ content: "{document.mark}"; font: bold 8pt sans-serif; color: #b00020; }} }}\n'


def _looks(theme: Theme) -> str:
    """The style sheet's variables and what else differs from the plain page."""
    band = f"thead th {{ background: {theme.band}; }}\n" if theme.band else ""
    return (
        f":root {{ --accent: {theme.accent}; }}\n"
        f"body {{ font-family: {theme.web}; }}\n"
        f"table {{ border-top-width: {theme.rule}pt; border-bottom-width: {theme.rule}pt; }}\n"
        f"thead th {{ border-bottom-width: {theme.hair}pt; }}\n"
        f"{band}@media print {{ thead th {{ -webkit-print-color-adjust: exact; print-color-adjust: exact; }} }}\n"
    )


def _file(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
