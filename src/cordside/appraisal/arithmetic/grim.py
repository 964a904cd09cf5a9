"""GRIM: a mean of n recorded values is a whole sum of recording steps over n."""

from dataclasses import dataclass
from fractions import Fraction

from cordside.appraisal.arithmetic.whole import around, wholes
from cordside.appraisal.printed import Printed


@dataclass(frozen=True, slots=True)
class Grim:
    """What a printed mean allows.

    grain: by how much possible means differ, step / (n x items); sums: the whole sums that print this mean; nearest: the
    possible means on both sides of the printed one; testable: False when every printed mean is possible.
    """

    mean: Printed
    n: int
    items: int
    step: Fraction
    grain: Fraction
    sums: range
    nearest: tuple[Fraction, Fraction]
    testable: bool
    consistent: bool


def grim(mean: Printed, n: int, *, items: int = 1, step: Fraction = Fraction(1)) -> Grim:
    """Whether n subjects with so many items, each recorded in whole steps, can have this mean.

    n and items from 1, step above 0. Without power when the grain is below one printed step: then nothing can fail.
    Source: Brown and Heathers, Soc Psychol Personal Sci 2017;8:363. 5.19 of 28 is impossible: 145/28 is 5.179, 146/28 is 5.214.
    """
    grain = step / (n * items)
    sums = wholes(mean.lo / grain, mean.hi / grain)
    below, above = (count * grain for count in around(mean.value / grain))
    return Grim(mean, n, items, step, grain, sums, (below, above), grain >= mean.unit, bool(sums))
