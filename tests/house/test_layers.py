"""The architecture of pyproject.toml holds, and its contracts notice what breaks it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, modules

ROOMS = ("cli", "web", "report", "exchange", "appraisal", "design", "analysis", "product", "record", "protocol", "domains", "terms")
FLOOR = ("results", "words", "yamlfile", "errors")

FORBIDDEN = {
    "web": "cordside.cli.main",
    "report": "cordside.record.main",
    "exchange": "cordside.analysis.main",
    "appraisal": "cordside.design.main",
    "design": "cordside.exchange.main",
    "analysis": "cordside.product.main",
    "product": "cordside.analysis.main",
    "record": "pydantic",
    "protocol": "cordside.results",
    "domains": "cordside.record.main",
    "terms": "cordside.domains.main",
    "cli": "django",
}
ALLOWED = {
    "cli": "cordside.web.main",
    "web": "django",
    "report": "cordside.protocol.main",
    "exchange": "pydantic",
    "appraisal": "cordside.analysis.main",
    "analysis": "cordside.record.main",
    "record": "cordside.protocol.main",
    "protocol": "pydantic",
    "domains": "cordside.terms.main",
    "terms": "cordside.errors",
}


def lint_imports(source: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of pyproject.toml on the package in `source`."""
    # Without its cache, which several houses of one name would share.
    command = [str(Path(sys.executable).parent / "lint-imports"), "--config", "pyproject.toml", "--no-cache", "--no-logo"]
    environment = {**os.environ, "PYTHONPATH": str(source), "COLUMNS": "200"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def a_house(root: Path, imports: dict[str, str]) -> Path:
    """A package with every room, in which each named room imports one module."""
    package = root / "cordside"
    for room in ROOMS:
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").write_text("")
        (package / room / "main.py").write_text(f"import {imports[room]}\n" if room in imports else "")
    for module in ("__init__", *FLOOR):
        (package / f"{module}.py").write_text("")
    return root


def test_imports_point_downwards_only():
    found = lint_imports(PACKAGE.parent)
    assert found.returncode == 0, found.stdout + found.stderr


def test_every_folder_with_code_is_a_package_so_that_the_contracts_see_it():
    folders = {path.parent for path in modules()}
    assert [folder.name for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_what_the_table_of_rooms_allows_is_kept(tmp_path):
    found = lint_imports(a_house(tmp_path, ALLOWED))
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.fixture(scope="module")
def findings_on_a_house_that_breaks_every_rule(tmp_path_factory) -> str:
    found = lint_imports(a_house(tmp_path_factory.mktemp("house"), FORBIDDEN))
    assert found.returncode == 1, found.stdout + found.stderr
    return found.stdout


@pytest.mark.parametrize("room", FORBIDDEN)
def test_an_import_against_the_table_of_rooms_is_noticed(room, findings_on_a_house_that_breaks_every_rule):
    assert f"cordside.{room}.main -> {FORBIDDEN[room]} (l.1)" in findings_on_a_house_that_breaks_every_rule


def test_a_room_that_the_table_does_not_know_is_noticed(tmp_path):
    house = a_house(tmp_path, {})
    (house / "cordside" / "attic.py").write_text("")
    found = lint_imports(house)
    assert found.returncode == 1
    assert "cordside.attic" in found.stdout
