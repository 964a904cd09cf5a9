"""Sheets as PDF, set by typst: the same pages as their HTML, and the same bytes for the same sheets."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import typst

from cordside.report.fonts import FAMILY, cjk_font
from cordside.report.pages import is_wide
from cordside.report.templating import TEMPLATES
from cordside.report.writers.pdf import fonts
from cordside.results import Block, Sheet

_PROGRAM = "sheet.typ"


def write_sheets_pdf(sheets: Sequence[Sheet]) -> bytes:
    """The PDF of sheets, each on a page of its own."""
    families = ["DejaVu Sans", *([FAMILY] if cjk_font() else [])]
    data = {"title": sheets[0].title if len(sheets) == 1 else "Forms", "families": families, "sheets": [_sheet(sheet) for sheet in sheets]}
    program = (TEMPLATES / _PROGRAM).read_bytes()
    return typst.compile(
        program, format="pdf", font_paths=fonts(), ignore_system_fonts=True, sys_inputs={"data": json.dumps(data)}, timestamp=0
    )


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return asdict(sheet) | {"blocks": [_block(block) for block in sheet.blocks]}


def _block(block: Block) -> dict[str, Any]:
    return asdict(block) | {"fields": [asdict(field) | {"wide": is_wide(field)} for field in block.fields]}
