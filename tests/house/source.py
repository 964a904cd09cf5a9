"""The project's own files, as the house tests read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "cordside"
NOT_OURS = {"build", "dist", "__pycache__"}


def modules() -> list[Path]:
    """Every Python file of the package, in a fixed order."""
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """The file's place below the package: `record/read.py`."""
    return path.relative_to(PACKAGE).as_posix()


def tree_of(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def project_files() -> Iterator[Path]:
    """Every file of the project, without what is built, cached or installed; of the hidden folders only `.ci`."""
    for path in sorted(ROOT.rglob("*")):
        folders = path.relative_to(ROOT).parts[:-1]
        if path.is_file() and not any(folder in NOT_OURS or (folder.startswith(".") and folder != ".ci") for folder in folders):
            yield path


def text_of(path: Path) -> str | None:
    """The file's text, or None where it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
