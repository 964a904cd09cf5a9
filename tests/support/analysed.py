"""From drawn tables to result rows, by the road that every study takes."""

from pathlib import Path

from cordside.analysis.run import analyse
from cordside.record.read import read_study
from cordside.results import Result, find
from tests.support.folders import a_protocol, a_study


def analysed(folder: Path, parts: str, **tables: str) -> list[Result]:
    """Result rows of a study drawn as tables; parts: keys of its protocol."""
    return analyse(read_study(a_study(folder, a_protocol(parts), **tables)))


def texts(rows: list[Result], **wanted: str) -> list[str]:
    """The printed texts of the rows that have the wanted columns."""
    return [row.text for row in find(rows, **wanted)]


def only(rows: list[Result], **wanted: str) -> Result:
    """The one row that has the wanted columns."""
    found = find(rows, **wanted)
    assert len(found) == 1, f"{len(found)} rows have {wanted}"
    return found[0]
