"""Other treatment by class and term, side by side by arm."""

from collections.abc import Sequence

from cordside.protocol.plans.treatment import Treatments
from cordside.protocol.protocol import Protocol
from cordside.report.layouts.shared import groups_of, table_of
from cordside.report.layouts.side_by_side import columns_of, lines_of
from cordside.report.tables import Table
from cordside.results import Result

_PERIODS = {
    "any": "At any time.",
    "before": "Given before the day of the first infusion.",
    "after": "Given on the day of the first infusion or later.",
    "each": "A treatment given before and after stands in both lines.",
}
_REFERENCE = (
    "For a subject without an infusion the day from which study days count stands for it. "
    "What began before and has no recorded end counts as before only."
)


def draw(planned: Treatments, rows: Sequence[Result], protocol: Protocol) -> Table:
    """Rows are keyed by class and term, see side_by_side."""
    groups = groups_of(rows)
    columns = columns_of(rows, groups, "Medication" if planned.domain == "CM" else "Procedure")
    notes = ["Cells: subjects (% of the subjects of the arm) [rows].", _PERIODS[planned.period]]
    return table_of(
        planned, rows, columns, lines_of(rows, columns, groups, False), [*notes, *([_REFERENCE] if planned.period != "any" else [])]
    )
