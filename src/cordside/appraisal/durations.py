"""Means of durations that share an event: onset to therapy is onset to admission plus admission to therapy."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from cordside.appraisal.paper import Paper, PaperCell, PaperRow


@dataclass(frozen=True)
class Leg:
    """The mean of a duration between two events, as an interval."""

    start: str
    end: str
    low: Fraction
    high: Fraction
    name: str

    def reversed(self) -> "Leg":
        """The same duration counted from its end."""
        return Leg(self.end, self.start, -self.high, -self.low, self.name)


def events_of(row: PaperRow) -> tuple[str, str] | None:
    """The two events between which the row counts days."""
    target = row.data.target
    return (target.days_from, target.days_to) if target and target.days_from and target.days_to else None


def means_between(paper: Paper, row: PaperRow, cell: PaperCell) -> Iterator[tuple[Fraction, Fraction, str]]:
    """Lowest and highest mean of a row's duration that the means of two other rows allow, with their names.

    Only rows with the same number of patients, who are then the same ones.
    """
    events = events_of(row)
    if events is None:
        return
    legs = [leg for other in paper.rows if other is not row for leg in _legs(other, cell.n)]
    both = [*legs, *(leg.reversed() for leg in legs)]
    for first in both:
        for second in both:
            if first.start == events[0] and first.end == second.start and second.end == events[1] and first.name != second.name:
                yield first.low + second.low, first.high + second.high, f"{first.name} and {second.name}"


def _legs(row: PaperRow, n: int | None) -> Iterator[Leg]:
    events, cell = events_of(row), row.cell("value")
    if events and cell and cell.has("mean") and cell.n == n:
        yield Leg(*events, cell["mean"].lo, cell["mean"].hi, row.title)
