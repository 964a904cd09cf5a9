"""Days from the first infusion to negativity: subjects down, rules and specimens across."""

from collections.abc import Sequence

from cordside.protocol.plans.swabs import Clearance
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import distinct, subjects_of, table_of
from cordside.report.tables import Cell, Column, Row, Table
from cordside.results import Result, find

_DAYS = (
    "Days after the first infusion (difference of dates); in brackets the last positive and the first negative, "
    "between which the truth lies."
)

_RULES = {
    "first-negative": "First negative: whatever follows, specimens pooled.",
    "two-negatives": "Two negatives: the first of two in a row at least a day apart, with no later positive, specimens pooled.",
    "two-negatives-per-specimen": "Per specimen: the same within each specimen.",
}


def draw(planned: Clearance, rows: Sequence[Result], protocol: Protocol) -> Table:
    """The clearance table; columns are keyed by the heading of rule and specimen."""
    labels = distinct(row.label for row in rows if row.label)
    columns = [Column("", "Subject"), *(Column(label, _heading(rows, label), "centre") for label in labels)]
    subjects = subjects_of(rows)
    drawn = [Row(heading, tuple(_cell(find(rows, subject=name, label=label)) for label in labels)) for name, heading in subjects.items()]
    notes = [*([] if planned.footnotes else [_DAYS]), "A dash: no positive is known before.", *rule_words(rows)]
    return table_of(planned, rows, columns, drawn, notes)


def _heading(rows: Sequence[Result], label: str) -> str:
    named = any(row.convention for row in find(rows, label=label))
    return f"{label} (rule of the protocol)" if named else label


def _cell(rows: list[Result]) -> Cell:
    """The printed days; the two ends of the interval are traced with them."""
    ordered = [*find(rows, statistic="value"), *find(rows, statistic="last_positive"), *find(rows, statistic="first_negative")]
    return Cell(ordered[0].text if ordered else "", tuple(ordered))


def rule_words(rows: Sequence[Result]) -> list[str]:
    """The rules of clearance that results name as their method, in words."""
    return [_RULES[method] for method in distinct(row.method for row in rows) if method in _RULES]
