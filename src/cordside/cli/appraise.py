"""appraise: what in a published summary cannot be true, what a reader lacks, and what was found right; --start begins one."""

import argparse
from importlib import import_module
from pathlib import Path

from cordside.appraisal.appraise import Appraisal, appraise
from cordside.appraisal.read import parse_paper, read_paper
from cordside.cli.output import counted, print_json, write_files
from cordside.errors import CannotDo, Problem, UnusableFile
from cordside.report.appraisalwords import MEANINGS
from cordside.results import LEVELS, Finding

PUBLISHED = "published.yaml"
"""What was published of a study, in its folder."""
_LARGEST_TABLE = 10_000_000


def run(given: argparse.Namespace) -> int:
    """Print the findings of every file, or write them as pages; exit 1 when one is a contradiction."""
    if given.start is not None:
        return _start(given)
    if not given.files:
        raise CannotDo("appraise: no file is named; name a published summary, or begin one with --start TABLE.csv.")
    if given.format and given.out is None:
        raise CannotDo("--format: is for the pages that --out DIR writes; name a folder with --out.")
    appraisals = _appraised(given.files)
    places = _written(appraisals, given) if given.out is not None else []
    if given.json:
        _print_json([one for _, one in appraisals], places)
    else:
        say = _print_counts if places else _print
        for _, one in appraisals:
            say(one)
        for place in places:
            print(f"  {place}")
    return 1 if any(one.contradicts for _, one in appraisals) else 0


def _appraised(files: list[Path]) -> list[tuple[Path, Appraisal]]:
    """Every file with its appraisal; UnusableFile with the mistakes of all of them."""
    appraisals: list[tuple[Path, Appraisal]] = []
    problems: list[Problem] = []
    for file in files:
        path = file / PUBLISHED if file.is_dir() else file
        try:
            appraisals.append((path, appraise(read_paper(path))))
        except UnusableFile as found:
            problems += found.problems
    if problems:
        raise UnusableFile(problems)
    return appraisals


def counts_of(appraisal: Appraisal) -> str:
    """The file and its numbers, in one line."""
    counts = [counted(len(appraisal.of_level(level)), level, f"{level}s") for level in LEVELS]
    return f"{appraisal.file}: {', '.join(counts)}; {len(appraisal.passed)} checks passed, {len(appraisal.not_checked)} could not be made."


def _written(appraisals: list[tuple[Path, Appraisal]], given: argparse.Namespace) -> list[Path]:
    """The pages of all appraisals, written; what draws them is loaded only here."""
    pages = import_module("cordside.cli.appraisalpages").pages_of_all(appraisals, given.format or ["html"])
    return write_files(given.out, pages, given.force)


def _print_json(appraisals: list[Appraisal], places: list[Path]) -> None:
    """The lists of all files together, and where pages were written."""
    lists = [one.as_dict() for one in appraisals]
    both = {name: [item for one in lists for item in one[name]] for name in ("findings", "passed", "not_checked")}
    pages = {"pages": [str(place) for place in places]} if places else {}
    print_json("findings", both["findings"], passed=both["passed"], not_checked=both["not_checked"], **pages)


def _print_counts(appraisal: Appraisal) -> None:
    print(counts_of(appraisal))


def _print(appraisal: Appraisal) -> None:
    _print_counts(appraisal)
    for level in LEVELS:
        found = appraisal.of_level(level)
        if found:
            print(f"\n{level.capitalize()}s: {MEANINGS[level]}")
        for finding in found:
            _print_finding(finding)
    print()


def _print_finding(finding: Finding) -> None:
    print(f"  {finding.row} [{finding.rule}] {finding.where}")
    if finding.quote:
        print(f'    "{finding.quote}"')
    print(f"    {finding.why[:1].upper()}{finding.why[1:]}")


def _start(given: argparse.Namespace) -> int:
    """Begin a published summary from a table."""
    if given.files or given.json or given.format:
        raise CannotDo("--start: begins one form and appraises nothing; leave out the other files, --format and --json.")
    form = import_module("cordside.appraisal.start.form").start_form(_text_of(given.start), given.start.name)
    # What was begun must be readable, whatever stood in the table.
    parse_paper(form, str(given.out or given.start))
    if given.out is None:
        print(form, end="")
        return 0
    write_files(given.out.parent, {given.out.name: form}, given.force)
    marked = form.count("# complete:")
    print(f"{given.out}: {counted(marked, 'place', 'places')} to complete; then run cordside appraise {given.out}")
    return 0


def _text_of(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CannotDo(f"{path}: {(error.strerror or 'cannot be read').lower()}; name a readable table.") from None
    try:
        return raw[:_LARGEST_TABLE].decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotDo(f"{path}: is not UTF-8 text; save the table as CSV in UTF-8.") from None
