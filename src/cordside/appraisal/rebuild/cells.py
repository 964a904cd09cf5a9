"""A printed cell → what its values must print: the summary in recording steps, with the limits that are known."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from cordside.appraisal.arithmetic.spread import sd_bound
from cordside.appraisal.paper import PaperCell, PaperRow
from cordside.appraisal.printed import Printed
from cordside.appraisal.rebuild.outcomes import Outcome, not_found
from cordside.appraisal.rebuild.wanted import MOMENTS, QUARTILES, Wanted, in_steps, largest_of, windows_of
from cordside.terms.analytes import analyte
from cordside.terms.units import convert

_NUMBERS = {QUARTILES: ("median", "q1", "q3"), MOMENTS: ("mean", "sd"), "mean_se": ("mean", "se")}
KINDS = tuple(_NUMBERS)
"""Kinds of cells that can be rebuilt."""

_OLDEST = Fraction(110)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a value can be at all, in the unit of the row; None where nothing is known."""

    least: Fraction | None = None
    most: Fraction | None = None
    floor: Fraction | None = None


def kind_of(row: PaperRow, cell: PaperCell) -> str:
    """The kind of a cell; of a number beside the tables, which has none, by the numbers it prints."""
    if row.data.kind is not None:
        return row.data.kind
    return next((kind for kind, names in _NUMBERS.items() if cell.has(*names)), "")


def step_of(row: PaperRow, cells: Iterable[PaperCell]) -> Fraction:
    """The recording step: the row's grid, a day for days between dates, else the last printed decimal."""
    if row.data.grid is not None:
        return Fraction(row.data.grid)
    if row.data.target and (row.data.target.days_from or row.data.target.days_to):
        return Fraction(1)
    decimals = max((number.decimals for cell in cells for number in _numbers(row, cell)), default=0)
    return Fraction(10) ** -decimals


def decimals_of_step(step: Fraction) -> int:
    """Decimals in which a multiple of the step is written."""
    return next((places for places in range(12) if (step * 10**places).denominator == 1), 12)


def text_of(value: int, step: Fraction) -> str:
    """A value in steps as it would be recorded: 1339 steps of 0.01 are 13.39."""
    number, decimals = value * step, decimals_of_step(step)
    return f"{Decimal(number.numerator) / Decimal(number.denominator):.{decimals}f}"


def limits_of(row: PaperRow, cells: Iterable[PaperCell]) -> Limits:
    """The limits of a row's values: those of its scale, of its analyte, 0 for what is never printed below it, and an assay's floor.

    Limits that a printed number already breaks are left out. Q1 printed as high as the median is taken for the floor.
    """
    printed = [number for cell in cells for number in _numbers(row, cell)[: 3 if cell.has("median") else 1]]
    if not printed:
        return Limits()
    lowest, highest = min(number.value for number in printed), max(number.value for number in printed)
    least, most = _scale(row)
    least = least if least is not None and least <= lowest else Fraction(0) if lowest >= 0 and not _falls_below(cells, 0) else None
    floors = [cell["q1"].value for cell in cells if cell.has("median", "q1", "q3") and _is_floor(cell)]
    floor = floors[0] if floors and floors[0] == lowest else None
    return Limits(least, most if most is not None and most >= highest else None, floor)


def _falls_below(cells: Iterable[PaperCell], least: int) -> bool:
    """Whether an SD is larger than values from this least one could have: then some lie below it."""
    moments = [(cell["mean"], cell["sd"], cell.n) for cell in cells if cell.has("mean", "sd") and cell.n and cell.n > 1]
    return any(not sd_bound(mean, sd, n, Fraction(least), least + n * (mean.hi - least)).consistent for mean, sd, n in moments)


def _is_floor(cell: PaperCell) -> bool:
    return cell["q1"].value == cell["median"].value < cell["q3"].value


def wanted_of(row: PaperRow, cell: PaperCell, step: Fraction, limits: Limits) -> Wanted | None:
    """What the values of a cell must print; None where its kind cannot be rebuilt, or a number is missing or too large."""
    numbers, printed = _numbers(row, cell), kind_of(row, cell)
    if printed not in _NUMBERS or len(numbers) != len(_NUMBERS[printed]):
        return None
    kind = QUARTILES if printed == QUARTILES else MOMENTS
    if printed == "mean_se":
        numbers = [numbers[0], _times(numbers[1], math.sqrt(cell.n or 1))]
    windows = windows_of([(number.value, number.lo, number.hi) for number in numbers], step)
    if any(2 * max(abs(window.low), abs(window.high)) > largest_of(cell.n or 1) for window in windows):
        return None
    least, most = in_steps(limits.least, step, up=True), in_steps(limits.most, step, up=False)
    return Wanted(kind, windows, step, least, most, in_steps(limits.floor, step, up=True))


def cannot(row: PaperRow, cell: PaperCell) -> Outcome:
    """A cell that no values are rebuilt for."""
    if row.data.kind not in KINDS:
        return not_found(cell.spot, f"a summary of kind {row.data.kind} is not rebuilt; {', '.join(KINDS)} are")
    return not_found(cell.spot, "a number of the summary, or n, is missing, or is too large to be rebuilt")


def _numbers(row: PaperRow, cell: PaperCell) -> list[Printed]:
    return [cell[name] for name in _NUMBERS.get(kind_of(row, cell), ()) if cell.has(name)]


def _times(number: Printed, factor: float) -> Printed:
    exact = Fraction(factor)
    return replace(number, value=number.value * exact, lo=number.lo * exact, hi=number.hi * exact)


def _scale(row: PaperRow) -> tuple[Fraction | None, Fraction | None]:
    least, most = (None if text is None else Fraction(text) for text in (row.data.min, row.data.max))
    band = _band(row)
    if row.data.target and row.data.target.variable == "AGE":
        band = Fraction(0), _OLDEST
    return band[0] if least is None else least, band[1] if most is None else most


def _band(row: PaperRow) -> tuple[Fraction | None, Fraction | None]:
    """The plausible values of the row's analyte in the row's unit."""
    code = row.test_code
    found = analyte(*code) if code else None
    if code is None or found is None:
        return None, None
    try:
        low, high = (None if end is None else Fraction(convert(end, found.unit, row.data.unit or "", *code)) for end in found.band)
    except ValueError:
        return None, None
    return low, high
