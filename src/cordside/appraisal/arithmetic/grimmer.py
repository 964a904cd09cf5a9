"""GRIMMER: mean and SD together, for every sum that prints the mean."""

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from cordside.appraisal.arithmetic.grim import grim
from cordside.appraisal.arithmetic.whole import wholes
from cordside.appraisal.printed import Printed


@dataclass(frozen=True, slots=True)
class Grimmer:
    """What a printed mean and SD allow.

    grain: one step of a subject's mean, step / items; sums: the whole sums (in grains) that print the mean; least_sd: the
    smallest SD any of these sums can have; example: a sum and a sum of squares (in grains) that print both; fails_at: mean or sd.
    """

    mean: Printed
    sd: Printed
    n: int
    grain: Fraction
    sums: range
    least_sd: float | None
    example: tuple[int, int] | None
    testable: bool
    consistent: bool
    fails_at: str | None


def grimmer(mean: Printed, sd: Printed, n: int, *, items: int = 1, step: Fraction = Fraction(1)) -> Grimmer:
    """Whether a whole sum S and a whole sum of squares Q of the same parity give mean and SD (divisor n - 1).

    Q is at least (n - r) q^2 + r (q + 1)^2 for S = qn + r, r from 0 to n - 1: the squares of values as equal as they can be. One
    subject has no SD: not testable. Passing is not existing: see reachable. Source: Anaya 2016, with every sum of the mean's
    interval tried. 8.9 and 2.81 of 25 pass, 1.44 and 0.17 of 9 do not.
    """
    sums = grim(mean, n, items=items, step=step).sums
    grain = step / items
    if not sums:
        return Grimmer(mean, sd, n, grain, sums, None, None, True, False, "mean")
    if n < 2:
        return Grimmer(mean, sd, n, grain, sums, None, None, False, True, None)
    example = _example(sums, squared_distances(sd, n, grain), n)
    return Grimmer(mean, sd, n, grain, sums, _least_sd(sums, n, grain), example, True, example is not None, None if example else "sd")


def squared_distances(sd: Printed, n: int, grain: Fraction) -> tuple[Fraction, Fraction]:
    """The interval of the sum of squared distances from the mean, in squared grains, that prints this SD; empty below 0."""
    low, high = max(sd.lo, Fraction(0)) / grain, sd.hi / grain
    return (n - 1) * low * low, (n - 1) * high * high if high >= 0 else Fraction(-1)


def least_squares(total: int, n: int) -> int:
    """The smallest sum of squares of n whole numbers with this total."""
    each, over = divmod(total, n)
    return (n - over) * each * each + over * (each + 1) ** 2


def _example(sums: range, distances: tuple[Fraction, Fraction], n: int) -> tuple[int, int] | None:
    return next(((total, squares) for total in sums if (squares := _squares(total, distances, n)) is not None), None)


def _squares(total: int, distances: tuple[Fraction, Fraction], n: int) -> int | None:
    """The smallest whole sum of squares of this total's parity within the interval."""
    about = Fraction(total * total, n)
    allowed = wholes(distances[0] + about, distances[1] + about)
    first = max(allowed.start, least_squares(total, n))
    first += (first - total) % 2
    return first if first < allowed.stop else None


def _least_sd(sums: range, n: int, grain: Fraction) -> float:
    # As many sums as subjects hold a multiple of n, which all subjects can share alike.
    if sums.stop - sums.start >= n:
        return 0.0
    return sqrt(min(least_squares(total, n) - Fraction(total * total, n) for total in sums) / (n - 1)) * float(grain)
