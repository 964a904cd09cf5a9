"""report: the report with its tables, figures and footnotes."""

import argparse

from cordside.cli.engine import opened
from cordside.cli.making import made_report, reproduced, written
from cordside.cli.output import step, write_files


def run(given: argparse.Namespace) -> int:
    """Write the report in the forms asked for and print where they are."""
    with opened(given.study, given.engine) as record:
        step("analysing ...")
        report = made_report(record)
    step("drawing ...")
    files = written(report, given.format)
    step("")
    for place in write_files(given.out, files, given.force):
        print(place)
    reproduced(report, record.folder)
    return 0
