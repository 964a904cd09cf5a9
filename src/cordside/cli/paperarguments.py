"""Arguments of the commands that read a published paper."""

import argparse
from pathlib import Path

from cordside.cli.argumentparts import Commands, add, with_formats, with_json, with_out


def with_appraise(commands: "Commands[argparse.ArgumentParser]") -> None:
    """appraise: what in a published table cannot be."""
    command = add(commands, "appraise", "what in a published summary cannot be true, what a reader lacks, and what was found right")
    command.add_argument("files", nargs="*", type=Path, metavar="FILE", help="published summaries (YAML), or study folders with one")
    command.add_argument("--start", type=Path, metavar="TABLE", help="begin a published summary from a table: CSV, tabs, or pasted text")
    command.add_argument("--out", type=Path, metavar="DIR", help="where the appraisals are written; with --start the file that it begins")
    with_formats(command, None)
    command.add_argument("--force", action="store_true", help="overwrite what is there")
    with_json(command)


def with_rebuild(commands: "Commands[argparse.ArgumentParser]") -> None:
    """rebuild: patients from a published summary."""
    command = add(commands, "rebuild", "patients that print a published summary, as a study folder; they stand for nobody")
    command.add_argument("file", type=Path, metavar="FILE", help="a published summary (YAML), or a study folder with a published.yaml")
    command.add_argument("--seed", type=int, required=True, metavar="N", help="the same seed gives the same rows")
    with_out(command)
    command.add_argument("--protocol", type=Path, metavar="FILE", help="the study's protocol; a minimal one is written unless given")
    command.add_argument("--draws", type=_draws, default=0, metavar="K", help="rebuild K times and print the ranges left open: 300 or more")
    command.add_argument("--quartiles", metavar="TYPE", help="definition of quartiles: type-1 to type-9, R-7, SAS-5, SPSS-6")
    with_json(command)


def _draws(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text} is no number of rebuilds; write a whole number from 1 to 100000, such as 300")
    return int(text)
