"""How many patients quartiles place inside or outside a printed normal range: guaranteed counts, whatever the
definition.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from cordside.analysis.conventions import TYPES
from cordside.appraisal.arithmetic.places import at_or_above, at_or_below
from cordside.appraisal.claims import speaks_of
from cordside.appraisal.paper import Paper, PaperCell, PaperRow
from cordside.appraisal.printed import Printed, read_printed

_MOST = 2
_SHARES = {"q1": "0.25", "median": "0.5", "q3": "0.75"}


@dataclass(frozen=True, slots=True)
class AtLimit:
    """A guaranteed number of patients inside or outside a printed limit; share: of all of them."""

    row: PaperRow
    share: Fraction
    words: str


def beside_claim(paper: Paper, claim: str) -> list[str]:
    """At most two sentences beside a claim: of the rows that it speaks of, else of any; those of most patients first."""
    found = sorted(patients_at_limits(paper), key=lambda one: -one.share)
    meant = [one for one in found if speaks_of(claim, one.row.title)]
    return [one.words for one in (meant or found)[:_MOST]]


def patients_at_limits(paper: Paper) -> list[AtLimit]:
    """Patients who were normal before, and who still were not after, by the printed quartiles and limits."""
    found: list[AtLimit] = []
    for row in paper.rows:
        upper = _upper(row)
        before, after = row.cell("before"), row.cell("after")
        if upper is None or before is None or after is None or not before.n or not after.n:
            continue
        found += [*_normal_before(row, before, upper), *_still_high_after(row, after, upper)]
    return found


def _upper(row: PaperRow) -> Printed | None:
    """The upper limit of a row whose quartiles are printed."""
    limit = row.data.normal[1] if row.data.normal else None
    return read_printed(limit) if limit else None


def _normal_before(row: PaperRow, cell: PaperCell, upper: Printed) -> Iterator[AtLimit]:
    below = [name for name in _SHARES if cell.has(name) and cell[name].hi < upper.value]
    if below and row.data.normal and row.data.normal[0] is None:
        name = below[-1]
        yield _at_limit(row, cell, name, at_or_below, f"of at most {cell[name]} before, within the printed limit {upper}")


def _still_high_after(row: PaperRow, cell: PaperCell, upper: Printed) -> Iterator[AtLimit]:
    above = [name for name in reversed(_SHARES) if cell.has(name) and cell[name].lo > upper.value]
    if above:
        name = above[-1]
        yield _at_limit(row, cell, name, at_or_above, f"of at least {cell[name]} after, above the printed limit {upper}")


def _at_limit(row: PaperRow, cell: PaperCell, name: str, counted: Callable[[int, str, str], int], words: str) -> AtLimit:
    n = cell.n or 1
    numbers = {definition: counted(n, _SHARES[name], definition) for definition in TYPES}
    found = list(numbers.values())
    usual = max(set(found), key=found.count)
    others = {definition: number for definition, number in numbers.items() if number != usual}
    aside = ", ".join(f"{number} under {definition}" for definition, number in others.items())
    count = f"at least {usual} of {n}{f' ({aside})' if aside else ''}"
    return AtLimit(row, Fraction(usual, n), f"{count} had {row.title} {words}")
