"""Lots and the subjects who received them: how each lot was released, what became of it, and what holds it.

Where no infusion of a study has a lot there is nothing to list infusion by infusion: they are counted.
"""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.base import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import cell_of, distinct, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_HEADINGS = {
    "CONTAINER": "Container",
    "SUBJECT": "Subject, infusion",
    "DATE": "Infused",
    "RELEASED": "Released how",
    "STATE": "State of the lot now",
    "HOLDS": "Holds",
}
_SOURCE = {"SUBJECT": "CONTAINER"}
_NOT_RECORDED, _NOT_KNOWN = "not recorded", "not known"
_COUNTED = "No lot is known of any infusion: they are counted here, not listed."
_NOTE = "Historical: known from a publication or an earlier study; whether rules of lot, release and expiry were kept is unknown."


def draw(planned: Planned, rows: Sequence[Result], protocol: Protocol) -> Table:
    """Rows are keyed `lot: subject / infusion`, columns by variable; where no lot is known at all, `lot`."""
    columns = [Column("", "Lot"), *(Column(name, heading) for name, heading in _HEADINGS.items())]
    lots = distinct(row.group_level for row in rows)
    if _is_without_lots(rows):
        return table_of(planned, rows, columns, [_counted(lot, find(rows, group_level=lot)) for lot in lots], [_COUNTED, _NOTE])
    return table_of(planned, rows, columns, [row for lot in lots for row in _rows(lot, find(rows, group_level=lot))], [_NOTE])


def _is_without_lots(rows: Sequence[Result]) -> bool:
    """Whether of no infusion anything is known of lot or container."""
    released, containers = find(rows, variable="RELEASED"), find(rows, variable="CONTAINER")
    nothing_released = bool(released) and all(row.text == _NOT_KNOWN for row in released)
    return nothing_released and all(row.text == _NOT_RECORDED for row in containers)


def _counted(lot: str, rows: list[Result]) -> Row:
    """All infusions of a lot that nobody knows, as one line."""
    containers, dates = find(rows, variable="CONTAINER"), find(rows, variable="DATE")
    subjects = len({row.subject for row in containers})
    who = f"{_many(len(containers), 'infusion')} in {_many(subjects, 'subject')}"
    texts = {"SUBJECT": who, "DATE": _span(dates)}
    return Row(lot, tuple(_alike(find(rows, variable=_SOURCE.get(name, name)), texts.get(name)) for name in _HEADINGS), begins=True)


def _alike(rows: list[Result], text: str | None) -> Cell:
    """One cell for many rows: a text of its own, or what all of them print."""
    return Cell("; ".join(distinct(row.text for row in rows)) if text is None else text, tuple(rows))


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _span(dates: Sequence[Result]) -> str:
    """First and last date, and how many have none."""
    known = sorted(row.text for row in dates if row.text != _NOT_RECORDED)
    missing = len(dates) - len(known)
    words = [] if not known else [known[0] if known[0] == known[-1] else f"{known[0]} to {known[-1]}"]
    return "; ".join([*words, *([f"{missing} not recorded" if known else _NOT_RECORDED] if missing else [])])


def _rows(lot: str, rows: list[Result]) -> Iterator[Row]:
    for place, (subject, level) in enumerate(dict.fromkeys((row.subject, row.level) for row in rows)):
        own = find(rows, subject=subject, level=level)
        who = Cell(f"{subject}, {level}", tuple(find(own, variable="CONTAINER"))) if subject else Cell("nobody")
        cells = [who if name == "SUBJECT" else cell_of(own, variable=name) for name in _HEADINGS]
        yield Row(f"{lot}: {subject} / {level}", tuple(cells), lot if place == 0 else "", begins=place == 0)
