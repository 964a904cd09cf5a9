"""From results to the one document that all writers draw: text, tables and figures in order, decided once."""

from cordside.report import statements
from cordside.report.pieces import Document
from cordside.report.sections import sections_of
from cordside.report.source import Report
from cordside.report.themes import THEMES


def compose(report: Report) -> Document:
    """The document of a report; the same report gives the same document."""
    protocol, known = report.protocol, report.provenance
    return Document(
        study=known.study,
        title=protocol.title or known.study,
        lead="Study report",
        subtitle=_subtitle(report),
        badges=statements.badges(report.origins),
        mark=statements.running_mark(report.origins),
        digest=known.digest,
        footer=" · ".join(filter(None, [known.study, f"cut {known.digest}", known.software])),
        theme=THEMES[protocol.conventions.theme],
        sections=sections_of(report),
    )


def _subtitle(report: Report) -> str:
    known = report.provenance
    until = [f"data up to {known.as_of.isoformat()}"] if known.as_of else []
    return " · ".join([f"Study {known.study}", f"protocol version {report.protocol.version}", *until, f"cut {known.digest[:12]}"])
