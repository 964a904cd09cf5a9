"""Rows of a before/after table: pairs that print both summaries and the P."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from cordside.analysis.conventions import TYPES
from cordside.appraisal.paper import Paper, PaperCell, PaperRow
from cordside.appraisal.printed import Printed
from cordside.appraisal.rebuild.bounds import impossible, impossible_p
from cordside.appraisal.rebuild.cells import cannot, limits_of, step_of, wanted_of
from cordside.appraisal.rebuild.change import MOST_MARGINS, Pairs, draw_pairs, p_window
from cordside.appraisal.rebuild.outcomes import Outcome, broken, held, not_found
from cordside.appraisal.rebuild.pairing import paired_p
from cordside.appraisal.rebuild.prints import prints
from cordside.appraisal.rebuild.seeds import generator
from cordside.appraisal.rebuild.wanted import QUARTILES, Wanted
from cordside.appraisal.summaries import is_paired_t, p_of, test_of


@dataclass(frozen=True)
class Changed:
    """One row of a before/after table in recording steps; p: the printed P of a paired t test, None where there is none."""

    row: PaperRow
    before: PaperCell
    after: PaperCell
    wanted: tuple[Wanted, Wanted]
    step: Fraction
    p: Printed | None

    @property
    def numbers(self) -> tuple[int, int]:
        """Patients with a value before, and after."""
        return self.before.n or 0, self.after.n or 0

    @property
    def pairs(self) -> int:
        """Patients with both."""
        return min(self.numbers)

    def draw(self, definition: str, rng: np.random.Generator, tries: int = MOST_MARGINS) -> Pairs | None:
        """Values that print the row; None where the search fails."""
        window = p_window(self.p) if self.p else None
        return draw_pairs(*self.wanted, self.numbers, window, definition, rng, tries)

    def prints(self, found: Pairs, definition: str) -> bool:
        """Do the values print both summaries and the P?"""
        summaries = prints(found.before, self.wanted[0], definition) and prints(found.after, self.wanted[1], definition)
        return summaries and (self.p is None or p_window(self.p).holds(paired_p(*found.both)))


def changed_rows(paper: Paper) -> Iterator[PaperRow]:
    """Rows with a value before and one after."""
    return (row for row in paper.rows if row.data.before is not None and row.data.after is not None)


def changed_of(paper: Paper, row: PaperRow, *, finer: int = 0) -> Changed | Outcome:
    """The row as it is rebuilt, or why it is not. finer: decimals recorded beyond the printed ones, where no recording step is given."""
    before, after = row.cell("before"), row.cell("after")
    if before is None or after is None:
        return not_found(row.spot, "a number of the summary is missing")
    cells = (before, after)
    step = step_of(row, cells) / (10**finer if row.data.grid is None else 1)
    limits = limits_of(row, cells)
    first, second = (wanted_of(row, cell, step, limits) for cell in cells)
    if first is None or second is None or not before.n or not after.n:
        return cannot(row, before)
    p = p_of(row) if is_paired_t(test_of(paper, row)) else None
    return Changed(row, before, after, (first, second), step, p)


def rebuild_row(study: str, changed: Changed, definition: str, seed: int, tries: int = MOST_MARGINS) -> Pairs | None:
    """The pairs of one row, from a generator of its own: the same seed gives the same rows."""
    return changed.draw(definition, generator(study, changed.row.name, definition, seed), tries)


def verdict_on(changed: Changed, found: Pairs | None, definition: str) -> Outcome:
    """What became of a row: held, impossible by a bound, or not found."""
    row, spot = changed.row, changed.row.spot
    shown = "; ".join(", ".join(map(str, cell.numbers.values())) for cell in (changed.before, changed.after))
    printed = f"{shown}; P {row.data.p}" if row.data.p else shown
    if found is not None and changed.prints(found, definition):
        beyond = "" if changed.p or not row.data.p else "; its P is not one of a paired t test and was left out"
        return held(spot, f"{changed.pairs} pairs print both summaries{' and the P' if changed.p else ''} under {definition}{beyond}")
    why = why_impossible(changed, definition)
    if why is None:
        return not_found(spot, f"no patients were found under {definition}: the search failed, which proves nothing", printed=printed)
    if changed.wanted[0].kind == QUARTILES and any(why_impossible(changed, other) is None for other in TYPES):
        return not_found(spot, f"not under {definition}: {why}", printed=printed)
    return broken(spot, why, printed=printed)


def why_impossible(changed: Changed, definition: str) -> str | None:
    """The bound that forbids a row under a definition; None where there is none."""
    for cell, wanted, n in zip((changed.before, changed.after), changed.wanted, changed.numbers, strict=True):
        why = impossible(changed.row, cell, wanted, n, definition)
        if why:
            return why
    return impossible_p(changed.wanted[0].kind, changed.pairs, changed.before, changed.after, changed.p) if changed.p else None
