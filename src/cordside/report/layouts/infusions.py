"""Infusions planned and given: a row an infusion, with vital signs and reactions where recorded."""

from collections.abc import Iterator, Sequence

from cordside.protocol.plans.safety import Infusions
from cordside.protocol.protocol import Protocol
from cordside.report.itemlabels import item_label, printed_unit
from cordside.report.layouts.shared import cell, cell_of, distinct, printed_date, subjects_of, table_of, with_unit
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find


def draw(planned: Infusions, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The table of infusions; rows are keyed `Case 1 / n` by infusion, `Total` at the end."""
    vitals = distinct(row.variable for row in rows if row.variable.startswith("VS.") and row.subject)
    columns = [
        Column("", "Subject"),
        Column("infusion", "Infusion", "centre"),
        Column("date", "Date"),
        Column("day", "Study day", "centre"),
    ]
    columns += [Column("planned", "Planned day", "centre"), Column("dose", "Dose"), Column("historical", "Historical")]
    contained = distinct(row.variable for row in rows if row.variable.startswith("EX.EX"))
    columns += [_heading(item, rows) for item in contained]
    columns += [Column(item, _vital_heading(item, rows)) for item in vitals] + [Column("reactions", "Reactions")]
    subjects = subjects_of(rows)
    drawn = [row for name, heading in subjects.items() for row in _rows(find(rows, subject=name), heading, contained, vitals, protocol)]
    notes = ["Reactions: adverse events recorded at the infusion. Empty: none recorded."]
    return table_of(planned, rows, columns, [*drawn, *_totals(rows, len(columns))], notes)


def _heading(item: str, rows: Sequence[Result]) -> Column:
    first = find(rows, variable=item)[0]
    return Column(item, with_unit(first.label, first.unit))


def _vital_heading(item: str, rows: Sequence[Result]) -> str:
    return with_unit(item_label(item), next((row.unit for row in find(rows, variable=item) if row.unit), ""))


def _rows(rows: list[Result], heading: str, contained: list[str], vitals: list[str], protocol: Protocol) -> Iterator[Row]:
    numbers = distinct(row.level for row in rows if row.level and row.statistic == "value")
    for number in numbers:
        found = find(rows, level=number, statistic="value")
        days = find(found, variable="EX.DAY")[:1]
        when = Cell(printed_date(days[0].visit, protocol) if days else "", tuple(days), "date")
        doses = [Cell(with_dose_unit(row), (row,)) for row in find(found, variable="EX.DOSE")[:1]] or [Cell()]
        cells = [Cell(number), when, Cell(days[0].text if days else "", ()), cell_of(found, variable="EX.PLANNED"), *doses]
        cells += [cell_of(found, variable=item) for item in ("EX.HIST", *contained)]
        cells += [*(_over_time(find(found, variable=item)) for item in vitals)]
        cells.append(cell(*find(found, variable="AE")))
        yield Row(f"{heading} / {number}", tuple(cells), heading if number == numbers[0] else "", begins=number == numbers[0])


def with_dose_unit(row: Result) -> str:
    """A dose as collected with its unit; large counts of cells with blanks between thousands."""
    number = f"{int(row.text):,}".replace(",", "\u202f") if row.text.isascii() and row.text.isdigit() else row.text
    times = "× " if row.unit.startswith("10^") else ""
    return f"{number} {times}{printed_unit(row.unit).replace('Therapeutic Cells', 'cells')}".strip()


def _over_time(rows: list[Result]) -> Cell:
    """Values before, during and after, each behind its time point."""
    words = [f"{row.visit.lower()} {row.text}" if row.visit else row.text for row in rows]
    return Cell("; ".join(words), tuple(rows))


def _totals(rows: Sequence[Result], width: int) -> Iterator[Row]:
    total = [row for row in rows if row.group_level == "Total" and not row.subject]
    words = {"n": "subjects treated:", "count": "infusions:"}
    text = "; ".join(f"{words[row.statistic]} {row.text or row.n}" for row in total if row.statistic in words)
    if text:
        yield Row("Total", (Cell(text, tuple(total)), *(Cell(),) * (width - 2)), "Total", begins=True, spans=True)
