"""The templates of this room, with every text escaped and every unknown name an error."""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

TEMPLATES = Path(__file__).parent / "templates"
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


@cache
def environment() -> Environment:
    """The one environment of the templates."""
    loader = FileSystemLoader(TEMPLATES)
    made = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    made.filters["whole_dates"] = whole_dates
    return made


def whole_dates(text: str) -> Markup:
    """A text, escaped, in which no line breaks within a date."""
    return Markup(_DATE.sub(r'<span class="date">\g<0></span>', str(escape(text))))
