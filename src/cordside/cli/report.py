"""report: the report with its tables, figures and footnotes."""

import argparse

from cordside.cli.making import made_report, reproduced, written
from cordside.cli.output import step, write_files
from cordside.cli.study import sound_record


def run(given: argparse.Namespace) -> int:
    """Write the report in the forms asked for and print where they are."""
    record = sound_record(given.study)
    step("drawing ...")
    report = made_report(record)
    files = written(report, given.format)
    step("")
    for place in write_files(given.out, files, given.force):
        print(place)
    reproduced(report, record.folder)
    return 0
