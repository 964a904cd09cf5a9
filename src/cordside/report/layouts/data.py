"""Where the data come from: a row a domain, a column an origin."""

from collections.abc import Sequence

from cordside.protocol.plans.base import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import cell, distinct, table_of
from cordside.report.tables import Column, Row, Table
from cordside.results import ORIGINS, Result, find

_NOTE = "Rows of the record by domain and origin. Derived: rows with values that the source does not print but that follow from it."


def draw(planned: Planned, rows: Sequence[Result], protocol: Protocol) -> Table:
    """Counts of rows; rows are keyed by the domain's code, columns by origin."""
    origins = [origin for origin in ORIGINS if find(rows, level=origin)]
    derived = bool(find(rows, statistic="derived"))
    columns = [Column("", "Domain"), *(Column(name, name.capitalize(), "right") for name in [*origins, *(["derived"] if derived else [])])]
    return table_of(
        planned,
        rows,
        columns,
        [_row(find(rows, variable=code), origins, derived) for code in distinct(row.variable for row in rows)],
        [_NOTE],
    )


def _row(rows: list[Result], origins: list[str], derived: bool) -> Row:
    first = rows[0]
    cells = [cell(*find(rows, statistic="count", level=origin)[:1]) for origin in origins]
    cells += [cell(*find(rows, statistic="derived")[:1])] if derived else []
    return Row(first.variable, tuple(cells), f"{first.variable} {first.label}".strip())
