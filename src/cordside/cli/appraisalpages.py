"""An appraisal as pages: what `appraise --out` and `demo` share."""

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from cordside import __version__
from cordside.appraisal.appraise import Appraisal
from cordside.appraisal.rules.all import RULES
from cordside.cli.documents import forms_of
from cordside.errors import CannotDo
from cordside.report.appraisal import appraisal_document
from cordside.report.appraised import Appraised

_UNFIT = re.compile(r"[^\w.-]+")


def pages_of(appraisal: Appraisal, path: Path, name: str, formats: Sequence[str]) -> dict[str, bytes]:
    """The page of one appraisal in each form, by the file's name. path: of the published summary; name: of the pages."""
    return forms_of(appraisal_document(_appraised(appraisal, path)), name, formats)


def pages_of_all(appraisals: Sequence[tuple[Path, Appraisal]], formats: Sequence[str]) -> dict[str, bytes]:
    """The pages of several appraisals, each under the name of its study: `<study>-appraisal.html` and so on.

    Raises CannotDo where two studies bear one name: one would take the place of the other.
    """
    names = [_name_of(appraisal.study) for _, appraisal in appraisals]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CannotDo(f"{twice[0]}: the pages of several files would bear this name; give each its own study, or its own --out.")
    pages = [pages_of(appraisal, path, name, formats) for name, (path, appraisal) in zip(names, appraisals, strict=True)]
    return {name: content for files in pages for name, content in files.items()}


def _name_of(study: str) -> str:
    """The name of a study as that of a file, without strokes and blanks."""
    return f"{_UNFIT.sub('-', study).strip('.-') or 'study'}-appraisal"


def _appraised(appraisal: Appraisal, path: Path) -> Appraised:
    # Only the name of the file is printed, so that a page is the same wherever the file lies.
    return Appraised(
        study=appraisal.study,
        file=path.name,
        digest=sha256(path.read_bytes()).hexdigest(),
        findings=appraisal.findings,
        passed=appraisal.passed,
        not_checked=appraisal.not_checked,
        rules={rule.id: " ".join(rule.page.split("\n\n")[0].split()) for rule in RULES},
        software=f"cordside {__version__}",
    )
