"""flow: identity and viability from cytometry, with the digests of recipe, file and controls."""

import argparse
import csv
import sys
from importlib import import_module
from pathlib import Path

from cordside.cli.flowcount import Counted, How, Reading, counted, how_to_count, names_of, rows_of
from cordside.cli.flowwords import file_json, population_json, recipe_json, said
from cordside.cli.output import print_json, step
from cordside.errors import CannotDo
from cordside.product.cytometry.reported import not_reproduced


def run(given: argparse.Namespace) -> int:
    """Count every tube and print populations; with --out write plots, results and working copies."""
    reading = Reading(given.offsets, given.data_set)
    how = how_to_count(given.recipe, _controls(given.control), reading)
    tubes = [_counted(path, name, how, reading) for path, name in zip(given.files, names_of(given.files), strict=True)]
    told = not_reproduced(_table(given.against), rows_of(tubes, how)) if given.against else []
    # What draws is loaded only where something is drawn: counting a tube takes less time than loading it.
    places = import_module("cordside.cli.flowfiles").write(given.out, tubes, how, given.force) if given.out else []
    step("")
    if given.json:
        populations = [population_json(one.name, population) for one in tubes for population in one.tube.populations]
        print_json("populations", populations, recipe=recipe_json(how), files=[file_json(one) for one in tubes], not_reproduced=told)
    else:
        _say(given, tubes, how, places, told)
    return 1 if told else 0


def _say(given: argparse.Namespace, tubes: list[Counted], how: How, places: list[Path], told: list[str]) -> None:
    """Tubes, what was written, and what of earlier results is not found again."""
    lines = [line for one in tubes for line in said(one, how)]
    print("\n".join([*lines, *map(str, places)]))
    for words in told:
        print(f"{given.against.name}: {words}.", file=sys.stderr)
    if given.against and not told:
        print(f"{given.against.name}: reproduced bit for bit.")


def _table(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CannotDo(f"{path}: cannot be read as CSV ({type(error).__name__}); name a table of results.") from None
    if not rows or not {"TSTCD", "ORRES", "RAWSHA", "RCPSHA"} <= set(rows[0]):
        wanted = "a row a test with TSTCD, ORRES, RAWSHA, RCPSHA and CTLSHA"
        raise CannotDo(f"{path}: no results in it; {wanted} is allowed; name such a table.")
    return rows


def _counted(path: Path, name: str, how: How, reading: Reading) -> Counted:
    step(f"{name}: counting ...")
    return counted(path, name, how, reading)


def _controls(words: list[str]) -> dict[str, Path]:
    """Files by kind of `KIND=FILE`."""
    found: dict[str, Path] = {}
    for word in words:
        kind, _, file = word.partition("=")
        if not kind.strip() or not file:
            raise CannotDo(f"--control {word}: KIND=FILE is allowed, such as isotype=control.fcs; write it so.")
        if kind.strip() in found:
            raise CannotDo(f"--control {word}: the control {kind.strip()} stands twice; give one file a kind.")
        found[kind.strip()] = Path(file)
    return found
