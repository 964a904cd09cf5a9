"""cut: freeze the record to a folder, with digests."""

import argparse

from cordside import __version__
from cordside.cli.output import step, whole_folder
from cordside.cli.study import sound_record
from cordside.record.cut import MANIFEST, write_cut


def run(given: argparse.Namespace) -> int:
    """Write the cut and print its digest."""
    record = sound_record(given.study)
    with whole_folder(given.out, given.force, MANIFEST) as folder:
        step("cutting ...")
        manifest = write_cut(record, folder, software=f"cordside {__version__}")
        step("")
    print(f"{record.study}: {given.out}: digest {manifest['digest']}")
    return 0
