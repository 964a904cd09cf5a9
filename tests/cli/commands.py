"""Commands as the tests of this room run them: in this process, or as a user's shell does."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cordside.cli.main import main
from tests.house.source import ROOT
from tests.support.folders import a_protocol, a_study

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}

DIRTY = {
    "DM": """
        USUBJID | SUBJID | AGE | AGEU  | SEX
        T-1     | 1      | 65  | YEARS | F
        T-2     | 2      | old | YEARS | M
    """,
    "VS": """
        USUBJID | VSTESTCD | VSORRES | VSORRESU    | VSDTC
        T-1     | RESP     | 21      | breaths/min | 2020-02-11
        T-9     | RESP     | 22      | breaths/min | 2020-02-11
        T-1     | PULSE    | 80      | beats/min   | 11/02/2020
    """,
}
CLEAN = {
    "DM": """
        USUBJID | SUBJID | AGE | AGEU  | SEX
        T-1     | 1      | 65  | YEARS | F
        T-2     | 2      | 17  | YEARS | M
        T-3     | 3      |     |       | M
    """
}
ADULTS = "population: {planned: 3, inclusion: [{id: adult, text: Adult, item: DM.AGE, at_least: 18}], exclusion: []}\n"


def a_dirty_study(folder: Path) -> Path:
    """A study with three hard problems in two files."""
    return a_study(folder, a_protocol(), **DIRTY)


def a_clean_study(folder: Path, parts: str = ADULTS) -> Path:
    """Three subjects: one adult, one child, one of unknown age."""
    return a_study(folder, a_protocol(parts), **CLEAN)


def status_of(*arguments: object) -> int:
    """Exit status of a command run in this process; argparse leaves by SystemExit."""
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as left:
        return int(left.code or 0)


def json_of(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    """What a command prints with --json, whatever its exit status."""
    capsys.readouterr()
    status_of(*arguments, "--json")
    return json.loads(capsys.readouterr().out)


def shell(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    command = [sys.executable, "-m", "cordside", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too: its place and its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
