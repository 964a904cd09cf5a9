"""What is installed is pinned, hashed, and names no place to download from."""

import re
import tomllib

import pytest

from tests.house.source import ROOT

PINNED = [ROOT / "requirements" / name for name in ("run.txt", "dev.txt")]
ASKED = [ROOT / "requirements" / name for name in ("run.in", "dev.in")]
PLACE = re.compile(r"https?:|file:|git\+|--(extra-)?index|--find-links|--trusted-host")

EXTRA = ROOT / "requirements" / "spark"


def requirements(text: str) -> list[str]:
    """Whole requirements of a file, continued lines joined, comments and options left out."""
    joined = text.replace("\\\n", " ").splitlines()
    return [line.strip() for line in joined if line.strip() and not line.strip().startswith(("#", "-"))]


def name_and_version(requirement: str) -> str:
    """`numpy==2.4.6` of a pinned and hashed requirement."""
    return requirement.split()[0]


@pytest.mark.parametrize("path", PINNED + ASKED, ids=lambda path: path.name)
def test_no_requirement_names_a_place_to_download_from(path):
    assert PLACE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed(path):
    listed = requirements(path.read_text(encoding="utf-8"))
    assert len(listed) > 10
    loose = [line for line in listed if not re.match(r"^[a-z0-9-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}", line)]
    assert loose == []


def test_the_extra_is_what_the_project_says_and_is_hashed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked, pinned = (requirements(EXTRA.with_suffix(suffix).read_text(encoding="utf-8")) for suffix in (".in", ".txt"))
    assert sorted(asked) == sorted(project["optional-dependencies"]["spark"])
    assert {re.split(r"[^a-z0-9-]", line)[0] for line in asked} <= {name_and_version(line).split("==")[0] for line in pinned}
    assert all("--hash=sha256:" in line for line in pinned)
    assert PLACE.findall(EXTRA.with_suffix(".txt").read_text(encoding="utf-8")) == []


def test_developers_run_the_versions_that_users_run():
    run, dev = ({name_and_version(line) for line in requirements(path.read_text(encoding="utf-8"))} for path in PINNED)
    assert run <= dev


def test_pyproject_and_the_pinned_set_ask_for_the_same():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert sorted(requirements(ASKED[0].read_text(encoding="utf-8"))) == sorted(project["dependencies"])


@pytest.mark.parametrize("path", ASKED, ids=lambda path: path.name)
def test_everything_asked_for_is_pinned(path):
    pinned = {name_and_version(line).split("==")[0] for line in requirements(path.with_suffix(".txt").read_text(encoding="utf-8"))}
    asked = {re.split(r"[^A-Za-z0-9-]", line)[0].lower() for line in requirements(path.read_text(encoding="utf-8"))}
    assert asked <= pinned


def test_the_version_is_written_once_in_each_place():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    package = (ROOT / "src" / "cordside" / "__init__.py").read_text(encoding="utf-8")
    assert f'__version__ = "{project["version"]}"' in package
