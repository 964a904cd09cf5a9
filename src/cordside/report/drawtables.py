"""Every planned table drawn: which layout belongs to which kind."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from cordside.protocol.plans.base import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.layouts import (
    adverse_events,
    before_after,
    box_points,
    by_visit,
    change_by_visit,
    characteristics,
    clearance,
    comparison,
    data,
    deviations,
    eligibility,
    event_listing,
    exposure,
    flow,
    infusions,
    listing,
    outcomes,
    paired,
    product,
    product_infusions,
    product_recipients,
    product_tests,
    schedule,
    shift,
    subject_listing,
    swabs,
    time_to_event,
    treatments,
    values_by_visit,
    waterfall,
)
from cordside.report.numbering import figure_numbers, running_numbers
from cordside.report.remarks import beside
from cordside.report.tables import Table
from cordside.results import Result, find

Layout = Callable[[Any, Sequence[Result], Protocol], Table]

PLANNED: dict[str, Layout] = {
    "listing": listing.draw,
    "characteristics": characteristics.draw,
    "swabs": swabs.draw,
    "clearance": clearance.draw,
    "adverse_events": adverse_events.draw,
    "comparison": comparison.draw,
    "exposure": exposure.draw,
    "treatments": treatments.draw,
    "subject_listing": subject_listing.draw,
    "values_by_visit": values_by_visit.draw,
    "infusions": infusions.draw,
    "deviations": deviations.draw,
    "paired": paired.draw,
    "change_by_visit": change_by_visit.draw,
    "shift": shift.draw,
    "time_to_event": time_to_event.draw,
    "outcomes": outcomes.draw,
}
LISTED: dict[str, Layout] = {"adverse_events": event_listing.draw}
"""Tables that follow the planned one where there is something to list."""
NUMBERS: dict[str, Layout] = {
    "before_after": before_after.draw,
    "by_visit": by_visit.draw,
    "box_points": box_points.draw,
    "waterfall": waterfall.draw,
}
"""Tables of the numbers behind a figure."""
STANDING: dict[str, tuple[str, str, Layout]] = {
    "flow": ("Table R1", "Flow of subjects", flow.draw),
    "eligibility": ("Table R3", "Eligibility, subject by subject", eligibility.draw),
    "schedule": ("Table R2", "Visits as they stand", schedule.draw),
    "data": ("Table R4", "Rows of the record by domain and origin", data.draw),
    "product": ("Table R5", "The product, line by line", product.draw),
    "product_tests": ("Table R6", "Tests of each lot", product_tests.draw),
    "product_infusions": ("Table R7", "Infusions as given", product_infusions.draw),
    "product_recipients": ("Table R8", "Lots and the subjects who received them", product_recipients.draw),
}
"""Analyses that are made for every study (of the product: for every study that has one), with their numbers and titles."""
PRODUCT = ("product", "product_tests", "product_infusions", "product_recipients")
"""Those about the product, in their order."""


def draw_tables(results: Sequence[Result], protocol: Protocol) -> list[Table]:
    """Every planned table, in the plan's order, with its number."""
    drawn = [
        table
        for planned in protocol.analyses
        if planned.kind in PLANNED
        for table in _planned(planned, find(results, analysis=planned.id), protocol)
    ]
    numbers = running_numbers([table.number for table in drawn], "Table")
    return [
        replace(table, number=number, footnotes=(*table.footnotes, *beside(protocol, table.id)))
        for table, number in zip(drawn, numbers, strict=True)
    ]


def draw_numbers(results: Sequence[Result], protocol: Protocol) -> list[Table]:
    """The numbers behind the figures, each under its figure's name; a figure without values has none."""
    numbers = figure_numbers(protocol)
    planned = [item for item in protocol.analyses if item.kind in NUMBERS]
    tables = [NUMBERS[item.kind](item, find(results, analysis=item.id), protocol) for item in planned]
    return [replace(table, id=f"{table.id}-numbers", number=f"Numbers of {numbers[table.id]}") for table in tables if not table.empty]


def draw_standing(name: str, results: Sequence[Result], protocol: Protocol) -> Table:
    """The table of a standing analysis: flow, eligibility, schedule, data, or one about the product."""
    number, title, layout = STANDING[name]
    return layout(Planned(id=name, number=number, title=title), find(results, analysis=name), protocol)


def _planned(planned: Any, rows: list[Result], protocol: Protocol) -> list[Table]:
    listed = [LISTED[planned.kind](planned, rows, protocol)] if planned.kind in LISTED else []
    return [PLANNED[planned.kind](planned, rows, protocol), *(table for table in listed if not table.empty)]
