"""What the commands about the cells are asked with."""

import argparse
from pathlib import Path

from cordside.cli.argumentparts import Commands, add, with_json, with_study, with_time


def with_dose(commands: "Commands[argparse.ArgumentParser]") -> None:
    """dose: who, from which lot, perhaps from which container, and where to write the sheet."""
    command = add(commands, "dose", "dose order and preparation sheet of one infusion, or every reason against it")
    with_study(command)
    command.add_argument("--subject", required=True, metavar="ID", help="who gets the dose: USUBJID or SUBJID")
    command.add_argument("--lot", required=True, metavar="ID", help="the lot it is taken from")
    command.add_argument("--container", metavar="ID", help="the container of the lot; unless given, the best one is chosen")
    command.add_argument("--out", type=Path, metavar="DIR", help="write the preparation sheet and labels there, as HTML and PDF")
    command.add_argument("--force", action="store_true", help="overwrite what is there")
    with_time(command)
    with_json(command)


def with_flow(commands: "Commands[argparse.ArgumentParser]") -> None:
    """flow: tubes, the recipe that counts them, its controls, and how their files are read."""
    command = add(commands, "flow", "identity and viability from cytometry")
    command.add_argument("files", type=Path, nargs="+", metavar="FILE.fcs", help="tubes, FCS 2.0 to 3.2")
    command.add_argument("--recipe", type=Path, required=True, metavar="FILE", help="a recipe (YAML), or gates as Gating-ML 2.0 (.xml)")
    command.add_argument(
        "--control", action="append", default=[], metavar="KIND=FILE", help="a control: isotype, fmo or unstained, also fmo:CD73=FILE"
    )
    command.add_argument(
        "--offsets", choices=("agree", "text", "header"), default="agree", help="which to believe where HEADER and TEXT disagree"
    )
    command.add_argument("--data-set", type=int, metavar="N", help="which data set of files that hold several, from 1")
    command.add_argument("--against", type=Path, metavar="FILE.csv", help="tell what of these results, reported before, is not found again")
    command.add_argument("--out", type=Path, metavar="DIR", help="write plots, results and scrubbed working copies here")
    command.add_argument("--force", action="store_true", help="overwrite what is there")
    with_json(command)


def with_lot(commands: "Commands[argparse.ArgumentParser]") -> None:
    """lot: which lot, at which time, and where to write its page."""
    command = add(commands, "lot", "genealogy, tests against the specification, verdict, who may be infused, look-back and recall of lots")
    with_study(command)
    command.add_argument("--lot", metavar="ID", help="one lot; all unless given")
    command.add_argument("--out", type=Path, metavar="DIR", help="write the page of each lot there, as HTML and PDF")
    command.add_argument("--force", action="store_true", help="overwrite what is there")
    with_time(command)
    with_json(command)
