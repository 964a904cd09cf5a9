"""What each command is asked with. Nothing here imports a room, so help is instant."""

import argparse
from pathlib import Path

from cordside import __version__
from cordside.cli.argumentparts import STUDY, Commands, add, with_engine, with_formats, with_json, with_out, with_study, with_time
from cordside.cli.cellarguments import with_dose, with_flow, with_lot
from cordside.cli.paperarguments import with_appraise, with_rebuild


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    root = argparse.ArgumentParser(
        prog="cordside", description="Runs a cell-therapy study from one protocol file: from the cord to the paper."
    )
    root.add_argument("--version", action="version", version=f"cordside {__version__}")
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")
    of_studies = (_demo, _new, _check, _screen, _schedule, _cut, _analyse, _report, _forms)
    for declare in (*of_studies, with_lot, with_dose, with_flow, with_appraise, with_rebuild, _schema):
        declare(commands)
    return root


def _demo(commands: "Commands[argparse.ArgumentParser]") -> None:
    with_out(add(commands, "demo", "the main job on the studies that ship with Cordside: check, cut, analyse, report, appraise"), "build")


def _new(commands: "Commands[argparse.ArgumentParser]") -> None:
    command = add(commands, "new", "a study folder to start from, which passes check")
    command.add_argument("folder", type=Path, metavar="DIR", help="the folder to make")
    command.add_argument("--from", dest="source", metavar="STUDY", help="take the protocol of this study; " + STUDY)


def _check(commands: "Commands[argparse.ArgumentParser]") -> None:
    command = add(commands, "check", "every problem of the protocol and the records")
    with_study(command)
    with_json(command)


def _screen(commands: "Commands[argparse.ArgumentParser]") -> None:
    command = add(commands, "screen", "eligibility of each subject, criterion by criterion")
    with_study(command)
    command.add_argument("--subject", metavar="ID", help="one subject: USUBJID or SUBJID")
    with_json(command)


def _schedule(commands: "Commands[argparse.ArgumentParser]") -> None:
    command = add(commands, "schedule", "visits due, done, missed and out of window; infusion days")
    with_study(command)
    with_time(command)
    with_json(command)


def _cut(commands: "Commands[argparse.ArgumentParser]") -> None:
    command = add(commands, "cut", "freeze the record to a folder, with digests")
    with_study(command)
    with_out(command)


def _analyse(commands: "Commands[argparse.ArgumentParser]") -> None:
    command = add(commands, "analyse", "result rows of every planned analysis")
    with_study(command)
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="a file ending in .json, .csv or .parquet")
    command.add_argument("--force", action="store_true", help="overwrite what is there")
    with_engine(command)


def _report(commands: "Commands[argparse.ArgumentParser]") -> None:
    command = add(commands, "report", "the report with its tables, figures and footnotes")
    with_study(command)
    with_out(command)
    with_formats(command, "html")
    with_engine(command)


def _forms(commands: "Commands[argparse.ArgumentParser]") -> None:
    command = add(commands, "forms", "blank visit forms, infusion checklist and visit cards to print")
    with_study(command)
    with_out(command)


def _schema(commands: "Commands[argparse.ArgumentParser]") -> None:
    command = add(commands, "schema", "the JSON Schema of protocol.yaml, for editors")
    command.add_argument("of", choices=["protocol"], help="which file")
