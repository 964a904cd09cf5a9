"""What the commands' arguments share: a study, an output, JSON, an engine, a time."""

import argparse
from pathlib import Path

Commands = argparse._SubParsersAction
FORMATS = ("html", "docx", "pdf")
"""Forms that a document can be written in."""
ENGINES = ("polars", "duckdb", "spark")
STUDY = "a study folder, a cut, or the name of a study that ships with Cordside"


def add(commands: "Commands[argparse.ArgumentParser]", name: str, words: str) -> argparse.ArgumentParser:
    """A command with its one line of help."""
    return commands.add_parser(name, help=words, description=words[:1].upper() + words[1:] + ".")


def with_study(command: argparse.ArgumentParser) -> None:
    """The study that a command works on."""
    command.add_argument("study", metavar="STUDY", help=STUDY)


def with_json(command: argparse.ArgumentParser) -> None:
    """--json: one object for programs."""
    command.add_argument("--json", action="store_true", help="print one JSON object")


def with_out(command: argparse.ArgumentParser, default: str | None = None) -> None:
    """--out DIR and --force."""
    command.add_argument(
        "--out", type=Path, metavar="DIR", required=default is None, default=default and Path(default), help="where to write"
    )
    command.add_argument("--force", action="store_true", help="overwrite what is there")


def with_formats(command: argparse.ArgumentParser, default: str | None) -> None:
    """--format: the forms of a document."""
    words = "forms of the document, parted by commas: " + ",".join(FORMATS)
    command.add_argument("--format", type=_formats, default=default, metavar="FORMS", help=words)


def _formats(text: str) -> list[str]:
    """Forms of a list parted by commas, each once."""
    asked = list(dict.fromkeys(word.strip().lower() for word in text.split(",") if word.strip()))
    unknown = [word for word in asked if word not in FORMATS]
    if unknown or not asked:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown) or 'nothing'} is no form of a report; choose from {', '.join(FORMATS)}")
    return asked


def with_engine(command: argparse.ArgumentParser) -> None:
    """--engine: what counts the rows."""
    command.add_argument("--engine", choices=ENGINES, default="polars", help="what reads and counts the rows; spark needs Java")


def with_time(command: argparse.ArgumentParser) -> None:
    """--at TIME: the time at which due, missed and expired are judged."""
    command.add_argument("--at", metavar="TIME", help="judge at this time: ISO 8601 with offset; now unless given")
