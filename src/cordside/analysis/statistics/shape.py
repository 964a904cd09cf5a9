"""How lopsided values are, to know where a mean and a t test should not stand alone."""

from dataclasses import replace
from fractions import Fraction
from math import copysign, sqrt

from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.sample import Values, real, root, tallied

SKEWED = 1.0
"""Beyond this, up or down, values are called highly skewed. Source: Bulmer, Principles of Statistics, 1979, chapter 4."""


def skewness(values: Values) -> Answer:
    """The adjusted skewness G1 of at least three values, as SAS and SPSS print it.

    G1 = sqrt(n(n - 1)) / (n - 2) × m3 / m2^1.5 with the moments about the mean (divisor n).
    Source: Joanes and Gill, The Statistician 1998;47:183. 1, 2, 3, 10 give 1.764.
    """
    sample = tallied(values)
    common = Answer(n=sample.n, n_missing=sample.n_missing, method="skewness", convention="adjusted, G1")
    if sample.fault or sample.n < 3:
        return replace(common, error=sample.fault or "the skewness needs three values")
    if sample.is_constant:
        return replace(common, warning="all values are equal, so that they have no skewness")
    second = sample.squares / sample.n
    third = sum((count * (value - sample.mean) ** 3 for value, count in sample.counts), Fraction(0)) / sample.n
    # From the squared ratio, which is exact: m3 and m2^1.5 alone may leave the range of floats.
    ratio = copysign(root(third**2 / second**3), real(third))
    return replace(common, estimate=sqrt(sample.n * (sample.n - 1)) / (sample.n - 2) * ratio)


def is_skewed(found: Answer) -> bool:
    """Whether a skewness lies beyond SKEWED; False where there is none."""
    return found.estimate is not None and abs(found.estimate) > SKEWED
