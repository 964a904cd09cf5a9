"""Proofs that no patients can print a summary. What none of them catches may still not be found by the search."""

from collections.abc import Iterator
from fractions import Fraction

from cordside.appraisal.arithmetic.changes import change_p_range
from cordside.appraisal.arithmetic.grimmer import grimmer
from cordside.appraisal.arithmetic.quartiles import quartile_order
from cordside.appraisal.arithmetic.spread import sd_bound
from cordside.appraisal.paper import PaperCell, PaperRow
from cordside.appraisal.printed import Printed
from cordside.appraisal.rebuild.carriers import parts_with_usual_median
from cordside.appraisal.rebuild.wanted import MOMENTS, QUARTILES, Wanted
from cordside.appraisal.summaries import scale_of

_NAMES = ("the median", "Q1", "Q3")


def impossible(row: PaperRow, cell: PaperCell, wanted: Wanted, n: int, definition: str) -> str | None:
    """Why no n values print the cell; None where no bound forbids it.

    definition: of the quartiles. The recording step proves something only where the file gives it, the scale likewise.
    """
    if wanted.kind == QUARTILES:
        return next(_quartiles(row, cell, wanted, n, definition), None)
    return next(_moments(row, cell, wanted, n), None) if cell.has("mean", "sd") else None


def impossible_p(kind: str, n: int, before: PaperCell, after: PaperCell, p: Printed) -> str | None:
    """Why a paired t test of n pairs cannot print the P; None where the printed means and SDs leave it open."""
    if n < 2:
        return f"{n} pair: a paired t test needs two"
    if kind != MOMENTS or not (before.has("mean", "sd") and after.has("mean", "sd")):
        return None
    found = change_p_range(n, (before["mean"], before["sd"]), (after["mean"], after["sd"]), p)
    if found.consistent:
        return None
    spread = f"SDs of the change from {float(found.sd_low):.3g} to {float(found.sd_high):.3g}"
    return f"outside the range of possible P ({found.p_min:.3g} to {found.p_max:.3g} for {spread})"


def _quartiles(row: PaperRow, cell: PaperCell, wanted: Wanted, n: int, definition: str) -> Iterator[str]:
    order = quartile_order([(name, cell[key]) for name, key in (("Q1", "q1"), ("median", "median"), ("Q3", "q3"))])
    if not order.consistent:
        yield f"{' and '.join(order.broken[0])} are out of order"
    if row.data.grid is not None:
        for part, window in enumerate(wanted.windows):
            # Two values a step apart with weight 1/4 give every quarter of a step, and nothing between.
            grains = [carrier.weight.denominator for one, carrier in parts_with_usual_median(n, definition) if one == part]
            if not any(window.times(grain).wholes() for grain in grains):
                yield _off_grid(part, n, max(grains), wanted.step)


def _off_grid(part: int, n: int, grain: int, step: Fraction) -> str:
    if grain == 1:
        odd = "odd n: " if part == 0 and n % 2 else ""
        return f"{odd}{_NAMES[part]} must be a recorded value"
    return f"{_NAMES[part]} must be a multiple of {step / grain}: it lies between two values recorded in steps of {step}"


def _moments(row: PaperRow, cell: PaperCell, wanted: Wanted, n: int) -> Iterator[str]:
    mean, sd = cell["mean"], cell["sd"]
    if n == 1:
        yield "one value has no SD"
        return
    if row.data.grid is not None and not (found := grimmer(mean, sd, n, step=wanted.step, items=row.data.items)).consistent:
        yield f"no {n} values recorded in steps of {wanted.step} have this {'SD' if found.fails_at == 'sd' else 'mean'}"
    low, high = scale_of(row)
    if low is not None and high is not None and not sd_bound(mean, sd, n, low, high).consistent:
        yield f"the SD is larger than values from {row.data.min} to {row.data.max} allow"
