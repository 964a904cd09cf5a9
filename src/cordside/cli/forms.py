"""forms: blank visit forms, infusion checklist and visit cards, for a ward that works on paper."""

import argparse

from cordside.cli.output import write_files
from cordside.cli.study import study_folder
from cordside.errors import CannotDo
from cordside.protocol.read import read_protocol
from cordside.report.forms import forms
from cordside.report.sheets import ALL, write_sheets


def run(given: argparse.Namespace) -> int:
    """Write one page a form; the protocol is all they need."""
    path = study_folder(given.study) / "protocol.yaml"
    if not path.is_file():
        raise CannotDo(f"{given.study}: no protocol.yaml in it; name a study folder, or make one with `cordside new`.")
    protocol, _ = read_protocol(path)
    places = write_files(given.out, write_sheets(forms(protocol)), given.force)
    for place in places:
        print(place)
    print(f"Print {given.out / ALL}: it holds all {len(places) - 1} forms, a page each.")
    return 0
