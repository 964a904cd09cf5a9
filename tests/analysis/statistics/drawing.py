"""Values for property tests: clinical ones with ties and zeros, and any float at all."""

import math

from hypothesis import strategies as st

ANY_FLOATS = st.lists(st.one_of(st.none(), st.floats(), st.integers(-3, 3)), max_size=8)
"""Missing, not a number, infinite, huge, tiny, tied."""

LEVELS = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99])


def tied(smallest: int = 1, largest: int = 9) -> st.SearchStrategy[list[int]]:
    """A few whole numbers, many of them equal or zero."""
    return st.lists(st.integers(-4, 4), min_size=smallest, max_size=largest)


def is_sound(answer) -> bool:
    """Whether every number is finite, p is a probability, limits are in order, and nothing is absent without a word."""
    numbers = [answer.estimate, answer.low, answer.high, answer.statistic, answer.df, answer.p]
    finite = all(number is None or math.isfinite(number) for number in numbers)
    in_order = answer.low is None or answer.high is None or answer.low <= answer.high
    explained = bool(answer.warning or answer.error) or answer.estimate is not None or answer.p is not None
    silent_error = answer.error and any(number is not None for number in (answer.estimate, answer.low, answer.high, answer.p))
    return finite and in_order and explained and not silent_error and (answer.p is None or 0 <= answer.p <= 1)
