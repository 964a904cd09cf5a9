"""Study folders as the tests of the studies read them: plainly, without Cordside, so that its reading is tested too."""

import csv
from pathlib import Path
from typing import Any

import yaml

from tests.house.source import ROOT

STUDIES = ROOT / "studies"
RENMIN = STUDIES / "renmin-2020"
TAIKANG = STUDIES / "taikang-2020"
SIMULATED = STUDIES / "renmin-2020-simulated"
START = STUDIES / "_start"
TWO_ARMS = ROOT / "tests" / "studies" / "two_arms"


def rows_of(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file, every cell as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def records_of(study: Path, domain: str) -> list[dict[str, str]]:
    """Rows of one domain of a study folder."""
    return rows_of(study / "records" / f"{domain.lower()}.csv")


def published(study: Path = RENMIN) -> dict[str, Any]:
    """What the paper of a study prints, every scalar as text."""
    return yaml.load((study / "published.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
