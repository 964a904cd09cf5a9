"""What each command is asked with. Nothing here imports a room, so help is instant."""

import argparse
from pathlib import Path

from cordside import __version__

FORMATS = ("html", "docx", "pdf")
"""Forms that a report can be written in."""
_STUDY = "a study folder, a cut, or the name of a study that ships with Cordside"


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    root = argparse.ArgumentParser(
        prog="cordside", description="Runs a cell-therapy study from one protocol file: from the cord to the paper."
    )
    root.add_argument("--version", action="version", version=f"cordside {__version__}")
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (_demo, _new, _check, _screen, _schedule, _cut, _analyse, _report, _forms, _schema):
        add(commands)
    return root


_Commands = argparse._SubParsersAction


def _add(commands: "_Commands[argparse.ArgumentParser]", name: str, words: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=words, description=words[:1].upper() + words[1:] + ".")


def _with_study(command: argparse.ArgumentParser) -> None:
    command.add_argument("study", metavar="STUDY", help=_STUDY)


def _with_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON object")


def _with_out(command: argparse.ArgumentParser, default: str | None = None) -> None:
    command.add_argument(
        "--out", type=Path, metavar="DIR", required=default is None, default=default and Path(default), help="where to write"
    )
    command.add_argument("--force", action="store_true", help="overwrite what is there")


def _with_engine(command: argparse.ArgumentParser) -> None:
    command.add_argument("--engine", choices=["polars"], default="polars", help="what counts the rows")


def _demo(commands: "_Commands[argparse.ArgumentParser]") -> None:
    _with_out(_add(commands, "demo", "the main job on the studies that ship with Cordside: check, cut, analyse, report"), "build")


def _new(commands: "_Commands[argparse.ArgumentParser]") -> None:
    command = _add(commands, "new", "a study folder to start from, which passes check")
    command.add_argument("folder", type=Path, metavar="DIR", help="the folder to make")
    command.add_argument("--from", dest="source", metavar="STUDY", help="take the protocol of this study; " + _STUDY)


def _check(commands: "_Commands[argparse.ArgumentParser]") -> None:
    command = _add(commands, "check", "every problem of the protocol and the records")
    _with_study(command)
    _with_json(command)


def _screen(commands: "_Commands[argparse.ArgumentParser]") -> None:
    command = _add(commands, "screen", "eligibility of each subject, criterion by criterion")
    _with_study(command)
    command.add_argument("--subject", metavar="ID", help="one subject: USUBJID or SUBJID")
    _with_json(command)


def _schedule(commands: "_Commands[argparse.ArgumentParser]") -> None:
    command = _add(commands, "schedule", "visits due, done, missed and out of window; infusion days")
    _with_study(command)
    command.add_argument("--at", metavar="TIME", help="judge at this time: ISO 8601 with offset; now unless given")
    _with_json(command)


def _cut(commands: "_Commands[argparse.ArgumentParser]") -> None:
    command = _add(commands, "cut", "freeze the record to a folder, with digests")
    _with_study(command)
    _with_out(command)


def _analyse(commands: "_Commands[argparse.ArgumentParser]") -> None:
    command = _add(commands, "analyse", "result rows of every planned analysis")
    _with_study(command)
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="a file ending in .json, .csv or .parquet")
    command.add_argument("--force", action="store_true", help="overwrite what is there")
    _with_engine(command)


def _report(commands: "_Commands[argparse.ArgumentParser]") -> None:
    command = _add(commands, "report", "the report with its tables, figures and footnotes")
    _with_study(command)
    _with_out(command)
    command.add_argument(
        "--format",
        type=_formats,
        default="html",
        metavar="FORMS",
        help="forms of the document, parted by commas: " + ",".join(FORMATS),
    )
    _with_engine(command)


def _formats(text: str) -> list[str]:
    """Forms of a list parted by commas, each once."""
    asked = list(dict.fromkeys(word.strip().lower() for word in text.split(",") if word.strip()))
    unknown = [word for word in asked if word not in FORMATS]
    if unknown or not asked:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown) or 'nothing'} is no form of a report; choose from {', '.join(FORMATS)}")
    return asked


def _forms(commands: "_Commands[argparse.ArgumentParser]") -> None:
    command = _add(commands, "forms", "blank visit forms, infusion checklist and visit cards to print")
    _with_study(command)
    _with_out(command)


def _schema(commands: "_Commands[argparse.ArgumentParser]") -> None:
    command = _add(commands, "schema", "the JSON Schema of protocol.yaml, for editors")
    command.add_argument("of", choices=["protocol"], help="which file")
