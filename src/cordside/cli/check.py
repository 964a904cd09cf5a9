"""check: every problem of the protocol and the records."""

import argparse
from dataclasses import asdict

from cordside.cli.output import counted, print_json
from cordside.cli.study import read_record
from cordside.errors import Problem, ProblemsFound


def run(given: argparse.Namespace) -> int:
    """Print all problems; exit 1 when one is hard."""
    try:
        record = read_record(given.study)
        problems, name = list(record.problems), record.study
    except ProblemsFound as found:
        problems, name = list(found.problems), given.study
    if given.json:
        print_json("problems", [asdict(problem) for problem in problems])
    else:
        _print(problems, name)
    return 1 if any(problem.hard for problem in problems) else 0


def _print(problems: list[Problem], name: str) -> None:
    for problem in problems:
        print(problem if problem.hard else f"{problem} [query]")
    hard = sum(problem.hard for problem in problems)
    told = f"{counted(hard, 'problem', 'problems')} to mend, {counted(len(problems) - hard, 'query', 'queries')}"
    print(f"{name}: {told}." if problems else f"{name}: no problems.")
