"""Sheets as HTML: one page of A4 each, and one file with all of them to print at once."""

from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup

from cordside.report.pages import is_wide
from cordside.report.templating import environment
from cordside.results import Sheet

ALL = "all-forms.html"
_STYLE = Path(__file__).parent / "templates" / "sheet.css"


def write_sheets(sheets: Iterable[Sheet]) -> dict[str, str]:
    """HTML by file name: `<sheet id>.html` for each sheet, and all of them in `all-forms.html`."""
    pages = list(sheets)
    return {f"{sheet.id}.html": write_sheet([sheet]) for sheet in pages} | {ALL: write_sheet(pages)}


def write_sheet(sheets: list[Sheet]) -> str:
    """Sheets as one HTML document, each on a page of its own."""
    style = Markup(_STYLE.read_text(encoding="utf-8"))
    return environment().get_template("sheet.html.j2").render(sheets=sheets, style=style, is_wide=is_wide)
