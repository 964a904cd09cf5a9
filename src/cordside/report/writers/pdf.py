"""The report as PDF, set by typst. No system font and no clock has a part in it, so the same document gives the same bytes.

The program that sets the pages is `templates/report.typ`. It reads the document as data: no text of a user is ever source.
"""

import json
from functools import cache
from pathlib import Path

import matplotlib
import typst

from cordside.report.fonts import FAMILY, cjk_font
from cordside.report.pieces import Document
from cordside.report.templating import TEMPLATES
from cordside.report.writers.typstdata import data_of

_PROGRAM = "report.typ"


def write(document: Document) -> bytes:
    """The PDF; the same document and the same fonts give the same bytes."""
    program = (TEMPLATES / _PROGRAM).read_bytes()
    data = json.dumps(data_of(document, families(document)))
    return typst.compile(program, format="pdf", font_paths=fonts(), ignore_system_fonts=True, sys_inputs={"data": data}, timestamp=0)


def families(document: Document) -> list[str]:
    """Families in the order in which a letter is looked for."""
    named = list(dict.fromkeys([*document.theme.pdf, "DejaVu Sans"]))
    return [*named, *([FAMILY] if cjk_font() else [])]


@cache
def fonts() -> typst.Fonts:
    """The fonts that come with typst and matplotlib, and the one of the extra."""
    homes = [Path(matplotlib.get_data_path()) / "fonts" / "ttf"]
    extra = cjk_font()
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[*homes, *([extra.parent] if extra else [])])
