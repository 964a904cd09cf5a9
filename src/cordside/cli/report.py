"""report: the report with its tables, figures and footnotes."""

import argparse

from cordside.cli.making import made_report
from cordside.cli.output import step, write_files
from cordside.cli.study import sound_record
from cordside.report.document import write_html


def run(given: argparse.Namespace) -> int:
    """Write the report and print where it is."""
    record = sound_record(given.study)
    step("drawing ...")
    html = write_html(made_report(record))
    step("")
    for place in write_files(given.out, {"report.html": html}, given.force):
        print(place)
    return 0
