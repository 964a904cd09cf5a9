"""Every swab by date and specimen, beside the first positive and the first dose."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cordside.protocol.plans.swabs import Swabs
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import cell, distinct, printed_date, subjects_of, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find


def draw(planned: Swabs, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The swab table; a date of a subject is keyed `Case 1, 2.21`, and what stands once a subject `Case 1`."""
    headings = [planned.positive, planned.first_dose, planned.date, *(place.label for place in planned.places)]
    columns = [Column("", planned.corner), *(Column(heading) for heading in headings)]
    places = [place.label for place in planned.places]
    drawn = [row for name, heading in subjects_of(rows).items() for row in _rows(find(rows, subject=name), heading, places, protocol)]
    return table_of(planned, rows, columns, drawn, _left_out(rows))


def _rows(rows: list[Result], heading: str, places: list[str], protocol: Protocol) -> Iterator[Row]:
    dates = distinct(row.visit for row in rows if row.level in places and row.visit)
    first = [cell(*find(rows, level=level, visit="", statistic="value")[:1], kind="date") for level in ("positive", "first dose")]
    once = [replace(found, row=heading) for found in first]
    for number, date in enumerate(dates or [""], 1):
        found = [find(rows, level=place, visit=date, statistic="value")[:1] for place in places] if date else [[]] * len(places)
        # The date belongs to whatever was found on it, and so does the place where it was recorded.
        when = Cell(printed_date(date, protocol), tuple(row for swab in found for row in swab if row.source), "date")
        cells = (*(once if number == 1 else [Cell()] * 2), when, *(cell(*swab) for swab in found))
        yield Row(f"{heading}, {when.text}", cells, heading if number == 1 else "", begins=number == 1)


def _left_out(rows: Sequence[Result]) -> list[str]:
    return [f"{row.group_level or row.subject}: {row.warning}" for row in rows if row.statistic == "n" and row.warning]
