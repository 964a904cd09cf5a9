"""From a record to a report: what `report` and `demo` share."""

from hashlib import sha256

from cordside import __version__
from cordside.analysis.run import analyse
from cordside.record.record import Record
from cordside.report.document import Provenance, Report
from cordside.results import Result


def made_report(record: Record) -> Report:
    """The report of a record: its results, where they come from, and the images that its rows cite."""
    results = analyse(record)
    return Report(protocol=record.protocol, results=results, provenance=provenance_of(record), images=images_of(record, results))


def provenance_of(record: Record) -> Provenance:
    """Where a report comes from."""
    return Provenance(
        study=record.study,
        digest=record.digest,
        as_of=record.as_of,
        origins=record.origins,
        software=f"cordside {__version__}",
        protocol_digest=sha256(record.protocol_text.encode()).hexdigest(),
        counts={code: record.frame(code).height for code in record.rows},
        problems=record.problems,
    )


def images_of(record: Record, results: list[Result]) -> dict[str, bytes]:
    """Bytes of the picture files that result rows cite, as far as they lie in the study folder."""
    kinds = {analysis.id for analysis in record.protocol.analyses if analysis.kind == "images"}
    cited = {row.text for row in results if row.analysis in kinds and row.text}
    home = record.folder.resolve()
    places = {name: (record.folder / name).resolve() for name in sorted(cited)}
    return {name: place.read_bytes() for name, place in places.items() if place.is_relative_to(home) and place.is_file()}
