"""From the word a user types to a record: a path, or the name of a study that ships with Cordside."""

import sys
from difflib import get_close_matches
from pathlib import Path

import cordside
from cordside.cli.output import counted, step
from cordside.errors import CannotDo, ProblemsFound
from cordside.product.breaches import with_product
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
    if path.exists():
        return path
    shipped = {folder.name: folder for folder in shipped_studies().iterdir() if folder.name != TEMPLATE}
    if word in shipped:
        return shipped[word]
    near = get_close_matches(word, shipped, 1, 0.3)
    remedy = f"did you mean {near[0]}" if near else f"studies that ship are {', '.join(sorted(shipped))}"
    raise CannotDo(f"{word}: no such folder; name a study folder, a cut or a study that ships; {remedy}.")


def read_record(word: str) -> Record:
    """The record of a study folder or a cut, whatever its problems."""
    return _read(study_folder(word))


def sound_record(word: str) -> Record:
    """The record of a study without hard problems; soft ones are counted on standard error.

    Raises ProblemsFound with the hard ones: nothing is computed from rows that nobody can read.
    """
    return sound(study_folder(word), word)


def sound(folder: Path, word: str) -> Record:
    """The same for a folder; word: what `cordside check` would be asked with."""
    record = _read(folder)
    if record.hard_problems:
        closing = f"{record.study}: nothing was computed; mend these first. `cordside check {word}` lists the queries too."
        raise ProblemsFound(record.hard_problems, closing)
    if record.problems:
        queries = counted(len(record.problems), "open query", "open queries")
        print(f"{record.study}: {queries}; `cordside check {word}` lists them.", file=sys.stderr)
    return record


def _read(folder: Path) -> Record:
    step("reading ...")
    try:
        return with_product(open_study(folder))
    finally:
        step("")
