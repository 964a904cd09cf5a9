"""What layouts share: subjects and groups in their order, cells, the reason of an empty table."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cordside.protocol.plans.base import Planned
from cordside.protocol.protocol import Protocol
from cordside.report.itemlabels import printed_unit, raised
from cordside.report.tables import Cell, Column, Row, Table, marked
from cordside.results import Result, find, origins_of

MOST_COLUMNS = 10
"""More subjects than these stand in rows, not in columns, so that a page can hold them."""


def reason_of(rows: Sequence[Result]) -> str:
    """Why nothing can be drawn: the error of an analysis that gave no other row; empty where there is something."""
    if any(not row.error or row.statistic != "n" for row in rows):
        return ""
    return next((row.error for row in rows), "the analysis gave no result rows")


def subjects_of(rows: Iterable[Result]) -> dict[str, str]:
    """Printed heading of each subject, in the rows' order."""
    return {row.subject: row.group_level or row.subject for row in rows if row.subject}


def groups_of(rows: Iterable[Result]) -> list[str]:
    """Arms and the total, in the rows' order."""
    return list(dict.fromkeys(row.group_level for row in rows if row.group_level and not row.subject))


def distinct(values: Iterable[str]) -> list[str]:
    """Each value once, in the order of its first coming."""
    return list(dict.fromkeys(values))


def cell(*results: Result, kind: str = "text", join: str = ", ") -> Cell:
    """A cell that prints the texts of results one after the other; empty without results."""
    return Cell(join.join(row.text for row in results if row.text), results, "date" if kind == "date" else "text")


def raised_cell(*results: Result) -> Cell:
    """The same with powers as print has them: 30 × 10⁶ cells."""
    found = cell(*results)
    return replace(found, text=raised(found.text))


def sized_column(group: str, sizes: Sequence[Result]) -> Column:
    """The column of a group with its number of subjects, which leads to the row that counts them; sizes: that row, or none."""
    return Column(group, sized_words(group, sizes), results=tuple(sizes[:1]))


def sized_words(group: str, sizes: Sequence[Result]) -> str:
    """A group with its number of subjects: Cells (n = 31)."""
    return f"{group} (n = {sizes[0].text or sizes[0].n})" if sizes else group


def cell_of(rows: Sequence[Result], **wanted: str) -> Cell:
    """The cell of the first row whose columns are as wanted; empty where there is none."""
    return cell(*find(rows, **wanted)[:1])


def table_of(
    planned: Planned, rows: Sequence[Result], columns: Iterable[Column], drawn: Iterable[Row], footnotes: Iterable[str] = ()
) -> Table:
    """A table of a planned item: with its footnotes and marks, or with the reason why it is empty."""
    reason = reason_of(rows)
    body = () if reason else tuple(drawn)
    notes = (*planned.footnotes, *(() if reason else footnotes))
    return marked(
        Table(planned.id, planned.number or "", planned.title, tuple(columns), body, notes, empty=capital(reason), origins=origins_of(rows))
    )


def turned(table: Table) -> Table:
    """The table with rows as columns; sections go into the headings."""
    rows = [row for row in table.rows if not row.section]
    columns = (table.columns[0], *(Column(row.key, row.printed, results=row.results, marks=row.marks) for row in rows))
    lines = [
        Row(column.key, tuple(row.cells[index] for row in rows), column.printed, marks=column.marks, results=column.results)
        for index, column in enumerate(table.columns[1:])
    ]
    return replace(table, columns=columns, rows=tuple(lines))


def printed_date(iso: str, protocol: Protocol) -> str:
    """An ISO date as the protocol prints dates: 2020-02-21, or 2.21 (month.day)."""
    parts = iso.partition("T")[0].split("-")
    if protocol.conventions.dates == "iso" or len(parts) != 3:
        return iso
    return f"{int(parts[1])}.{int(parts[2])}"


def with_unit(label: str, unit: str) -> str:
    """A label with its unit in brackets, unless it has it already or there is none."""
    return label if not unit or unit in label else f"{label} ({printed_unit(unit)})"


def inside(label: str) -> str:
    """A label inside a sentence: only its first letter is lowered, and not that of a word in capitals (Low CRP: low CRP)."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def capital(words: str) -> str:
    """Words that begin a sentence."""
    return words[:1].upper() + words[1:]
