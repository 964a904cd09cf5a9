"""A document in the forms asked for: what reports and appraisals share."""

import sys
from collections.abc import Sequence
from importlib import import_module

from cordside.cli.output import step
from cordside.report.fonts import MISSING, cjk_font, has_cjk
from cordside.report.pieces import Document


def forms_of(document: Document, name: str, formats: Sequence[str]) -> dict[str, bytes]:
    """The document in each form, by the file's name: name.html, name.docx, name.pdf.

    A writer's libraries are loaded only where its form is asked for.
    """
    if cjk_font() is None and any(map(has_cjk, document.texts())):
        print(f"{document.study}: {MISSING}", file=sys.stderr)
    files = {}
    for form in formats:
        step(f"{document.study}: writing {form} ...")
        files[f"{name}.{form}"] = import_module(f"cordside.report.writers.{form}").write(document)
    step("")
    return files
