"""From a record to a report: what `report` and `demo` share."""

import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from cordside import __version__
from cordside.cli.analysing import all_results
from cordside.cli.documents import forms_of
from cordside.record.record import Record
from cordside.report.document import compose
from cordside.report.drawtables import draw_tables
from cordside.report.expected import Comparison, compare
from cordside.report.source import Provenance, Report
from cordside.results import Result


def made_report(record: Record) -> Report:
    """The report of a record: its results, where they come from, and the images that its rows cite."""
    results = all_results(record)
    return Report(protocol=record.protocol, results=results, provenance=provenance_of(record), images=images_of(record, results))


def written(report: Report, formats: Sequence[str]) -> dict[str, bytes]:
    """The report in each form, by the file's name: report.html, report.docx, report.pdf.

    Tables and figures are drawn once for all.
    """
    return forms_of(compose(report), "report", formats)


def provenance_of(record: Record) -> Provenance:
    """Where a report comes from."""
    return Provenance(
        study=record.study,
        digest=record.digest,
        as_of=record.as_of,
        origins=record.origins,
        software=f"cordside {__version__}",
        protocol_digest=sha256(record.protocol_text.encode()).hexdigest(),
        counts={code: record.height(code) for code in record.codes},
        problems=record.problems,
    )


def images_of(record: Record, results: list[Result]) -> dict[str, bytes]:
    """Bytes of the picture files that result rows cite, as far as they lie in the study folder."""
    kinds = {analysis.id for analysis in record.protocol.analyses if analysis.kind == "images"}
    cited = {row.text for row in results if row.analysis in kinds and row.text}
    home = record.folder.resolve()
    places = {name: (record.folder / name).resolve() for name in sorted(cited)}
    return {name: place.read_bytes() for name, place in places.items() if place.is_relative_to(home) and place.is_file()}


def reproduced(report: Report, folder: Path) -> Comparison:
    """Compare with the printed cells in the study's expected/, and say how many are reproduced and which are not."""
    tables = draw_tables(report.results, report.protocol)
    cells, text = compare(tables, folder / "expected"), compare(tables, folder / "expected" / "text")
    for what, comparison in (("published cells", cells), ("numbers of the published text", text)):
        if comparison.total:
            print(f"{report.protocol.study}: {comparison.matched} of {comparison.total} {what} reproduced")
    for difference in (*cells.differences, *text.differences):
        print(difference, file=sys.stderr)
    return Comparison(cells.matched + text.matched, cells.total + text.total, (*cells.differences, *text.differences))
