"""Do these values print the summary? Asked of every rebuilt row at the end, in whole numbers."""

from fractions import Fraction

import numpy as np

from cordside.appraisal.rebuild.carriers import parts_of
from cordside.appraisal.rebuild.margins import Steps
from cordside.appraisal.rebuild.wanted import QUARTILES, Wanted


def prints(values: Steps, wanted: Wanted, definition: str) -> bool:
    """Whether quartiles under the definition, or mean and SD, print as published.

    values: in whole recording steps, in any order.
    """
    return _quartiles_print(values, wanted, definition) if wanted.kind == QUARTILES else _moments_print(values, wanted)


def _quartiles_print(values: Steps, wanted: Wanted, definition: str) -> bool:
    rising = [int(value) for value in np.sort(values)]
    return all(
        wanted.windows[part].holds(sum((share * rising[rank] for rank, share in carrier.shares), Fraction(0)))
        for part, carrier in parts_of(len(rising), definition)
    )


def _moments_print(values: Steps, wanted: Wanted) -> bool:
    n, total, squares = len(values), int(values.sum()), int(values @ values)
    mean, sd = wanted.windows
    if n < 2 or not mean.holds(Fraction(total, n)):
        return False
    variance = (squares - Fraction(total * total, n)) / (n - 1)
    return variance == sd.target**2 or max(sd.low, Fraction(0)) ** 2 <= variance < sd.high**2
