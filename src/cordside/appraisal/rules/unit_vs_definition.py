"""With the printed definition or unit of a ratio its values are possible.

PaO2/FiO2 is defined over the fraction of inspired oxygen (0.21 to 1). Over the percentage (21 to 100) the same
patient's value is a hundred times smaller. The printed values, taken by the printed definition (`definition: {over,
quote}`) or converted from the printed unit, must lie in the band of plausible values of the analyte; outside it no
patient is possible.

Example: "Over a percentage of 21 or more, 242 needs an arterial pressure above 5,000 mmHg. Please define the ratio
over the fraction."
"""

from collections.abc import Iterator
from fractions import Fraction

from cordside.appraisal.normalranges import converted
from cordside.appraisal.paper import Paper, PaperCell, PaperRow
from cordside.appraisal.printed import Printed
from cordside.appraisal.verdict import CONTRADICTION, Verdicts
from cordside.terms.analytes import Analyte, kinds_of

ID = "unit-vs-definition"
LEVELS = (CONTRADICTION,)
_PLACES = ("mean", "median", "q1", "q3", "min", "max", "value")
_LEAST_PERCENTAGE = 21
_OVER_OXYGEN = ("PO2FIO2", "SAO2FIO2")


def judge(paper: Paper) -> Verdicts:
    """Every row whose test is a ratio."""
    say = Verdicts(paper, ID)
    for row in paper.rows:
        code = row.test_code
        ratio = next((kind for kind in kinds_of(*code) if "/" in kind.name), None) if code else None
        if ratio is not None:
            _judge(say, row, ratio)
        elif row.data.definition is not None:
            say.open(row.spot, "the row names no test code of a known ratio (as: {domain, testcd})")
    return say


def _judge(say: Verdicts, row: PaperRow, ratio: Analyte) -> None:
    try:
        factor, by = _factor(row, ratio)
    except ValueError as error:
        return say.open(row.spot, str(error))
    outside = [(cell, number) for cell, number in _values(row) if _is_outside(number, factor, ratio)]
    low, high = ratio.band
    band = f"{low} to {high} {ratio.unit}".strip()
    if not outside:
        return say.right(row.spot, f"{by} the values lie in the plausible band {band}")
    cell, number = outside[0]
    quote = row.data.definition.quote if row.data.definition else ""
    why = f"{_arithmetic(row, ratio, number, factor, by)}; plausible are {band}. Please check the definition and the unit of {row.title}."
    return say.found(CONTRADICTION, row.spot, why, printed=f"{cell.name}: {number}", expected=band, quote=quote)


def _factor(row: PaperRow, ratio: Analyte) -> tuple[Fraction, str]:
    """What a printed value is multiplied by to stand in the standard unit over the fraction, and by which words of the paper."""
    defined = row.data.definition
    if defined is not None and ratio.testcd in _OVER_OXYGEN:
        return Fraction(100 if defined.over == "percentage" else 1), f"over the {defined.over}"
    unit = row.printed_unit
    if unit in (None, "none"):
        raise ValueError("neither a definition nor a unit of the ratio is printed")
    return converted(Fraction(1), unit or "", ratio.unit, (ratio.domain, ratio.testcd)), f"in {unit}"


def _values(row: PaperRow) -> Iterator[tuple[PaperCell, Printed]]:
    return ((cell, cell[name]) for cell in row.cells if cell.name != "change" for name in _PLACES if cell.has(name))


def _is_outside(number: Printed, factor: Fraction, ratio: Analyte) -> bool:
    low, high = ratio.band
    return (low is not None and number.hi * factor < Fraction(low)) or (high is not None and number.lo * factor > Fraction(high))


def _arithmetic(row: PaperRow, ratio: Analyte, number: Printed, factor: Fraction, by: str) -> str:
    if ratio.testcd == "PO2FIO2" and row.data.definition is not None and row.data.definition.over == "percentage":
        pressure = float(number.value * _LEAST_PERCENTAGE)
        return f"{by} of inspired oxygen, {_LEAST_PERCENTAGE} or more, {number} needs an arterial pressure of at least {pressure:,.0f} mmHg"
    return f"{by} {number} is {float(number.value * factor):.6g} {ratio.unit}".strip()
