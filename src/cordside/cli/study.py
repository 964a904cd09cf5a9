"""From the word a user types to a record: a path, or the name of a study that ships with Cordside."""

import sys
from pathlib import Path

import cordside
from cordside.cli.output import step
from cordside.errors import CannotDo, ProblemsFound
from cordside.record.cut import open_study
from cordside.record.record import Record

TEMPLATE = "_start"


def shipped_studies() -> Path:
    """The folder of the studies that ship: inside the installed package, or beside src in a checkout."""
    package = Path(cordside.__file__).parent
    beside = [package / "studies", package.parent.parent / "studies"]
    found = next((folder for folder in beside if (folder / TEMPLATE).is_dir()), None)
    if found is None:
        raise CannotDo("the studies that ship with Cordside are missing; install the package again.")
    return found


def study_folder(word: str) -> Path:
    """The study folder or cut that a word names."""
    path = Path(word)
    if not path.exists() and (shipped_studies() / word / "protocol.yaml").is_file() and word != TEMPLATE:
        return shipped_studies() / word
    return path


def read_record(word: str) -> Record:
    """The record of a study folder or a cut, whatever its problems."""
    step("reading ...")
    record = open_study(study_folder(word))
    step("")
    return record


def sound_record(word: str) -> Record:
    """The record of a study without hard problems; soft ones are counted on standard error.

    Raises ProblemsFound with the hard ones: nothing is computed from rows that nobody can read.
    """
    record = read_record(word)
    if record.hard_problems:
        raise ProblemsFound(record.hard_problems)
    if record.problems:
        print(f"{record.study}: {len(record.problems)} open queries; `cordside check {word}` lists them.", file=sys.stderr)
    return record
