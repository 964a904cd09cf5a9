"""Samples drawn by hypothesis, and their statistics printed as a paper would print them."""

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

from hypothesis import strategies as st

from cordside.analysis.conventions import quantile
from cordside.appraisal.arithmetic.places import USUAL
from cordside.appraisal.arithmetic.quartiles import Quartiles
from cordside.appraisal.printed import Printed, read_printed
from cordside.words import rounded

scores = st.lists(st.integers(min_value=-20, max_value=60), min_size=2, max_size=40)
some_decimals = st.integers(min_value=0, max_value=3)
policies = st.sampled_from(["half_up", "printf"])


def printed(number: Fraction | float, decimals: int, policy: str = "half_up") -> Printed:
    found = read_printed(rounded(number, decimals, policy))
    assert found is not None
    return found


def mean_of(values: Sequence[Fraction | int]) -> Fraction:
    return Fraction(sum(values)) / len(values)


def sd_of(values: Sequence[Fraction | int]) -> float:
    mean = mean_of(values)
    return sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))


def quantile_of(values: Sequence[Fraction | int], p: str, definition: str) -> Fraction:
    found = quantile([(value, 1) for value in values], p, "type-2" if definition == USUAL else definition)
    assert found is not None
    return found


def quartiles_of(
    values: Sequence[Fraction | int], definition: str, decimals: int, median: str = USUAL, policy: str = "half_up"
) -> Quartiles:
    asked = (("0.5", median), ("0.25", definition), ("0.75", definition))
    return Quartiles(*(printed(quantile_of(values, p, name), decimals, policy) for p, name in asked))
