"""Quartiles and range stand in order.

min <= Q1 <= median <= Q3 <= max; equal ones are in order.

Example: "The median 7 lies above the third quartile 6. Please check the order in which they are printed."
"""

from cordside.appraisal.arithmetic.quartiles import quartile_order
from cordside.appraisal.paper import Paper
from cordside.appraisal.verdict import CONTRADICTION, Verdicts

ID = "quartile-order"
LEVELS = (CONTRADICTION,)
_ORDER = {"min": "the minimum", "q1": "the first quartile", "median": "the median", "q3": "the third quartile", "max": "the maximum"}


def judge(paper: Paper) -> Verdicts:
    """Every cell that prints two of them."""
    say = Verdicts(paper, ID)
    for row in paper.rows:
        for cell in row.cells:
            values = [(name, cell[name]) for name in _ORDER if cell.has(name)]
            if len(values) < 2:
                continue
            found, printed = quartile_order(values), " <= ".join(str(number) for _, number in values)
            if found.consistent:
                say.right(cell.spot, printed)
                continue
            broken = "; ".join(f"{_ORDER[low]} {cell[low]} lies above {_ORDER[high]} {cell[high]}" for low, high in found.broken)
            why = f"{broken}. Please check the order in which they are printed."
            say.found(
                CONTRADICTION, cell.spot, why, printed=printed.replace(" <=", ","), expected="minimum, Q1, median, Q3, maximum, rising"
            )
    return say
