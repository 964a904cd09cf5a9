"""The report: one HTML file that needs nothing beside it, on paper and on a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from cordside.errors import Problem
from cordside.protocol.protocol import Protocol
from cordside.report import statements
from cordside.report.drawfigures import draw_figures, draw_flow
from cordside.report.drawtables import STANDING, draw_numbers, draw_standing, draw_tables
from cordside.report.layouts.activities import draw_activities, draw_panels
from cordside.report.layouts.criteria import draw_criteria
from cordside.report.layouts.glance import draw_glance
from cordside.report.remarks import remarks_of
from cordside.report.summary import facts
from cordside.report.templating import TEMPLATES, environment
from cordside.results import Result, origins_of

_MOST_QUERIES = 500
_SECTIONS = {
    "summary": "Summary",
    "subjects": "Flow",
    "plan": "Protocol",
    "visits": "Schedule",
    "who": "Eligibility",
    "tables": "Tables",
    "figures": "Figures",
    "numbers": "Numbers",
    "remarks": "Source's remarks",
    "queries": "Queries",
    "origin": "Origin of data",
    "methods": "Methods",
    "limits": "Limits",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a report comes from: the study, the cut's digest, the data's last date, origins, software, counts and queries."""

    study: str
    digest: str
    as_of: date | None = None
    origins: tuple[str, ...] = ()
    software: str = ""
    protocol_digest: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that a report is drawn from. images: bytes of picture files by the name that the result rows cite."""

    protocol: Protocol
    results: Sequence[Result]
    provenance: Provenance
    images: Mapping[str, bytes] = field(default_factory=dict)


def write_html(report: Report) -> str:
    """The report as one HTML page: no network, no scripts; the same input gives the same bytes."""
    return environment().get_template("report.html.j2").render(_context(report))


def _context(report: Report) -> dict[str, object]:
    protocol, results, provenance = report.protocol, report.results, report.provenance
    return {
        "protocol": protocol,
        "provenance": provenance,
        "origins": origins_of(results) or provenance.origins,
        "style": Markup((TEMPLATES / "style.css").read_text(encoding="utf-8")),
        "statements": statements,
        "cautions": statements.cautions(protocol),
        "facts": facts(results, protocol),
        "remarks": remarks_of(protocol),
        "queries": provenance.problems[:_MOST_QUERIES],
        "queries_left_out": max(len(provenance.problems) - _MOST_QUERIES, 0),
        "methods": sorted({row.method for row in results if row.method}),
        **_drawings(report),
    }


def _drawings(report: Report) -> dict[str, object]:
    protocol, results = report.protocol, report.results
    drawn: dict[str, object] = {
        "flow_diagram": draw_flow(results, protocol),
        "glance": draw_glance(protocol),
        "activities": draw_activities(protocol),
        "panels": draw_panels(protocol),
        "criteria": draw_criteria(protocol),
        "tables": draw_tables(results, protocol),
        "figures": draw_figures(results, protocol, report.images),
        "numbers": draw_numbers(results, protocol),
    }
    drawn |= {name: draw_standing(name, results, protocol) for name in STANDING}
    absent = {name for name, found in {"numbers": drawn["numbers"], "remarks": remarks_of(protocol)}.items() if not found}
    return drawn | {"sections": [(name, words) for name, words in _SECTIONS.items() if name not in absent]}
