"""new: a study folder to start from, which passes check."""

import argparse
import csv
import io
import re
from pathlib import Path

from cordside.cli.output import whole_folder
from cordside.cli.study import TEMPLATE, shipped_studies, study_folder
from cordside.errors import CannotDo
from cordside.protocol.read import read_protocol

_EXAMPLE = "my-study"
"""The study's name in the template."""


def run(given: argparse.Namespace) -> int:
    """Write protocol.yaml and empty record files with their headers."""
    source = study_folder(given.source) if given.source else shipped_studies() / TEMPLATE
    if not (source / "protocol.yaml").is_file():
        raise CannotDo(f"{given.source}: no protocol.yaml in it; name a study folder, or leave --from out.")
    read_protocol(source / "protocol.yaml")
    if given.folder.exists() and (not given.folder.is_dir() or any(given.folder.iterdir())):
        raise CannotDo(f"{given.folder}: exists already; choose a new folder.")
    with whole_folder(given.folder, False, "protocol.yaml") as folder:
        (folder / "protocol.yaml").write_text(_protocol(source, given), encoding="utf-8")
        for name, header in _headers(source).items():
            (folder / "records").mkdir(exist_ok=True)
            (folder / "records" / name).write_text(header, encoding="utf-8")
        (folder / "files").mkdir()
    example, copy = "it is an example: go through every key", "change `study:` and `origin:` first"
    print(f"{given.folder}: write the protocol in protocol.yaml ({copy if given.source else example}) and the rows in records/,")
    print(f"then `cordside check {given.folder}`.")
    return 0


def _protocol(source: Path, given: argparse.Namespace) -> str:
    """The protocol's text; the template takes the folder's name as the study's, where that can be one."""
    text = (source / "protocol.yaml").read_text(encoding="utf-8")
    name = given.folder.absolute().name
    if given.source or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,40}", name):
        return text
    return text.replace(_EXAMPLE, name)


def _headers(source: Path) -> dict[str, str]:
    """The header of each record file; the rows stay where they are."""
    found = {}
    for path in sorted((source / "records").glob("*.csv")):
        header = next(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))), [])
        found[path.name] = ",".join(header) + "\n"
    return found
