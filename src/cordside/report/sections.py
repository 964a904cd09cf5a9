"""The sections of a report, in their order: what stands in each, every word decided."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from cordside.protocol.analyses import Conventions
from cordside.report import statements
from cordside.report.drawfigures import Figure, draw_figures, draw_flow
from cordside.report.drawtables import PRODUCT, draw_numbers, draw_standing, draw_tables
from cordside.report.layouts.activities import draw_activities, draw_panels
from cordside.report.layouts.criteria import draw_criteria
from cordside.report.layouts.glance import draw_glance
from cordside.report.pieces import Bullets, Facts, Heading, Paragraph, Piece, PlacedFigure, PlacedTable, Section, Term, Terms
from cordside.report.remarks import remarks_of
from cordside.report.source import Report
from cordside.report.summary import facts
from cordside.report.tables import Table
from cordside.report.themes import THEMES, themed

_MOST_QUERIES = 500
_WIDE_SCHEDULE = 12
"""More columns than these are printed on a turned page."""


class _Part(NamedTuple):
    """A section to be: its short name, its heading, what fills it."""

    name: str
    heading: str
    fill: Callable[[Report], Iterable[Piece]]


def sections_of(report: Report) -> tuple[Section, ...]:
    """Every section that has something to say."""
    filled = ((id, part, tuple(part.fill(report))) for id, part in _PARTS.items())
    return tuple(Section(id, part.name, part.heading, pieces, _is_wide(id, pieces)) for id, part, pieces in filled if pieces)


def _is_wide(id: str, pieces: Sequence[Piece]) -> bool:
    first = pieces[0]
    return id == "visits" and isinstance(first, PlacedTable) and len(first.table.columns) > _WIDE_SCHEDULE


def _summary(report: Report) -> Iterator[Piece]:
    yield Facts(tuple(facts(report.results, report.protocol)))
    yield from (Paragraph(words, "notice") for words in statements.cautions(report.protocol))
    for origin in report.origins:
        words = f"Origin of data: {statements.ORIGINS[origin]}."
        yield Paragraph(words, "warning" if origin in statements.NOT_PATIENTS else "notice")


def _subjects(report: Report) -> Iterator[Piece]:
    yield _placed_figure(report, draw_flow(report.results, report.protocol))
    yield _standing(report, "flow")


def _plan(report: Report) -> Iterator[Piece]:
    yield _planned(report, draw_glance(report.protocol))


def _visits(report: Report) -> Iterator[Piece]:
    yield _planned(report, draw_activities(report.protocol))
    yield _planned(report, draw_panels(report.protocol))
    yield _standing(report, "schedule")


def _who(report: Report) -> Iterator[Piece]:
    yield _planned(report, draw_criteria(report.protocol))
    yield _standing(report, "eligibility")


def _product(report: Report) -> Iterator[Piece]:
    named = {row.analysis for row in report.results}
    present = [name for name in PRODUCT if name in named]
    if present:
        yield Paragraph(statements.PRODUCT)
    yield from (_standing(report, name) for name in present)


def _tables(report: Report) -> list[Piece]:
    tables = draw_tables(report.results, report.protocol)
    return [_placed(report, table) for table in tables] or [Paragraph("No tables are planned.")]


def _figures(report: Report) -> list[Piece]:
    figures = draw_figures(report.results, report.protocol, report.images)
    return [_placed_figure(report, figure) for figure in figures] or [Paragraph("No figures are planned.")]


def _numbers(report: Report) -> list[Piece]:
    return [_placed(report, table) for table in draw_numbers(report.results, report.protocol)]


def _remarks(report: Report) -> Iterator[Piece]:
    found = remarks_of(report.protocol)
    if found:
        yield Paragraph(statements.REMARKS)
    for about in found:
        yield Heading(about.heading)
        yield Bullets(about.texts)


def _queries(report: Report) -> Iterator[Piece]:
    problems = report.provenance.problems
    if not problems:
        yield Paragraph("None.")
        return
    yield Paragraph(statements.QUERIES)
    yield Bullets(tuple(str(problem) for problem in problems[:_MOST_QUERIES]), small=True)
    if len(problems) > _MOST_QUERIES:
        yield Paragraph(f"{len(problems) - _MOST_QUERIES} more are not printed; `cordside check` lists them all.")


def _origin(report: Report) -> Iterator[Piece]:
    known = report.provenance
    counts = ", ".join(f"{code} {rows}" for code, rows in known.counts.items())
    terms = (
        Term("Study", known.study),
        Term("Data up to", known.as_of.isoformat() if known.as_of else "no dated row"),
        Term("Digest of the cut", known.digest, is_code=True),
        Term("Digest of the protocol", known.protocol_digest, is_code=True),
        Term("Software", known.software),
        Term("Rows", counts),
    )
    yield Terms(tuple(term for term in terms if term.text))
    yield _standing(report, "data")


def _methods(report: Report) -> Iterator[Piece]:
    methods = sorted({row.method for row in report.results if row.method})
    named = [f"Methods named in the result rows: {'; '.join(methods)}."] if methods else []
    yield Paragraph(f"{statements.READING} {statements.TRACING}")
    yield Bullets((statements.DAYS, _conventions(report.protocol.conventions), statements.NUMBERS, *named))


def _conventions(chosen: Conventions) -> str:
    rounding = "half up" if chosen.rounding == "half_up" else "of the binary value"
    journal = THEMES[chosen.theme].journal
    return (
        f"Quantiles: {chosen.quantiles}. Rounding: {rounding}, once, at the end. "
        f"Error bars: {chosen.spread.upper()} unless a figure says otherwise. Clearance by the rule {chosen.clearance}."
        + (f" P values, percentages and decimal points are printed as {journal} asks." if journal else "")
    )


def _limits(report: Report) -> Iterator[Piece]:
    yield Bullets(statements.LIMITS)


def _planned(report: Report, table: Table) -> PlacedTable:
    """A table from the protocol alone."""
    known = report.provenance
    digest = f", digest {known.protocol_digest[:12]}" if known.protocol_digest else ""
    return PlacedTable(table, (), f"From the protocol{digest}. {_cut(report)}")


def _standing(report: Report, name: str) -> PlacedTable:
    return _placed(report, draw_standing(name, report.results, report.protocol))


def _placed(report: Report, table: Table) -> PlacedTable:
    look = THEMES[report.protocol.conventions.theme]
    return PlacedTable(themed(table, look), statements.badges(table.origins), _foot(report, table.origins))


def _placed_figure(report: Report, figure: Figure) -> PlacedFigure:
    return PlacedFigure(figure, statements.badges(figure.origins), _foot(report, figure.origins))


def _foot(report: Report, origins: tuple[str, ...]) -> str:
    return f"Origin of data: {statements.origin_words(origins, report.origins)}. {_cut(report)}"


def _cut(report: Report) -> str:
    return f"Study {report.provenance.study}, cut {report.provenance.digest[:12]}."


_PARTS = {
    "summary": _Part("Summary", "Summary", _summary),
    "subjects": _Part("Flow", "Flow of subjects", _subjects),
    "plan": _Part("Protocol", "Protocol at a glance", _plan),
    "visits": _Part("Schedule", "Schedule of activities", _visits),
    "who": _Part("Eligibility", "Eligibility", _who),
    "cells": _Part("Product", "The product, from donor to dose", _product),
    "tables": _Part("Tables", "Tables", _tables),
    "figures": _Part("Figures", "Figures", _figures),
    "numbers": _Part("Numbers", "Numbers behind the figures", _numbers),
    "remarks": _Part("Source's remarks", "What the source says beside the rows", _remarks),
    "queries": _Part("Queries", "Queries open", _queries),
    "origin": _Part("Origin of data", "Origin of the data", _origin),
    "methods": _Part("Methods", "Methods and conventions", _methods),
    "limits": _Part("Limits", "Limits", _limits),
}
